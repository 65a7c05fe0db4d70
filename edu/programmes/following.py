"""What there is to do next, in order: for one programme, or for all that somebody reaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.groups.groups import groups_of
from edu.groups.models import Arm, Group
from edu.groups.programmes import programmes_of
from edu.learning.models import Journey, Sitting
from edu.learning.waves import AFTER, later, schedule_of
from edu.partners.roles import Reach
from edu.programmes.actions import overdue_actions
from edu.programmes.channels import overdue as overdue_channels
from edu.programmes.dates import BOOSTERS, boosters_done, courses_of, ends_on
from edu.programmes.following_models import GroupCourse
from edu.programmes.session_models import Incident
from edu.programmes.starting import missing

#: A booster is told from a week before its day on: somebody has to ask people to come.
_AHEAD = timedelta(weeks=1)


class Do(StrEnum):
    """What is to be done; its words stand in templates/planner/to_do.html. In the order in which
    it is done when everything is due on one day."""

    INCIDENT = "incident"
    START = "start"
    OPEN = "open"
    DATES = "dates"
    AFTER = "after"
    LATER = "later"
    BOOSTER = "booster"
    ACTION = "action"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Task:
    """One thing to do: what, since or until when, for whom by name, and where it is done, below
    the staff's door. `number` is how many, or how many weeks after the course."""

    do: Do
    name: str
    path: str
    due: date | None = None
    number: int = 0


@dataclass(frozen=True)
class Days:
    """What is known of a group's waves: when its newest answers after the lessons came, and how
    many came back later, by wave."""

    started: int
    after_on: date | None
    came: dict[str, int]


def to_do(
    session: Session, organisation_id: int, lead: Reach, plan: Reach, today: date
) -> list[Task]:
    """Everything somebody may do something about: in the groups that she leads, and in the
    programmes that she leads groups of or plans."""
    both = Reach(lead.everything or plan.everything, lead.programmes | plan.programmes)
    groups = groups_of(session, organisation_id, lead)
    found = group_tasks(session, groups, today)
    for programme in programmes_of(session, organisation_id, both):
        if plan.covers(programme.id):
            found += _to_start(session, programme.id, programme.name)
        found += _of_programme(session, programme.id, today)
    return in_order(found)


def programme_tasks(
    session: Session, programme_id: int, name: str, groups: Sequence[Group], today: date
) -> list[Task]:
    """What there is to do in one programme and these groups of it."""
    return in_order(
        [
            *group_tasks(session, groups, today),
            *_to_start(session, programme_id, name),
            *_of_programme(session, programme_id, today),
        ]
    )


def in_order(tasks: list[Task]) -> list[Task]:
    """What cannot wait comes first, then what no group may start without, and the start; then what
    is longest due; what has no day comes last."""
    kinds = list(Do)
    return sorted(
        tasks,
        key=lambda each: (
            each.do is not Do.INCIDENT,
            each.do is not Do.START,
            each.do is not Do.OPEN,
            each.due or date.max,
            kinds.index(each.do),
            each.name,
        ),
    )


def _to_start(session: Session, programme_id: int, name: str) -> list[Task]:
    lacking = missing(session, programme_id)
    path = f"programmes/{programme_id}"
    return [Task(Do.START, name, path, number=len(lacking))] if lacking else []


def _of_programme(session: Session, programme_id: int, today: date) -> list[Task]:
    root = f"programmes/{programme_id}"
    actions = [
        Task(Do.ACTION, each.what, f"{root}/actions/{each.id}", each.due_on)
        for each in overdue_actions(session, programme_id, today)
    ]
    channels = [
        Task(Do.CHANNEL, each.purpose, f"{root}/channels/{each.id}", each.next_review)
        for each in overdue_channels(session, programme_id, today)
    ]
    return actions + channels


