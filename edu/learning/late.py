"""Answers that came when their window was over: kept like all others, and counted."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.learning.models import Journey, Sitting
from edu.learning.waves import AFTER, is_late, schedule_of


def late_in(session: Session, group: Group, wave: str) -> frozenset[str]:
    """The journeys of a group whose answers in this wave came late."""
    schedule = schedule_of(group)
    answered, after = _days(session, group, wave), _days(session, group, AFTER)
    return frozenset(
        journey
        for journey, day in answered.items()
        if is_late(schedule, wave, day, after.get(journey))
    )


def _days(session: Session, group: Group, wave: str) -> dict[str, date]:
    """The day of each person's newest answers in a wave."""
    newest = (
        select(Sitting.journey_id, func.max(Sitting.submitted_on))
        .join(Journey, Journey.id == Sitting.journey_id)
        .where(
            Journey.group_id == group.id, Sitting.wave == wave, Sitting.submitted_on.is_not(None)
        )
        .group_by(Sitting.journey_id)
    )
    found = session.execute(newest)
    return {journey: day for journey, day in found if day is not None}
