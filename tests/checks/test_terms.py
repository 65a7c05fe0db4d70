"""Finding a community's words: their ends, their prefixes, their marks."""

import pytest

from edu.checks.pair import Pair, Rules, check_pair
from edu.checks.terms import Term, find


def found(
    text: str, *forms: str, starts: bool = False, prefixes: tuple[str, ...] = ()
) -> list[str]:
    return [hit.text for hit in find(text, forms, starts=starts, prefixes=prefixes)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("काम करना", "का"),
        ("किताब", "कि"),
        ("पागलों", "पागल"),
        ("රෝගියා", "රෝග"),
        ("நோயாளி", "நோய்"),
        ("vichaa", "kichaa"),
        ("wéréwéré", "wèrè"),
        ("Wọ́n were ẹni", "wèrè"),
        ("izinhlanya", "hlanya"),
        ("blandat", "dat"),
    ],
)
def test_a_form_is_not_found_inside_another_word(text: str, form: str) -> None:
    assert found(text, form) == []


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("यह पागल है।", "पागल"),
        ("Kichaa!", "kichaa"),
        ("«مجنون»", "مجنون"),
        ("مَجْنُون", "مجنون"),
        ("والمجنون", "مجنون"),
        ("we\u0300re\u0300 ni", "wèrè"),
        ("mwenda\nwazimu", "mwenda wazimu"),
    ],
)
def test_a_form_is_found_where_it_stands_alone(text: str, form: str) -> None:
    assert len(found(text, form)) == 1


def test_a_word_that_starts_with_a_form_counts_where_the_term_says_so() -> None:
    assert found("पागलों ने", "पागल", starts=True) == ["पागलों"]


def test_a_stem_is_found_behind_its_prefixes() -> None:
    prefixes = ("u", "izin", "ama")
    assert found("uhlanya, izinhlanya, amahlanya, omhlanya", "hlanya", prefixes=prefixes) == [
        "uhlanya",
        "izinhlanya",
        "amahlanya",
    ]


STIGMA = Term("stigma", source_forms=("stigma",), forms=("unyanyapaa", "kunyanyapaa"))
PATIENT = Term(
    "patient", forms=("mgonjwa wa akili",), avoid=True, reason="It is a label.", replacement="mtu"
)


def test_a_term_of_the_glossary_is_missed_where_its_source_speaks_of_it() -> None:
    rules = Rules(terms=[STIGMA])
    named = check_pair(Pair("sw", "What is stigma?", "Aibu ni nini?"), rules)
    assert [(finding.check, finding.level) for finding in named] == [("glossary", "advises")]
    assert named[0].message == (
        "The glossary says “unyanyapaa” for “stigma”. It was not found here."
    )
    assert check_pair(Pair("sw", "What is stigma?", "Unyanyapaa ni nini?"), rules) == []
    assert check_pair(Pair("sw", "What is shame?", "Aibu ni nini?"), rules) == []


def test_a_word_to_avoid_blocks_and_says_what_to_say_instead() -> None:
    pair = Pair("sw", "A person came.", "Mgonjwa wa akili alikuja.")
    [finding] = check_pair(pair, Rules(avoid=[PATIENT]))
    assert (finding.check, finding.level, finding.start, finding.end) == ("avoid", "blocks", 0, 16)
    assert finding.message == "This place avoids “Mgonjwa wa akili”. It is a label. Say: mtu"


def test_a_quoted_word_to_avoid_is_only_advised() -> None:
    pair = Pair("sw", "They said a word.", "Walisema “mgonjwa wa akili”.")
    assert [each.level for each in check_pair(pair, Rules(avoid=[PATIENT]))] == ["advises"]
