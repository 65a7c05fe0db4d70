"""A regression in which each group (or each learner, over several waves) has its own intercept.

y = X b + u(group) + e, by restricted maximum likelihood. The ratio of both variances is searched
for, and given it all else is least squares of columns from which a part of the group's mean was
taken: Patterson & Thompson (1971), Biometrika 58, 545-554; Harville (1977), JASA 72, 320-338. The
intervals are of t and not of z, with the degrees of freedom that the caller says.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import exp, fsum, log, log1p, sqrt

from edu.outcomes.analysis.least_squares import Columns, Fit, fit
from edu.outcomes.analysis.not_given import NotGiven

_SMALLEST, _LARGEST = 1e-8, 1e8
_GOLDEN = (sqrt(5) - 1) / 2


@dataclass(frozen=True)
class Intercepts:
    """`between` is the variance of the groups' intercepts, `within` that inside of groups."""

    coefficients: tuple[float, ...]
    errors: tuple[float, ...]
    between: float
    within: float
    #: The search for the ratio ended where nothing is left inside of groups: whatever is compared
    #: within them has no spread to be judged by.
    nothing_within: bool

    @property
    def icc(self) -> float:
        """The share of the variance that lies between groups."""
        return self.between / (self.between + self.within)


def fit_intercepts(
    outcome: Sequence[float], columns: Columns, groups: Sequence[Hashable]
) -> Intercepts | NotGiven:
    """The fit by REML."""
    plain = fit(outcome, columns)
    if isinstance(plain, NotGiven):
        return plain
    if plain.rss <= 1e-18 * fsum(value * value for value in outcome):
        return NotGiven("nothing varies but what is explained, so there is nothing to judge by")
    if not 1 < len(set(groups)) < len(outcome):
        return NotGiven("groups of more than one, and more than one group, are needed")
    members: dict[Hashable, list[int]] = {}
    for place, group in enumerate(groups):
        members.setdefault(group, []).append(place)
    places = list(members.values())

    def at(ratio: float) -> Fit | NotGiven:
        return fit(
            _without_means(outcome, places, ratio),
            [_without_means(column, places, ratio) for column in columns],
        )

    def cost(ratio: float) -> float:
        found = at(ratio)
        if isinstance(found, NotGiven) or found.rss <= 0:
            return float("inf")
        spread = fsum(log1p(len(group) * ratio) for group in places)
        return found.df * log(found.rss) + spread + found.log_determinant

    ratio = _lowest(cost)
    found = at(ratio)
    if isinstance(found, NotGiven):
        return found
    within = found.rss / found.df
    return Intercepts(
        coefficients=found.coefficients,
        errors=tuple(found.error(place) for place in range(len(columns))),
        between=ratio * within,
        within=within,
        nothing_within=ratio > 0.999 * _LARGEST,
    )


def _without_means(
    column: Sequence[float], places: Sequence[Sequence[int]], ratio: float
) -> list[float]:
    left = list(column)
    for group in places:
        size = len(group)
        part = (1 - 1 / sqrt(1 + size * ratio)) * fsum(column[place] for place in group) / size
        for place in group:
            left[place] -= part
    return left


def _lowest(cost: Callable[[float], float]) -> float:
    """The ratio of least cost: 0, or the best of a row of powers, made exact by golden section."""
    low, high = log(_SMALLEST), log(_LARGEST)
    grid = [low + (high - low) * step / 48 for step in range(49)]
    costs = [cost(exp(point)) for point in grid]
    best = min(range(len(grid)), key=costs.__getitem__)
    a, b = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    c, d = b - _GOLDEN * (b - a), a + _GOLDEN * (b - a)
    at_c, at_d = cost(exp(c)), cost(exp(d))
    while b - a > 1e-9:
        if at_c < at_d:
            b, d, at_d = d, c, at_c
            c = b - _GOLDEN * (b - a)
            at_c = cost(exp(c))
        else:
            a, c, at_c = c, d, at_d
            d = a + _GOLDEN * (b - a)
            at_d = cost(exp(d))
    ratio = exp((a + b) / 2)
    return 0.0 if cost(0.0) <= cost(ratio) else ratio
