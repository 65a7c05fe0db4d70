"""How many improved, stayed and worsened: which of the three numbers may be said.

A number from 0 to 4 is never said. It could be worked out from the size of the group and the other
numbers, or from an earlier report, so more may have to be withheld with it. That is not argued but
counted: all possibilities that agree with everything said so far are gone through, and what is
withheld must leave more than one number open, now and in every earlier report.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import pairwise, product
from typing import Any

from edu.outcomes.paired import Counts

#: No number of people below this is said of a part of a group.
MINIMUM_CELL = 5

Cells = tuple[int, int, int]


class Pattern(StrEnum):
    """What is said of the three numbers; what is left out is only known to be below five."""

    ALL = "all"
    #: One number; of the other two, which are five or more together, the sum.
    WORSENED = "worsened"
    IMPROVED = "improved"
    #: Only that this one is below five.
    FEW_WORSENED = "few_worsened"
    NONE = "none"


@dataclass(frozen=True)
class Statement:
    """What one report said: `n` people, and of each of the three numbers itself or None.

    `few`: for each, whether it was said to be below five.
    """

    n: int
    improved: int | None = None
    same: int | None = None
    worsened: int | None = None
    few: tuple[bool, bool, bool] = (False, False, False)

    @property
    def pattern(self) -> Pattern:
        said = tuple(each is not None for each in self.said)
        return {
            (True, True, True): Pattern.ALL,
            (True, False, False): Pattern.IMPROVED,
            (False, False, True): Pattern.WORSENED,
            (False, False, False): Pattern.FEW_WORSENED if self.few[2] else Pattern.NONE,
        }[said]  # type: ignore[index]  # only these are made

    @property
    def said(self) -> tuple[int | None, int | None, int | None]:
        return self.improved, self.same, self.worsened

    @property
    def others(self) -> int | None:
        """The two numbers that are not said, together; None where all or none are said."""
        left = [each for each in self.said if each is None]
        return self.n - sum(each or 0 for each in self.said) if len(left) == 2 else None

    def agrees(self, cells: Cells) -> bool:
        """Whether these numbers could be the true ones."""
        return sum(cells) == self.n and all(
            (said is None or said == cell) and (not few or cell < MINIMUM_CELL)
            for said, few, cell in zip(self.said, self.few, cells, strict=True)
        )

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"few": list(self.few)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Statement":
        return cls(**stored | {"few": tuple(stored["few"])})


def statement(counts: Counts, earlier: Sequence[Statement]) -> Statement:
    """As much as may be said of these counts after what was said before."""
    cells = (counts.improved, counts.same, counts.worsened)
    for candidate in _candidates(cells):
        if _is_safe([*earlier, candidate], cells):
            return candidate
    return Statement(counts.n)


def _candidates(cells: Cells) -> Iterator[Statement]:
    """From the fullest to the barest; harm is said before gain where only one can be."""
    improved, same, worsened = cells
    n = sum(cells)
    few = (improved < MINIMUM_CELL, same < MINIMUM_CELL, worsened < MINIMUM_CELL)
    if not any(few):
        yield Statement(n, improved, same, worsened)
    if not few[2] and n - worsened >= MINIMUM_CELL:
        yield Statement(n, worsened=worsened, few=(few[0], False, False))
    if not few[0] and n - improved >= MINIMUM_CELL:
        yield Statement(n, improved=improved, few=(False, False, few[2]))
    yield Statement(n, few=(False, False, few[2]))


def _is_safe(said: Sequence[Statement], cells: Cells) -> bool:
    """Whether every number that was not said stays open, and no group that came in between is
    known to have moved all one way."""
    if not all(each.agrees(cells) for each in said[-1:]):
        return False
    # A report that said nothing takes nothing away from what is open.
    told = [each for each in said if each.pattern is not Pattern.NONE]
    for each, found in zip(told, possibilities(told), strict=True):
        for place, number in enumerate(each.said):
            if number is None and len({cell[place] for cell in found}) < 2:
                return False
    return not any(_all_one_way(one, two) for one, two in pairwise(told))


def _all_one_way(one: Statement, two: Statement) -> bool:
    """Whether all who came between two reports are known to have moved the same way."""
    new = two.n - one.n
    steps = [
        after - before
        for before, after in zip(one.said, two.said, strict=True)
        if before is not None and after is not None
    ]
    return new > 0 and new in steps


def possibilities(said: Sequence[Statement]) -> list[set[Cells]]:
    """For each report, the numbers that could be true, given everything that was said: nobody who
    was counted once is ever taken out again."""
    found = [_alone(each) for each in said]
    for place in range(1, len(found)):
        found[place] = {
            late for late in found[place] if any(_within(early, late) for early in found[place - 1])
        }
    for place in range(len(found) - 2, -1, -1):
        found[place] = {
            early
            for early in found[place]
            if any(_within(early, late) for late in found[place + 1])
        }
    return found


def _alone(said: Statement) -> set[Cells]:
    """What one report leaves open."""
    ranges: list[Iterable[int]] = []
    for number, few in zip(said.said, said.few, strict=True):
        if number is not None:
            ranges.append((number,))
        else:
            ranges.append(range(min(said.n, MINIMUM_CELL - 1) + 1) if few else range(said.n + 1))
    return {
        (improved, said.n - improved - worsened, worsened)
        for improved, worsened in product(ranges[0], ranges[2])
        if said.agrees((improved, said.n - improved - worsened, worsened))
        and improved + worsened <= said.n
    }


def _within(early: Cells, late: Cells) -> bool:
    return all(one <= two for one, two in zip(early, late, strict=True))
