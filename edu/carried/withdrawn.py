"""What must not be used any more: releases that were taken back, group files that were stopped,
and stories of real people whose consent has ended."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.carried.manifest import Part
from edu.editions.models import Release
from edu.learning.carried.models import CarriedFile
from edu.pages.views import lesson_view

#: The list that files carry stays small: the newest of each sort.
_MOST = 60


def withdrawn_until_now(session: Session) -> tuple[str, ...]:
    """Releases by language, module and number (`en/m1/3`), and group files by their number."""
    releases = session.execute(
        select(Release.tag, Release.module, Release.number)
        .where(Release.withdrawn_on.is_not(None), Release.module.not_in(("pages", "quizzes")))
        .order_by(Release.id.desc())
        .limit(_MOST)
    )
    files = session.scalars(
        select(CarriedFile.id)
        .where(CarriedFile.stopped_on.is_not(None))
        .order_by(CarriedFile.stopped_on.desc(), CarriedFile.id)
        .limit(_MOST)
    )
    return (*(f"{tag}/{module}/{number}" for tag, module, number in releases), *files)


def is_withdrawn(session: Session, part: Part, made_on: date, today: date) -> bool:
    """Whether a part of a file that was made on a day may not be used any more."""
    release = session.get(Release, part.id)
    if release is None or release.withdrawn_on is not None:
        return True
    return any(_ended(stored, part.tag, made_on, today) for stored in release.payload["lessons"])


def is_stopped(session: Session, file: str) -> bool:
    """Whether a group's file was stopped, or is known no more."""
    found = session.get(CarriedFile, file)
    return found is None or found.stopped_on is not None


def newest_of(session: Session, parts: Sequence[Part]) -> dict[str, int]:
    """The number of the newest release of each module of a file, by module."""
    found = {}
    for part in parts:
        numbers = select(Release.number).where(
            Release.tag == part.tag,
            Release.module == part.module,
            Release.withdrawn_on.is_(None),
        )
        newest = session.scalar(numbers.order_by(Release.number.desc()).limit(1))
        if newest is not None:
            found[part.module] = newest
    return found


def _ended(stored: dict[str, object], tag: str, made_on: date, today: date) -> bool:
    """Whether a story that the file shows may not be shown today."""
    lesson = lesson_view(stored, tag)
    return bool(lesson.hidden(today) - lesson.hidden(made_on))
