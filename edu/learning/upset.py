"""Asking once whether anything upset a learner, and counting it so that nobody stands out."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.learning.models import Journey
from edu.learning.upset_models import UPSET_ANSWERS, Upset, UpsetTally

#: As many as a report needs before it shows anything, and as many as are added at least.
FIRST, FURTHER = 10, 5
#: No smaller number is told, and of greater ones only that they are.
SEVERAL = 5


@dataclass(frozen=True)
class UpsetSaid:
    """All that is told of a group: a number that grew on would tell what the last ones said."""

    people: int
    several: bool


def is_asked(session: Session, journey: Journey) -> bool:
    """Whether she has not been asked yet. Who learns alone is not: it could be counted nowhere."""
    return journey.group_id is not None and session.get(Upset, journey.id) is None


def keep_upset(session: Session, journey: Journey, answer: str) -> bool:
    """Keep what she said, once, and count it with others; False for what cannot be said here."""
    if answer not in UPSET_ANSWERS or journey.group_id is None:
        return False
    # Held until this request is done, so that two answers at once are counted once.
    session.get_one(Group, journey.group_id, with_for_update=True)
    if is_asked(session, journey):
        session.add(Upset(journey_id=journey.id, answer=answer))
        session.flush()
        _count(session, journey.group_id)
    return True


def _count(session: Session, group_id: int) -> None:
    waiting = session.scalars(
        select(Upset)
        .join(Journey, Journey.id == Upset.journey_id)
        .where(Journey.group_id == group_id, Upset.counted.is_(False), Upset.answer != "unsaid")
    ).all()
    tally = session.get(UpsetTally, group_id)
    if len(waiting) < (FURTHER if tally else FIRST):
        return
    if tally is None:
        tally = UpsetTally(group_id=group_id, people=0, upset=0)
        session.add(tally)
    tally.people += len(waiting)
    tally.upset += sum(each.answer == "yes" for each in waiting)
    for each in waiting:
        each.counted = True


def upset_said(session: Session, group_id: int, minimum: int) -> UpsetSaid | None:
    """What a trainer may know, once so many have answered; None before."""
    tally = session.get(UpsetTally, group_id)
    if tally is None or tally.people < minimum:
        return None
    return UpsetSaid(tally.people, tally.upset >= SEVERAL)
