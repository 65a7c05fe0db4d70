"""An edition as a parcel: every segment of its sources in their order, with what it says there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.desk import Remark
from edu.editions.models import Change, Rendering
from edu.editions.parts import Part, parts_of
from edu.editions.review.models import BackTranslation
from edu.editions.working import edition_of, renderings_of
from edu.exchange.own_blocks import records_without_words, units_of_block
from edu.exchange.records import changes_here, record_of_change
from edu.exchange.unit import Operation, Parcel, State, Unit, digest, tidy
from edu.segments.segment import Segment, fold


@dataclass(frozen=True)
class _Shelf:
    """What an edition holds, by where it is looked up."""

    tag: str
    renderings: Mapping[str, Rendering] = field(default_factory=dict)
    changes: Mapping[str, Change] = field(default_factory=dict)
    remarks: Mapping[int, Sequence[Remark]] = field(default_factory=dict)
    backs: Mapping[int, BackTranslation] = field(default_factory=dict)


def parcel_of(session: Session, root: Path, tag: str, module: str, part: str = "") -> Parcel:
    """A whole edition, or one of its parts, ready to go out; KeyError for what is not there."""
    units, shelf = _units(session, root, tag, module, part)
    lessons = [part] if part else list(parts_of(root, module))
    records = (record_of_change(change) for change in shelf.changes.values())
    return Parcel(tag, module, units, part, blocks=records_without_words(records, lessons))


def units_of(
    session: Session, root: Path, tag: str, module: str, part: str = ""
) -> tuple[Unit, ...]:
    """The units of an edition in the order of its lessons, behind each those of the blocks that
    it put there itself; each text of one place once."""
    return _units(session, root, tag, module, part)[0]


def _units(
    session: Session, root: Path, tag: str, module: str, part: str
) -> tuple[tuple[Unit, ...], _Shelf]:
    parts = parts_of(root, module)
    wanted = [parts[part]] if part else list(parts.values())
    placed = [(each, segment) for each in wanted for segment in each.segments()]
    shelf = _shelf(session, tag, module, [segment for _part, segment in placed])
    places: dict[str, list[tuple[str, int]]] = {}
    for each, segment in placed:
        places.setdefault(segment.key, []).append(_place(root, each, segment))
    units: dict[str, Unit] = {}
    for each in wanted:
        for segment in each.segments():
            if segment.key not in units:
                units[segment.key] = _unit(segment, tuple(places[segment.key]), shelf)
        units |= {unit.id: unit for unit in _own_units(each, shelf)}
    return tuple(units.values()), shelf


def _own_units(part: Part, shelf: _Shelf) -> Iterator[Unit]:
    for change in shelf.changes.values():
        if change.lesson == part.id:
            yield from units_of_block(change, shelf.tag, record_of_change(change))


def _place(root: Path, part: Part, segment: Segment) -> tuple[str, int]:
    return part.file.relative_to(root).as_posix(), segment.line


def _shelf(session: Session, tag: str, module: str, segments: Iterable[Segment]) -> _Shelf:
    edition = edition_of(session, tag, module)
    if edition is None:
        return _Shelf(tag)
    renderings = renderings_of(session, edition, segments)
    known = [row.id for row in renderings.values()]
    changes = changes_here(session, edition)
    return _Shelf(tag, renderings, changes, _remarks(session, known), _backs(session, known))


def _remarks(session: Session, renderings: Sequence[int]) -> dict[int, list[Remark]]:
    wanted = select(Remark).where(Remark.rendering_id.in_(renderings), Remark.resolved_at.is_(None))
    found: dict[int, list[Remark]] = {}
    for remark in session.scalars(wanted.order_by(Remark.pinned.desc(), Remark.id)):
        found.setdefault(remark.rendering_id, []).append(remark)
    return found


def _backs(session: Session, renderings: Sequence[int]) -> dict[int, BackTranslation]:
    """The newest back-translation of each."""
    wanted = select(BackTranslation).where(BackTranslation.rendering_id.in_(renderings))
    return {each.rendering_id: each for each in session.scalars(wanted.order_by("id"))}


def _unit(segment: Segment, places: tuple[tuple[str, int], ...], shelf: _Shelf) -> Unit:
    row = shelf.renderings.get(segment.key)
    source = fold(segment.text)
    text = tidy(row.text) if row else ""
    back = shelf.backs.get(row.id) if row else None
    change = row.change if row and text else ""
    return Unit(
        id=segment.key,
        context=segment.context,
        source=source,
        target=text,
        state=state_of(row, source),
        operation=operation_of(text, change),
        variant=shelf.tag,
        made_from=row.source if row and text and row.source != source else "",
        remarks=tuple(each.text for each in shelf.remarks.get(row.id, ())) if row else (),
        notes=(segment.note,) if segment.note else (),
        back=back.words if back and tidy(back.text) == text else "",
        block=segment.block,
        safety=segment.safety,
        places=places,
        change=change,
        record=record_of_change(shelf.changes[change]) if change in shelf.changes else None,
        source_hash=digest(source),
        left_with=digest(change, text),
    )


def state_of(row: Rendering | None, source: str) -> State:
    """How far the words for a source text have come."""
    if row is None or not tidy(row.text):
        return State.UNTRANSLATED
    if row.state == "stale" or row.source != source:
        return State.STALE
    if row.state != "reviewed":
        return State.DRAFT
    same = (row.released_text, row.released_state) == (row.text, "reviewed")
    return State.RELEASED if same else State.REVIEWED


def operation_of(text: str, change: str) -> Operation:
    """What an edition does with a segment for which it has these words and this record."""
    if not text:
        return Operation.INHERIT
    return Operation.ADAPT if change else Operation.TRANSLATE


def digest_now(row: Rendering | None) -> str:
    """The digest of what an edition says now, as `Unit.left_with` is of what it said."""
    return digest(row.change if row and tidy(row.text) else "", row.text if row else "")
