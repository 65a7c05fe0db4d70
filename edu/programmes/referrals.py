"""People who are sent on between clinic and community: numbers a month, and who came back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.programmes.ally_models import ReferralMonth, Way
from edu.programmes.keeping import kept

#: Numbers of people below this are never said, nor what would tell them.
FEWEST = 5


class Said(StrEnum):
    """How much of a number is said."""

    EXACTLY = "exactly"
    FEW = "fewer than five"
    NEARLY = "all but fewer than five"
    AT_LEAST = "at least"
    FEW_EACH = "fewer than five in each month"


@dataclass(frozen=True)
class Number:
    """A number of people as it may be said; `number` only with EXACTLY and AT_LEAST."""

    said: Said
    number: int | None = None


@dataclass(frozen=True)
class Loop:
    """One way: how many were sent, arrived, and of how many word came back."""

    sent: Number
    arrived: Number
    heard: Number

    @property
    def numbers(self) -> tuple[Number, Number, Number]:
        """All three, in the order of the loop."""
        return self.sent, self.arrived, self.heard


def protected(sent: int, arrived: int, heard: int) -> Loop:
    """The numbers of one month as they may be said. How many did not arrive is a number of people
    too, so one that is nearly as high as the one before is not said either."""
    second = _beside(sent, arrived)
    # What is said of the third must not hang on a second that is not said.
    third = _beside(arrived if second.said is Said.EXACTLY else sent, heard)
    if third.said is Said.EXACTLY and 0 < sent - heard < FEWEST:
        third = Number(Said.NEARLY)
    return Loop(_small(sent), second, third)


def _small(number: int) -> Number:
    return Number(Said.FEW) if number < FEWEST else Number(Said.EXACTLY, number)


def _beside(of: int, number: int) -> Number:
    found = _small(number)
    if found.said is Said.FEW:
        return found
    if of < 2 * FEWEST:
        # Out of six, "all but fewer than five" and at least five can only be five.
        return Number(Said.AT_LEAST, FEWEST)
    return Number(Said.NEARLY) if 0 < of - number < FEWEST else found


def together(loops: Iterable[Loop]) -> Loop | None:
    """Several months in one: a sum is exact only where each month is, so that it tells none."""
    found = list(loops)
    if not found:
        return None
    sent, arrived, heard = (
        _sum(column) for column in zip(*(each.numbers for each in found), strict=True)
    )
    return Loop(sent, arrived, heard)


def _sum(numbers: Sequence[Number]) -> Number:
    if len(numbers) == 1:
        return numbers[0]
    least = sum(FEWEST for each in numbers if each.said is Said.NEARLY)
    whole = least + sum(each.number for each in numbers if each.number is not None)
    if all(each.said is Said.EXACTLY for each in numbers):
        return Number(Said.EXACTLY, whole)
    if all(each.said is Said.FEW for each in numbers):
        return Number(Said.FEW_EACH)
    return Number(Said.AT_LEAST, whole)


def months_of(session: Session, programme_id: int, way: Way) -> Sequence[ReferralMonth]:
    """The months of one way, the newest first."""
    return session.scalars(
        select(ReferralMonth)
        .where(ReferralMonth.programme_id == programme_id, ReferralMonth.way == way.value)
        .order_by(ReferralMonth.month.desc())
    ).all()


def month_of(session: Session, programme_id: int, month: date, way: Way) -> ReferralMonth | None:
    """The numbers of one month and way."""
    return session.scalar(
        select(ReferralMonth).where(
            ReferralMonth.programme_id == programme_id,
            ReferralMonth.month == month.replace(day=1),
            ReferralMonth.way == way.value,
        )
    )


def month_numbered(session: Session, programme_id: int, number: int) -> ReferralMonth | None:
    """One month's numbers, if they are this programme's own."""
    return session.scalar(
        select(ReferralMonth).where(
            ReferralMonth.id == number, ReferralMonth.programme_id == programme_id
        )
    )


def keep_month(
    session: Session,
    programme_id: int,
    month: date,
    way: Way,
    numbers: tuple[int, int, int],
    by: int,
) -> ReferralMonth:
    """Write a month's numbers down, in place of those that were there."""
    key = {"programme_id": programme_id, "month": month.replace(day=1), "way": way.value}
    values = dict(zip(("sent", "arrived", "heard"), numbers, strict=True))
    return kept(session, ReferralMonth, key, values | {"member_id": by})


def forget_month(session: Session, found: ReferralMonth) -> None:
    """Take a month's numbers out."""
    session.delete(found)
    session.flush()
