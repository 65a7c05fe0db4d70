"""Reading the cells of a row that somebody filled in: what each means, and what is wrong in it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from edu.languages import digits

#: How long a name in a cell may be.
LONGEST = 80
#: A cell with more words than this is none of ours; they are not all looked at.
_MOST_WORDS = 40
_PARTS = re.compile(r"[\s;,]+")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
#: A workbook keeps days as numbers, counted from here.
_DAY_ZERO = date(1899, 12, 30)


class Fault(StrEnum):
    """What may be wrong in a cell."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    UNKNOWN = "unknown"
    NOT_A_DAY = "not-a-day"
    TWICE = "twice"
    THERE = "there"
    NOTHING_TO_TAKE = "nothing-to-take"
    NEEDS_DAY = "needs-day"
    ALONE = "alone"


@dataclass(frozen=True)
class Wrong:
    """A fault, in the row and column that a spreadsheet shows; `about` is what stood there."""

    row: int
    column: str
    fault: Fault
    about: str = ""


@dataclass
class Reader:
    """Reads one row and gathers what is wrong in it."""

    number: int
    cells: Mapping[str, str]
    needed: Collection[str]
    wrong: list[Wrong] = field(default_factory=list)

    def text(self, column: str) -> str:
        found = " ".join(self.cells.get(column, "").split())
        if column in self.needed and not found:
            self.say(column, Fault.EMPTY)
        return found

    def name(self, column: str) -> str:
        found = self.text(column)
        if len(found) > LONGEST:
            self.say(column, Fault.TOO_LONG)
        return found

    def say(self, column: str, fault: Fault, about: str = "") -> None:
        self.wrong.append(Wrong(self.number, column, fault, about[:LONGEST]))

    def several(self, column: str, known: Mapping[str, str]) -> tuple[str, ...]:
        """The words of a cell as what they stand for; one that stands for nothing is wrong."""
        found = []
        for word in words_in(self.text(column))[:_MOST_WORDS]:
            if word.casefold() in known:
                found.append(known[word.casefold()])
            else:
                self.say(column, Fault.UNKNOWN, word)
        return tuple(dict.fromkeys(found))

    def one(self, column: str, known: Collection[str]) -> str:
        typed = "-".join(self.text(column).casefold().split())
        if typed and typed not in known:
            self.say(column, Fault.UNKNOWN, typed)
            return ""
        return typed

    def day(self, column: str) -> date | None:
        typed = digits(self.text(column))
        if not typed:
            return None
        found = day_in(typed)
        if found is None:
            self.say(column, Fault.NOT_A_DAY, typed)
        return found


def day_in(typed: str) -> date | None:
    """A day as 2026-11-30, or as the number that a workbook keeps; None for anything else."""
    found = _DAY.fullmatch(typed)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        if re.fullmatch(r"[3-7]\d{4}(\.0+)?", typed):
            return _DAY_ZERO + timedelta(days=int(typed.partition(".")[0]))
    except ValueError:
        return None
    return None


def words_in(cell: str) -> list[str]:
    """The words of a cell, however they are parted."""
    return [each for each in _PARTS.split(cell) if each]
