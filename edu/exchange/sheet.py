"""Parcels as a sheet in a workbook (.xlsx): for whoever has a spreadsheet and nothing else.

The source and all that the program needs is locked; the target, a comment and a back-translation
may be typed. A cell that a spreadsheet could take for a formula begins with an apostrophe, which
is taken away again on the way in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from edu.exchange.marks import (
    apart,
    fitting,
    looked_at,
    marks_of,
    named,
    record_of,
    record_text,
    together,
    with_marks,
)
from edu.exchange.notices import Notice, Sort
from edu.exchange.unit import Operation, Parcel, State, Unit
from edu.exchange.workbook import Column, Sheet, decoded, workbook
from edu.gate.refused import refuse
from edu.gate.tables import is_formula
from edu.languages import language
from edu.lessons.words import N_

_TEXTS, _ABOUT, _BLOCKS = "Texts", "About", "Blocks"
#: What people see of a block that is left out or moved; the record holds all of it.
_OF_BLOCK, _RECORD = ("id", "operation", "lesson", "block", "after", "why"), "record"
_LEAD = "'"
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_ID, _SOURCE, _TARGET, _COMMENT = "id", "source", "target", "comment"
_STATE, _OPERATION, _BACK, _REASON = "state", "operation", "back-translation", "reason"
_PLACE, _NOTE = "place", "note"
#: The columns by their titles; what people work with comes first.
_COLUMNS = (
    Column(_ID, 18),
    Column("source hash", 18),
    Column(_PLACE, 18),
    Column(_SOURCE, 60),
    Column(_TARGET, 60, open=True),
    Column(_STATE, 13),
    Column(_OPERATION, 11),
    Column(_REASON, 24),
    Column(_COMMENT, 30, open=True),
    Column(_BACK, 30, open=True),
    Column(_NOTE, 30),
)
#: Marks that have a column of their own above, under another name.
_SHOWN = {"id", "state", "operation", "back", "source"}
_MARKS = ("left", "variant", "adapt", "record", "made-from", "block", "safety", "places", "plural")
_WIDE = (*_COLUMNS, *(Column(name, 12) for name in _MARKS))
_BETWEEN = "\n---\n"


def write(parcel: Parcel) -> bytes:
    """A parcel as the bytes of a workbook: the texts, what they are, and which blocks are left
    out or moved."""
    about = {"language": parcel.tag, "module": parcel.module, "part": parcel.part}
    rtl = language(parcel.tag).direction == "rtl"
    rows = [[neutral(cell) for cell in _cells(unit)] for unit in apart(parcel.units)]
    texts = Sheet(_TEXTS, _WIDE, rows, right_to_left=rtl)
    told = Sheet(
        _ABOUT, (Column("what", 20), Column("value", 40)), [list(row) for row in about.items()]
    )
    return workbook([texts, told, *_blocks(parcel)])


def _blocks(parcel: Parcel) -> Iterator[Sheet]:
    """A sheet of the blocks that are left out or moved, where there are any."""
    rows = [
        [neutral(str(each.get(name, ""))) for name in _OF_BLOCK] + [neutral(record_text(each))]
        for each in parcel.blocks
    ]
    if rows:
        yield Sheet(_BLOCKS, [Column(name, 20) for name in (*_OF_BLOCK, _RECORD)], rows)


def _blocks_in(tables: Mapping[str, Sequence[Sequence[str]]]) -> Iterator[dict[str, Any]]:
    titles, *rows = tables.get(_BLOCKS) or [[]]
    for row in rows:
        cells = dict(zip(titles, map(_words, row), strict=False))
        if record := record_of(cells.get(_RECORD, "")):
            yield record


def _cells(unit: Unit) -> list[str]:
    marks = marks_of(unit)
    shown = {
        _ID: unit.id,
        "source hash": unit.source_hash,
        _PLACE: unit.context,
        _SOURCE: unit.source,
        _TARGET: unit.target,
        _STATE: str(unit.state),
        _OPERATION: str(unit.operation),
        _REASON: unit.reason,
        _COMMENT: _BETWEEN.join(unit.remarks),
        _BACK: unit.back,
        _NOTE: _BETWEEN.join(unit.notes),
    }
    return [*shown.values(), *(marks.get(name, "") for name in _MARKS)]


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return _LEAD + cell if _could_run(cell) else cell


def restored(cell: str) -> str:
    """The same undone."""
    return cell[1:] if cell.startswith(_LEAD) and _could_run(cell[1:]) else cell


def _could_run(cell: str) -> bool:
    return cell.lstrip(_LEAD).startswith(_SIGNS) or is_formula(cell)


def read(tables: Mapping[str, Sequence[Sequence[str]]], name: str) -> Parcel:
    """The parcel in a workbook's tables, as the gate gives them."""
    titles, rows = _table(tables, name)
    about = {row[0]: row[1] for row in tables.get(_ABOUT, ()) if len(row) > 1}
    notices: list[Notice] = []
    units = []
    for number, row in rows:
        cells = dict(zip(titles, row, strict=False))
        notices += _formulas(number, cells)
        units.append(_unit(number, {title: _words(cell) for title, cell in cells.items()}))
    tag = about.get("language", "") or next((unit.variant for unit in units), "")
    module, part = about.get("module", ""), about.get("part", "")
    found = tuple(map(looked_at, together(units)))
    return Parcel(tag, module, found, part, tuple(notices), tuple(_blocks_in(tables)))


def _table(
    tables: Mapping[str, Sequence[Sequence[str]]], name: str
) -> tuple[list[str], Iterator[tuple[int, Sequence[str]]]]:
    """The titles of the columns, and the rows below with their numbers."""
    rows = tables.get(_TEXTS) or next(iter(tables.values()), ())
    titles = [title.strip().casefold() for title in rows[0]] if rows else []
    if not {_SOURCE, _TARGET} <= set(titles) or len(set(titles)) != len(titles):
        message = N_('The first row must name the columns, among them "source" and "target".')
        raise refuse(name, message)
    numbered = enumerate(rows[1:], start=2)
    return titles, ((number, row) for number, row in numbered if any(map(str.strip, row)))


def _words(cell: str) -> str:
    return restored(decoded(cell))


def _formulas(number: int, cells: Mapping[str, str]) -> Iterator[Notice]:
    for title in (_TARGET, _COMMENT, _BACK):
        cell = decoded(cells.get(title, ""))
        if _could_run(cell) and not cell.startswith(_LEAD):
            yield Notice(Sort.FORMULA_NEUTRALISED, f"row {number}, {title}", cell)


def _unit(number: int, cells: Mapping[str, str]) -> Unit:
    unit = Unit(
        id=cells.get(_ID, "").strip(),
        context=cells.get(_PLACE, ""),
        source=cells.get(_SOURCE, ""),
        target=cells.get(_TARGET, ""),
        remarks=_lines(cells.get(_COMMENT, "")),
        notes=_lines(cells.get(_NOTE, "")),
        source_hash=cells.get("source hash", ""),
        back=cells.get(_BACK, ""),
        at=f"row {number}",
    )
    unit = with_marks(unit, {name: cells[name] for name in _MARKS if cells.get(name)})
    state = named(State, cells.get(_STATE, ""), State.DRAFT)
    operation = named(Operation, cells.get(_OPERATION, ""), Operation.TRANSLATE)
    return fitting(replace(unit, state=state, operation=operation))


def _lines(cell: str) -> tuple[str, ...]:
    return tuple(each for each in cell.split(_BETWEEN) if each.strip())
