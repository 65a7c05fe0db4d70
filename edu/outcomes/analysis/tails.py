"""Normal, chi-square and F distributions in pure Python, and a search for their quantiles.

Formulas: Abramowitz & Stegun, Handbook of Mathematical Functions: 6.5.29 (incomplete gamma as a
series), 6.5.31 (as a continued fraction, by the modified Lentz method), 26.4.19 (chi-square by the
incomplete gamma), 26.6.2 (F by the incomplete beta).
"""

from collections.abc import Callable
from math import erfc, exp, lgamma, log, sqrt
from statistics import NormalDist

from edu.outcomes.distributions import beta_tails

_TINY = 1e-300
_PRECISION = 1e-16


def normal_sf(z: float) -> float:
    """P(Z > z)."""
    return erfc(z / sqrt(2)) / 2


def normal_quantile(p: float) -> float:
    """The z with P(Z <= z) = p, for 0 < p < 1."""
    return NormalDist().inv_cdf(p)


def chi_square_sf(x: float, df: float) -> float:
    """P(X > x) for `df` > 0 degrees of freedom."""
    if not df > 0:
        raise ValueError(f"degrees of freedom must be above 0, not {df}")
    if x <= 0:
        return 1.0
    a, half = df / 2, x / 2
    front = exp(a * log(half) - half - lgamma(a))
    if half < a + 1:
        return 1 - front * _gamma_series(a, half)
    return front * _gamma_fraction(a, half)


def _gamma_series(a: float, x: float) -> float:
    term = total = 1 / a
    step = a
    while abs(term) > _PRECISION * total:
        step += 1
        term *= x / step
        total += term
    return total


def _gamma_fraction(a: float, x: float) -> float:
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / b
    result = d
    for m in range(1, 100_000):
        numerator = -m * (m - a)
        b += 2
        d = 1 / _away_from_zero(numerator * d + b)
        c = _away_from_zero(b + numerator / c)
        result *= c * d
        if abs(c * d - 1) < 4 * _PRECISION:
            return result
    raise ArithmeticError(f"the incomplete gamma function did not converge at {a}, {x}")


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def f_sf(x: float, numerator: float, denominator: float) -> float:
    """P(F > x) with these degrees of freedom."""
    if x <= 0:
        return 1.0
    part, whole = numerator * x, numerator * x + denominator
    return beta_tails(part / whole, denominator / whole, numerator / 2, denominator / 2)[1]


def f_quantile(p: float, numerator: float, denominator: float) -> float:
    """The x with P(F <= x) = p, for 0 < p < 1."""
    high = 1.0
    while f_sf(high, numerator, denominator) > 1 - p:
        high *= 2
    return root(lambda x: 1 - p - f_sf(x, numerator, denominator), 0.0, high)


def root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function crosses 0 between `low` and `high`, to the last digit.

    By halving: it cannot leave the bracket, and needs no derivative.
    """
    for _ in range(200):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        if function(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
