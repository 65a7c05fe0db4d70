"""Groups under way keep the words they began with.

Which those are follows from the lessons that were finished: each says in which release it was
read. A newer release is for those who begin after it, with two exceptions. A release that was
taken back is kept by nobody. And where words that touch safety differ, everybody meets the new
ones at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Release
from edu.editions.releasing import current_release
from edu.learning.courses import Course
from edu.learning.models import Journey, LessonDone
from edu.lessons.lesson import split_blocks

#: Whoever began longer ago than this goes on with the newest words.
UNDER_WAY = timedelta(days=180)


def keep_words(session: Session, course: Course, journey: Journey, today: date) -> Course:
    """A course in the words that a journey, or its group, began with."""
    return replace(
        course, modules=[_begun_with(session, each, journey, today) for each in course.modules]
    )


def _begun_with(session: Session, current: Release, journey: Journey, today: date) -> Release:
    mine = Journey.group_id == journey.group_id if journey.group_id else Journey.id == journey.id
    first = session.scalar(
        select(Release)
        .join(LessonDone, LessonDone.release_id == Release.id)
        .join(Journey, Journey.id == LessonDone.journey_id)
        .where(
            mine,
            Journey.started_on >= today - UNDER_WAY,
            Release.tag == current.tag,
            Release.module == current.module,
            Release.withdrawn_on.is_(None),
        )
        .order_by(Release.number)
        .limit(1)
    )
    return first if first is not None and may_be_kept(first, current) else current


def may_be_kept(older: Release, current: Release) -> bool:
    """Whether somebody may go on with an older release while there is a newer one."""
    if older.id == current.id:
        return True
    same = (older.tag, older.module) == (current.tag, current.module)
    if not same or older.withdrawn_on is not None or "lessons" not in older.payload:
        return False
    return _safety(older.payload) == _safety(current.payload)


def _safety(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The blocks of a module that touch safety."""
    return [
        (lesson["id"], piece.text)
        for lesson in payload["lessons"]
        for piece in split_blocks(lesson["markdown"])
        if piece.block is not None and piece.block.safety
    ]


def kept_releases(session: Session, today: date) -> Sequence[Release]:
    """The older releases in whose words somebody under way may go on: their pages are made, too."""
    read = (
        select(LessonDone.release_id)
        .join(Journey, Journey.id == LessonDone.journey_id)
        .where(Journey.started_on >= today - UNDER_WAY)
    )
    wanted = select(Release).where(Release.id.in_(read), Release.withdrawn_on.is_(None))
    found = []
    for release in session.scalars(wanted.order_by(Release.id)):
        current = current_release(session, release.tag, release.module)
        if current is not None and release.id != current.id and may_be_kept(release, current):
            found.append(release)
    return found
