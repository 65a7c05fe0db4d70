"""The scores of a CSV as whole numbers, on which all arithmetic is exact."""

from dataclasses import dataclass
from functools import cached_property

from edu.outcomes.columns import Row
from edu.outcomes.paired import PairedChange


@dataclass(frozen=True)
class Scores:
    """Rows with their waves in units (`units` make one point); `change` is that of the matched.

    What differs by at most `noise` points is equal.
    """

    rows: tuple[Row, ...]
    waves: tuple[tuple[int | None, ...], ...]
    looking_back: tuple[int | None, ...]
    units: int
    noise: float
    change: PairedChange

    @cached_property
    def matched(self) -> list[tuple[Row, int, int]]:
        """Rows with a value before and after, and these."""
        return [
            (row, x, y)
            for row, (x, y, *_) in zip(self.rows, self.waves, strict=True)
            if x is not None and y is not None
        ]

    @property
    def changes(self) -> list[int]:
        """The changes of the matched rows, in units."""
        return [y - x for _, x, y in self.matched]

    def points(self, value: float) -> float:
        """A number of units in points."""
        return value / self.units
