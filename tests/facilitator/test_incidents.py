"""The log of what went wrong: for whoever leads, and for nobody else."""

from datetime import date
from typing import Any

from sqlalchemy import select

from edu.partners.models import AuditEntry
from edu.programmes.incidents import incidents_of, is_open, told_too_much
from tests.facilitator.conftest import Place

INCIDENT: dict[str, Any] = {
    "kind": "upset",
    "day": "2026-11-03",
    "done": "we went out together and sat in the shade",
}


def writes(place: Place, **changes: Any) -> Any:
    return place.tendai.fills(f"{place.root}/incidents/new", follow=False, **(INCIDENT | changes))


def log(place: Place) -> list[tuple[str, str, bool]]:
    with place.house.extensions["database"].session(reading=True) as session:
        return [
            (each.kind, each.done, is_open(each)) for each in incidents_of(session, place.group)
        ]


def number(place: Place) -> int:
    with place.house.extensions["database"].session(reading=True) as session:
        return incidents_of(session, place.group)[0].id


def test_an_incident_is_kept_and_needs_nothing_more_unless_somebody_says_so(place: Place) -> None:
    assert writes(place).status_code == 303
    assert log(place) == [("upset", INCIDENT["done"], False)]
    assert "incident is open" not in place.tendai.opens(place.root).text


def test_an_open_incident_shows_on_the_groups_page_until_it_is_closed(place: Place) -> None:
    writes(place, needs_more="y", due_on="2026-11-05")
    assert "1 incident is open." in place.tendai.opens(place.root).text
    page = f"{place.root}/incidents"
    assert "Open and overdue: by" in place.tendai.opens(page).text
    place.tendai.fills(page, to=f"{page}/{number(place)}/close")
    assert "incident is open" not in place.tendai.opens(place.root).text
    assert "Closed on" in place.tendai.opens(page).text


def test_closing_can_be_undone(place: Place) -> None:
    writes(place)
    page = f"{place.root}/incidents"
    place.tendai.fills(page, to=f"{page}/{number(place)}/again")
    assert log(place) == [("upset", INCIDENT["done"], True)]
    place.tendai.fills(page, to=f"{page}/{number(place)}/close")
    assert log(place) == [("upset", INCIDENT["done"], False)]


def test_the_most_urgent_comes_first_and_what_is_closed_last(place: Place) -> None:
    writes(place, done="first", day="2026-11-10")
    writes(place, done="second", needs_more="y")
    writes(place, done="third", needs_more="y", due_on="2026-11-09")
    writes(place, done="fourth", needs_more="y", due_on="2026-11-07")
    assert [done for _, done, _ in log(place)] == ["fourth", "third", "second", "first"]


def test_what_may_give_somebody_away_is_kept_only_after_a_second_look(place: Place) -> None:
    texts = ("her number is 0722 345 678", "call 1190 for it", "we told her sister Achieng")
    for text in (*texts, "x@example.org"):
        asked = writes(place, done=text)
        assert (text, asked.status_code) == (text, 422)
        assert "Look once more." in asked.text
    assert log(place) == []
    assert writes(place, done=texts[0], looked="y").status_code == 303


def test_plain_words_give_nobody_away() -> None:
    assert told_too_much("Three people left at 10. We spoke with 12 others, in 2 rooms.") == []


def test_a_slip_is_mended_without_a_second_entry(place: Place) -> None:
    writes(place)
    address = f"{place.root}/incidents/{number(place)}"
    place.tendai.fills(address, **(INCIDENT | {"kind": "other", "done": "we talked"}))
    assert log(place) == [("other", "we talked", False)]


def test_what_cannot_be_is_refused(place: Place) -> None:
    wrong = [
        {"kind": "gossip"},
        {"day": "2199-01-01"},
        {"done": " "},
        {"needs_more": "y", "due_on": "2026-11-01"},
    ]
    assert [writes(place, **each).status_code for each in wrong] == [422] * len(wrong)
    assert log(place) == []


def test_a_day_by_which_means_nothing_when_nothing_more_is_needed(place: Place) -> None:
    writes(place, due_on="2026-11-09")
    with place.house.extensions["database"].session(reading=True) as session:
        (found,) = incidents_of(session, place.group)
        assert (found.needs_more, found.due_on, found.closed_on) == (False, None, None)
        assert found.day == date(2026, 11, 3)


def test_who_reads_figures_learns_nothing_of_incidents(place: Place) -> None:
    writes(place, needs_more="y")
    efua = place.evaluator()
    assert efua.opens(f"{place.root}/incidents").status_code == 403
    page = efua.opens(place.root).text
    assert "/incidents" not in page
    assert "incident is open" not in page


def test_another_house_finds_no_incident(place: Place) -> None:
    writes(place)
    lindiwe = place.people.lindiwe
    for rest in ("", "/new", f"/{number(place)}"):
        assert lindiwe.opens(f"{place.root}/incidents{rest}").status_code == 404
    other = place.tendai.makes_group("Thursday")
    elsewhere = f"/en/staff/groups/{other}/incidents/{number(place)}"
    assert place.tendai.opens(elsewhere).status_code == 404


def test_the_trail_says_that_and_never_what(place: Place) -> None:
    writes(place, kind="disclosure", needs_more="y")
    page = f"{place.root}/incidents"
    place.tendai.fills(page, to=f"{page}/{number(place)}/close")
    with place.house.extensions["database"].session(reading=True) as session:
        lines = session.scalars(select(AuditEntry).where(AuditEntry.object_kind == "incident"))
        told = [(each.deed, each.object_name, each.detail) for each in lines]
    assert told == [("made", "Tuesday", "2026-11-03"), ("closed", "Tuesday", "2026-11-03")]


def test_the_same_incident_sent_twice_is_kept_once(place: Place) -> None:
    writes(place, needs_more="y")
    writes(place, needs_more="y")
    assert len(log(place)) == 1
