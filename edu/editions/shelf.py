"""What is released, for whoever looks after the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.editions.models import Release
from edu.editions.releasing import released_modules


@dataclass(frozen=True)
class Released:
    """One release in a list."""

    id: int
    tag: str
    module: str
    number: int
    state: str
    day: date


@dataclass(frozen=True)
class Shelf:
    """What stands ready in one language: how many modules, and how many of them in which state."""

    tag: str
    modules: int
    reviewed: int
    draft: int


def releases(session: Session, *, before: int | None = None, limit: int = 50) -> list[Released]:
    """The newest releases, older than the one numbered `before`."""
    columns = (Release.id, Release.tag, Release.module, Release.number, Release.state)
    wanted = select(*columns, Release.made_at).order_by(Release.id.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(Release.id < before)
    return [Released(*row[:5], row[5].date()) for row in session.execute(wanted)]


def release_of(session: Session, release_id: int) -> Release | None:
    """One release."""
    return session.get(Release, release_id)


def release_before(session: Session, release: Release) -> Release | None:
    """The release whose place it took."""
    return session.scalar(
        select(Release).where(
            Release.tag == release.tag,
            Release.module == release.module,
            Release.number == release.number - 1,
        )
    )


def shelves(session: Session, tags: Sequence[str]) -> list[Shelf]:
    """What is released in each of these languages."""
    found = []
    for tag in tags:
        states = [release.state for release in released_modules(session, tag)]
        found.append(Shelf(tag, len(states), states.count("reviewed"), states.count("draft")))
    return found


def how_many_releases(session: Session) -> int:
    """How many releases there are."""
    return int(session.scalar(select(func.count()).select_from(Release)) or 0)
