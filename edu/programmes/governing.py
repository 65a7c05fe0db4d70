"""Who is heard on what the lessons say, and what was decided against advice, with the reason."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.programmes.governing_models import GivenAdvice
from edu.programmes.planning_models import SteeringSeat


def contents_are_shared(seats: Iterable[SteeringSeat]) -> bool:
    """Whether somebody with lived experience, paid and with a vote, decides on contents too."""
    return any(
        seat.contents and seat.lived_experience and seat.votes and seat.paid for seat in seats
    )


def advice_of(session: Session, programme_id: int) -> Sequence[GivenAdvice]:
    """All that was advised, the newest first."""
    wanted = select(GivenAdvice).where(GivenAdvice.programme_id == programme_id)
    return session.scalars(
        wanted.order_by(GivenAdvice.given_on.desc(), GivenAdvice.id.desc())
    ).all()


def note_advice(
    session: Session,
    programme_id: int,
    role: str,
    advice: str,
    given_on: date,
    reason: str,
    *,
    followed: bool,
    member_id: int,
) -> GivenAdvice:
    """Write advice down. Raises ValueError where it was not followed and nobody says why."""
    if not followed and not reason.strip():
        raise ValueError("advice that is not followed has a reason")
    made = GivenAdvice(
        programme_id=programme_id,
        role=role.strip(),
        advice=advice.strip(),
        given_on=given_on,
        followed=followed,
        reason="" if followed else reason.strip(),
        member_id=member_id,
    )
    session.add(made)
    session.flush()
    return made
