"""What there is to do next: found in the data, in order."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from edu.groups.models import Arm, Group
from edu.learning.waves import AFTER, later
from edu.partners.members import make_member
from edu.partners.roles import Reach
from edu.programmes.actions import Wanted, add_action, drop, overdue_actions
from edu.programmes.dates import (
    CoursePlan,
    Event,
    course_of,
    ends_on,
    entries,
    keep_course,
    mark_booster,
    unmark_booster,
)
from edu.programmes.following import Do, Task, group_tasks, in_order, to_do
from edu.programmes.following_models import Dimension
from edu.programmes.incidents import close_incident, keep_incident
from edu.programmes.planning_models import PartnerKind
from edu.programmes.reach import boards, plan_reach
from tests.outcomes.programme import DAY, Made, make, person

ALL = Reach(True, frozenset())
NONE = Reach(False, frozenset())
WEEK = timedelta(weeks=1)


@pytest.fixture
def session(house: Flask) -> Iterator[Session]:
    with house.extensions["database"].work() as session:
        yield session


@pytest.fixture
def made(session: Session) -> Made:
    """A programme with one group that is open and in which nobody is yet."""
    made = make(session, (Arm.INTERVENTION, 0))
    for group in made.groups:
        group.opened_on = DAY
    session.flush()
    return made


def meets(session: Session, group: Group, first: date, meetings: int = 1, role: str = "") -> None:
    keep_course(session, group.id, CoursePlan("", role, first, 7, meetings))


def kinds(session: Session, made: Made, day: date = DAY) -> list[tuple[Do, int]]:
    return [(each.do, each.number) for each in group_tasks(session, made.groups, day)]


def test_a_group_without_dates_is_asked_for_them(session: Session, made: Made) -> None:
    assert kinds(session, made) == [(Do.DATES, 0)]
    meets(session, made.groups[0], DAY)
    assert kinds(session, made) == []


def test_a_course_that_is_over_without_answers_waits_for_them(session: Session, made: Made) -> None:
    group = made.groups[0]
    meets(session, group, DAY - 3 * WEEK, meetings=3)
    # Nobody began, so nobody can be asked; the booster alone is told, a week ahead.
    assert kinds(session, made) == [(Do.BOOSTER, 2)]
    person(made, group, 0.5, DAY - 3 * WEEK, "before-2")
    found = [each for each in group_tasks(session, made.groups, DAY) if each.do is Do.AFTER]
    assert [(each.due, each.path) for each in found] == [(DAY - WEEK, f"groups/{group.id}/dates")]
    person(made, group, 0.5, DAY - WEEK, AFTER)
    assert [each for each in kinds(session, made) if each[0] is Do.AFTER] == []


def test_nobody_back_when_a_later_wave_is_due_is_told_until_somebody_came(
    session: Session, made: Made
) -> None:
    group = made.groups[0]
    meets(session, group, DAY - 13 * WEEK)
    for weeks in (2, 6, 12):
        mark_booster(session, group.id, weeks, DAY)
    person(made, group, 0.5, DAY - 12 * WEEK, AFTER)
    assert kinds(session, made, DAY - timedelta(days=1)) == []
    assert kinds(session, made) == [(Do.LATER, 12)]
    person(made, group, 0.5, DAY, later(1))
    assert kinds(session, made) == []


def test_a_booster_is_told_a_week_ahead_until_it_was_had(session: Session, made: Made) -> None:
    group = made.groups[0]
    meets(session, group, DAY)
    assert kinds(session, made, DAY + WEEK - timedelta(days=1)) == []
    assert kinds(session, made, DAY + WEEK) == [(Do.BOOSTER, 2)]
    mark_booster(session, group.id, 2, DAY)
    mark_booster(session, group.id, 2, DAY)
    assert kinds(session, made, DAY + WEEK) == []
    unmark_booster(session, group.id, 2)
    assert kinds(session, made, DAY + 11 * WEEK) == [
        (Do.BOOSTER, 2),
        (Do.BOOSTER, 6),
        (Do.BOOSTER, 12),
    ]


def test_a_comparison_group_has_no_meetings_and_no_boosters(session: Session) -> None:
    made = make(session, (Arm.COMPARISON, 0))
    group = made.groups[0]
    group.opened_on = group.from_day = DAY
    found = [(each.event, each.day) for each in entries(group, course_of(session, group.id))]
    assert found == [(Event.WAITING_ENDS, DAY), (Event.LATER, DAY + 12 * WEEK)]
    assert kinds(session, made, DAY + 11 * WEEK) == [(Do.DATES, 0)]
    keep_course(session, group.id, CoursePlan(role="lay"))
    assert kinds(session, made, DAY + 11 * WEEK) == []


def test_an_open_incident_is_told_until_it_is_closed(session: Session, made: Made) -> None:
    group = made.groups[0]
    meets(session, group, DAY)
    ruth = make_member(session, login="ruth", password="three small boats at noon")
    session.flush()
    said = {"kind": "upset", "done": "Talked", "due_on": DAY, "member_id": ruth.id}
    keep_incident(session, group.id, day=DAY, needs_more=False, **said)  # type: ignore[arg-type]
    assert kinds(session, made) == []
    waits = keep_incident(session, group.id, day=DAY, needs_more=True, **said)  # type: ignore[arg-type]
    assert group_tasks(session, made.groups, DAY) == [
        Task(Do.INCIDENT, group.name, f"groups/{group.id}/incidents", DAY)
    ]
    close_incident(session, waits, DAY)
    assert kinds(session, made) == []


def test_a_course_ends_with_its_last_meeting(session: Session, made: Made) -> None:
    group = made.groups[0]
    assert ends_on(course_of(session, group.id)) is None
    meets(session, group, DAY, meetings=4)
    assert ends_on(course_of(session, group.id)) == DAY + 3 * WEEK


def test_what_cannot_wait_comes_first_and_what_has_no_day_last() -> None:
    tasks = [
        Task(Do.DATES, "a", "x"),
        Task(Do.BOOSTER, "b", "x", DAY),
        Task(Do.ACTION, "c", "x", DAY - WEEK),
        Task(Do.LATER, "d", "x", DAY),
        Task(Do.START, "f", "x"),
        Task(Do.INCIDENT, "e", "x"),
    ]
    assert [each.name for each in in_order(tasks)] == ["e", "f", "c", "d", "b", "a"]


def test_everybody_is_told_what_is_within_her_reach(session: Session, made: Made) -> None:
    home, programme = made.programme.organisation_id, made.programme.id
    wanted = Wanted("Talk", "School", PartnerKind.SCHOOL, "head", DAY - WEEK)
    action = add_action(session, programme, wanted, DAY - 2 * WEEK)

    def told(lead: Reach, plan: Reach) -> list[Do]:
        return [each.do for each in to_do(session, home, lead, plan, DAY)]

    assert told(ALL, ALL) == [Do.START, Do.ACTION, Do.DATES]
    only = Reach(False, frozenset({programme}))
    assert told(only, NONE) == [Do.ACTION, Do.DATES]
    assert told(Reach(False, frozenset({programme + 1})), NONE) == []
    assert told(NONE, NONE) == []
    assert overdue_actions(session, programme, DAY - WEEK) == []
    drop(session, action)
    assert told(only, NONE) == [Do.DATES]


def test_people_are_counted_by_what_they_answered_on(session: Session, made: Made) -> None:
    group = made.groups[0]
    for modes in [("web",)] * 5 + [("paper",)] * 6 + [("web", "aloud")] * 7:
        journey = person(made, group, 0.5, DAY, AFTER)
        for sitting, mode in zip(journey.sittings, cycle(modes), strict=False):
            sitting.mode = mode
    meets(session, group, DAY, role="teacher")
    plan_reach(session, made.programme.id, Dimension.ROLE, "teacher", 36)
    plan_reach(session, made.programme.id, Dimension.ROLE, "family", 10)
    session.flush()
    found = {
        each.dimension: each
        for each in boards(session, made.programme.id, made.groups, coarse=False)
    }
    assert {each.cell: each.people for each in found[Dimension.MODE].cells} == {
        "phones": 5,
        "paper": 6,
        "mixed": 7,
    }
    role = found[Dimension.ROLE]
    assert [(each.cell, each.people, each.percent, each.is_empty) for each in role.cells] == [
        ("family", 0, 0, True),
        ("teacher", 18, 50, False),
    ]
    assert (role.planned, role.people) == (46, 18)
    coarse = boards(session, made.programme.id, made.groups, coarse=True)
    modes = next(each for each in coarse if each.dimension is Dimension.MODE)
    assert [each.people for each in modes.cells] == [None, None, None]
    assert modes.people == 10
