"""Rows of an export: nobody stands out in it, or there is none.

Every row shares what could be known of its person (arm, group, language, month) with at least four
others. Where that is not so, the finest of these is left out of all rows, and then the next. The
export says how many rows at least are alike (k); below five there is no export.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: So many rows at least must be alike in what could be known of a person.
LOWEST_K = 5
#: What could be known of somebody, the first to be left out first.
KNOWABLE = ("month", "language", "group", "arm")

Row = Mapping[str, str]


@dataclass(frozen=True)
class Exported:
    """Rows that may leave; `left_out` are the columns that would have told."""

    rows: tuple[Row, ...]
    k: int
    left_out: tuple[str, ...]


def exported(rows: Sequence[Row]) -> Exported | None:
    """The rows without what would tell on somebody; None where even the scores alone are too
    few."""
    for number in range(len(KNOWABLE) + 1):
        left_out = KNOWABLE[:number]
        kept = [{name: row[name] for name in row if name not in left_out} for row in rows]
        k = smallest_class(kept)
        if k >= LOWEST_K:
            return Exported(tuple(kept), k, left_out)
    return None


def smallest_class(rows: Sequence[Row]) -> int:
    """How many rows are alike in what could be known, at least; 0 without rows."""
    classes = Counter(tuple(row.get(name, "") for name in KNOWABLE) for row in rows)
    return min(classes.values(), default=0)
