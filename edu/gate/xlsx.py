"""Workbooks from strangers: their cells as text, and nothing else of them.

Formulas, macros, links to other workbooks and embedded things are refused, not left out, so
that nobody takes a part of a table for the whole. How cells look is not read: a day comes as
the number that the workbook holds.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from edu.gate.refused import Refused, refuse
from edu.gate.tables import LONGEST_CELL, MOST_COLUMNS, Counter
from edu.gate.xml import Watcher, walk
from edu.gate.zips import Rules, unpacked
from edu.lessons.mistakes import Mistake
from edu.lessons.words import N_

_RULES = Rules(
    endings=(".xml", ".rels", ".vml", ".bin", ".png", ".jpg", ".jpeg", ".emf", ".wmf"),
    also=frozenset({"[Content_Types].xml", "_rels/.rels"}),
    entries=200,
    unpacked=60 * 1024 * 1024,
    largest=40 * 1024 * 1024,
)
#: Parts that run something or fetch something, by a piece of their path.
_REFUSED_PARTS = (
    ("vbaproject", N_("The workbook holds macros. Save it as .xlsx without them.")),
    ("macrosheets/", N_("The workbook holds macros. Save it as .xlsx without them.")),
    ("externallinks/", N_("The workbook links to another workbook. Break the links and save it.")),
    ("querytables/", N_("The workbook fetches data. Save it with plain values.")),
    ("connections", N_("The workbook fetches data. Save it with plain values.")),
    ("embeddings/", N_("The workbook holds another file. Take it out.")),
    ("activex/", N_("The workbook holds a program. Take it out.")),
    ("ctrlprops/", N_("The workbook holds a program. Take it out.")),
    ("webextensions/", N_("The workbook holds a program. Take it out.")),
    ("customui/", N_("The workbook holds a program. Take it out.")),
)
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_xlsx(content: bytes, name: str) -> tuple[dict[str, list[list[str]]], list[Mistake]]:
    """The rows of each sheet as text, by its name; advice about cells that look like formulas."""
    parts = unpacked(io.BytesIO(content), name, _RULES)
    _refuse_parts(parts, name)
    targets = _relations(parts, "xl/_rels/workbook.xml.rels", name)
    book = _Sheets()
    walk(_part(parts, "xl/workbook.xml", name), f"{name}/xl/workbook.xml", book)
    shared = _Strings()
    if "xl/sharedStrings.xml" in parts:
        walk(parts["xl/sharedStrings.xml"], f"{name}/xl/sharedStrings.xml", shared)
    counter = Counter(name)
    tables = {}
    for title, relation in book.sheets:
        path = "xl/" + targets.get(relation, "").removeprefix("/xl/")
        rows = _Rows(shared.texts, counter, title)
        walk(_part(parts, path, name), f"{name}/{path}", rows)
        tables[title] = rows.rows
    if not tables:
        raise refuse(name, N_("The workbook has no sheet."))
    return tables, counter.advice


def _part(parts: Mapping[str, bytes], path: str, name: str) -> bytes:
    if path not in parts:
        raise refuse(name, N_("This is not a workbook (.xlsx): a part of it is missing."))
    return parts[path]


def _refuse_parts(parts: Mapping[str, bytes], name: str) -> None:
    """Refused for every part that runs or fetches something; each XML part is looked through."""
    wrong = [
        Mistake(f"{name}/{path}", 1, message)
        for path in parts
        for piece, message in _REFUSED_PARTS
        if piece in path.lower()
    ]
    if wrong:
        raise Refused(wrong)
    types = _part(parts, "[Content_Types].xml", name)
    if b"macroenabled" in types.lower():
        raise refuse(name, N_("The workbook is of the kind with macros. Save it as .xlsx."))
    for path, body in parts.items():
        if path.endswith((".xml", ".vml")):
            walk(body, f"{name}/{path}", Watcher())
        elif path.endswith(".rels"):
            _relations(parts, path, name)


@dataclass
class _Relations(Watcher):
    """Which part each relation leads to; one that leads out must be a link that a person clicks."""

    targets: dict[str, str] = field(default_factory=dict)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        super().start(tag, attributes)
        if not tag.endswith("}Relationship"):
            return
        outside = attributes.get("TargetMode") == "External"
        if outside and not attributes.get("Type", "").endswith("/hyperlink"):
            self._stop(N_("The workbook links to a file elsewhere. Break the links and save it."))
        self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


def _relations(parts: Mapping[str, bytes], path: str, name: str) -> dict[str, str]:
    watcher = _Relations()
    walk(_part(parts, path, name), f"{name}/{path}", watcher)
    return watcher.targets


@dataclass
class _Sheets(Watcher):
    """The sheets of a workbook: their titles and the relations that lead to them."""

    sheets: list[tuple[str, str]] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        super().start(tag, attributes)
        if tag.endswith("}sheet"):
            title = attributes.get("name", "")
            if title in dict(self.sheets):
                self._stop(N_("Two sheets have one name."))
            self.sheets.append((title, attributes.get(_RELATION, "")))


@dataclass
class _Strings(Watcher):
    """The texts that cells share, in their order; how words in them are read aloud is left out."""

    texts: list[str] = field(default_factory=list)
    _open: bool = False
    _aloud: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        super().start(tag, attributes)
        if tag.endswith("}si"):
            self.texts.append("")
        self._aloud += tag.endswith("}rPh")
        self._open = tag.endswith("}t") and not self._aloud and bool(self.texts)

    def end(self, tag: str) -> None:
        super().end(tag)
        self._aloud -= tag.endswith("}rPh")
        self._open = False

    def data(self, text: str) -> None:
        super().data(text)
        if self._open:
            self.texts[-1] += text


class _Rows(Watcher):
    """The rows of one sheet; empty ones between others stay, so that rows keep their numbers."""

    def __init__(self, shared: list[str], counter: Counter, title: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._shared, self._counter, self._title = shared, counter, title
        self._row: dict[int, str] = {}
        self._number, self._column, self._type, self._open = 0, 0, "", False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        super().start(tag, attributes)
        local = tag.rpartition("}")[2]
        if local == "row":
            self._begin_row(attributes.get("r", str(self._number + 1)))
        elif local == "c":
            self._begin_cell(attributes)
        elif local == "f":
            self._stop(
                N_("Row %(row)s holds a formula. Paste the cells as values."), row=self._number
            )
        self._open = local in ("v", "t")

    def data(self, text: str) -> None:
        super().data(text)
        if self._open and self._column:
            self._row[self._column] = self._row.get(self._column, "") + text

    def end(self, tag: str) -> None:
        super().end(tag)
        local = tag.rpartition("}")[2]
        self._open = False
        if local == "c":
            self._end_cell()
        elif local == "row":
            last = max(self._row, default=0)
            cells = [self._row.get(column, "") for column in range(1, last + 1)]
            self.rows.append(cells)
            self._counter.row(cells, self._number)

    def _begin_row(self, said: str) -> None:
        number = int(said) if said.isdecimal() and len(said) < 8 else 0
        if number <= self._number:
            self._stop(N_("The rows are out of order."))
        if number - self._number > 1000:
            self._stop(N_("There are more than 1000 empty rows between two rows."))
        self.rows += [[] for _ in range(number - self._number - 1)]
        self._number, self._row, self._column = number, {}, 0

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = _PLACE.fullmatch(attributes.get("r", ""))
        column = _column(place[1]) if place else self._column + 1
        if column <= self._column or column > MOST_COLUMNS:
            self._stop(
                N_("Row %(row)s has more than %(most)s columns, or in disorder."),
                row=self._number,
                most=MOST_COLUMNS,
            )
        self._column, self._type = column, attributes.get("t", "n")

    def _end_cell(self) -> None:
        written = self._row.get(self._column, "")
        if self._type == "e":
            self._stop(
                N_("Row %(row)s holds an error (%(error)s)."), row=self._number, error=written[:20]
            )
        if self._type == "s":
            number = int(written) if written.isdecimal() and len(written) < 8 else -1
            if not 0 <= number < len(self._shared):
                self._stop(N_("Row %(row)s names a text that is not there."), row=self._number)
            self._row[self._column] = self._shared[number]
        if len(self._row.get(self._column, "")) > LONGEST_CELL:
            self._stop(
                N_("Row %(row)s holds more than %(most)s characters in a cell."),
                row=self._number,
                most=LONGEST_CELL,
            )


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
