"""Tables from strangers as rows of text, and which cells a spreadsheet would run."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from edu.gate.refused import Refused, refuse
from edu.gate.text import read_text
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_

MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CELLS = 400_000
#: What a cell of a spreadsheet can hold, in characters.
LONGEST_CELL = 32_767
#: All cells together, in characters: a workbook may name one long text a thousand times.
MOST_CHARACTERS = 5_000_000

# A cell that begins so is a formula to some spreadsheet; the wide forms are to those of East Asia.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_DELIMITERS = ",;\t"
_FORMULA_TAKEN = N_("Column %(column)s looks like a formula; it is taken as text.")
_UNEVEN = N_("This row has %(columns)s columns; the first row has %(first)s.")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet might run what stands in a cell; a plain number is none."""
    inner = cell.lstrip(" \u00a0\u200b\ufeff'\"")
    return (cell.startswith(_FORMULA) or inner.startswith(_FORMULA)) and not _is_number(cell)


def _is_number(cell: str) -> bool:
    digits = cell.removeprefix("-").removeprefix("+").replace(",", ".", 1)
    whole, _, rest = digits.partition(".")
    return whole.isdecimal() and (rest == "" or rest.isdecimal())


@dataclass
class Counter:
    """Counts the cells of one file while it is read; Refused at the first that is too many."""

    name: str
    cells: int = 0
    rows: int = 0
    characters: int = 0
    advice: list[Mistake] = field(default_factory=list)

    def row(self, cells: Sequence[str], line: int) -> None:
        self.rows += 1
        self.cells += len(cells)
        self.characters += sum(map(len, cells))
        if self.rows > MOST_ROWS:
            raise refuse(
                self.name, N_("The table has more than %(most)s rows."), line, most=MOST_ROWS
            )
        if len(cells) > MOST_COLUMNS:
            raise refuse(
                self.name, N_("The row has more than %(most)s columns."), line, most=MOST_COLUMNS
            )
        if self.cells > MOST_CELLS:
            raise refuse(
                self.name, N_("The table has more than %(most)s cells."), line, most=MOST_CELLS
            )
        if self.characters > MOST_CHARACTERS:
            raise refuse(self.name, N_("The table holds more than 5 million characters."), line)
        for number, cell in enumerate(cells, start=1):
            if len(cell) > LONGEST_CELL:
                message = N_("Column %(column)s holds more than %(most)s characters.")
                raise refuse(self.name, message, line, column=number, most=LONGEST_CELL)
            if is_formula(cell):
                message = Message(_FORMULA_TAKEN, column=number)
                self.advice.append(Mistake(self.name, line, message, blocks=False))


def read_csv(content: bytes, name: str) -> tuple[list[list[str]], list[Mistake]]:
    """The rows of a CSV file as text, and advice about cells that look like formulas."""
    text = read_text(content, name, longest_line=MOST_COLUMNS * LONGEST_CELL)
    if not text.strip():
        raise refuse(name, N_("The table is empty."))
    counter = Counter(name)
    rows = list(_rows(text, name, counter))
    widths = {len(row) for row in rows if row}
    if len(widths) > 1:
        _refuse_uneven(rows, name)
    return rows, counter.advice


def _rows(text: str, name: str, counter: Counter) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL * 4)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for row in reader:
            counter.row(row, reader.line_num)
            yield row
    except csv.Error as error:
        raise refuse(
            name, N_("This row cannot be read: %(why)s."), reader.line_num, why=str(error)
        ) from None


def _delimiter(text: str) -> str:
    """The sign that parts the columns of the first line most often; a comma when none does."""
    first = text.lstrip("\r\n").splitlines()[0]
    return max(_DELIMITERS, key=lambda sign: (first.count(sign), sign == ","))


def _refuse_uneven(rows: list[list[str]], name: str) -> None:
    width = next(len(row) for row in rows if row)
    raise Refused(
        [
            Mistake(name, number, Message(_UNEVEN, columns=len(row), first=width))
            for number, row in enumerate(rows, start=1)
            if row and len(row) != width
        ][:20]
    )
