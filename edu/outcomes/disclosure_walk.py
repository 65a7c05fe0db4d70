"""From world to world with the same figures: what else people may have answered.

A few people are mirrored at their own middle, again and again: that keeps the number, all sums and
all squares, and moves some of them another way. What is not found is taken not to be there, so
whoever relies on this is never too bold.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from edu.outcomes.disclosure_counts import Cells

#: After so many tries people are taken to be too much alike.
_TRIES = 1_500
#: So many people are mirrored at once.
_FEWEST, _MOST = 3, 6
#: Of so many people all who can be mirrored at once are tried first, from so many worlds.
_ALL_OF, _STEPS = 12, 8
Pair = tuple[int, int]


def sum_of(*cells: Cells) -> Cells:
    """Numbers of those who improved, stayed and worsened, or their differences, added up."""
    improved, same, worsened = (sum(each) for each in zip(*cells, strict=True))
    return improved, same, worsened


class _Draws:
    """Numbers in no order, and always the same ones. Nobody is to be surprised or protected by
    them: they only choose whom to try next."""

    def __init__(self) -> None:
        self._state = 1

    def below(self, limit: int) -> int:
        """One of 0 to `limit` - 1."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self._state >> 33) % limit

    def places(self, number: int, of: int) -> list[int]:
        """So many different places of a list of so many."""
        found: list[int] = []
        while len(found) < number:
            place = self.below(of)
            if place not in found:
                found.append(place)
        return found


class Walk:
    """From world to world with the same sums; always the same way for the same people."""

    def __init__(self, possible: Collection[int]) -> None:
        self._possible = frozenset(possible)
        self._draws = _Draws()

    def walk(self, pairs: Sequence[Pair]) -> set[Cells]:
        """How the numbers of people who moved differ there from those at the start."""
        here = self._begin(sorted(pairs))
        start = now = _counted(here)
        found, all_seen = self._all_around(here)
        for _ in range(_TRIES if len(here) > _FEWEST and not all_seen else 0):
            number = _FEWEST + self._draws.below(min(len(here), _MOST) - _FEWEST + 1)
            places = self._draws.places(number, len(here))
            some = [here[place] for place in places]
            turned = self._mirrored(some)
            if turned is None:
                continue
            now = sum_of(now, _counted(turned), _less(_counted(some)))
            for place, pair in zip(places, turned, strict=True):
                here[place] = pair
            found.add(sum_of(now, _less(start)))
        return found

    def _begin(self, pairs: Sequence[Pair]) -> list[Pair]:
        return list(pairs)

    def _all_around(self, start: Sequence[Pair]) -> tuple[set[Cells], bool]:
        """Where people are few, step by step all that can be reached; and whether that is all.
        Every step leads back as well, so from each of these worlds the same ones are seen."""
        if len(start) > _ALL_OF:
            return set(), False
        seen, ahead = {tuple(start)}, [tuple(start)]
        for _ in range(_STEPS):
            if not ahead:
                break
            here = ahead.pop(0)
            ahead += [each for each in self._one_step(here) if each not in seen]
            seen.update(ahead)
            ahead = list(dict.fromkeys(ahead))
        away = _less(_counted(start))
        return {sum_of(_counted(each), away) for each in seen}, not ahead

    def _one_step(self, here: Sequence[Pair]) -> Iterator[tuple[Pair, ...]]:
        for number in range(_FEWEST, _MOST + 1):
            for some in dict.fromkeys(combinations(here, number)):
                turned = self._mirrored(some)
                if turned is not None:
                    left = Counter(here) - Counter(some)
                    yield tuple(sorted([*left.elements(), *turned]))

    def _mirrored(self, some: Sequence[Pair]) -> list[Pair] | None:
        """Each on the other side of the middle of all; None where nobody can have such scores."""
        x, y = (2 * sum(side) for side in zip(*some, strict=True))
        if x % len(some) or y % len(some):
            return None
        turned = [(x // len(some) - one, y // len(some) - two) for one, two in some]
        return turned if all(map(self._can_be, turned)) else None

    def _can_be(self, pair: Pair) -> bool:
        return pair[0] in self._possible and pair[1] in self._possible


class OneAxis(Walk):
    """Where only the change is told, whatever the scores: as changes from nothing."""

    def __init__(self, possible: Collection[int]) -> None:
        super().__init__({two - one for one in possible for two in possible})

    def _begin(self, pairs: Sequence[Pair]) -> list[Pair]:
        return [(0, two - one) for one, two in pairs]


def _counted(pairs: Sequence[Pair]) -> Cells:
    up = sum(y > x for x, y in pairs)
    down = sum(y < x for x, y in pairs)
    return up, len(pairs) - up - down, down


def _less(cells: Cells) -> Cells:
    return -cells[0], -cells[1], -cells[2]
