"""Announcements: seen by those they are for, on their days, in a language they read."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from edu.server.announcements import delete_old_announcements
from edu.server.models import Announcement
from tests.admin.conftest import SERVER, World
from tests.people import StaffPerson

ANNOUNCEMENTS = f"{SERVER}/announcements"


def day(ahead: int) -> str:
    """A day so many days from today, as a browser sends it."""
    return (datetime.now(UTC).date() + timedelta(days=ahead)).isoformat()


def announces(kamal: StaffPerson, text: str, **changes: str) -> int:
    """Announce something; returns the status."""
    values: dict[str, Any] = {
        "text": text,
        "language": "en",
        "audience": "everybody",
        "starts_on": day(0),
        "ends_on": day(2),
    }
    return kamal.fills(f"{ANNOUNCEMENTS}/new", **(values | changes)).status_code


def texts(house: Flask) -> list[str]:
    """What is kept."""
    with house.extensions["database"].session(reading=True) as session:
        return list(session.scalars(select(Announcement.text).order_by(Announcement.id)))


def test_everybody_reads_what_is_for_everybody_also_who_learns(world: World) -> None:
    kamal, tendai = world.people.kamal, world.people.tendai
    code = tendai.join_code(tendai.makes_group())
    announces(kamal, "Closed on Saturday.")
    amina = world.people.amina
    mark = '<p class="note" lang="en" dir="auto">Closed on Saturday.</p>'
    for address in ("/en/my", "/en/start/m1", "/en/join", f"/en/join/{code}", "/sw/my"):
        assert mark in amina.opens(address).text
    assert mark in tendai.opens("/en/staff").text
    assert "Closed on Saturday." not in amina.opens("/en/m1/1/").text


def test_what_is_for_staff_is_read_by_staff_only(world: World) -> None:
    announces(world.people.kamal, "A meeting.", audience="staff")
    assert "A meeting." in world.people.tendai.opens("/en/staff").text
    assert "A meeting." not in world.people.amina.opens("/en/my").text


def test_each_is_seen_by_readers_of_its_language(world: World) -> None:
    announces(world.people.kamal, "Jumamosi.", language="sw")
    amina = world.people.amina
    seen = {
        tag: "Jumamosi." in amina.opens(f"/{tag}/my").text for tag in ("sw-KE", "sw", "en", "ar")
    }
    assert seen == {"sw-KE": True, "sw": True, "en": False, "ar": False}


def test_each_is_seen_on_its_days_only(house: Flask, world: World) -> None:
    kamal = world.people.kamal
    announces(kamal, "Tomorrow.", starts_on=day(1), ends_on=day(2))
    announces(kamal, "Today.", starts_on=day(-3), ends_on=day(0))
    page = world.people.amina.opens("/en/my").text
    assert ("Tomorrow." in page, "Today." in page) == (False, True)
    with house.extensions["database"].work() as session:
        delete_old_announcements(session, datetime.now(UTC).date() + timedelta(days=1))
    assert texts(house) == ["Tomorrow."]


def test_one_can_be_changed_and_deleted_once_that_was_confirmed(house: Flask, world: World) -> None:
    kamal = world.people.kamal
    announces(kamal, "Clsoed.")
    one = f"{ANNOUNCEMENTS}/1"
    kamal.fills(
        one, text="Closed.", language="en", audience="staff", starts_on=day(0), ends_on=day(1)
    )
    assert texts(house) == ["Closed."]
    assert "Nobody will see it any more." in kamal.opens(f"{one}/delete").text
    assert texts(house) == ["Closed."]
    kamal.fills(f"{one}/delete")
    assert texts(house) == []
    assert [line[1:] for line in world.trail(None)] == [
        ("made", "announcement", "1", "everybody"),
        ("set", "announcement", "1", "staff"),
        ("took back", "announcement", "1", "staff"),
    ]


def test_what_cannot_be_announced_is_refused_with_a_reason(house: Flask, world: World) -> None:
    kamal = world.people.kamal
    refused = {
        announces(kamal, "x", ends_on=day(1)),
        announces(kamal, "y" * 601),
        announces(kamal, "Backwards.", starts_on=day(3), ends_on=day(1)),
        announces(kamal, "Over.", starts_on=day(-5), ends_on=day(-1)),
        announces(kamal, "For ever.", ends_on=day(400)),
        announces(kamal, "No day.", ends_on="soon"),
        announces(kamal, "No one.", audience="learners"),
        announces(kamal, "No tongue.", language="tlh"),
    }
    assert refused == {422}
    assert texts(house) == []


def test_an_announcement_is_words_and_never_markup(world: World) -> None:
    announces(world.people.kamal, "<script>alert(1)</script> \u202egnol\0")
    page = world.people.amina.opens("/en/my").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; gnol\ufffd</p>" in page
