"""What tables are made of: what each says of itself, and columns that stand in many."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column
from sqlalchemy.schema import SchemaItem

#: Who sees what lies on a translator's desk.
AT_THE_DESK = "translators, reviewers and publishers of the language"


def described(
    *constraints: SchemaItem,
    about: str,
    kept: str,
    seen_by: str,
    stolen: str,
    with_key: str = "",
    unordered: bool = False,
) -> tuple[Any, ...]:
    """`__table_args__`: the constraints, and what the page on what is stored says of the table.

    `stolen` is what a thief learns from it, `with_key` what more she learns who has the
    installation's secret too.

    SQLite numbers rows as they come, and that order would tell who came first: `unordered` tables
    go without it.
    """
    info = {"about": about, "kept": kept, "seen_by": seen_by, "stolen": stolen}
    if with_key:
        info["with_secret"] = with_key
    options = {"sqlite_with_rowid": False} if unordered else {}
    return (*constraints, {**options, "info": info})


def on_the_desk(*constraints: SchemaItem, about: str, stolen: str) -> tuple[Any, ...]:
    """`__table_args__` of what translators work with: it goes when its edition goes."""
    kept = "as long as its edition"
    return described(*constraints, about=about, kept=kept, seen_by=AT_THE_DESK, stolen=stolen)


def row_number(doc: str = "number") -> MappedColumn[int]:
    """The column that tells rows apart."""
    return mapped_column(primary_key=True, doc=doc)


def part_of(
    table: str, doc: str, *, primary_key: bool = False, index: bool = False, unique: bool = False
) -> MappedColumn[Any]:
    """The row this one belongs to: when that goes, this one goes with it."""
    whole = ForeignKey(_key_of(table), ondelete="CASCADE")
    return mapped_column(whole, primary_key=primary_key, index=index, unique=unique, doc=doc)


def link_to(
    table: str, doc: str, *, primary_key: bool = False, index: bool = False
) -> MappedColumn[Any]:
    """A row that this one speaks of: it cannot go while this one is there."""
    return mapped_column(ForeignKey(_key_of(table)), primary_key=primary_key, index=index, doc=doc)


def perhaps_from(table: str, doc: str, *, sort_order: int = 0) -> MappedColumn[Any]:
    """A row that may go before this one does: then this column is empty."""
    origin = ForeignKey(_key_of(table), ondelete="SET NULL")
    return mapped_column(origin, sort_order=sort_order, doc=doc)


def by_member(doc: str, *, sort_order: int = 0) -> MappedColumn[Any]:
    """Whose deed it was. It stays when her account goes, and names nobody then."""
    return perhaps_from("member", doc, sort_order=sort_order)


def _key_of(table: str) -> str:
    return table if "." in table else f"{table}.id"


class Saved:
    """Columns of what is saved again and again; they stand behind its own."""

    #: Counts the savings, so that nobody writes over what she has not seen.
    version: Mapped[int] = mapped_column(default=1, sort_order=1, doc="how many times it was saved")
    member_id: Mapped[int | None] = by_member("who saved it last", sort_order=1)
    saved_at: Mapped[datetime | None] = mapped_column(sort_order=1, doc="when it was saved last")


class OfProgramme:
    """First columns of what a programme has many of; it goes when its programme goes."""

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1, doc="its number")
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("programme.id", ondelete="CASCADE"),
        index=True,
        sort_order=-1,
        doc="of which programme",
    )
