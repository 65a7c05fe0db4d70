"""The dates of a group: meetings, boosters, and when it is asked again. Nobody is named in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.releasing import current_release
from edu.groups.models import Arm, Group
from edu.learning.instruments import released_instruments
from edu.learning.waves import schedule_of
from edu.programmes.following_models import BoosterDone, GroupCourse
from edu.programmes.keeping import added, kept
from edu.programmes.tracks import Track, track_named

#: So many weeks after the course people meet once more, with something new: a lesson each of the
#: module on keeping it going.
BOOSTERS = (2, 6, 12)
AGAIN = "m10"


class Event(StrEnum):
    """What a day of a group is for."""

    MEETING = "meeting"
    WAITING_ENDS = "waiting-ends"
    BOOSTER = "booster"
    LATER = "later"


@dataclass(frozen=True)
class Entry:
    """A day in a group's calendar. `number` counts meetings; of boosters and later questions it
    is the weeks after the course."""

    day: date
    event: Event
    number: int = 0


def course_of(session: Session, group_id: int) -> GroupCourse:
    """What is arranged of a group's meetings; without anything, what is usual."""
    found = session.get(GroupCourse, group_id)
    return found or GroupCourse(
        group_id=group_id, track="", role="", first_day=None, rhythm_days=7, meetings=5
    )


def courses_of(session: Session, groups: Sequence[Group]) -> dict[int, GroupCourse]:
    """The same of many groups, for those of which anything is arranged."""
    ids = [each.id for each in groups]
    rows = session.scalars(select(GroupCourse).where(GroupCourse.group_id.in_(ids)))
    return {each.group_id: each for each in rows}


def ends_on(course: GroupCourse | None) -> date | None:
    """The day of the last meeting; None while no first day is known."""
    if course is None or course.first_day is None:
        return None
    return course.first_day + timedelta(days=course.rhythm_days * (course.meetings - 1))


def entries(group: Group, course: GroupCourse) -> list[Entry]:
    """A group's days in order. A comparison group has no meetings: it is asked twice."""
    schedule, last = schedule_of(group), ends_on(course)
    found = []
    if schedule.from_day is not None:
        found.append(Entry(schedule.from_day, Event.WAITING_ENDS))
    if schedule.arm is Arm.COMPARISON:
        last = schedule.from_day
    elif course.first_day is not None:
        step = timedelta(days=course.rhythm_days)
        found += [
            Entry(course.first_day + number * step, Event.MEETING, number + 1)
            for number in range(course.meetings)
        ]
    if last is not None:
        if schedule.arm is not Arm.COMPARISON:
            found += [_after(last, weeks, Event.BOOSTER) for weeks in BOOSTERS]
        found += [_after(last, weeks, Event.LATER) for weeks in schedule.later]
    return sorted(found, key=lambda each: (each.day, list(Event).index(each.event)))


def _after(last: date, weeks: int, event: Event) -> Entry:
    return Entry(last + timedelta(weeks=weeks), event, weeks)


def boosters_done(session: Session, group_ids: Sequence[int]) -> dict[tuple[int, int], date]:
    """Which boosters groups had, by group and weeks after the course, with the day."""
    rows = session.scalars(select(BoosterDone).where(BoosterDone.group_id.in_(group_ids)))
    return {(each.group_id, each.weeks): each.done_on for each in rows}


def booster_lessons(session: Session, tag: str) -> dict[int, Mapping[str, Any]]:
    """The new lesson of each booster by weeks after the course, as it is released in a language;
    none while the module on keeping it going is not."""
    release = current_release(session, tag, AGAIN)
    lessons = release.payload["lessons"] if release is not None else ()
    return dict(zip(BOOSTERS, lessons, strict=False))


def mark_booster(session: Session, group_id: int, weeks: int, day: date) -> None:
    """A group had this booster; said twice, it is the same."""
    if session.get(BoosterDone, (group_id, weeks)) is None:
        added(session, BoosterDone(group_id=group_id, weeks=weeks, done_on=day))


def unmark_booster(session: Session, group_id: int, weeks: int) -> None:
    """That was a slip: it did not have it."""
    found = session.get(BoosterDone, (group_id, weeks))
    if found is not None:
        session.delete(found)
    session.flush()


@dataclass(frozen=True)
class CoursePlan:
    """What a trainer says of a group's meetings."""

    track: str = ""
    role: str = ""
    first_day: date | None = None
    rhythm_days: int = 7
    meetings: int = 5


def begin_course(session: Session, group_id: int, track_id: str) -> None:
    """A new group takes a track, if it takes one."""
    track = track_named(track_id)
    if track is not None:
        keep_course(session, group_id, CoursePlan(track=track.id, meetings=track.meetings))
        ask_less(session, session.get_one(Group, group_id), track)


def ask_less(session: Session, group: Group, track: Track) -> None:
    """A new group is asked no more than its track asks, unless it was said what it is asked."""
    released = {each.id for each in released_instruments(session)}
    wanted = [each for each in track.instruments if each in released]
    if wanted and not group.instruments:
        group.instruments = wanted
        session.flush()


def keep_course(session: Session, group_id: int, plan: CoursePlan) -> GroupCourse:
    """Keep what a trainer says of a group's meetings, and leave the lot it was drawn in."""
    return kept(session, GroupCourse, {"group_id": group_id}, vars(plan))
