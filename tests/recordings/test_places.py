"""Which texts can be read aloud, and when they are other words than before."""

from edu.communities.models import Profile, ProfileEntry
from edu.database import Database
from edu.recordings.places import (
    blocks_read,
    digest_of,
    glossary_places,
    place_of,
    places_of,
    sections_read,
)
from tests.conftest import TINY

_LESSON = """---
title: One
---

::: idea Being *seen*
Somebody [listens](m2.1)
to **you**.

- A point
:::

::: check
1. Who?
   - [x] Otieno
     > Yes.
:::

::: idea
Again.
:::

::: facilitator
Ten minutes.
:::
"""


def test_a_voice_reads_words_and_no_marks() -> None:
    places = blocks_read("m1.1", _LESSON)
    assert [(place.id, place.words) for place in places] == [
        ("m1.1|idea", "Being *seen*\nSomebody listens to you.\nA point"),
        ("m1.1|check", "Who?\nOtieno\nYes."),
        ("m1.1|idea.2", "Again."),
        ("m1.1|facilitator", ""),
    ]


def test_other_words_are_another_recording_and_other_marks_are_not() -> None:
    (before, *_) = blocks_read("m1.1", _LESSON)
    (other_link, *_) = blocks_read("m1.1", _LESSON.replace("(m2.1)", "(m3.4)").replace("**", ""))
    (other_word, *_) = blocks_read("m1.1", _LESSON.replace("listens", "hears"))
    assert other_link.digest == before.digest
    assert other_word.digest != before.digest
    assert digest_of("One  two\r\nthree") == digest_of("One two\nthree")


def test_a_page_is_read_from_heading_to_heading() -> None:
    page = "---\ntitle: P\nsummary: S\n---\n\nCome in.\n\n## *If* it hurts\n\n### Now\n\nStay.\n\n"
    page += "::: note safety=suicide Ask\nAre you?\n:::\n\n## You decide\n"
    tags = ["sw", "sw", "sw", "en", "sw", "sw", "ar", "ar", "en"]
    found = sections_read("pages.support", page, tags)
    assert [(place.id, place.title, place.words, sorted(place.tags)) for place in found] == [
        ("pages.support|0", "", "Come in.", ["sw"]),
        ("pages.support|1", "If it hurts", "If it hurts\nNow\nStay.\nAsk\nAre you?", _MIXED),
        ("pages.support|2", "You decide", "You decide", ["en"]),
    ]


_MIXED = ["ar", "en", "sw"]


def test_every_block_of_a_module_that_learners_read_can_be_read_aloud(database: Database) -> None:
    with database.session(reading=True) as session:
        places = places_of(session, TINY, "sw", "m1")
    assert [place.id for place in places][:5] == [
        "m1.1|idea",
        "m1.1|here",
        "m1.1|do",
        "m1.1|check",
        "m1.1|us",
    ]
    assert {place.part for place in places} == {"m1.1", "m1.2"}
    assert places[1].words == "At the well, Otieno greets first."
    assert places[1].tags == frozenset({"en"})


def test_a_block_knows_the_languages_of_its_words() -> None:
    tags = ["sw", "en", "sw", "sw", "ar", "ar", "ar", "sw-KE"]
    places = blocks_read("m1.1", _LESSON, tags)
    assert [sorted(place.tags) for place in places] == [["en", "sw"], ["ar"], ["sw-KE"], []]


def test_a_place_is_found_by_its_name_or_is_not_there(database: Database) -> None:
    with database.session(reading=True) as session:
        found = place_of(session, TINY, "sw", "m1.1", "us")
        assert found is not None
        assert found.words == "Greet one person today."
        for part, spot in (
            ("m1.1", "facilitator"),
            ("m1.1", "idea.2"),
            ("m1", "title"),
            ("m9.1", "idea"),
            ("pages.support", "idea"),
            ("glossary", "stigma"),
        ):
            assert place_of(session, TINY, "sw", part, spot) is None


def test_words_of_the_glossary_are_read_with_their_example(database: Database) -> None:
    with database.work() as session:
        session.add(
            Profile(
                tag="sw",
                entries=[
                    _term("stigma", 1, term="unyanyapaa", example="Unyanyapaa huumiza."),
                    _term("hope", 2, term="matumaini"),
                    _term("no-word", 3, meaning="Not agreed yet"),
                    _term("old", 4, term="zamani", gone=True),
                ],
            )
        )
    with database.session(reading=True) as session:
        found = [(place.id, place.words) for place in glossary_places(session, "sw")]
        assert place_of(session, TINY, "sw", "glossary", "old") is None
    assert found == [
        ("glossary|stigma", "unyanyapaa\nUnyanyapaa huumiza."),
        ("glossary|hope", "matumaini"),
    ]


def _term(slug: str, position: int, *, gone: bool = False, **fields: str) -> ProfileEntry:
    return ProfileEntry(section="term", slug=slug, position=position, fields=fields, gone=gone)
