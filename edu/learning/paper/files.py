"""Sheets that were typed elsewhere: the table to fill in, and reading it back, cell by cell."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from edu.groups.models import Linking
from edu.learning.paper.reading import CARD, ELEMENT, MOST_ROWS, Sheet, TypedRow

#: The row of the titles is the first one of a file.
_FIRST = 2


@dataclass(frozen=True)
class Titles:
    """What is wrong with the titles of a table: some are missing, unknown, or there twice."""

    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    too_long: bool = False

    @property
    def are_wrong(self) -> bool:
        return bool(self.missing or self.unknown or self.twice or self.too_long)


def titles_of(sheet: Sheet) -> list[str]:
    """The columns of the table to fill in: who it is, then the questions as on the paper."""
    by_elements = sheet.group.linking == Linking.ELEMENTS.value
    who = [ELEMENT + name for name in sheet.group.elements] if by_elements else [CARD]
    return [*who, *(column.name for column in sheet.columns)]


def template_csv(sheet: Sheet) -> str:
    """An empty table as CSV, with the mark by which spreadsheets know that it is UTF-8."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(titles_of(sheet))
    return "\ufeff" + text.getvalue()


def rows_in(sheet: Sheet, table: Sequence[Sequence[str]]) -> tuple[list[TypedRow], Titles]:
    """The rows of a table by its titles, in whatever order they are; row numbers are those that a
    spreadsheet shows."""
    titles = [title.strip().removeprefix("\ufeff") for title in (table[0] if table else [])]
    while titles and not titles[-1]:
        titles.pop()
    wanted = titles_of(sheet)
    problems = Titles(
        tuple(name for name in wanted if name not in titles),
        tuple(sorted({name for name in titles if name not in wanted})),
        tuple(sorted({name for name in titles if titles.count(name) > 1})),
        len(table) - 1 > MOST_ROWS,
    )
    rows = [
        TypedRow(number, dict(zip(titles, cells, strict=False)))
        for number, cells in enumerate(table[1:], start=_FIRST)
    ]
    return rows, problems
