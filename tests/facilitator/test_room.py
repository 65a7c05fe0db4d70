"""How a group learns, what stands ready for the room, and the card for heavy moments."""

import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from edu.communities.models import Profile, ProfileEntry
from edu.groups.models import Group
from edu.partners.members import member_named
from edu.programmes.modes import WAYS, mode_of, switch
from edu.programmes.planning import keep_support
from edu.programmes.preparation import Lack, is_hard, lacks, prepare
from edu.programmes.session_models import MODES
from tests.facilitator.conftest import Place
from tests.people import LearnerPerson

DAY = date(2026, 11, 3)


def ways(page: str) -> list[str]:
    """The first words of each way of taking part, in their order."""
    room = page.partition("In the room</h")[2].partition("</ul>")[0]
    return re.findall(r"<li><a [^>]*>([^<]*)</a>", room)


def switches(place: Place, mode: str) -> int:
    page = f"{place.root}/room"
    return int(place.tendai.fills(page, to=f"{page}/mode", follow=False, mode=mode).status_code)


def test_a_group_of_which_nobody_said_anything_uses_phones(place: Place) -> None:
    assert ways(place.tendai.opens(place.root).text)[0] == "Show the join code"


def test_the_groups_page_shows_the_ways_that_fit_first(place: Place) -> None:
    first = {
        "paper": "Sheets to give out, and the handbook",
        "mixed": "Show the join code",
        "round": "Open the group on this device",
    }
    for mode, way in first.items():
        assert switches(place, mode) == 303
        shown = ways(place.tendai.opens(place.root).text)
        assert (shown[0], len(shown)) == (way, len(WAYS[mode]))


def test_no_mode_takes_a_way_away() -> None:
    assert set(WAYS) == set(MODES)
    assert {mode: {"join", "screen", "handouts", "paper"} - set(WAYS[mode]) for mode in MODES} == {
        mode: set() for mode in MODES
    }


def test_switching_back_and_forth_loses_nothing(place: Place) -> None:
    amina = LearnerPerson(place.house.test_client())
    amina.joins(place.tendai.join_code(place.group))
    amina.answers("before", "feelings", contact_1="1", hope_1="1")
    for mode in ("paper", "round", "mixed", "phones"):
        assert switches(place, mode) == 303
        assert "<dt>Started</dt><dd>1</dd>" in place.tendai.opens(place.root).text
    amina.finishes("m0.1", "m1.1", "m1.2")
    assert "<dt>Finished all lessons</dt><dd>1</dd>" in place.tendai.opens(place.root).text
    assert place.tendai.opens(f"{place.root}/room").text.count("<li>Since ") == 4


def test_the_same_mode_again_is_no_switch(place: Place) -> None:
    with place.house.extensions["database"].work() as session:
        tendai = member_named(session, "tendai")
        assert tendai is not None
        done = [switch(session, place.group, each, tendai.id, DAY) for each in ("paper", "paper")]
        assert done == [True, False]
        assert mode_of(session, place.group) == "paper"
        with pytest.raises(ValueError, match="no mode"):
            switch(session, place.group, "radio", tendai.id, DAY)
    assert switches(place, "radio") == 422


def test_everything_for_a_lesson_is_there_in_each_language_of_the_group(
    house: Flask, place: Place
) -> None:
    group = place.tendai.makes_group("Both", tags=["sw-KE", "ar"])
    page = place.tendai.opens(f"/en/staff/groups/{group}/room").text
    for tag in ("sw-KE", "ar"):
        for rest in ("1/show/", "1/notes/", "2/handout", "handbook"):
            address = f"/{tag}/m1/{rest}"
            assert f'href="{address}"' in page
            assert house.test_client().get(address).status_code == 200


def test_hard_lessons_are_those_on_suicide_violence_and_what_a_community_went_through() -> None:
    lessons = ("m4.3", "m5.3", "m7.1", "m7.5", "m4.1", "m5.2", "m1.1", "m70.1")
    assert [each for each in lessons if is_hard(each)] == ["m4.3", "m5.3", "m7.1", "m7.5"]


