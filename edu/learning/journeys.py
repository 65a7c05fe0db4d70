"""A learner's way: which step is next, and what is done."""

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.learning.models import Journey, Learner, LessonDone


@dataclass(frozen=True)
class Course:
    """What a learner sets out to take, as released in her language."""

    modules: tuple[str, ...]
    #: Lesson ids in order.
    lessons: tuple[str, ...]
    #: Instruments in the order in which they are asked, for every wave.
    instruments: tuple[str, ...]


def start_journey(
    session: Session,
    learner: Learner,
    *,
    tag: str,
    modules: list[str],
    group: Group | None,
    consent_release_id: int,
    today: date,
) -> Journey:
    """The journey through these modules: the one under way, or a new one."""
    # Held until this request is done, so that two phones with one card begin one journey.
    session.refresh(learner, ["id"], with_for_update=True)
    session.refresh(learner, ["journeys"])
    current = current_journey(learner)
    if current is not None and current.modules == modules:
        return current
    journey = Journey(
        id=secrets.token_hex(16),
        learner=learner,
        number=len(learner.journeys) + 1,
        group_id=group.id if group else None,
        tag=tag,
        modules=modules,
        consent_release_id=consent_release_id,
        started_on=today,
    )
    session.add(journey)
    session.flush()
    return journey


def current_journey(learner: Learner) -> Journey | None:
    """The journey she started last."""
    return learner.journeys[-1] if learner.journeys else None


def finish_lesson(session: Session, journey: Journey, lesson: str, release_id: int | None) -> None:
    """Note that a lesson is done; saying so twice changes nothing."""
    if session.get(LessonDone, (journey.id, lesson)) is not None:
        return
    try:
        with session.begin_nested():
            session.add(LessonDone(journey_id=journey.id, lesson=lesson, release_id=release_id))
    except IntegrityError:
        # Pressed twice in one moment: it is done, which is all that was said.
        return


def lessons_done(session: Session, journey: Journey) -> frozenset[str]:
    """The ids of the lessons she has finished."""
    return frozenset(
        session.scalars(select(LessonDone.lesson).where(LessonDone.journey_id == journey.id))
    )
