"""Means, spreads and the t interval of plain numbers.

Sums are exact (`math.fsum`) and in two passes, so that figures far from zero lose no digits.
"""

from collections.abc import Sequence
from math import fsum, sqrt

from edu.outcomes.distributions import t_quantile
from edu.outcomes.paired import CONFIDENCE, Interval

#: A spread below this share of the largest value is the rounding of numbers such as 1/3.
NOISE = 1e-9


def mean(values: Sequence[float]) -> float:
    """The mean of at least one value."""
    return fsum(values) / len(values)


def variance(values: Sequence[float]) -> float:
    """The variance (n - 1) of at least two values; exactly 0 where they differ by noise only."""
    middle = mean(values)
    squares = fsum((value - middle) ** 2 for value in values)
    found = squares / (len(values) - 1)
    return found if sqrt(found) > NOISE * max(map(abs, values)) else 0.0


def sd(values: Sequence[float]) -> float:
    """The standard deviation (n - 1) of at least two values."""
    return sqrt(variance(values))


def covariance(some: Sequence[float], others: Sequence[float]) -> float:
    """The covariance (n - 1) of two columns of the same length, at least 2."""
    one, two = mean(some), mean(others)
    products = fsum((x - one) * (y - two) for x, y in zip(some, others, strict=True))
    return products / (len(some) - 1)


def correlation(some: Sequence[float], others: Sequence[float]) -> float | None:
    """Pearson's correlation; None where one column does not vary."""
    one, two = sd(some), sd(others)
    return covariance(some, others) / (one * two) if one and two else None


def t_interval(estimate: float, error: float, df: float) -> Interval:
    """The 95 % interval of an estimate with this standard error and degrees of freedom."""
    half = t_quantile(0.5 + CONFIDENCE / 2, df) * error
    return Interval(estimate - half, estimate + half)


def welch_df(one: float, n: int, two: float, m: int) -> float:
    """Degrees of freedom for two variances that may differ. Welch (1947), Biometrika 34, 28-35."""
    a, b = one / n, two / m
    return (a + b) ** 2 / (a * a / (n - 1) + b * b / (m - 1))
