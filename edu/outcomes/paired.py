"""Did this group change? The paired change of matched learners, from exact sums.

Six integers say all that the mean change and its interval need. They can be added up over
groups and languages, and a learner who withdraws is subtracted without a trace.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import copysign, sqrt
from typing import Self

from edu.outcomes.distributions import t_quantile
from edu.quizzes.instrument import HigherMeans
from edu.quizzes.scoring import UNITS

#: Below this many matched learners nothing is computed.
DESCRIBE_FROM = 5
#: Below this many there is no interval, and so no verdict.
INTERVAL_FROM = 10
#: How sure the interval is.
CONFIDENCE = 0.95


@dataclass(frozen=True)
class PairSums:
    """Sums over matched pairs of integers: `x` before, `y` after, both in units."""

    n: int = 0
    sx: int = 0
    sy: int = 0
    sxx: int = 0
    syy: int = 0
    sxy: int = 0

    def __add__(self, other: Self) -> Self:
        return type(self)(
            self.n + other.n,
            self.sx + other.sx,
            self.sy + other.sy,
            self.sxx + other.sxx,
            self.syy + other.syy,
            self.sxy + other.sxy,
        )

    def __sub__(self, other: Self) -> Self:
        """The sums without some of their pairs. Raises ValueError when there are not so many."""
        if other.n > self.n:
            raise ValueError(f"cannot take {other.n} pairs from {self.n}")
        return type(self)(
            self.n - other.n,
            self.sx - other.sx,
            self.sy - other.sy,
            self.sxx - other.sxx,
            self.syy - other.syy,
            self.sxy - other.sxy,
        )

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[int, int]]) -> Self:
        n = sx = sy = sxx = syy = sxy = 0
        for x, y in pairs:
            n += 1
            sx += x
            sy += y
            sxx += x * x
            syy += y * y
            sxy += x * y
        return cls(n, sx, sy, sxx, syy, sxy)


@dataclass(frozen=True)
class Counts:
    """How many matched learners moved which way; better and worse, not up and down."""

    improved: int = 0
    same: int = 0
    worsened: int = 0

    @property
    def n(self) -> int:
        return self.improved + self.same + self.worsened

    def __add__(self, other: Self) -> Self:
        return type(self)(
            self.improved + other.improved, self.same + other.same, self.worsened + other.worsened
        )

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[int, int]], higher_means: HigherMeans) -> Self:
        up = same = down = 0
        for x, y in pairs:
            up += y > x
            same += y == x
            down += y < x
        if higher_means is HigherMeans.BETTER:
            return cls(up, same, down)
        return cls(down, same, up)


class Verdict(StrEnum):
    """What may be said of a change: told by the whole interval, never by its middle."""

    CLEAR_IMPROVEMENT = "clear_improvement"
    UNCLEAR = "unclear"
    POSSIBLE_BACKFIRE = "possible_backfire"
    TOO_FEW = "too_few"
    NOT_ESTIMABLE = "not_estimable"


class Why(StrEnum):
    """Why a figure is not given."""

    TOO_FEW_TO_DESCRIBE = "fewer than 5 people could be matched"
    TOO_FEW_FOR_INTERVAL = "fewer than 10 people could be matched"
    CONSTANT_CHANGE = "everybody changed by the same amount, so there is no spread to judge by"
    CONSTANT_SCORES = "everybody had the same score, so there is no spread to judge by"
    CONSTANT_BEFORE = "everybody had the same score before, so there is no spread to divide by"


@dataclass(frozen=True)
class Interval:
    """The true average is likely between `low` and `high`."""

    low: float
    high: float


@dataclass(frozen=True)
class PairedChange:
    """The change of one group, in points; change is after - before, whatever higher means.

    A figure that is not given is None and has a reason; nothing is ever infinite or NaN.
    `standard_error` and `interval` begin at 10 matched learners, the rest but `n` at 5.
    """

    n: int
    higher_means: HigherMeans
    counts: Counts | None = None
    mean_before: float | None = None
    mean_after: float | None = None
    sd_before: float | None = None
    sd_after: float | None = None
    mean_change: float | None = None
    sd_change: float | None = None
    correlation: float | None = None
    standard_error: float | None = None
    interval: Interval | None = None

    @classmethod
    def from_sums(
        cls,
        sums: PairSums,
        *,
        higher_means: HigherMeans,
        counts: Counts | None = None,
        units: int = UNITS,
        noise: float = 0.0,
    ) -> Self:
        """The change that these sums hold; `units` of them make one point.

        `counts` come from the same pairs: another number of learners raises ValueError. An SD
        of at most `noise` points is taken as 0, because numbers that were rounded earlier never
        vary by exactly nothing, and would give a false certainty.
        """
        n = sums.n
        if counts is not None and counts.n != n:
            raise ValueError(f"counts of {counts.n} learners beside sums of {n}")
        if n < DESCRIBE_FROM:
            return cls(n, higher_means, counts)
        points, total = n * units, sums.sy - sums.sx
        sd_before = _sd(n, sums.sx, sums.sxx, units, noise)
        sd_after = _sd(n, sums.sy, sums.syy, units, noise)
        squares = (sums.sxx + sums.syy - 2 * sums.sxy) if sd_before or sd_after else 0
        sd_change = _sd(n, total, squares, units, noise) if squares else 0.0
        error = sd_change / sqrt(n) if n >= INTERVAL_FROM and sd_change else None
        return cls(
            n=n,
            higher_means=higher_means,
            counts=counts,
            mean_before=sums.sx / points,
            mean_after=sums.sy / points,
            sd_before=sd_before,
            sd_after=sd_after,
            mean_change=total / points,
            sd_change=sd_change,
            correlation=_correlation(sums) if sd_before and sd_after else None,
            standard_error=error,
            interval=None if error is None else _interval(total / points, error, n - 1),
        )

    @classmethod
    def from_pairs(
        cls,
        pairs: Iterable[tuple[int, int]],
        *,
        higher_means: HigherMeans,
        units: int = UNITS,
        noise: float = 0.0,
    ) -> Self:
        """The change of these pairs (before, after), counts and all."""
        pairs = list(pairs)
        return cls.from_sums(
            PairSums.from_pairs(pairs),
            higher_means=higher_means,
            counts=Counts.from_pairs(pairs, higher_means),
            units=units,
            noise=noise,
        )

    @property
    def why_no_means(self) -> Why | None:
        return Why.TOO_FEW_TO_DESCRIBE if self.n < DESCRIBE_FROM else None

    @property
    def why_no_correlation(self) -> Why | None:
        if self.correlation is None and self.n >= DESCRIBE_FROM:
            return Why.CONSTANT_SCORES
        return self.why_no_means

    @property
    def why_no_interval(self) -> Why | None:
        if self.interval is None and self.n >= INTERVAL_FROM:
            return Why.CONSTANT_CHANGE
        return Why.TOO_FEW_FOR_INTERVAL if self.n < INTERVAL_FROM else None

    @property
    def verdict(self) -> Verdict:
        """An interval that touches zero is unclear; which side is better, the scale says."""
        if self.n < INTERVAL_FROM:
            return Verdict.TOO_FEW
        if self.interval is None:
            return Verdict.NOT_ESTIMABLE
        low, high = self.interval.low, self.interval.high
        if self.higher_means is HigherMeans.WORSE:
            low, high = -high, -low
        if low > 0:
            return Verdict.CLEAR_IMPROVEMENT
        return Verdict.POSSIBLE_BACKFIRE if high < 0 else Verdict.UNCLEAR


def _interval(mean: float, error: float, df: int) -> Interval:
    half = t_quantile(0.5 + CONFIDENCE / 2, df) * error
    return Interval(mean - half, mean + half)


def _sd(n: int, total: int, squares: int, units: int, noise: float) -> float:
    # All whole numbers until the one division: no digits cancel, and equal values give 0.
    sd = sqrt((n * squares - total * total) / (n * (n - 1) * units * units))
    return sd if sd > noise else 0.0


def _correlation(sums: PairSums) -> float:
    n = sums.n
    before = n * sums.sxx - sums.sx * sums.sx
    after = n * sums.syy - sums.sy * sums.sy
    both = n * sums.sxy - sums.sx * sums.sy
    return copysign(sqrt(both * both / (before * after)), both)
