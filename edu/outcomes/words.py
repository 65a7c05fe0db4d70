"""What people wrote in their own words, where a group asked for it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.learning.models import Journey, OpenAnswer, Sitting
from edu.outcomes.disclosure import MINIMUM_GROUP


def words_said(session: Session, group_id: int) -> list[str]:
    """A group's open answers, only when at least ten people wrote, in an order that is random:
    they are sorted by the sitting's random id, so their place tells nothing about when."""
    texts = session.scalars(
        select(OpenAnswer.text)
        .join(Sitting, Sitting.id == OpenAnswer.sitting_id)
        .join(Journey, Journey.id == Sitting.journey_id)
        .where(Journey.group_id == group_id, Sitting.submitted_on.is_not(None))
        .order_by(OpenAnswer.sitting_id)
    ).all()
    return list(texts) if len(texts) >= MINIMUM_GROUP else []
