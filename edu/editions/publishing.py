"""From the desk to learners: what still blocks, releasing what is ready, and taking it back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.layers import snapshot
from edu.editions.models import Edition, Release
from edu.editions.parts import Part, parts_of
from edu.editions.releasing import current_release, go_back, release_now
from edu.editions.review.readiness import (
    Done,
    Readiness,
    changes_in,
    hold,
    in_place,
    readiness,
    renderings_in,
    settle,
    unreadable,
)
from edu.editions.review.signing import authors_of
from edu.editions.working import edition_of
from edu.lessons.load import load_content
from edu.lessons.mistakes import Broken
from edu.quizzes.load import load_folder
from edu.segments.structure import StructureChanged


class Sort(StrEnum):
    """What may stand in the way of a part."""

    STEP = "step"
    MOVED = "moved"
    CHECK = "check"
    #: A block of this place's own in which the checks found a mistake.
    BLOCK = "block"
    #: A picture or film that nobody could see.
    MEDIA = "media"
    LAW = "law"
    #: Words that would change what the page is made of: it cannot even be put together.
    SHAPE = "shape"


@dataclass(frozen=True)
class Obstacle:
    """One thing that stands in the way; `text` is the source it is about, or a block's record,
    `message` what is wrong with its words."""

    sort: Sort
    step: Done | None = None
    key: str = ""
    text: str = ""
    message: str = ""


@dataclass(frozen=True)
class PartState:
    """A part before a release: whether anything of it is new, and what stands in the way."""

    readiness: Readiness
    news: int
    obstacles: tuple[Obstacle, ...]

    @property
    def part(self) -> Part:
        return self.readiness.part

    @property
    def goes(self) -> bool:
        """Whether the next release takes it along."""
        return self.news > 0 and not self.obstacles


class NothingReady(Exception):
    """No part is ready that learners do not have already."""


class OnlyAuthor(Exception):
    """Whoever releases is the only one who wrote: a second pair of eyes is missing."""


Faults = Callable[[Session, str, Part], list[Obstacle]]
LawIsKnown = Callable[[Session, str], bool]


@dataclass(frozen=True)
class Publisher:
    """Releases editions over one folder of sources; `faults` and `law_is_known` are asked of
    each part: what the checks say of its words, and whether the law of the place is known."""

    root: Path
    faults: Faults
    law_is_known: LawIsKnown

    def states(self, session: Session, tag: str, module: str) -> list[PartState]:
        """Every part of an edition, in its order."""
        return [self.state(session, tag, part) for part in parts_of(self.root, module).values()]

    def state(self, session: Session, tag: str, part: Part) -> PartState:
        """One part: what is new in it, and what stands in the way."""
        edition = edition_of(session, tag, part.module)
        try:
            found = readiness(session, self.root, tag, part)
        except (StructureChanged, Broken):
            return PartState(unreadable(part), 0, (Obstacle(Sort.SHAPE),))
        obstacles = [Obstacle(Sort.STEP, step=each) for each in found.missing]
        if edition is not None:
            obstacles += _moved(session, edition, part)
        obstacles += self.faults(session, tag, part)
        if "suicide" in found.safety and not self.law_is_known(session, tag):
            obstacles.append(Obstacle(Sort.LAW))
        news = _news(session, edition, part) if edition is not None else 0
        return PartState(found, news, tuple(obstacles))

    def release(
        self,
        session: Session,
        tag: str,
        module: str,
        *,
        member_id: int,
        note: str,
    ) -> Release:
        """Release every part that is ready. Raises NothingReady and OnlyAuthor."""
        edition = edition_of(session, tag, module)
        if edition is not None:
            # Of two who release in one moment the second finds what the first has done.
            hold(session, edition)
        ready = [each.part for each in self.states(session, tag, module) if each.goes]
        if not ready or edition is None:
            raise NothingReady
        for part in ready:
            if authors_of(session, tag, part) == {member_id}:
                raise OnlyAuthor
        for part in ready:
            settle(session, self.root, tag, part, member_id)
            _hand_over(session, edition, part)
        session.flush()
        session.expire(edition)
        made = release_now(
            session,
            self.root,
            load_content(self.root / "content"),
            load_folder(self.root / "quizzes")[0],
            tag,
            module,
            member_id=member_id,
            note=note,
        )
        found = made or current_release(session, tag, module)
        if found is None:
            raise NothingReady
        return found


def _moved(session: Session, edition: Edition, part: Part) -> list[Obstacle]:
    """Words whose source has moved on, and of which nobody has said yet that they still fit."""
    stands = {(each.context, each.text): each.key for each in part.segments()}
    return [
        Obstacle(Sort.MOVED, key=stands.get((row.context, row.follows), ""), text=row.follows)
        for row in renderings_in(session, edition, part)
        if row.follows and row.text
    ]


def _news(session: Session, edition: Edition, part: Part) -> int:
    """How many texts and blocks differ from what learners have."""
    words = sum(
        (row.text, row.change if row.text else "") != (row.released_text, row.released_change)
        or (bool(row.text) and row.released_state != "reviewed")
        for row in in_place(session, edition, part)
    )
    blocks = sum(
        (change.released is not None)
        if change.gone
        else _told(change.released) != {**snapshot(change), "state": "reviewed"}
        for change in changes_in(session, edition, part)
    )
    return words + blocks


def _told(released: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if released is None else dict(released)


def _hand_over(session: Session, edition: Edition, part: Part) -> None:
    """What lies on the desk of a part becomes what learners meet."""
    for row in in_place(session, edition, part):
        row.released_text = row.text
        row.released_state = row.state if row.text else ""
        row.released_change = row.change if row.text else ""
        row.from_files = False
    for change in changes_in(session, edition, part):
        change.released = None if change.gone else snapshot(change)
        change.from_files = False


def releases_of(session: Session, tag: str, module: str) -> list[Release]:
    """Every release of an edition, the newest first."""
    wanted = select(Release).where(Release.tag == tag, Release.module == module)
    return list(session.scalars(wanted.order_by(Release.number.desc())))


def release_numbered(session: Session, tag: str, module: str, number: int) -> Release | None:
    """One release of an edition."""
    wanted = select(Release).where(
        Release.tag == tag, Release.module == module, Release.number == number
    )
    return session.scalar(wanted)


def release_before(session: Session, release: Release) -> Release | None:
    """The newest one before it that was not withdrawn: what takes its place again."""
    wanted = select(Release).where(
        Release.tag == release.tag,
        Release.module == release.module,
        Release.number < release.number,
        Release.withdrawn_on.is_(None),
    )
    return session.scalar(wanted.order_by(Release.number.desc()).limit(1))


def withdraw(session: Session, release: Release, why: str, today: date) -> Release | None:
    """Take the current release back; returns the one that takes its place again. An older one
    only gets the mark, so that nothing ever goes back to it."""
    edition = edition_of(session, release.tag, release.module)
    if edition is not None:
        # Somebody may be releasing in this moment: what she does is seen, and not undone.
        session.refresh(edition, with_for_update=True)
    newest = current_release(session, release.tag, release.module)
    former = release_before(session, release)
    release.withdrawn_on, release.withdrawn_why = today, why
    session.flush()
    if newest is release and edition is not None:
        go_back(session, edition, former)
    return former
