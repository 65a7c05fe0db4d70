"""Answers are not kept for ever: what the privacy page promises, done."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from edu.learning.models import Journey, Learner, LearnerSession, Sitting, SpentKey

#: The most months for which answers are kept, as the privacy page says; about 730 days.
MOST_MONTHS = 24
_DAYS = 730


def delete_old(session: Session, today: date, months: int = MOST_MONTHS) -> int:
    """Delete every learner of whom nothing newer than so many months is known; returns how many.

    The caller answers for `today`: by a clock that is wrong, everybody would be old.
    """
    old = session.scalars(select(Learner).where(*_is_old(today, months))).all()
    for learner in old:
        session.delete(learner)
    midnight = datetime.combine(today, time())
    session.execute(delete(LearnerSession).where(LearnerSession.ends_at <= midnight))
    session.execute(delete(SpentKey).where(SpentKey.spent_on < today - timedelta(days=30)))
    return len(old)


def count_old(session: Session, today: date, months: int = MOST_MONTHS) -> int:
    """How many learners should be deleted by now."""
    counted = select(func.count()).select_from(Learner).where(*_is_old(today, months))
    return session.scalar(counted) or 0


def _is_old(today: date, months: int) -> tuple[ColumnElement[bool], ...]:
    """What is true of a learner of whom nothing is newer."""
    last_answer = (
        select(func.max(Sitting.submitted_on))
        .join(Journey, Journey.id == Sitting.journey_id)
        .where(Journey.learner_id == Learner.id)
        .correlate(Learner)
        .scalar_subquery()
    )
    last_journey = (
        select(func.max(Journey.started_on))
        .where(Journey.learner_id == Learner.id)
        .correlate(Learner)
        .scalar_subquery()
    )
    limit = today - timedelta(days=_DAYS * min(months, MOST_MONTHS) // MOST_MONTHS)
    return (
        func.coalesce(last_answer, last_journey, Learner.made_on) < limit,
        func.coalesce(last_journey, Learner.made_on) < limit,
    )
