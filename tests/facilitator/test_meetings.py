"""The log of a group's meetings."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from edu.partners.members import leave_organisation, member_named
from edu.partners.models import AuditEntry
from edu.partners.roles import Role
from edu.programmes.meetings import Meeting, keep_meeting, meetings_of, minutes_led
from tests.facilitator.conftest import Place
from tests.people import make_staff

MEETING_DAY = date(2026, 11, 3)

MEETING: dict[str, Any] = {
    "day": "2026-11-03",
    "minutes": "95",
    "leader": "0",
    "second": "0",
    "led_by": "a nurse of the health centre",
    "mode": "mixed",
    "phones": "7",
    "papers": "20",
    "neither": "2",
    "parts": ["m1.1/idea", "m1.1/do"],
    "changed": "We sang first.",
    "reason": "It was hot.",
}


def writes(place: Place, **changes: Any) -> Any:
    """Write a meeting down on its form."""
    return place.tendai.fills(f"{place.root}/sessions/new", follow=False, **(MEETING | changes))


def kept(place: Place) -> list[dict[str, Any]]:
    """The meetings in the database, without their numbers."""
    with place.house.extensions["database"].session(reading=True) as session:
        return [
            {
                name: value
                for name, value in vars(each).items()
                if name not in ("_sa_instance_state", "id", "group_id", "member_id")
            }
            for each in meetings_of(session, place.group)
        ]


def first(place: Place) -> int:
    with place.house.extensions["database"].session(reading=True) as session:
        return meetings_of(session, place.group)[-1].id


def number_of(place: Place, login: str) -> int:
    with place.house.extensions["database"].session(reading=True) as session:
        member = member_named(session, login)
        assert member is not None
        return member.id


def test_a_meeting_is_kept_as_it_was_told(place: Place) -> None:
    tendai = number_of(place, "tendai")
    answer = writes(place, leader=str(tendai))
    assert answer.headers["Location"] == f"{place.root}/sessions"
    (row,) = kept(place)
    assert row["day"].isoformat() == "2026-11-03"
    assert (row["minutes"], row["mode"], row["leader_id"]) == (95, "mixed", tendai)
    assert (row["phones"], row["papers"], row["neither"]) == (7, 20, 2)
    assert row["parts"] == ["m1.1/idea", "m1.1/do"]
    assert (row["changed"], row["reason"]) == ("We sang first.", "It was hot.")


def test_the_list_adds_hours_and_lessons_up(place: Place) -> None:
    writes(place)
    writes(place, day="2026-11-10", minutes="60", parts=["m1.1/check", "m1.2/idea"], phones="1")
    page = place.tendai.opens(f"{place.root}/sessions").text
    told = re.findall(r"<dd>(?:<bdi dir=\"ltr\">)?([\d:]+)", page)
    assert told[:4] == ["2", "2:35", "2", "29"]
    assert "2 meetings, 2:35 hours" in place.tendai.opens(place.root).text


def test_the_same_meeting_sent_twice_is_kept_once(place: Place) -> None:
    writes(place)
    writes(place)
    assert len(kept(place)) == 1


def test_without_anybody_who_led_it_nothing_is_kept(place: Place) -> None:
    answer = writes(place, led_by=" ")
    assert answer.status_code == 422
    assert "Say who led it" in answer.text
    assert kept(place) == []


def test_one_person_is_not_two_facilitators(place: Place) -> None:
    tendai = str(number_of(place, "tendai"))
    assert "Choose somebody else, or nobody." in writes(place, leader=tendai, second=tendai).text
    assert kept(place) == []


def test_what_cannot_be_is_refused(place: Place) -> None:
    wrong: list[dict[str, Any]] = [
        {"day": "2199-01-01"},
        {"day": "1999-01-01"},
        {"minutes": "0"},
        {"phones": "-1"},
        {"parts": ["m9.9/idea"]},
        {"leader": "999"},
    ]
    assert [writes(place, **each).status_code for each in wrong] == [422] * len(wrong)
    assert kept(place) == []


def test_a_telephone_number_is_kept_only_after_a_second_look(place: Place) -> None:
    asked = writes(place, changed="Call me on 0722 345 678")
    assert asked.status_code == 422
    assert "looks like a telephone number" in asked.text
    assert kept(place) == []
    assert writes(place, changed="Call me on 0722 345 678", looked="y").status_code == 303


def test_a_meeting_is_changed_without_losing_what_stays(place: Place) -> None:
    writes(place)
    address = f"{place.root}/sessions/{first(place)}"
    before = kept(place)[0]
    shown = place.tendai.opens(address).text
    assert re.findall(r'value="([^"]*)" checked', shown) == ["m1.1/idea", "m1.1/do"]
    place.tendai.fills(address, **(MEETING | {"minutes": "100"}))
    assert kept(place) == [before | {"minutes": 100}]


def test_a_meeting_is_deleted_only_after_it_was_asked_for(place: Place) -> None:
    writes(place)
    address = f"{place.root}/sessions/{first(place)}/delete"
    assert "lost for good" in place.tendai.opens(address).text
    assert len(kept(place)) == 1
    assert place.tendai.fills(address, follow=False).status_code == 303
    assert kept(place) == []


def test_every_deed_is_in_the_trail_and_names_nobody_who_learns(place: Place) -> None:
    writes(place)
    address = f"{place.root}/sessions/{first(place)}"
    place.tendai.fills(address, **(MEETING | {"minutes": "100"}))
    place.tendai.fills(f"{address}/delete")
    with place.house.extensions["database"].session(reading=True) as session:
        wanted = select(AuditEntry).where(AuditEntry.object_kind == "session of a group")
        lines = [
            (each.by_login, each.deed, each.object_name, each.detail)
            for each in session.scalars(wanted.order_by(AuditEntry.id))
        ]
    assert lines == [
        ("tendai", deed, "Tuesday", "2026-11-03") for deed in ("made", "set", "deleted")
    ]


def test_the_table_says_what_the_page_says(place: Place) -> None:
    writes(place, led_by="=HYPERLINK(1)")
    answer = place.tendai.opens(f"{place.root}/sessions/sessions.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert row == {
        "day": "2026-11-03",
        "minutes": "95",
        "led_by": "'=HYPERLINK(1)",
        "mode": "mixed",
        "phones": "7",
        "papers": "20",
        "neither": "2",
        "parts": "m1.1/idea m1.1/do",
        "changed": "We sang first.",
        "reason": "It was hot.",
    }


def test_who_reads_figures_sees_the_log_and_changes_nothing(place: Place) -> None:
    writes(place)
    efua = place.evaluator()
    page = efua.opens(f"{place.root}/sessions").text
    assert "a nurse of the health centre" in page
    assert "/sessions/new" not in page
    assert efua.opens(f"{place.root}/sessions/{first(place)}").status_code == 403


def test_another_house_finds_no_log(place: Place) -> None:
    writes(place)
    lindiwe = place.people.lindiwe
    for rest in ("", "/new", f"/{first(place)}", f"/{first(place)}/delete", "/sessions.csv"):
        assert lindiwe.opens(f"{place.root}/sessions{rest}").status_code == 404


def test_a_meeting_of_one_group_is_not_found_in_another(place: Place) -> None:
    writes(place)
    other = place.tendai.makes_group("Thursday")
    address = f"/en/staff/groups/{other}/sessions/{first(place)}"
    assert place.tendai.opens(address).status_code == 404


def test_hours_are_those_of_whoever_led_alone_or_with_another(place: Place) -> None:
    tendai, ruth = number_of(place, "tendai"), number_of(place, "ruth")
    writes(place, leader=str(tendai), second=str(ruth), minutes="60")
    writes(place, leader=str(ruth), minutes="30")
    with place.house.extensions["database"].session(reading=True) as session:
        assert [minutes_led(session, each) for each in (tendai, ruth)] == [60, 90]


def test_a_meeting_led_by_somebody_who_left_can_still_be_changed(place: Place) -> None:
    ruth = number_of(place, "ruth")
    writes(place, leader=str(ruth))
    address = f"{place.root}/sessions/{first(place)}"
    with place.house.extensions["database"].work() as session:
        member = member_named(session, "ruth")
        assert member is not None
        home = member.grants[0].organisation_id
        make_staff(session, "njeri", "Bridge Society", Role.ADMINISTRATOR)
        leave_organisation(session, member, home, MEETING_DAY)
    changed = MEETING | {"leader": str(ruth), "minutes": "96"}
    assert place.tendai.fills(address, follow=False, **changed).status_code == 303


def test_nobody_keeps_a_meeting_that_nobody_led(place: Place) -> None:
    with (
        place.house.extensions["database"].work() as session,
        pytest.raises(ValueError, match="must have led"),
    ):
        keep_meeting(session, place.group, Meeting(MEETING_DAY, 10, "paper"), 1)
