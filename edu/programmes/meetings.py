"""The log of a group's meetings, and what it adds up to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from edu.programmes.session_models import GroupSession


@dataclass(frozen=True)
class Meeting:
    """What a facilitator writes down about one meeting."""

    day: date
    minutes: int
    mode: str
    leader_id: int | None = None
    second_leader_id: int | None = None
    led_by: str = ""
    phones: int = 0
    papers: int = 0
    neither: int = 0
    parts: tuple[str, ...] = ()
    changed: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Sums:
    """What some meetings add up to. `largest` is the greatest number of people in one of them:
    people who came twice would be counted twice in a sum."""

    sessions: int
    minutes: int
    largest: int
    lessons: int

    @property
    def hours(self) -> str:
        """Hours and minutes, as 3:05."""
        return f"{self.minutes // 60}:{self.minutes % 60:02}"


def people_in(meeting: GroupSession) -> int:
    """How many people came."""
    return meeting.phones + meeting.papers + meeting.neither


def lessons_in(meetings: Iterable[GroupSession]) -> Counter[str]:
    """In how many meetings each lesson was taken up."""
    return Counter(
        lesson for each in meetings for lesson in {part.partition("/")[0] for part in each.parts}
    )


def meetings_of(session: Session, group_id: int) -> Sequence[GroupSession]:
    """A group's meetings, the newest first."""
    wanted = select(GroupSession).where(GroupSession.group_id == group_id)
    return session.scalars(wanted.order_by(GroupSession.day.desc(), GroupSession.id.desc())).all()


def meeting_of(session: Session, group_id: int, number: int) -> GroupSession | None:
    """One meeting, if it is this group's."""
    return session.scalar(
        select(GroupSession).where(GroupSession.id == number, GroupSession.group_id == group_id)
    )


def sums_of(meetings: Sequence[GroupSession]) -> Sums:
    """What meetings add up to."""
    return Sums(
        sessions=len(meetings),
        minutes=sum(each.minutes for each in meetings),
        largest=max(map(people_in, meetings), default=0),
        lessons=len(lessons_in(meetings)),
    )


def keep_meeting(
    session: Session,
    group_id: int,
    told: Meeting,
    member_id: int,
    kept: GroupSession | None = None,
) -> GroupSession:
    """Write a meeting down, or, with `kept`, anew. One that is sent twice is one. Raises ValueError
    when nobody led it."""
    if told.leader_id is None and told.second_leader_id is None and not told.led_by.strip():
        raise ValueError("somebody must have led it")
    row = kept or _same(session, group_id, told) or GroupSession(group_id=group_id)
    row.day, row.minutes, row.mode = told.day, told.minutes, told.mode
    row.leader_id, row.second_leader_id = told.leader_id, told.second_leader_id
    row.led_by = told.led_by.strip()
    row.phones, row.papers, row.neither = told.phones, told.papers, told.neither
    row.parts = list(told.parts)
    row.changed, row.reason = told.changed.strip(), told.reason.strip()
    row.member_id = member_id
    session.add(row)
    session.flush()
    return row


def _same(session: Session, group_id: int, told: Meeting) -> GroupSession | None:
    """The meeting of this day about which the same was told already."""
    day = [each for each in meetings_of(session, group_id) if each.day == told.day]
    wanted = {**vars(told), "parts": list(told.parts)}
    return next(
        (each for each in day if all(getattr(each, name) == wanted[name] for name in wanted)), None
    )


def delete_meeting(session: Session, meeting: GroupSession) -> None:
    """Delete a meeting for good."""
    session.execute(delete(GroupSession).where(GroupSession.id == meeting.id))


def minutes_led(session: Session, member_id: int) -> int:
    """How many minutes of meetings somebody on staff has led, alone or with another."""
    led = or_(GroupSession.leader_id == member_id, GroupSession.second_leader_id == member_id)
    return int(
        session.scalar(select(func.coalesce(func.sum(GroupSession.minutes), 0)).where(led)) or 0
    )
