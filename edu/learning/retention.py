"""Answers are not kept for ever: what the privacy page promises, done."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.learning.models import Journey, Learner, Sitting

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
    return len(old)
