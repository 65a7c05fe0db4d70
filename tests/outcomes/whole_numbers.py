"""What could be true of people who answer in whole points, where means and spreads are known.

All worlds are gone through, half of the people and then the other half: so many people, two scores
each, of whom only the sums are known, and how many of them moved which way.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations_with_replacement

from edu.outcomes.disclosure_counts import Cells
from edu.outcomes.paired import PairSums

Pair = tuple[int, int]
#: The sums of people: of scores before and after, of their squares, and of their products.
Sums = tuple[int, int, int, int, int]


def cells(pairs: Iterable[Pair]) -> Cells:
    """How many moved up, stayed, and moved down."""
    moved = [(y > x) - (y < x) for x, y in pairs]
    return moved.count(1), moved.count(0), moved.count(-1)


def sums(pairs: Iterable[Pair]) -> Sums:
    """What means and spreads tell of these people."""
    found = PairSums.from_pairs(pairs)
    return found.sx, found.sy, found.sxx, found.syy, found.sxy


def possible_cells(wanted: Sums, people: int, scores: Sequence[int]) -> set[Cells]:
    """Every number of those who moved which way with which these sums can be."""
    one, two = (_halves(number, tuple(scores)) for number in (people // 2, people - people // 2))
    found = set()
    for sums_one, moved_one in one.items():
        rest = tuple(a - b for a, b in zip(wanted, sums_one, strict=True))
        for late in two.get(rest, ()):  # type: ignore[call-overload]
            for early in moved_one:
                found.add(tuple(a + b for a, b in zip(early, late, strict=True)))
    return found  # type: ignore[return-value]


@cache
def _halves(people: int, scores: tuple[int, ...]) -> dict[Sums, set[Cells]]:
    """By sums: who may have moved which way, of so many people with these scores."""
    found: dict[Sums, set[Cells]] = {}
    for some in everybody(people, scores):
        found.setdefault(sums(some), set()).add(cells(some))
    return found


def everybody(people: int, scores: Sequence[int]) -> Iterator[tuple[Pair, ...]]:
    """All that so many people can have answered, whoever is who."""
    kinds = [(before, after) for before in scores for after in scores]
    return combinations_with_replacement(kinds, people)
