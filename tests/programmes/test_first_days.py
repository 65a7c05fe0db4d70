"""In the first days people are asked three questions, and later something new awaits them."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from edu.editions.models import Release
from edu.groups.models import Group
from edu.programmes.dates import ask_less
from edu.programmes.tracks import EMERGENCY, Track
from edu.quizzes.load import load_folder
from edu.settings import ROOT
from tests.people import People

THREE = Track("three", (), (45, 45), 1, ("feelings",))


def words_in(file: Path, instrument: str) -> dict[str, tuple[str, str]]:
    """What a catalogue says of an instrument: by context, the source and its words."""
    found = re.findall(r'msgctxt "([^|]+)\|([^"]+)"\nmsgid "(.*)"\nmsgstr "(.*)"', file.read_text())
    return {part: (source, words) for name, part, source, words in found if name == instrument}


def test_the_first_days_ask_three_questions_in_the_words_in_which_everybody_is_asked() -> None:
    instruments, mistakes = load_folder(ROOT / "quizzes")
    assert mistakes == []
    three, all_of_them = instruments["first-days"], instruments["attitudes"]
    asked = {each.id: each.text for each in all_of_them.items}
    assert EMERGENCY.instruments == ("first-days",)
    assert {each.id: each.text for each in three.items} == {
        name: asked[name] for name in ("contact-1", "help-1", "seeking-1")
    }
    assert three.options == all_of_them.options
    assert (three.on, all_of_them.on) == (False, True)


def test_every_translation_says_them_as_it_says_them_to_everybody() -> None:
    files = sorted((ROOT / "translations").glob("*/LC_MESSAGES/quizzes.po"))
    assert len(files) >= 5
    for file in files:
        three, everything = words_in(file, "first-days"), words_in(file, "attitudes")
        three.pop("title", None)
        assert len(three) >= 19
        assert (file, three) == (file, {part: everything[part] for part in three})


@pytest.mark.parametrize(
    ("chosen", "track", "asked"),
    [
        ([], THREE, ["feelings"]),
        (["facts"], THREE, ["facts"]),
        ([], EMERGENCY, []),
    ],
    ids=["what the track asks", "what somebody chose", "not released here"],
)
def test_a_group_in_an_emergency_is_asked_no_more_than_its_track_asks(
    house: Flask, people: People, chosen: list[str], track: Track, asked: list[str]
) -> None:
    number = people.tendai.makes_group()
    with house.extensions["database"].work() as session:
        group = session.get_one(Group, number)
        group.instruments = chosen
        ask_less(session, group, track)
        assert group.instruments == asked


def test_each_meeting_after_the_course_leads_to_a_new_lesson_once_it_is_released(
    house: Flask, people: People
) -> None:
    ruth = people.ruth
    address = f"/en/staff/groups/{ruth.makes_group()}/dates"
    day = {"first_day": "2026-11-03", "rhythm_days": "7", "meetings": "1", "role": "", "track": ""}
    page = ruth.fills(address, **day).text
    assert "Something new" in page
    assert re.findall(r'href="(/en/m\d+/\d+/)"', page) == []
    with house.extensions["database"].work() as session:
        row = session.scalars(select(Release).where(Release.tag == "en", Release.module == "m1"))
        like = row.one()
        values = {each.key: getattr(like, each.key) for each in Release.__table__.columns}
        session.add(Release(**(values | {"id": None, "module": "m10"})))
    page = ruth.opens(address).text
    assert re.findall(r'href="(/en/m\d+/\d+/)"', page) == ["/en/m1/1/", "/en/m1/2/"]
