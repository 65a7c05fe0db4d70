"""The noncentral t distribution, for power and for intervals of standardised effects.

T = (Z + noncentrality) / S with S = sqrt(chi-square / df), so P(T <= t) is the mean over S of
P(Z <= t S - noncentrality): Johnson, Kotz & Balakrishnan (1995), Continuous Univariate
Distributions 2, chapter 31. The mean is a sum with equal steps of log S, which for so smooth a
function is right to the last digits, and sums positive terms only: both tails stay exact.
"""

from math import erfc, exp, expm1, lgamma, log, sqrt

from edu.outcomes.analysis.tails import root
from edu.outcomes.paired import CONFIDENCE, Interval

_ROOT_TWO = sqrt(2)
_ENOUGH = -62.0  # exp of this is far below the last digit of 1


def noncentral_t_sf(t: float, df: float, noncentrality: float) -> float:
    """P(T > t)."""
    return noncentral_t_cdf(-t, df, -noncentrality)


def noncentral_t_cdf(t: float, df: float, noncentrality: float) -> float:
    """P(T <= t) for `df` >= 1."""
    if not df >= 1:
        raise ValueError(f"degrees of freedom must be 1 or more, not {df}")
    step = 0.15 * min(1 / sqrt(2 * df), 1 / (1 + abs(t)))
    front = log(2) + df / 2 * log(df / 2) - lgamma(df / 2) - df / 2
    total = _term(0.0, t, df, noncentrality)
    for direction in (step, -step):
        u = direction
        while (height := df * (u - expm1(2 * u) / 2)) > _ENOUGH:
            total += exp(height) * _normal(t * exp(u) - noncentrality)
            u += direction
    return min(1.0, total * step * exp(front))


def _term(u: float, t: float, df: float, noncentrality: float) -> float:
    return exp(df * (u - expm1(2 * u) / 2)) * _normal(t * exp(u) - noncentrality)


def _normal(z: float) -> float:
    return erfc(-z / _ROOT_TWO) / 2


def noncentrality_interval(t: float, df: float) -> Interval:
    """The noncentralities that a t as this one leaves likely.

    Steiger & Fouladi (1997), in Harlow et al., What If There Were No Significance Tests?
    """
    tail = (1 - CONFIDENCE) / 2
    width = 8 * sqrt(1 + t * t / (2 * df)) + 8
    low = root(lambda nc: noncentral_t_sf(t, df, nc) - tail, t - width, t + width)
    high = root(lambda nc: tail - noncentral_t_cdf(t, df, nc), t - width, t + width)
    return Interval(low, high)
