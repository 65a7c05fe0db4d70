"""A community's words as TBX: out to termbases, and back as drafts."""

from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from edu.communities.editing import add_entry, agree, start_profile
from edu.communities.lookup import entries_of
from edu.database import Database
from edu.exchange.glossary import bring_terms, glossary_of, plan_terms
from edu.exchange.notices import Sort
from edu.exchange.tbx import Term, fields_digest, read, write
from edu.exchange.terms import carried, uncarried
from edu.gate.gate import admit

DAY = date(2026, 11, 22)
WELLBEING: dict[str, Any] = {
    "term": "hali njema & <amani>",
    "forms": ["hali zao njema", "hali yake njema"],
    "prefixes": ["wa", "m"],
    "starts": True,
    "meaning": "Living well.\nEvery day.",
    "example": "Tuna hali njema.",
    "back_translation": "good state",
    "note": "Agreed after much talk.",
}
AGREED: dict[str, Any] = {**WELLBEING, "term": "hali njema", "meaning": "Living well."}
CRAZY: dict[str, Any] = {
    "word": "kichaa",
    "forms": ["vichaa"],
    "reason": "It says that a person is the illness.",
    "instead": "mtu anayeishi na ugonjwa wa akili",
    "offends": "families",
}
BARE: dict[str, Any] = {"meaning": "Pain inside.", "example": "Nina shida."}
TERMS = [
    Term("term", "wellbeing", WELLBEING, "agreed", fields_digest(WELLBEING)),
    Term("term", "distress", BARE, "draft", fields_digest(BARE)),
    Term("avoid", "crazy", CRAZY, "draft", fields_digest(CRAZY)),
]


def through(terms: list[Term]) -> list[Term]:
    admitted = admit("tbx", write("sw", terms), "sw.tbx")
    return read(admitted.content, "sw.tbx", "sw")[0]


def test_every_field_of_every_entry_comes_back() -> None:
    assert through(TERMS) == TERMS


def test_a_file_is_tbx_basic_of_2019() -> None:
    root = ElementTree.fromstring(write("sw", TERMS))
    space = "{urn:iso:std:iso:30042:ed-2}"
    assert root.tag == f"{space}tbx"
    assert (root.get("type"), root.get("style")) == ("TBX-Basic", "dca")
    assert [each.tag for each in root] == [f"{space}tbxHeader", f"{space}text"]
    statuses = [
        each.text for each in root.iter(f"{space}termNote") if each.get("type") != "partOfSpeech"
    ]
    assert statuses == [
        "preferredTerm-admn-sts",
        *["admittedTerm-admn-sts"] * 2,
        "deprecatedTerm-admn-sts",
        "admittedTerm-admn-sts",
    ]


def test_words_of_another_language_are_none_of_this_place() -> None:
    terms, unknown = read(write("ta", TERMS), "ta.tbx", "sw")
    assert [term.fields.get("term") for term in terms] == [None, None, None]
    assert unknown == []


def test_terms_travel_in_a_page_and_come_back() -> None:
    assert uncarried(carried(TERMS)) == TERMS


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", "{}", '[["term"]]', '[["law", "a", {}, "", ""]]', "[" * 5000]
)
def test_what_no_page_of_ours_wrote_is_no_term(text: str) -> None:
    assert uncarried(text) == []


@pytest.fixture
def place(database: Database) -> Database:
    """A place with two entries, one of them agreed."""
    with database.work() as session:
        profile = start_profile(session, "sw", {"country": "KE", "name": "A", "place": "B"}, None)
        row = add_entry(session, profile, "term", "wellbeing", AGREED, None)
        agree(session, row, "elders", version=row.version, member_id=None, today=DAY)
        add_entry(session, profile, "avoid", "crazy", CRAZY, None)
    return database


def out(place: Database) -> list[Term]:
    with place.session(reading=True) as session:
        return glossary_of(session, "sw")


def back(place: Database, terms: list[Term]) -> tuple[int, list[Sort]]:
    with place.work() as session:
        steps = plan_terms(session, "sw", terms)
        count = bring_terms(session, "sw", steps, member_id=None, today=DAY)
        return count, [notice.sort for step in steps for notice in step.notices]


def with_fields(terms: list[Term], slug: str, **fields: object) -> list[Term]:
    return [
        Term(t.section, t.slug, {**t.fields, **fields}, t.state, t.left_with)
        if t.slug == slug
        else t
        for t in terms
    ]


def said(place: Database, section: str, slug: str) -> tuple[dict[str, Any], str]:
    with place.session(reading=True) as session:
        row = next(each for each in entries_of(session, "sw", section) if each.slug == slug)
        return dict(row.fields), row.state


def test_what_went_out_comes_back_and_changes_nothing(place: Database) -> None:
    before = said(place, "term", "wellbeing")
    assert back(place, through(out(place))) == (0, [])
    assert said(place, "term", "wellbeing") == before
    assert before[1] == "agreed"


def test_a_changed_word_is_a_draft_again_whatever_the_file_says(place: Database) -> None:
    terms = with_fields(through(out(place)), "wellbeing", term="ustawi")
    assert back(place, terms) == (1, [Sort.STATE_NOT_TAKEN])
    fields, state = said(place, "term", "wellbeing")
    assert (fields["term"], fields["forms"], state) == ("ustawi", AGREED["forms"], "draft")


def test_a_word_changed_on_both_sides_stays_as_it_is_here(place: Database) -> None:
    terms = with_fields(through(out(place)), "wellbeing", term="ustawi")
    back(place, with_fields(terms, "wellbeing", term="afya ya moyo"))
    assert back(place, terms) == (0, [Sort.CONFLICT])
    assert said(place, "term", "wellbeing")[0]["term"] == "afya ya moyo"


def test_a_new_word_is_added_as_a_draft(place: Database) -> None:
    assert back(place, [TERMS[1]]) == (1, [])
    assert said(place, "term", "distress") == (BARE, "draft")


def test_an_entry_that_may_not_stand_in_a_glossary_is_told(place: Database) -> None:
    wrong = [Term("avoid", "x", {"word": "kichaa"}), Term("term", "y", {"meaning": "m" * 5000})]
    assert back(place, wrong) == (0, [Sort.NOT_PLACED, Sort.NOT_PLACED])


def test_the_first_of_two_entries_counts(place: Database) -> None:
    twice = [TERMS[1], with_fields([TERMS[1]], "distress", meaning="Other.")[0]]
    assert back(place, twice) == (1, [Sort.TWICE])
    assert said(place, "term", "distress") == (BARE, "draft")
