"""What a pair's findings are: plain words, places, levels, and never an exception."""

import re
import string

from hypothesis import given, settings
from hypothesis import strategies as st

from edu.catalogues import extract
from edu.checks.finding import Finding
from edu.checks.pair import Pair, Rules, check_pair
from edu.checks.ratios import learn
from edu.settings import ROOT
from tests.checks.corpus import WRONG, pairs


def said(language: str, source: str, target: str, **more: str) -> list[tuple[str, str]]:
    findings = check_pair(Pair(language, source, target, **more))
    return [(finding.check, finding.level) for finding in findings]


def test_a_message_is_its_template_with_its_values() -> None:
    [finding] = check_pair(Pair("sw", "About 1 in 4.", "Takriban 1 kati ya 40."))
    assert finding == Finding(
        "numbers",
        "blocks",
        "A number is not the same: the source says %(source)s, here stands %(target)s.",
        {"source": "4", "target": "40"},
        start=19,
        end=21,
    )
    assert finding.message == ("A number is not the same: the source says 4, here stands 40.")


def test_every_message_can_be_translated() -> None:
    marked = {entry.msgid for entry in extract(ROOT)}
    templates = {
        finding.template
        for pair in pairs(WRONG)
        for finding in check_pair(Pair(pair["language"], pair["source"], pair["target"]))
    }
    assert templates - marked == {"%(advice)s"}


def test_what_blocks_comes_before_what_is_advised() -> None:
    found = said("sw", "How are you? 5", "Habari yako.  6")
    assert [level for _, level in found] == sorted(level for _, level in found)[::-1]
    assert ("numbers", "blocks") in found or ("numbers", "advises") in found


def test_a_word_to_avoid_is_found_at_its_place() -> None:
    [finding] = check_pair(Pair("sw", "She is unwell.", "Yeye ni kichaa."))
    assert (finding.start, finding.end) == (8, 14)


def test_a_quoted_harsh_word_is_advised_and_a_said_one_blocks() -> None:
    source = "He heard the word in the street."
    assert said("es", source, "Oyó la palabra «loco» en la calle.") == [("words-label", "advises")]
    assert said("es", source, "Oyó al loco en la calle otra vez.") == [("words-label", "blocks")]


def test_an_answer_to_choose_may_show_what_its_source_shows() -> None:
    source, target = "She is a depressive who bakes.", "Es una depresiva que hornea."
    assert said("es", source, target, kind="option") == []
    assert said("es", source, target) == [("words-label", "advises")]


def test_a_method_must_go_where_the_block_is_about_suicide() -> None:
    source, target = "He died by suicide.", "Alijinyonga."
    assert said("sw", source, target) == [("words-method", "advises")]
    assert said("sw", source, target, safety="suicide") == [("words-method", "blocks")]


def test_a_language_nobody_knows_is_checked_all_the_same() -> None:
    assert said("qqq-x-nowhere", "Wait 15 minutes.", "Zz 51 zz.") == [("numbers", "blocks")]
    assert said("no such tag!", "Wait 15 minutes.", "Zz 51 zzzzz.") == [("numbers", "blocks")]


def test_a_place_takes_the_words_of_the_nearest_language() -> None:
    assert said("sw-KE-x-kibera", "She is unwell.", "Yeye ni kichaa.") == [
        ("words-label", "blocks")
    ]


def test_a_community_may_want_narrow_spaces_or_none_in_french() -> None:
    pair = Pair("fr-CM", "How are you?", "Comment vas-tu ?")
    tight = Pair("fr-CM", "How are you?", "Comment vas-tu?")
    checks = [
        [finding.check for finding in check_pair(each, Rules(french_spaces=spaces))]
        for each in (pair, tight)
        for spaces in ("any", "narrow", "")
    ]
    assert checks == [[], ["french-space"], [], ["french-space"], ["french-space"], []]


def test_a_community_may_double_words_of_its_own() -> None:
    pair = Pair("sv", "Now and then.", "Titt titt.")
    assert [finding.check for finding in check_pair(pair)] == ["double-word"]
    assert check_pair(pair, Rules(reduplicates=("titt",))) == []


def test_lengths_are_learned_from_approved_text() -> None:
    source = "All of us have a body, and all of us have a mind that can be well."
    target = "Sisi sote tuna mwili na akili."
    assert said("sw", source, target) == [("length", "advises")]
    short = learn((source + " " * n, target) for n in range(20))
    assert check_pair(Pair("sw", source, target), Rules(ratios=short)) == []


def test_english_for_a_place_is_held_to_the_rules_of_our_lessons() -> None:
    assert said("en-KE", "She lives with an illness.", "She suffers from an illness.") == [
        ("words-english", "blocks")
    ]


def test_what_an_author_of_the_source_said_is_not_told_to_the_translator_of_english() -> None:
    text = "She suffers from an illness."
    assert said("en-KE", text, text) == []


TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("*_[]()!`#|<>{}%:-\n\\&;.,?\"'“”0123456789\u200d\u202e\u0dca"),
        st.sampled_from(string.ascii_letters),
    ),
    max_size=80,
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["sw", "hi", "si", "ar", "fr", "es", "yo", "en-KE", "qqq"]), TEXTS, TEXTS)
def test_no_text_is_too_odd_to_be_checked(language: str, source: str, target: str) -> None:
    for finding in check_pair(Pair(language, source, target)):
        assert finding.level in ("blocks", "advises")
        assert finding.message
        assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", finding.check)


def test_a_place_may_leave_out_a_number_or_a_link_for_a_reason_and_never_a_phone_number() -> None:
    source = "See [the talk](/m1/2) of 40 people, or call 116 123."
    target = "Tazama mazungumzo ya watu wengi, au piga 116 123."
    lost = {("numbers", "blocks"), ("links", "blocks")}
    advised = {("numbers", "advises"), ("links", "advises")}

    def about(pair: Pair) -> set[tuple[str, str]]:
        names = ("numbers", "links", "phones")
        return {(each.check, each.level) for each in check_pair(pair) if each.check in names}

    assert about(Pair("sw", source, target)) == lost
    assert about(Pair("sw", source, target, adapted=True)) == advised
    assert about(Pair("sw", source, target, safety="helpline", adapted=True)) == lost
    other = target.replace("116 123", "020 555 0100")
    assert ("phones", "blocks") in about(Pair("sw", source, other, adapted=True))
    new = target + " [Hapa](https://example.org/)"
    assert ("links", "blocks") in about(Pair("sw", source, new, adapted=True))
