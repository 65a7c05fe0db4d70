"""Waves: when a questionnaire is met, in which order, and which one waits for a learner now.

*before* comes before the lessons; *before-2* once more before them, for a group that had to wait;
*after* with the last lesson; *looking-back* asks afterwards how it was before; *later-1* and so on
come some weeks after the course. A later wave has a window of some weeks to either side. Whoever
answers when it is over is late: that follows from the days, and nothing is refused for it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from edu.groups.models import Arm, Group

BEFORE, BEFORE_2, AFTER, LOOKING_BACK = "before", "before-2", "after", "looking-back"
#: So many later waves at most, and none later than this after the course.
MOST_LATER, MOST_WEEKS, MOST_WINDOW = 4, 104, 12
#: Two questionnaires before the lessons lie at least this far apart: nearer, she would remember.
APART = timedelta(weeks=2)
_LATER = re.compile(r"later-([1-9][0-9]?)")


@dataclass(frozen=True)
class Schedule:
    """The waves of a group: its arm, the weeks after the course of each later wave, and the weeks
    of the window to either side. `from_day` is the day on which a group that waits begins its
    lessons, or on which a comparison group is asked again."""

    arm: Arm = Arm.INTERVENTION
    looking_back: bool = False
    later: tuple[int, ...] = (12,)
    window: int = 4
    from_day: date | None = None

    @property
    def waves(self) -> tuple[str, ...]:
        """All waves of the group, in order."""
        second = (BEFORE_2,) if self.arm is Arm.WAITING else ()
        back = (LOOKING_BACK,) if self.looking_back else ()
        return (BEFORE, *second, AFTER, *back, *(later(k) for k in range(1, len(self.later) + 1)))

    def weeks(self, wave: str) -> int | None:
        """How many weeks after the course a later wave is meant to be; None for any other."""
        number = _number(wave)
        return self.later[number - 1] if 1 <= number <= len(self.later) else None


#: Of whoever learns alone, and of groups of which nobody said otherwise.
USUAL = Schedule()


def schedule_of(group: Group | None) -> Schedule:
    """The waves of a group, or of somebody who learns alone."""
    if group is None:
        return USUAL
    return Schedule(
        Arm(group.arm),
        group.looking_back,
        tuple(group.later_weeks),
        group.window_weeks,
        group.from_day,
    )


def later(number: int) -> str:
    """The name of the later wave with this number, from 1 on."""
    return f"later-{number}"


def _number(wave: str) -> int:
    found = _LATER.fullmatch(wave)
    return int(found[1]) if found else 0


def is_wave(name: str) -> bool:
    """Whether this is the name of any wave."""
    return name in (BEFORE, BEFORE_2, AFTER, LOOKING_BACK) or _number(name) > 0


def place(wave: str) -> int:
    """Where a wave stands in time, to sort by. Raises ValueError for what is none."""
    if not is_wave(wave):
        raise ValueError(f"no wave is called {wave!r}")
    first = (BEFORE, BEFORE_2, AFTER, LOOKING_BACK)
    return first.index(wave) if wave in first else len(first) - 1 + _number(wave)


def in_order(waves: Iterable[str]) -> list[str]:
    """Waves in the order in which they come."""
    return sorted(set(waves), key=place)


class Opening(StrEnum):
    """How a wave stands for a learner who has not answered it."""

    OPEN = "open"
    NOT_YET = "not yet"
    MISSED = "missed"


@dataclass(frozen=True)
class Stand:
    """Where somebody is: lessons begun and finished, and the day of her newest answers by wave."""

    today: date
    begun: bool = False
    finished: bool = False
    answered: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Window:
    """When a later wave is meant to be answered: both days belong to it."""

    opens: date
    meant: date
    closes: date


def window_of(schedule: Schedule, wave: str, after_on: date | None) -> Window | None:
    """The window of a later wave; None for any other, and while nothing was answered after."""
    weeks = schedule.weeks(wave)
    if weeks is None or after_on is None:
        return None
    meant, side = after_on + timedelta(weeks=weeks), timedelta(weeks=schedule.window)
    return Window(meant - side, meant, meant + side)


def is_late(schedule: Schedule, wave: str, answered_on: date, after_on: date | None) -> bool:
    """Whether an answer came when its window was over; it is kept all the same."""
    window = window_of(schedule, wave, after_on)
    return window is not None and answered_on > window.closes


def opens_on(schedule: Schedule, wave: str, stand: Stand) -> date | None:
    """The day from which a wave is asked, where it hangs on a day that is known."""
    if wave == BEFORE_2:
        first = stand.answered.get(BEFORE)
        if first is None:
            return None
        near = schedule.from_day - APART if schedule.from_day else first
        return max(near, first + APART)
    if wave == AFTER and schedule.arm is Arm.COMPARISON:
        return schedule.from_day
    window = window_of(schedule, wave, stand.answered.get(AFTER))
    return window.opens if window else None


def opening(schedule: Schedule, wave: str, stand: Stand) -> Opening:
    """How a wave stands now. Those before the lessons count only before: after a lesson they would
    measure it, too. Of two later waves that are open, the newer one is asked."""
    if wave in (BEFORE, BEFORE_2) and stand.begun:
        return Opening.MISSED
    if wave == BEFORE:
        return Opening.OPEN
    if wave == AFTER and schedule.arm is not Arm.COMPARISON:
        return Opening.OPEN if stand.finished else Opening.NOT_YET
    if wave == LOOKING_BACK:
        return Opening.OPEN if AFTER in stand.answered else Opening.NOT_YET
    day = opens_on(schedule, wave, stand)
    if day is None or stand.today < day:
        return Opening.NOT_YET
    return Opening.MISSED if _is_overtaken(schedule, wave, stand) else Opening.OPEN


def _is_overtaken(schedule: Schedule, wave: str, stand: Stand) -> bool:
    for newer in schedule.waves:
        if _number(wave) and _number(newer) > _number(wave):
            day = opens_on(schedule, newer, stand)
            if newer in stand.answered or (day is not None and stand.today >= day):
                return True
    return False


def accepts(schedule: Schedule, wave: str, stand: Stand) -> bool:
    """Whether answers of this wave are kept now: what is open, and a later wave that is over."""
    if wave not in schedule.waves:
        return False
    found = opening(schedule, wave, stand)
    return found is Opening.OPEN or (found is Opening.MISSED and _number(wave) > 0)


def due(schedule: Schedule, stand: Stand) -> str | None:
    """Which wave waits for her now; None when none does."""
    return next(
        (
            wave
            for wave in schedule.waves
            if wave not in stand.answered and opening(schedule, wave, stand) is Opening.OPEN
        ),
        None,
    )


def lessons_open(schedule: Schedule, stand: Stand) -> bool:
    """Whether the lessons are for her by now: a waiting list waits for its day, and a comparison
    group for its second questions."""
    if schedule.arm is Arm.WAITING:
        return schedule.from_day is None or stand.today >= schedule.from_day
    return schedule.arm is not Arm.COMPARISON or AFTER in stand.answered