def test_hard_lessons_ask_for_preparation_and_for_somebody_to_turn_to(place: Place) -> None:
    place.people.ruth.fills("/en/staff/programmes", name="Winter")
    with place.house.extensions["database"].work() as session:
        tendai = member_named(session, "tendai")
        assert tendai is not None
        assert lacks(session, tendai.id, None) == [Lack.PREPARATION, Lack.SUPPORT]
        assert [prepare(session, tendai.id, DAY) for _ in range(2)] == [True, False]
        assert lacks(session, tendai.id, None) == [Lack.SUPPORT]
        assert lacks(session, tendai.id, 1) == [Lack.SUPPORT]
        keep_support(session, 1, "a nurse", "at the health centre", DAY)
        assert lacks(session, tendai.id, 1) == []


def test_a_closed_lesson_has_no_links_until_both_are_there(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edu.programmes.preparation._HARD_MODULES", frozenset({"m1"}))
    # The tiny content has no lesson 9.2 to lead to.
    monkeypatch.setattr("edu.facilitator.room.NEEDED", "m0.1")
    page = place.tendai.opens(f"{place.root}/room").text
    assert page.count("Closed. See above what comes first.") == 2
    assert '<p><a href="/en/m0/1/"' in page
    assert "/m1/1/show/" not in page
    assert "/m1/handbook" not in page
    assert "/en/m0/1/show/" in page
    root = f"{place.root}/room"
    page = place.tendai.fills(root, to=f"{root}/prepared").text
    assert "I have worked through" not in page
    assert page.count("Closed. See above what comes first.") == 2
    place.people.ruth.fills("/en/staff/programmes", name="Winter")
    with place.house.extensions["database"].work() as session:
        session.get_one(Group, place.group).programme_id = 1
        keep_support(session, 1, "a nurse", "at the health centre", DAY)
    page = place.tendai.opens(root).text
    assert "Closed." not in page
    assert "/en/m1/1/show/" in page


def confirms(place: Place, tag: str, name: str) -> None:
    """A service of a place that somebody called today."""
    with place.house.extensions["database"].work() as session:
        profile = session.scalar(select(Profile).where(Profile.tag == tag)) or Profile(tag=tag)
        entry = ProfileEntry(
            section="service",
            slug="bench",
            position=0,
            fields={"name": name, "kind": "community", "place": "under the tree"},
            state="agreed",
            confirmed_on=datetime.now(UTC).date(),
            confirmed_by="ruth",
        )
        profile.entries.append(entry)
        session.add(profile)


def test_the_card_names_the_services_of_its_place_and_of_no_other(place: Place) -> None:
    confirms(place, "sw-KE", "The Bench")
    shown = {
        tag: "<bdi>The Bench</bdi>"
        in place.tendai.opens(f"/{tag}/staff/groups/{place.group}/card").text
        for tag in ("sw-KE", "sw", "en", "ar")
    }
    assert shown == {"sw-KE": True, "sw": False, "en": False, "ar": False}
    page = place.tendai.opens(f"{place.root}/card").text
    assert "Go to the nearest health facility, or to a person whom both of you trust." in page


def test_the_card_names_whom_the_programme_has_named(place: Place) -> None:
    assert "Of our programme:" not in place.tendai.opens(f"{place.root}/card").text
    place.people.ruth.fills("/en/staff/programmes", name="Winter")
    with place.house.extensions["database"].work() as session:
        session.get_one(Group, place.group).programme_id = 1
        keep_support(session, 1, "the nurse on duty", "at the health centre", DAY)
    page = place.tendai.opens(f"{place.root}/card").text
    assert "<bdi>the nurse on duty</bdi></strong> · <bdi>at the health centre</bdi>" in page


def test_the_room_of_a_group_is_open_only_to_those_who_lead_it(place: Place) -> None:
    efua, lindiwe = place.evaluator(), place.people.lindiwe
    for rest in ("room", "card"):
        assert efua.opens(f"{place.root}/{rest}").status_code == 403
        assert lindiwe.opens(f"{place.root}/{rest}").status_code == 404
