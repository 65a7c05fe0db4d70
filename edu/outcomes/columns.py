"""Two columns of a CSV, before and after, read exactly and with every mistake."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from edu.lessons.mistakes import Broken, Mistake

#: Cells that say there is no value, in any case of letters.
MISSING = frozenset({"", ".", "na", "nan", "n/a", "null"})

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True)
class Table:
    """Two columns of a file as they were read; None is missing."""

    before: str
    after: str
    rows: tuple[tuple[Decimal | None, Decimal | None], ...]
    minimum: Decimal | None
    maximum: Decimal | None

    @property
    def limits(self) -> list[Decimal]:
        """The lowest and highest possible values, as far as they were given."""
        return [limit for limit in (self.minimum, self.maximum) if limit is not None]


def read_table(
    lines: Iterable[str],
    before: str,
    after: str,
    *,
    minimum: str | None = None,
    maximum: str | None = None,
    file: str = "data.csv",
) -> Table:
    """The two columns. Raises Broken with every mistake found."""
    lowest, highest, wrong = _limits(minimum, maximum)
    mistakes = [Mistake(file, 1, message) for message in wrong]
    rows: list[tuple[Decimal | None, ...]] = []
    reader = csv.DictReader(lines)
    try:
        header = [name.removeprefix("\ufeff") for name in reader.fieldnames or ()]
        reader.fieldnames = header
        wrong = _wrong_header(header, before, after)
        mistakes += [Mistake(file, 1, message) for message in wrong]
        for row in () if wrong else reader:
            cells = [_cell(row[column], lowest, highest) for column in (before, after)]
            mistakes += [
                Mistake(file, reader.line_num, f"{column}: {cell}")
                for column, cell in zip((before, after), cells, strict=True)
                if isinstance(cell, str)
            ]
            rows.append(tuple(cell for cell in cells if not isinstance(cell, str)))
    except csv.Error as error:
        mistakes.append(Mistake(file, reader.line_num, str(error)))
    if mistakes:
        raise Broken(mistakes)
    return Table(before, after, tuple((x, y) for x, y in rows), lowest, highest)


def _limits(
    minimum: str | None, maximum: str | None
) -> tuple[Decimal | None, Decimal | None, list[str]]:
    """The limits that were asked for, and what is wrong with them."""
    wrong: list[str] = []
    limits: list[Decimal | None] = []
    for name, text in (("minimum", minimum), ("maximum", maximum)):
        limit = None if text is None else _number(text)
        if isinstance(limit, str):
            wrong.append(f"{name}: {limit}")
        limits.append(None if isinstance(limit, str) else limit)
    lowest, highest = limits
    if lowest is not None and highest is not None and lowest >= highest:
        wrong.append("the minimum must be below the maximum")
    return lowest, highest, wrong


def _wrong_header(header: Sequence[str], before: str, after: str) -> list[str]:
    wrong = [
        f"no column {name!r}; the columns are {', '.join(map(repr, header)) or 'none'}"
        if name not in header
        else f"there are {header.count(name)} columns {name!r}"
        for name in dict.fromkeys((before, after))
        if header.count(name) != 1
    ]
    return [*wrong, *(["before and after are the same column"] if before == after else [])]


def _cell(
    text: str | None, lowest: Decimal | None, highest: Decimal | None
) -> Decimal | str | None:
    """The number in a cell, None when there is none, or what is wrong with it."""
    text = (text or "").strip()
    if text.lower() in MISSING:
        return None
    value = _number(text)
    if isinstance(value, Decimal):
        if lowest is not None and value < lowest:
            return f"{text} is below the minimum {lowest}"
        if highest is not None and value > highest:
            return f"{text} is above the maximum {highest}"
    return value


def _number(text: str) -> Decimal | str:
    if not _NUMBER.fullmatch(text.strip()):
        return f"{text!r} is not a number"
    value = Decimal(text.strip())
    return value if abs(value) < _LARGEST else f"{text} is too large"
