"""What else may people have answered, where all that is shown of them stays as it is?

People answer in whole points, so means and spreads of few people may leave one possibility of how
many moved which way. Here the others are looked for: everybody keeps her score of before, some have
another one afterwards, and the sums are the same. Whoever begins in one of these worlds finds the
same ones. So what is decided by all of them together is decided alike in each, and does not tell
which of them is true, not even to somebody who knows how it is decided.

What is not looked at is taken not to be there, so whoever relies on this is never too bold.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import comb, gcd, prod

from edu.outcomes.disclosure_batches import Waiting
from edu.outcomes.disclosure_counts import Cells

#: Each may have had one of so many scores, at most: of long scales every second or third.
_CHOICES = 9
#: So many ways at most for one half of those who are varied together, so many people in it, and
#: so many such blocks.
_WAYS, _HALF, _BLOCKS = 90_000, 24, 3
#: On scales of so few values many ways have the same sums, so ten times as many cost little.
_SHORT = 5
#: How many went up, and how many down.
Moved = tuple[int, int]


@dataclass(frozen=True)
class Scores:
    """What is known beforehand of a scale: the scores that somebody can have, which side is
    better, and whether only the change is ever shown."""

    possible: Collection[int]
    higher_is_better: bool = True
    change_only: bool = False

    @cached_property
    def ladder(self) -> Sequence[int]:
        return sorted(self.possible)

    @cached_property
    def step(self) -> int:
        """All differences of scores are whole steps."""
        return gcd(*(late - early for early, late in pairwise(self.ladder))) or 1

    def choices(self, own: int) -> Sequence[int]:
        """What somebody may have had instead: every so manieth score, her own among them."""
        every = -(-len(self.ladder) // _CHOICES)
        return self.ladder[self.ladder.index(own) % every :: every]

    def sums(self, people: int) -> "Sums":
        top = (self.ladder[-1] - self.ladder[0]) // self.step
        return Sums(self, 1 + people * top, 1 + people * top * top)

    def block(self) -> int:
        """As many people as can be varied together in a moment."""
        half = 1
        most = _WAYS * (10 if len(self.ladder) <= _SHORT else 1)
        while half < _HALF and self._ways(half + 1) <= most:
            half += 1
        return 2 * half

    def _ways(self, people: int) -> int:
        """What so many can have, who had every score before alike often; who had the same are not
        told apart."""
        levels, choices = len(self.ladder), min(len(self.ladder), _CHOICES)
        alike = (len(range(level, people, levels)) for level in range(levels))
        return prod(comb(each + choices - 1, each) for each in alike)


@dataclass(frozen=True)
class Sums:
    """All sums of people that depend on what they have afterwards, as one number: the sum is below
    `first`, the sum of squares below `second`."""

    scores: Scores
    first: int
    second: int

    def of(self, before: int, after: int) -> int:
        """What somebody adds to it."""
        low, step = self.scores.ladder[0], self.scores.step
        y = (after - low) // step
        if self.scores.change_only:
            # The square of the change, without what does not depend on y.
            return y + self.first * (step * y * y - 2 * (before - low) * y)
        return y + self.first * (y * y + self.second * before * y)


def worlds_around(people: Iterable[Waiting], scores: Scores) -> frozenset[Cells]:
    """How many of these people may have improved, stayed and worsened, the true numbers among
    them. Their sums are known, and nothing else but what each had before."""
    # In the order of their random ids, which tells nothing of what they answered.
    everybody = sorted(people, key=lambda each: each.id)
    varied = [each for each in everybody if each.after in scores.possible]
    found = {_moved([each for each in everybody if each.after not in scores.possible])}
    size = scores.block()
    for start in range(0, len(varied), size):
        some = varied[start : start + size]
        others = _others(some, scores) if start < size * _BLOCKS else {_moved(some)}
        found = {(a + c, b + d) for a, b in found for c, d in others}
    n = len(everybody)
    if not scores.higher_is_better:
        found = {(down, up) for up, down in found}
    return frozenset((better, n - better - worse, worse) for better, worse in found)


def _moved(people: Sequence[Waiting]) -> Moved:
    up = sum(each.after > each.before for each in people)
    return up, sum(each.after < each.before for each in people)


def _others(people: Sequence[Waiting], scores: Scores) -> set[Moved]:
    """How many may have gone up and down: all ways of one half beside all of the other."""
    sums, wide = scores.sums(len(people)), len(people) + 1
    by_before = sorted(people, key=lambda each: (each.before, each.id))
    one, two = (_ways(half, sums, wide) for half in (by_before[::2], by_before[1::2]))
    wanted = sum(sums.of(each.before, each.after) for each in people)
    found = 0
    for known, bits in one.items():
        rest = two.get(wanted - known, 0)
        for place in _places(bits) if rest else ():
            found |= rest << place
    return {divmod(place, wide) for place in _places(found)}


def _ways(people: Iterable[Waiting], sums: Sums, wide: int) -> dict[int, int]:
    """By sums: which numbers of people up and down can be, as bits in rows of `wide`."""
    found = {0: 1}
    for each in people:
        more: dict[int, int] = {}
        for after in sums.scores.choices(each.after):
            own = sums.of(each.before, after)
            shift = wide if after > each.before else int(after < each.before)
            for known, bits in found.items():
                more[known + own] = more.get(known + own, 0) | bits << shift
        found = more
    return found


def _places(bits: int) -> Iterator[int]:
    while bits:
        yield (bits & -bits).bit_length() - 1
        bits &= bits - 1
