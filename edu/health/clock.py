"""Whether the clock can be believed: a small box without a battery may wake up in another year.

What is deleted by age must not be deleted by a wrong clock. So while the clock is not trusted,
nothing is; a person confirms it with `flask doctor --trust-clock`.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.editions.models import Release
from edu.health import marks
from edu.learning.models import Journey, Learner, Sitting
from edu.lessons.mistakes import Message
from edu.lessons.words import N_

#: No clock that is right shows an earlier day: this program was not there yet.
MADE_ON = date(2026, 11, 21)
#: A clock may be set back a little when it is put right.
_BACK = timedelta(days=2)
#: A server that slept longer than this may as well have a wrong clock.
_FORWARD = timedelta(days=40)
#: The same where no mark tells when the server was last awake, only the data do.
_FORWARD_UNMARKED = timedelta(days=400)

_BEHIND = N_("it shows %(now)s, but it must be %(latest)s or later")
_AHEAD = N_("it jumped from %(latest)s to %(now)s")

_NAME = "clock"


@dataclass(frozen=True)
class Clock:
    """What is thought of the clock; `why` is empty when it is trusted."""

    now: datetime
    why: str = ""

    @property
    def trusted(self) -> bool:
        """Whether what is old by this clock may be deleted."""
        return not self.why


def newest_day(session: Session) -> date | None:
    """The newest day that anything in the database was dated by."""
    days = [
        session.scalar(select(func.max(Sitting.submitted_on))),
        session.scalar(select(func.max(Journey.started_on))),
        session.scalar(select(func.max(Learner.made_on))),
    ]
    released = session.scalar(select(func.max(Release.made_at)))
    days.append(released.date() if released is not None else None)
    return max((day for day in days if day is not None), default=None)


def look(instance: Path, newest: date | None, now: datetime | None = None) -> Clock:
    """Compare the clock with everything that tells how late it must be at least, and with the
    moment at which the server was last seen awake."""
    now = now or marks.now()
    mark = marks.read(instance, _NAME)
    known = [datetime.combine(MADE_ON, time())]
    if mark is not None:
        known.append(mark.ended_at)
    elif newest is not None:
        known.append(datetime.combine(newest, time()))
    latest = max(known)
    if now < latest - _BACK:
        return Clock(now, Message(_BEHIND, now=now.date(), latest=latest.date()))
    if mark is None and newest is None:
        return Clock(now)
    if now > latest + (_FORWARD if mark is not None else _FORWARD_UNMARKED):
        return Clock(now, Message(_AHEAD, latest=latest.date(), now=now.date()))
    return Clock(now)


def earliest(instance: Path) -> date:
    """The day that it must be at least: what is dated earlier would be deleted too soon, as very
    old, once the clock is right again."""
    mark = marks.read(instance, _NAME)
    return max(MADE_ON, mark.ended_at.date()) if mark is not None else MADE_ON


def note(instance: Path, clock: Clock) -> None:
    """Remember that the server was awake at this moment; a clock that is not trusted leaves no
    mark, because the next look would take it for the truth."""
    if clock.trusted:
        marks.put(instance, _NAME)


def trust(instance: Path) -> None:
    """A person has looked at the clock and says that it is right."""
    marks.remove(instance, _NAME)
    marks.put(instance, _NAME)
