"""Words that have no source beside them are checked as translations are."""

import pytest

from edu.checks.alone import check_block
from edu.checks.pair import Rules, Term


def block(words: str, mark: str = "") -> str:
    return f"::: here{mark}\n{words}\n:::\n"


@pytest.mark.parametrize(
    ("tag", "words", "found"),
    [
        ("sw", "Wendawazimu ni wengi hapa.", [("words-label", True)]),
        ("sw", "Piga simu 0722 123 456 leo.", [("phones", True)]),
        ("sw", "Andika kwa a@example.org leo.", [("emails", True)]),
        ("sw", "Angalia www.example.org leo.", [("urls", True)]),
        ("sw", "Nenda [hapa](data:text) leo.", [("dangerous-link", True)]),
        ("sw", "Nenda[](m1.1) leo.", [("links", True)]),
        ("sw", "Mtu **ni mtu.", [("emphasis", True)]),
        ("sw", "Mtu\u202e ni mtu.", [("bidi", True)]),
        ("sw", "Mtu\u200b ni mtu.", [("invisible", True)]),
        ("ar", "نعم, نعم.", [("own-sign", False)]),
        ("sw", "Mtu ni ni ya ya mtu.", [("double-word", False)]),
        ("sw", "They have your back because you know that.", [("untranslated", False)]),
        ("en-GB-scotland", "He is a schizophrenic.", [("words-english", True)]),
        ("en-GB-scotland", "They have your back because you know that.", []),
        ("sw", "Watu wa hapa hukutana kisimani asubuhi.", []),
    ],
)
def test_what_is_wrong_with_a_block_is_found_without_a_source(
    tag: str, words: str, found: list[tuple[str, bool]]
) -> None:
    assert [(each.check, each.blocks) for each in check_block(block(words), tag)] == found


def test_a_method_must_go_where_a_block_speaks_of_suicide() -> None:
    words = "Alijinyonga."
    levels = {
        mark: [each.blocks for each in check_block(block(words, mark), "sw")]
        for mark in ("", " safety=suicide")
    }
    assert levels == {"": [False], " safety=suicide": [True]}


def test_a_community_s_words_to_avoid_count_in_a_block() -> None:
    rules = Rules(terms=(Term("x", forms=("mgeni",), avoid=True, reason="A label."),))
    (found,) = check_block(block("Mgeni alikuja."), "sw", rules)
    assert (found.check, found.blocks) == ("avoid", True)
    assert check_block(block("Mgeni alikuja."), "sw") == []