def group_tasks(session: Session, groups: Sequence[Group], today: date) -> list[Task]:
    """What is due in groups: dates to set, questions that nobody came back for, boosters."""
    courses, days = courses_of(session, groups), _days_of(session, groups)
    had = boosters_done(session, [each.id for each in groups])
    found = _incidents(session, groups) + _to_open(session, groups)
    for group in groups:
        course = courses.get(group.id)
        path = f"groups/{group.id}"
        if course is None or (course.first_day is None and group.arm != Arm.COMPARISON.value):
            found.append(Task(Do.DATES, group.name, f"{path}/dates"))
        found += _waves_due(group, course, days[group.id], today)
        found += _boosters_due(group, course, had, today)
    return found


def _to_open(session: Session, groups: Sequence[Group]) -> list[Task]:
    """Groups that nobody can join yet, and how many steps are left until they can be opened."""
    shut = [each for each in groups if each.opened_on is None]
    lacking = {number: len(missing(session, number)) for number in {e.programme_id for e in shut}}
    return [
        Task(Do.OPEN, each.name, f"groups/{each.id}", number=lacking[each.programme_id])
        for each in shut
    ]


def _incidents(session: Session, groups: Sequence[Group]) -> list[Task]:
    names = {each.id: each.name for each in groups}
    # Of all groups at once: whoever leads many is told on her first page.
    waiting = session.scalars(
        select(Incident).where(
            Incident.group_id.in_(list(names)), Incident.needs_more, Incident.closed_on.is_(None)
        )
    )
    return [
        Task(Do.INCIDENT, names[each.group_id], f"groups/{each.group_id}/incidents", each.due_on)
        for each in waiting
    ]


def _waves_due(group: Group, course: GroupCourse | None, days: Days, today: date) -> list[Task]:
    """Waves whose day is over and for which nobody came back, though somebody had begun."""
    schedule, path = schedule_of(group), f"groups/{group.id}/dates"
    last = schedule.from_day if schedule.arm is Arm.COMPARISON else ends_on(course)
    if days.started and days.after_on is None and last is not None and last < today:
        return [Task(Do.AFTER, group.name, path, last)]
    last = days.after_on or last
    if not days.started or last is None:
        return []
    return [
        Task(Do.LATER, group.name, path, day, weeks)
        for number, weeks in enumerate(schedule.later, start=1)
        if (day := last + timedelta(weeks=weeks)) <= today and not days.came.get(later(number))
    ]


def _boosters_due(
    group: Group,
    course: GroupCourse | None,
    had: dict[tuple[int, int], date],
    today: date,
) -> list[Task]:
    last = ends_on(course)
    if last is None or group.arm == Arm.COMPARISON.value:
        return []
    return [
        Task(Do.BOOSTER, group.name, f"groups/{group.id}/dates", day, weeks)
        for weeks in BOOSTERS
        if (day := last + timedelta(weeks=weeks)) <= today + _AHEAD and (group.id, weeks) not in had
    ]


def _days_of(session: Session, groups: Sequence[Group]) -> dict[int, Days]:
    ids = [each.id for each in groups]
    begun = session.execute(
        select(Journey.group_id, func.count())
        .where(Journey.group_id.in_(ids))
        .group_by(Journey.group_id)
    )
    started = {group_id: number for group_id, number in begun if group_id is not None}
    rows = session.execute(
        select(
            Journey.group_id,
            Sitting.wave,
            func.max(Sitting.submitted_on),
            func.count(func.distinct(Sitting.journey_id)),
        )
        .join(Journey, Journey.id == Sitting.journey_id)
        .where(Journey.group_id.in_(ids), Sitting.submitted_on.is_not(None))
        .group_by(Journey.group_id, Sitting.wave)
    ).all()
    after = {group_id: day for group_id, wave, day, _number in rows if wave == AFTER}
    came = {(group_id, wave): number for group_id, wave, _day, number in rows}
    return {
        each: Days(
            started.get(each, 0),
            after.get(each),
            {wave: number for (group_id, wave), number in came.items() if group_id == each},
        )
        for each in ids
    }
