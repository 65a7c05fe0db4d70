"""A learner's way: which step is next, and what is done."""

import secrets
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.learning.models import Journey, Learner, LessonDone


class NotBegun(Exception):
    """The group has not been opened yet: nobody can begin in it, and nothing of anybody is kept."""


def refuse_unopened(group: Group) -> None:
    """Raises NotBegun for a group that its trainer has not opened. However somebody joins, by
    code, card or paper, her journey is made after this."""
    if group.opened_on is None:
        raise NotBegun


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
    """The journey of this group, or alone through these modules: the one she began before, or a
    new one. It becomes her current one. In a group nobody counts twice. Raises NotBegun."""
    if group is not None:
        refuse_unopened(group)
    # Held until this request is done, so that two phones with one card begin one journey.
    session.refresh(learner, ["id"], with_for_update=True)
    session.refresh(learner, ["journeys"])
    group_id = group.id if group else None
    for journey in learner.journeys:
        if journey.group_id == group_id and (group is not None or journey.modules == modules):
            return resume_journey(session, learner, journey)
    journey = Journey(
        id=secrets.token_hex(16),
        learner=learner,
        number=_next_number(learner),
        group_id=group_id,
        tag=tag,
        modules=modules,
        consent_release_id=consent_release_id,
        started_on=today,
    )
    session.add(journey)
    session.flush()
    return journey


def resume_journey(session: Session, learner: Learner, journey: Journey) -> Journey:
    """Make a journey that was begun before the current one."""
    if journey is not current_journey(learner):
        journey.number = _next_number(learner)
        session.flush()
        session.refresh(learner, ["journeys"])
    return journey


def _next_number(learner: Learner) -> int:
    return max((journey.number for journey in learner.journeys), default=0) + 1


def current_journey(learner: Learner) -> Journey | None:
    """The journey she began or took up last."""
    return learner.journeys[-1] if learner.journeys else None


def journey_called(session: Session, name: str) -> Journey | None:
    """The journey with this id, whoever is on it; None when it was deleted, or never was."""
    return session.get(Journey, name)


def group_of(session: Session, journey: Journey) -> Group | None:
    """The group of a journey; None for whoever learns alone."""
    return session.get(Group, journey.group_id) if journey.group_id else None


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


def has_begun(session: Session, group_id: int) -> bool:
    """Whether anybody has begun in a group."""
    wanted = select(Journey.id).where(Journey.group_id == group_id).limit(1)
    return session.scalar(wanted) is not None
