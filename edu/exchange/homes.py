"""Where a unit from a file belongs: a text of today, or one that has moved on since.

By its id; then by its place and source; then, where the source was edited since the file left,
by what was made from the old text, or by the text of today that is nearest to it.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Change, Rendering
from edu.editions.parts import Part, parts_of
from edu.editions.working import edition_of
from edu.exchange.comparing import Here
from edu.exchange.going_out import units_of
from edu.exchange.own_blocks import own_texts
from edu.exchange.records import changes_here
from edu.exchange.unit import State, Unit, tidy
from edu.segments.catalogue import Catalogue, update
from edu.segments.entry import Entry
from edu.segments.segment import Segment, fold

#: Units of a file that are looked for by likeness, which takes its time.
_MOST_LOOKED_FOR = 100

Place = tuple[str, str]


@dataclass
class Homes:
    """The texts of an edition, and what stands there, by every way in which they are found."""

    here: Mapping[str, Here]
    segments: Mapping[str, Segment]
    #: Keys of today's texts by place and source; and by the older sources they came from.
    by_place: Mapping[Place, str]
    by_older: Mapping[Place, str]
    #: Words at sources that stand here no more, and that nothing has connected with today's.
    orphans: Mapping[Place, Rendering]
    _looked_for: int = 0

    def found(self, unit: Unit) -> Here | None:
        """What stands here for a unit; with `moved_from` where its source has moved on."""
        place = (unit.context, tidy(unit.source))
        key = unit.id if unit.id in self.here else self.by_place.get(place)
        if key is not None:
            return self.here[key]
        key = self.by_older.get(place) or self._nearest(unit)
        if key is None:
            return None
        here, orphan = self.here[key], self.orphans.get(place)
        if orphan is not None and not here.text:
            here = replace(here, text=tidy(orphan.text), change=orphan.change)
        return replace(here, moved_from=place[1])

    def without_strange_source(self, unit: Unit, here: Here | None) -> Unit:
        """A unit says which older text it was made from. Where that is another one's, its words
        would be put in the place of the other one's: then it is not believed."""
        if here is None or not unit.made_from or here.key not in self.segments:
            return unit
        place = (self.segments[here.key].context, tidy(unit.made_from))
        whose = self.by_place.get(place) or self.by_older.get(place)
        return unit if whose in (None, here.key) else replace(unit, made_from="")

    def _nearest(self, unit: Unit) -> str | None:
        """Today's text that this one was edited into, where one is near enough."""
        self._looked_for += 1
        if self._looked_for > _MOST_LOOKED_FOR or not unit.part or unit.of_own_block:
            return None
        left = Catalogue((Entry(unit.context, tidy(unit.source), "x", "translated"),))
        of_its_part = [each for each in self.segments.values() if _part(each) == unit.part]
        for entry in update(left, of_its_part).entries:
            if entry.state == "stale":
                return self.by_place.get((entry.context, fold(entry.source)))
        return None


def _part(segment: Segment) -> str:
    return segment.context.partition("|")[0]


def homes_of(session: Session, root: Path, tag: str, module: str) -> Homes:
    """All that a parcel for this edition may belong to."""
    parts = parts_of(root, module)
    units = units_of(session, root, tag, module)
    segments = {each.key: each for part in parts.values() for each in part.segments()}
    by_place = {(each.context, fold(each.text)): key for key, each in segments.items()}
    rows = _rows(session, tag, module)
    shipped = {(row.context, row.follows or row.source) for row in rows if row.from_files}
    own = own_texts(changes_here(session, edition_of(session, tag, module)).values())
    return Homes(
        {
            unit.id: _here_in_block(unit, *own[unit.id])
            if unit.id in own
            else _here(unit, parts[unit.part], shipped)
            for unit in units
        },
        segments,
        by_place,
        {
            (row.context, row.source): by_place[row.context, row.follows]
            for row in rows
            if (row.context, row.follows) in by_place
        },
        {
            (row.context, row.source): row
            for row in rows
            if not row.follows and (row.context, row.source) not in by_place
        },
    )


def _rows(session: Session, tag: str, module: str) -> Sequence[Rendering]:
    edition = edition_of(session, tag, module)
    if edition is None:
        return []
    return session.scalars(select(Rendering).where(Rendering.edition_id == edition.id)).all()


def _here_in_block(unit: Unit, change: Change, number: int) -> Here:
    return Here(
        key=unit.id,
        source=unit.source,
        text=unit.target,
        change=change.slug,
        state=unit.state,
        as_shipped=change.from_files,
        operation=unit.operation,
        number=number,
    )


def _here(unit: Unit, part: Part, shipped: Set[Place]) -> Here:
    return Here(
        key=unit.id,
        source=unit.source,
        text=unit.target,
        change=unit.change,
        state=unit.state,
        back=unit.back,
        remarks=unit.remarks,
        may_be_adapted=part.may_be_adapted,
        made_from=unit.made_from if unit.state is State.STALE else "",
        as_shipped=(unit.context, unit.source) in shipped,
    )
