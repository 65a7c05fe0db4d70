"""Somebody who takes an edition out, and brings it back."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from edu.database import Database
from edu.editions.drift.catching_up import catch_up
from edu.editions.models import Edition, Rendering
from edu.editions.parts import parts_of
from edu.editions.working import edition_for, rendering_for, save
from edu.exchange.bringing_in import Plan, bring_in, plan
from edu.exchange.formats import FORMATS
from edu.exchange.going_out import parcel_of
from edu.exchange.notices import Sort
from edu.exchange.unit import Parcel, Unit
from edu.segments.segment import Segment
from tests.exchange.made import at_home

Change = Callable[[Unit], Unit]


@dataclass
class Desk:
    """A database and content, and one edition of it."""

    database: Database
    root: Path
    tag: str = "sw"
    module: str = "m1"

    def edits(self, file: str, old: str, new: str, *, caught_up: bool) -> None:
        """The author edits a text; `caught_up` where the server has been started since."""
        path = self.root / "content" / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        if caught_up:
            with self.database.work() as session:
                catch_up(session, self.root)

    def out(self, part: str = "") -> Parcel:
        """The edition as it goes out."""
        with self.database.session(reading=True) as session:
            return parcel_of(session, self.root, self.tag, self.module, part)

    def would(self, parcel: Parcel) -> Plan:
        """What a parcel would do."""
        with self.database.session(reading=True) as session:
            return plan(session, self.root, self.tag, self.module, parcel)

    def back(self, parcel: Parcel) -> Counter[Sort]:
        """Bring a parcel in; what there was to be told."""
        with self.database.work() as session:
            would = plan(session, self.root, self.tag, self.module, parcel)
            bring_in(session, self.root, would, member_id=None, file="words.po")
            return would.by_sort

    def types(self, source: str, text: str) -> None:
        """Somebody writes words here meanwhile."""
        with self.database.work() as session:
            edition = edition_for(session, self.tag, self.module)
            unit = self.unit(source)
            row = session.scalars(
                select(Rendering).where(
                    Rendering.edition_id == edition.id,
                    Rendering.context == unit.context,
                    Rendering.source == source,
                )
            ).first() or rendering_for(session, edition, self.segment(source))
            save(session, row, text, version=row.version, member_id=None)

    def segment(self, source: str) -> Segment:
        """One of the texts of today."""
        parts = parts_of(self.root, self.module).values()
        return next(each for part in parts for each in part.segments() if each.text == source)

    def unit(self, source: str, parcel: Parcel | None = None) -> Unit:
        """The first unit with this source."""
        units = (parcel or self.out()).units
        return next(unit for unit in units if unit.source == source)

    def rows(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Text and state of all that the edition says."""
        with self.database.session(reading=True) as session:
            rows = session.scalars(
                select(Rendering)
                .join(Edition, Edition.id == Rendering.edition_id)
                .where(Edition.tag == self.tag, Edition.module == self.module)
            )
            return {(row.context, row.source): (row.text, row.state) for row in rows}

    def row(self, source: str) -> Rendering:
        """One row by the text it was made from."""
        with self.database.session(reading=True) as session:
            return session.scalars(
                select(Rendering)
                .join(Edition, Edition.id == Rendering.edition_id)
                .where(
                    Edition.tag == self.tag,
                    Edition.module == self.module,
                    Rendering.source == source,
                )
            ).one()


def edited(parcel: Parcel, source: str, change: Change) -> Parcel:
    """A parcel in which somebody worked on the first text with this source."""
    units = list(parcel.units)
    at = next(at for at, unit in enumerate(units) if unit.source == source)
    units[at] = change(units[at])
    return replace(parcel, units=tuple(units))


def words(text: str) -> Change:
    """Other words."""
    return lambda unit: replace(unit, target=text)


def as_file(parcel: Parcel, name: str = "po") -> Parcel:
    """The parcel once written and read."""
    return at_home(name, FORMATS[name].write(parcel))
