"""Student's t distribution in pure Python, so that a web process never loads a statistics library.

Formulas: Abramowitz & Stegun, Handbook of Mathematical Functions: 6.1.41 (Stirling's series),
26.5.8 (incomplete beta as a continued fraction), 26.7.1 (t by the incomplete beta). The
fraction is evaluated by the modified Lentz method.
"""

from functools import lru_cache
from math import exp, inf, isfinite, lgamma, log, log1p, pi, sqrt

_TINY = 1e-300
_PRECISION = 1e-16
_HALF_LOG_TWO_PI = 0.5 * log(2 * pi)


def log_beta(a: float, b: float) -> float:
    """log B(a, b) for a, b > 0, without the cancellation of three large `lgamma` values."""
    small, large = sorted((a, b))
    if large < 10:
        return lgamma(small) + lgamma(large) - lgamma(small + large)
    both = small + large
    rest = _stirling(large) - _stirling(both) + (large - 0.5) * log1p(-small / both)
    if small < 10:
        return lgamma(small) + small - small * log(both) + rest
    return (
        _HALF_LOG_TWO_PI
        + _stirling(small)
        + (small - 0.5) * log(small / both)
        - 0.5 * log(both)
        + rest
    )


def _stirling(x: float) -> float:
    """What Stirling's approximation of log Gamma(x) leaves over, for x >= 10."""
    y = 1 / (x * x)
    series = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
    total = 0.0
    for coefficient in reversed(series):
        total = total * y + coefficient
    return total / x


def beta_tails(x: float, y: float, a: float, b: float) -> tuple[float, float]:
    """I_x(a, b) and I_y(b, a), where x + y = 1: the two sum to 1, and both are exact when tiny.

    Both x and y are asked for, because 1 - x has lost the digits when x is close to 1.
    """
    if x <= 0 or y <= 0:
        return (0.0, 1.0) if x <= 0 else (1.0, 0.0)
    log_x = log1p(-y) if y < x else log(x)
    log_y = log1p(-x) if x < y else log(y)
    front = exp(a * log_x + b * log_y - log_beta(a, b))
    if x < (a + 1) / (a + b + 2):
        lower = front * _beta_fraction(x, a, b) / a
        return lower, 1 - lower
    upper = front * _beta_fraction(y, b, a) / b
    return 1 - upper, upper


def _beta_fraction(x: float, a: float, b: float) -> float:
    c = 1.0
    d = 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, 100_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / _away_from_zero(1 + step * d)
            c = _away_from_zero(1 + step / c)
            result *= c * d
        if abs(c * d - 1) < _PRECISION:
            return result
    raise ArithmeticError(f"the incomplete beta function did not converge at {x}, {a}, {b}")


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def t_cdf(t: float, df: float) -> float:
    """P(T <= t) for Student's t with `df` > 0 degrees of freedom, whole or not."""
    return t_sf(-t, df)


def t_sf(t: float, df: float) -> float:
    """P(T > t), with all its digits far out in the tail."""
    if not df > 0:
        raise ValueError(f"degrees of freedom must be above 0, not {df}")
    outside, inside = _two_sides(abs(t), df)
    return outside / 2 if t >= 0 else 0.5 + inside / 2


def _two_sides(t: float, df: float) -> tuple[float, float]:
    """P(|T| > t) and P(|T| <= t)."""
    if t == inf:
        return 0.0, 1.0
    if t * t > df:  # the same two shares, without a square that could overflow
        ratio = df / t / t
        return beta_tails(ratio / (1 + ratio), 1 / (1 + ratio), df / 2, 0.5)
    ratio = t * t / df
    return beta_tails(1 / (1 + ratio), ratio / (1 + ratio), df / 2, 0.5)


@lru_cache(maxsize=4096)
def t_quantile(p: float, df: float) -> float:
    """The t with P(T <= t) = p, for 0 < p < 1. Newton's method, kept inside a bracket."""
    if not 0 < p < 1:
        raise ValueError(f"a quantile needs a probability between 0 and 1, not {p}")
    if not df > 0:
        raise ValueError(f"degrees of freedom must be above 0, not {df}")
    if p == 0.5:
        return 0.0
    low, high = 0.0, 1.0
    while _too_much_outside(high, df, p) > 0:
        low, high = high, 2 * high
        if not isfinite(high):
            raise ArithmeticError(f"the quantile of {p} with {df} degrees of freedom is too large")
    t = (low + high) / 2
    log_density = -log_beta(df / 2, 0.5) - log(df) / 2
    for _ in range(200):
        excess = _too_much_outside(t, df, p)
        low, high = (t, high) if excess > 0 else (low, t)
        density = exp(log_density - (df + 1) / 2 * log1p(t / df * t))
        following = t + excess / density if density > 0 else inf
        if not low < following < high:
            following = (low + high) / 2
        if abs(following - t) <= 4e-16 * t:
            break
        t = following
    return t if p > 0.5 else -t


def _too_much_outside(t: float, df: float, p: float) -> float:
    """By how much P(T > t) is above the wanted tail, from whichever side keeps its digits."""
    outside, inside = _two_sides(t, df)
    tail = min(p, 1 - p)  # 1 - p and p - 1/2 are exact here
    return outside / 2 - tail if tail < 0.25 else abs(p - 0.5) - inside / 2


def small_sample_factor(df: float) -> float:
    """Hedges' exact J: Gamma(df/2) / (sqrt(df/2) Gamma((df-1)/2)), for df > 1.

    Source: Hedges (1981), Journal of Educational Statistics 6(2), 107-128.
    """
    if not df > 1:
        raise ValueError(f"the factor needs more than 1 degree of freedom, not {df}")
    return sqrt(pi) / (sqrt(df / 2) * exp(log_beta((df - 1) / 2, 0.5)))
