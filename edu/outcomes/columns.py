"""The columns of a CSV that an analysis asks for, read exactly and with every mistake."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from edu.lessons.mistakes import Broken, Mistake

#: Cells that say there is no value, in any case of letters.
MISSING = frozenset({"", ".", "na", "nan", "n/a", "null"})
#: What may stand between cells. Where it is not the comma, a comma may be the decimal sign.
DELIMITERS = (",", ";", "\t")

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True)
class Columns:
    """Which column is what. All that follow `after` may be left out."""

    before: str
    after: str
    later: tuple[str, ...] = ()
    looking_back: str | None = None
    arm: str | None = None
    group: str | None = None

    @property
    def waves(self) -> tuple[str, ...]:
        """The columns of scores in the order of time."""
        return (self.before, self.after, *self.later)

    @property
    def scores(self) -> tuple[str, ...]:
        """All columns of scores."""
        return (*self.waves, *([] if self.looking_back is None else [self.looking_back]))

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of names."""
        return tuple(name for name in (self.arm, self.group) if name is not None)


@dataclass(frozen=True)
class Row:
    """One learner as read; None is missing. `line` is that of the file where the row ends."""

    line: int
    waves: tuple[Decimal | None, ...]
    looking_back: Decimal | None = None
    arm: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class Table:
    """The columns of a file."""

    columns: Columns
    rows: tuple[Row, ...]
    minimum: Decimal | None
    maximum: Decimal | None

    @property
    def limits(self) -> list[Decimal]:
        """The lowest and highest possible values, as far as they were given."""
        return [limit for limit in (self.minimum, self.maximum) if limit is not None]

    @property
    def values(self) -> Iterator[Decimal]:
        """Every score there is."""
        for row in self.rows:
            yield from (x for x in (*row.waves, row.looking_back) if x is not None)


def read_table(
    lines: Iterable[str],
    columns: Columns,
    *,
    minimum: str | None = None,
    maximum: str | None = None,
    file: str = "data.csv",
) -> Table:
    """The columns. Raises Broken with every mistake found."""
    lowest, highest, wrong = _limits(minimum, maximum)
    mistakes = [Mistake(file, 1, message) for message in wrong]
    kept = list(lines)
    delimiter = _delimiter(kept, columns)
    reader = csv.DictReader(kept, delimiter=delimiter)
    reading = _Reading(columns, lowest, highest, delimiter != ",")
    rows: list[Row] = []
    try:
        header = [name.removeprefix("\ufeff").strip() for name in reader.fieldnames or ()]
        reader.fieldnames = header
        wrong = _wrong_header(header, columns)
        mistakes += [Mistake(file, 1, message) for message in wrong]
        for cells in () if wrong else reader:
            row, found = reading.row(reader.line_num, cells)
            mistakes += [Mistake(file, reader.line_num, message) for message in found]
            rows.append(row)
    except csv.Error as error:
        mistakes.append(Mistake(file, reader.line_num, str(error)))
    if mistakes:
        raise Broken(mistakes)
    return Table(columns, tuple(rows), lowest, highest)


def _delimiter(lines: Sequence[str], columns: Columns) -> str:
    """The first sign that makes the wanted columns of the first line; else the comma."""
    first = lines[0].removeprefix("\ufeff") if lines else ""
    wanted = {*columns.scores, *columns.names}
    for delimiter in DELIMITERS:
        try:
            header = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            continue
        if wanted <= {name.strip() for name in header}:
            return delimiter
    return max(DELIMITERS, key=first.count)


class _Reading:
    """Reads rows of one file, and remembers by which sign it tells tenths."""

    def __init__(
        self, columns: Columns, lowest: Decimal | None, highest: Decimal | None, commas: bool
    ) -> None:
        self.columns, self.lowest, self.highest, self.commas = columns, lowest, highest, commas
        self.sign: str | None = None

    def row(self, line: int, cells: dict[str, str | None]) -> tuple[Row, list[str]]:
        """A row, and what is wrong with its cells."""
        wrong = []
        beyond: Sequence[str] = cells.get(None) or ()  # type: ignore[call-overload]
        if any(cell.strip() for cell in beyond):
            wrong.append("there are more cells than columns")
        scores: dict[str, Decimal | None] = {}
        for column in dict.fromkeys(self.columns.scores):
            found = self._score((cells[column] or "").strip())
            if isinstance(found, str):
                wrong.append(f"{column}: {found}")
            scores[column] = None if isinstance(found, str) else found
        back, arm, group = self.columns.looking_back, self.columns.arm, self.columns.group
        row = Row(
            line=line,
            waves=tuple(scores[column] for column in self.columns.waves),
            looking_back=None if back is None else scores[back],
            arm=None if arm is None else _name(cells[arm]),
            group=None if group is None else _name(cells[group]),
        )
        return row, wrong

    def _score(self, text: str) -> Decimal | str | None:
        """The number in a cell, None when there is none, or what is wrong with it."""
        if text.lower() in MISSING:
            return None
        signs = {sign for sign in ".," if sign in text} if self.commas else set()
        plain = text.replace(",", ".") if signs == {","} else text
        value = _number(plain, text)
        if isinstance(value, str):
            return value
        if len(signs) == 1:
            (sign,) = signs
            self.sign = self.sign or sign
            if sign != self.sign:
                return f"{text} has another decimal sign than the numbers above"
        if self.lowest is not None and value < self.lowest:
            return f"{text} is below the minimum {self.lowest}"
        if self.highest is not None and value > self.highest:
            return f"{text} is above the maximum {self.highest}"
        return value


def _name(text: str | None) -> str | None:
    text = (text or "").strip()
    return None if text.lower() in MISSING else text


def _limits(
    minimum: str | None, maximum: str | None
) -> tuple[Decimal | None, Decimal | None, list[str]]:
    """The limits that were asked for, and what is wrong with them."""
    wrong: list[str] = []
    limits: list[Decimal | None] = []
    for name, text in (("minimum", minimum), ("maximum", maximum)):
        limit = None if text is None else _number(text.strip(), text)
        if isinstance(limit, str):
            wrong.append(f"{name}: {limit}")
        limits.append(None if isinstance(limit, str) else limit)
    lowest, highest = limits
    if lowest is not None and highest is not None and lowest >= highest:
        wrong.append("the minimum must be below the maximum")
    return lowest, highest, wrong


def _wrong_header(header: Sequence[str], columns: Columns) -> list[str]:
    asked = [*columns.scores, *columns.names]
    wrong = [
        f"no column {name!r}; the columns are {', '.join(map(repr, header)) or 'none'}"
        if name not in header
        else f"there are {header.count(name)} columns {name!r}"
        for name in dict.fromkeys(asked)
        if header.count(name) != 1
    ]
    if columns.before == columns.after:
        wrong.append("before and after are the same column")
    twice = {name for name in asked if asked.count(name) > 1}
    if columns.before == columns.after:
        twice.discard(columns.before)
    return [*wrong, *(f"the column {name!r} is asked for twice" for name in sorted(twice))]


def _number(text: str, as_written: str) -> Decimal | str:
    if not _NUMBER.fullmatch(text):
        return f"{as_written!r} is not a number"
    value = Decimal(text)
    return value if abs(value) < _LARGEST else f"{as_written} is too large"
