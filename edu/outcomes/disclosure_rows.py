"""Rows of an export: nobody stands out in it, or there is none.

Every row shares what could be known of its person (arm, group, language, month, and in which waves
she answered) with at least four others, who are not all alike in a score. Where that is not so, the
finest of these is left out of all rows, and then the next. And nobody can count in rows what
reports withhold: a scale is in them only where five people at least improved, stayed and worsened,
and a group or an arm is named only where that holds in each. The export says how many rows at least
are alike (k); below five there is no export.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from edu.outcomes.disclosure_counts import MINIMUM_CELL

#: So many rows at least must be alike in what could be known of a person.
LOWEST_K = 5
#: What could be known of somebody, the first to be left out first.
KNOWABLE = ("month", "language", "group", "arm")
#: By what reports are broken down: numbers of people who moved are withheld in each part.
_PARTS = ("group", "arm")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Compared:
    """Two columns of one scale that reports compare, and the wave whose column is `own`."""

    wave: str
    earlier: str
    later: str
    own: str


@dataclass(frozen=True)
class Exported:
    """Rows that may leave; `left_out` are the columns that would have told."""

    rows: tuple[Row, ...]
    k: int
    left_out: tuple[str, ...]


def exported(rows: Sequence[Row], compared: Sequence[Compared] = ()) -> Exported | None:
    """The rows without what would tell on somebody; None where even the scores alone are too
    few, or no scale is left."""
    told = [each for each in compared if not _has_few(rows, each)]
    # Without its main comparison nothing of a scale is told.
    whole = {name for each in told if each.wave == "after" for name in (each.earlier, each.later)}
    told = [each for each in told if {each.earlier, each.later} & whole]
    for kept in _fewer_waves(told):
        gone = {each.own for each in compared} | {each.earlier for each in compared}
        gone -= {name for each in kept for name in (each.earlier, each.later)}
        mine = [row for row in rows if not compared or _pattern(row, kept)]
        for number in range(len(KNOWABLE) + 1):
            left_out = {*KNOWABLE[:number], *gone}
            safe = [{name: row[name] for name in row if name not in left_out} for row in mine]
            k = smallest_class(safe, kept)
            if k >= LOWEST_K and not _alike(safe, kept) and not _countable(safe, kept):
                return Exported(tuple(safe), k, (*KNOWABLE[:number], *sorted(gone)))
    return None


def _fewer_waves(compared: Sequence[Compared]) -> Iterator[list[Compared]]:
    """All comparisons, then without the wave that fewest have, down to *after* alone."""
    waves = sorted({each.wave for each in compared} - {"after"})
    for number in range(len(waves) + 1):
        gone = waves[len(waves) - number :]
        yield [each for each in compared if each.wave not in gone]


def smallest_class(rows: Sequence[Row], compared: Sequence[Compared] = ()) -> int:
    """How many rows are alike in what could be known, at least; 0 without rows."""
    return min(map(len, _classes(rows, compared)), default=0)


def _classes(rows: Sequence[Row], compared: Sequence[Compared]) -> list[list[Row]]:
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        known = tuple(row.get(name, "") for name in KNOWABLE)
        found.setdefault((known, _pattern(row, compared)), []).append(row)
    return list(found.values())


def _pattern(row: Row, compared: Sequence[Compared]) -> frozenset[str]:
    """In which waves somebody answered: who leads a group knows who was there."""
    return frozenset(each.wave for each in compared if each.earlier in row and each.later in row)


def _alike(rows: Sequence[Row], compared: Sequence[Compared]) -> bool:
    """Whether somewhere all who could be meant have the same score, or the same change."""
    return any(
        len({figure(row) for row in mine}) == 1
        for mine in _classes(rows, compared)
        for each in compared
        if all(each.earlier in row and each.later in row for row in mine)
        for figure in _figures(each)
    )


def _figures(compared: Compared) -> list[Any]:
    earlier, later = compared.earlier, compared.later
    return [
        lambda row: row[earlier],
        lambda row: row[later],
        lambda row: round(row[later] - row[earlier], 6),
    ]


def _countable(rows: Sequence[Row], compared: Sequence[Compared]) -> bool:
    """Whether some of the parts that reports show would have so few who moved one way."""
    for names in (("group",), ("arm",), _PARTS):
        parts: dict[tuple[Any, ...], list[Row]] = {}
        for row in rows:
            parts.setdefault(tuple(row.get(name) for name in names), []).append(row)
        if any(_has_few(mine, each) for mine in parts.values() for each in compared):
            return True
    return False


def _has_few(rows: Iterable[Row], compared: Compared) -> bool:
    """Whether fewer than five, and not just nobody who was asked, moved one way or stayed."""
    moved = Counter(
        (row[compared.later] > row[compared.earlier])
        - (row[compared.later] < row[compared.earlier])
        for row in rows
        if compared.earlier in row and compared.later in row
    )
    return bool(moved) and min(moved[way] for way in (-1, 0, 1)) < MINIMUM_CELL
