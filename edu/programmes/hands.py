"""Hands that were counted for a question, and what of it may be told to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edu.outcomes.disclosure_counts import MINIMUM_CELL
from edu.programmes.session_models import HandCount

#: Answers to one question: fewer are none, more cannot be counted in a room.
FEWEST, MOST = 2, 8


@dataclass(frozen=True)
class Bar:
    """One answer: its hands (None: not told), and how many in a hundred they are."""

    option: str
    hands: int | None
    share: int


@dataclass(frozen=True)
class Count:
    """All answers at one time; `total` is None where it would tell what is not told."""

    bars: Sequence[Bar]
    total: int | None

    @property
    def hides(self) -> bool:
        """Whether something is not told."""
        return any(each.hands is None for each in self.bars)


def counted(options: Sequence[str], hands: Sequence[int], *, whole: bool) -> Count | None:
    """The hands of one time; None when none were counted. Only with `whole` are small numbers told.

    A single number that is left out could be worked out from how many people came, so then the
    next smallest is left out with it; and nobody is told the sum.
    """
    if not hands:
        return None
    total = sum(hands)
    hidden = set() if whole else _hidden(hands)
    bars = [
        Bar(option, None, 0)
        if place in hidden
        else Bar(option, number, round(100 * number / total) if total and not hidden else 0)
        for place, (option, number) in enumerate(zip(options, hands, strict=True))
    ]
    return Count(bars, None if hidden else total)


def _hidden(hands: Sequence[int]) -> set[int]:
    """Which numbers are not told: those below five, and never one alone."""
    small = {place for place, number in enumerate(hands) if number < MINIMUM_CELL}
    if len(small) == 1:
        others = [place for place in range(len(hands)) if place not in small]
        small.add(min(others, key=lambda place: hands[place]))
    return small


def counts_of(session: Session, group_id: int) -> Sequence[HandCount]:
    """A group's questions, the newest first."""
    wanted = select(HandCount).where(HandCount.group_id == group_id)
    return session.scalars(wanted.order_by(HandCount.day.desc(), HandCount.id.desc())).all()


def count_of(session: Session, group_id: int, number: int) -> HandCount | None:
    """One question, if it is this group's."""
    return session.scalar(
        select(HandCount).where(HandCount.id == number, HandCount.group_id == group_id)
    )


def ask(
    session: Session,
    group_id: int,
    question: str,
    options: Sequence[str],
    today: date,
    *,
    lesson: str = "",
) -> HandCount:
    """A new question, of which no hands are counted yet. Raises ValueError for too few or too many
    answers, or two that are alike."""
    if not FEWEST <= len(options) <= MOST or len(set(options)) < len(options):
        raise ValueError("two to eight answers that differ")
    row = HandCount(
        group_id=group_id, day=today, lesson=lesson, question=question, options=list(options)
    )
    row.before, row.after = [], []
    session.add(row)
    session.flush()
    return row


def keep_hands(
    session: Session, count: HandCount, before: Sequence[int], after: Sequence[int]
) -> None:
    """Write down the hands of both times; an empty list is a time at which none were counted."""
    for hands in (before, after):
        if hands and (len(hands) != len(count.options) or min(hands) < 0):
            raise ValueError("a number for each answer")
    count.before, count.after = list(before), list(after)
    session.flush()


def delete_count(session: Session, count: HandCount) -> None:
    """Delete a question with its hands for good."""
    session.execute(delete(HandCount).where(HandCount.id == count.id))
