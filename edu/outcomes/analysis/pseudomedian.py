"""The median of the means of all pairs of changes, each with itself too.

Hodges & Lehmann (1963), Annals of Mathematical Statistics 34, 598-611. Ten thousand people are
fifty million pairs, so none of them is written down: how many pairs have no larger sum than a
number is counted in one walk, and the number is found by halving what lies between the ends.
"""

import struct
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate


def pseudomedian(changes: Sequence[float]) -> float:
    """Of these changes; 0 of none."""
    if not changes:
        return 0.0
    sums = _Sums(Counter(map(float, changes)))
    half = (sums.pairs + 1) // 2
    lower = sums.smallest(half)
    if sums.pairs % 2 or sums.up_to(lower) > half:
        return lower / 2
    return (lower + sums.above(lower)) / 4


class _Sums:
    """The sums of all pairs of numbers, each with itself too."""

    def __init__(self, numbers: Mapping[float, int]) -> None:
        self.values = sorted(numbers)
        self.times = [numbers[value] for value in self.values]
        #: How many people have one of the first so many values.
        self.people = list(accumulate(self.times, initial=0))
        self.pairs = self.people[-1] * (self.people[-1] + 1) // 2

    def up_to(self, limit: float) -> int:
        """How many pairs have a sum of at most this."""
        found = sum(
            times * (self.people[fitting] + (value + value <= limit))
            for value, times, fitting in zip(
                self.values, self.times, self._fitting(limit), strict=True
            )
        )
        # Each pair of two was counted from both ends, and each with itself twice as well.
        return found // 2

    def above(self, limit: float) -> float:
        """The smallest sum that is larger than this."""
        return min(
            value + self.values[fitting]
            for value, fitting in zip(self.values, self._fitting(limit), strict=True)
            if fitting < len(self.values)
        )

    def _fitting(self, limit: float) -> Iterator[int]:
        """For each value, how many values have a sum with it of at most this: fewer and fewer."""
        fitting = len(self.values)
        for value in self.values:
            while fitting and value + self.values[fitting - 1] > limit:
                fitting -= 1
            yield fitting

    def smallest(self, place: int) -> float:
        """The sum that would stand at this place, counted from 1, if all stood in order."""
        low, high = (_rank(2 * end) for end in (self.values[0], self.values[-1]))
        while low < high:
            middle = (low + high) // 2
            if self.up_to(_of_rank(middle)) < place:
                low = middle + 1
            else:
                high = middle
        return _of_rank(low)


def _rank(number: float) -> int:
    """The place of a number among all numbers that a computer knows, so that they can be halved in
    on to the last bit."""
    bits: int = struct.unpack("<q", struct.pack("<d", number))[0]
    return bits if bits >= 0 else -(bits & 0x7FFF_FFFF_FFFF_FFFF)


def _of_rank(rank: int) -> float:
    number: float = struct.unpack("<d", struct.pack("<q", abs(rank)))[0]
    return number if rank >= 0 else -number
