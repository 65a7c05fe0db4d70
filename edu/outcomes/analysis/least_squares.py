"""Ordinary least squares, with standard errors for people who were taught in groups.

The columns are made orthogonal one by one, twice over (Gram and Schmidt), which keeps the digits
that normal equations lose: Björck (1996), Numerical Methods for Least Squares Problems, 2.4. CR1:
the cluster-robust variance with the usual small-sample factor, Cameron & Miller (2015), Journal of
Human Resources 50, 317-372.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum, log, sqrt

from edu.outcomes.analysis.not_given import NotGiven

Columns = Sequence[Sequence[float]]

# A column that is a combination of the others but for this share of its length adds nothing.
_NOISE = 1e-9


def dot(some: Sequence[float], others: Sequence[float]) -> float:
    return fsum(x * y for x, y in zip(some, others, strict=True))


@dataclass(frozen=True)
class Fit:
    """`outcome` as the sum of `columns` times `coefficients`, and what is left over."""

    columns: tuple[tuple[float, ...], ...]
    coefficients: tuple[float, ...]
    residuals: tuple[float, ...]
    #: The inverse of the columns' products with one another, and the logarithm of how large
    #: their determinant is.
    inverse: tuple[tuple[float, ...], ...]
    log_determinant: float

    @property
    def n(self) -> int:
        return len(self.residuals)

    @property
    def df(self) -> int:
        """Degrees of freedom that are left for the residuals."""
        return self.n - len(self.columns)

    @cached_property
    def rss(self) -> float:
        """The residuals' sum of squares."""
        return dot(self.residuals, self.residuals)

    def error(self, place: int) -> float:
        """The standard error of a coefficient, for people who have nothing to do with another."""
        return sqrt(self.rss / self.df * self.inverse[place][place])

    def error_by_groups(self, place: int, groups: Sequence[Hashable]) -> float:
        """The CR1 standard error of a coefficient, for people who were taught in `groups`."""
        weights = [dot(self.inverse[place], row) for row in zip(*self.columns, strict=True)]
        sums: dict[Hashable, float] = {}
        for group, weight, residual in zip(groups, weights, self.residuals, strict=True):
            sums[group] = sums.get(group, 0.0) + weight * residual
        number = len(sums)
        factor = number / (number - 1) * (self.n - 1) / self.df
        return sqrt(factor * fsum(value * value for value in sums.values()))


def fit(outcome: Sequence[float], columns: Columns) -> Fit | NotGiven:
    """The fit. Not given where people are too few or a column says nothing of its own."""
    size = len(columns)
    if len(outcome) <= size:
        return NotGiven("there are not more people than figures to estimate")
    basis: list[list[float]] = []
    upper = [[0.0] * size for _ in range(size)]
    for place, column in enumerate(columns):
        rest, parts = _apart(column, basis)
        length = sqrt(dot(rest, rest))
        if length <= _NOISE * sqrt(dot(column, column)):
            return NotGiven("one of the columns says nothing that the others do not say")
        for row, part in enumerate(parts):
            upper[row][place] = part
        upper[place][place] = length
        basis.append([value / length for value in rest])
    residuals, parts = _apart(outcome, basis)
    back = _inverted(upper)
    return Fit(
        columns=tuple(map(tuple, columns)),
        coefficients=tuple(dot(row, parts) for row in back),
        residuals=tuple(residuals),
        inverse=tuple(tuple(dot(one, two) for two in back) for one in back),
        log_determinant=2 * fsum(log(upper[place][place]) for place in range(size)),
    )


def _apart(column: Sequence[float], basis: Columns) -> tuple[list[float], list[float]]:
    """What is left of a column without its parts along the basis, and those parts."""
    rest = list(column)
    parts = [0.0] * len(basis)
    for _ in range(2):
        for place, direction in enumerate(basis):
            part = dot(direction, rest)
            parts[place] += part
            rest = [x - part * y for x, y in zip(rest, direction, strict=True)]
    return rest, parts


def _inverted(upper: Columns) -> list[list[float]]:
    """The inverse of an upper triangle."""
    size = len(upper)
    found = [[0.0] * size for _ in range(size)]
    for column in range(size):
        for row in range(column, -1, -1):
            known = fsum(upper[row][k] * found[k][column] for k in range(row + 1, column + 1))
            found[row][column] = ((row == column) - known) / upper[row][row]
    return found
