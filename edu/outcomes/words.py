"""What people wrote in their own words, where a group asked for it."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from edu.learning.models import Journey, OpenAnswer, Sitting
from edu.outcomes.disclosure import MINIMUM_DIFFERENCE, MINIMUM_GROUP


def words_said(session: Session, group_id: int) -> list[str]:
    """A group's released texts, in an order that is random: they are sorted by the sitting's
    random id, so their place tells nothing about when."""
    return [row.text for row in session.scalars(_texts(group_id)) if row.released]


def may_release_words(session: Session, group_id: int) -> bool:
    """Whether enough people wrote something new: one new text would be the last writer's."""
    rows = session.scalars(_texts(group_id)).all()
    waiting = sum(not row.released for row in rows)
    return len(rows) >= MINIMUM_GROUP and waiting >= MINIMUM_DIFFERENCE


def release_words(session: Session, group_id: int) -> None:
    """Let the report show what was written since, if enough people did."""
    if may_release_words(session, group_id):
        for row in session.scalars(_texts(group_id)):
            row.released = True
        session.flush()


def _texts(group_id: int) -> Select[OpenAnswer]:
    return (
        select(OpenAnswer)
        .join(Sitting, Sitting.id == OpenAnswer.sitting_id)
        .join(Journey, Journey.id == Sitting.journey_id)
        .where(Journey.group_id == group_id, Sitting.submitted_on.is_not(None))
        .order_by(OpenAnswer.sitting_id)
    )
