"""Answers are not kept for ever: what the privacy page promises, done."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from edu.learning.models import Journey, Learner, LearnerSession, Sitting, SpentKey

#: About 24 months, as the privacy page says.
KEPT_FOR = timedelta(days=730)


def delete_old(session: Session, today: date) -> int:
    """Delete every learner of whom nothing newer than 24 months is known; returns how many."""
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
    limit = today - KEPT_FOR
    old = session.scalars(
        select(Learner).where(
            func.coalesce(last_answer, last_journey, Learner.made_on) < limit,
            func.coalesce(last_journey, Learner.made_on) < limit,
        )
    ).all()
    for learner in old:
        session.delete(learner)
    midnight = datetime.combine(today, time())
    session.execute(delete(LearnerSession).where(LearnerSession.ends_at <= midnight))
    session.execute(delete(SpentKey).where(SpentKey.spent_on < today - timedelta(days=30)))
    return len(old)
