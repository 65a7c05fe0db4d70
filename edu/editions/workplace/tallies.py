"""What editions hold, as counting needs it: read for many languages at once, without the texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, aliased

from edu.editions.drift.classing import Edit, classify
from edu.editions.models import Edition, Rendering
from edu.editions.parts import Part, modules, parts_of
from edu.languages import SOURCE, language, same_words
from edu.segments.segment import Segment, fold


class Stage(StrEnum):
    """How far one segment has come."""

    MISSING = "missing"
    INHERITED = "inherited"
    STALE = "stale"
    DRAFT = "draft"
    REVIEWED = "reviewed"


def stage(worded: bool, state: str, moved: bool, inherits: bool) -> Stage:
    """How far a segment has come: whether it has words of its own and how far they are, whether
    what they were made from has moved on, and whether an ancestor's words will do."""
    if not worded:
        return Stage.INHERITED if inherits else Stage.MISSING
    if moved or state == "stale":
        return Stage.STALE
    return Stage.REVIEWED if state == "reviewed" else Stage.DRAFT


@dataclass(frozen=True)
class Held:
    """What an edition holds for one segment."""

    id: int
    worded: bool
    state: str
    moved: bool
    #: Whether learners meet words of it, and whether these are the words on the desk.
    released: bool
    released_state: str
    as_released: bool
    member_id: int | None
    saved_at: datetime | None


@dataclass(frozen=True)
class Holding:
    """What one edition holds."""

    edition_id: int
    by_source: Mapping[tuple[str, str], Held]
    by_follows: Mapping[tuple[str, str], Held]

    def of(self, place: tuple[str, str]) -> Held | None:
        """What it holds for a segment, by context and folded text."""
        return self.by_source.get(place) or self.by_follows.get(place)


@dataclass(frozen=True)
class Placed:
    """A segment with what would be worked out again for every language."""

    segment: Segment
    part: str
    key: str
    place: tuple[str, str]
    words: int


def placed(root: Path) -> dict[str, list[Placed]]:
    """Every segment there is, by module and in order."""
    return {
        name: [each for part in parts_of(root, name).values() for each in placed_in(part)]
        for name in modules(root)
    }


def placed_in(part: Part) -> Iterable[Placed]:
    """The segments of one part; the same text at one place is translated once, and counts so."""
    for segment in {each.key: each for each in part.segments()}.values():
        text = fold(segment.text)
        place = (segment.context, text)
        yield Placed(segment, part.id, segment.key, place, len(text.split()))


def holdings(session: Session, tags: Iterable[str]) -> dict[tuple[str, str], Holding]:
    """What the editions of these languages hold, by language and module: three queries, however
    many there are."""
    wanted = list(tags)
    editions = {
        number: (tag, module)
        for number, tag, module in session.execute(
            select(Edition.id, Edition.tag, Edition.module).where(Edition.tag.in_(wanted))
        )
    }
    moved = _moved(session, wanted)
    found: dict[int, tuple[dict[tuple[str, str], Held], dict[tuple[str, str], Held]]]
    found = {number: ({}, {}) for number in editions}
    for row in session.execute(_columns(wanted)):
        held = Held(
            id=row.id,
            worded=row.worded,
            state=row.state,
            moved=bool(row.follows) or row.id in moved,
            released=row.released,
            released_state=row.released_state,
            as_released=row.as_released,
            member_id=row.member_id,
            saved_at=row.saved_at,
        )
        by_source, by_follows = found[row.edition_id]
        by_source[(row.context, row.source)] = held
        if row.follows:
            by_follows[(row.context, row.follows)] = held
    return {editions[number]: Holding(number, *both) for number, both in found.items()}


def _columns(tags: list[str]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Rendering.id,
            Rendering.edition_id,
            Rendering.context,
            Rendering.source,
            Rendering.follows,
            (Rendering.text != "").label("worded"),
            Rendering.state,
            (Rendering.released_text != "").label("released"),
            Rendering.released_state,
            and_(
                Rendering.text == Rendering.released_text,
                Rendering.state == Rendering.released_state,
            ).label("as_released"),
            Rendering.member_id,
            Rendering.saved_at,
        )
        .join(Edition, Edition.id == Rendering.edition_id)
        .where(Edition.tag.in_(tags))
    )


def _moved(session: Session, tags: list[str]) -> set[int]:
    """Renderings that were made from an ancestor's words which are others now."""
    own, theirs = aliased(Rendering), aliased(Rendering)
    here, there = aliased(Edition), aliased(Edition)
    rows = session.execute(
        select(own.id, own.base_tag, own.base_text, theirs.released_text)
        .join(here, here.id == own.edition_id)
        .join(there, and_(there.tag == own.base_tag, there.module == here.module))
        .join(
            theirs,
            and_(
                theirs.edition_id == there.id,
                theirs.context == own.context,
                theirs.source == own.source,
            ),
        )
        .where(
            here.tag.in_(tags),
            own.base_tag.not_in(("", SOURCE)),
            theirs.released_text.not_in(("", own.base_text)),
        )
    )
    return {
        number
        for number, tag, before, now in rows
        if classify(before, now, tag=tag) is not Edit.TRIVIAL
    }


def inherits(tag: str, module: str, each: Placed, held: Mapping[tuple[str, str], Holding]) -> bool:
    """Whether readers of a language can read an ancestor's words for a segment as their own."""
    for ancestor in language(tag).chain[1:]:
        if not same_words(ancestor, tag):
            continue
        if ancestor == SOURCE:
            return True
        holding = held.get((ancestor, module))
        found = holding.by_source.get(each.place) if holding is not None else None
        if found is None or not found.released or found.released_state == "stale":
            continue
        if found.released_state == "reviewed" or not each.segment.safety:
            return True
    return False


def stage_of(
    tag: str, module: str, each: Placed, held: Mapping[tuple[str, str], Holding]
) -> tuple[Stage, Held | None]:
    """How far a segment has come in a language, and what the edition holds for it."""
    holding = held.get((tag, module))
    found = holding.of(each.place) if holding is not None else None
    if found is not None and found.worded:
        return stage(True, found.state, found.moved, False), found
    return stage(False, "", False, inherits(tag, module, each, held)), found
