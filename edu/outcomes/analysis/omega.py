"""McDonald's omega total of one factor: how much of the sum's variance the items share.

McDonald (1999), Test Theory, chapter 6: (sum of loadings) squared by that plus the sum of unique
variances. Loadings by maximum likelihood, through EM: Rubin & Thayer (1982), Psychometrika 47,
69-76. With Heywood's case (no unique variance left to an item) there is no omega.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from edu.outcomes.analysis.alpha import FROM, Matrix, covariances
from edu.outcomes.analysis.least_squares import dot
from edu.outcomes.analysis.not_given import NotGiven

_STEPS = 20_000
_CLOSE = 1e-11
_HEYWOOD = 1e-4


@dataclass(frozen=True)
class Omega:
    """Loadings and unique variances are in the items' own points."""

    omega: float
    loadings: tuple[float, ...]
    uniquenesses: tuple[float, ...]


def omega(rows: Matrix) -> Omega | NotGiven:
    """From people's item scores, reversed items already turned round."""
    if len(rows) < FROM:
        return NotGiven(f"fewer than {FROM} people answered every item")
    return omega_of(covariances(rows))


def omega_of(matrix: Matrix) -> Omega | NotGiven:
    """From the items' covariances."""
    size = len(matrix)
    if size < 3:
        return NotGiven("one factor cannot be told from fewer than three items")
    spread = [sqrt(matrix[place][place]) for place in range(size)]
    if not all(spread):
        return NotGiven("everybody answered an item alike, so there is no spread to judge by")
    correlations = [
        [matrix[row][place] / spread[row] / spread[place] for place in range(size)]
        for row in range(size)
    ]
    found = _one_factor(correlations)
    if found is None:
        return NotGiven("one factor does not fit these items")
    loadings = [value * by for value, by in zip(found[0], spread, strict=True)]
    own = [value * by * by for value, by in zip(found[1], spread, strict=True)]
    shared = fsum(loadings) ** 2
    return Omega(shared / (shared + fsum(own)), tuple(loadings), tuple(own))


def _one_factor(matrix: Matrix) -> tuple[list[float], list[float]] | None:
    """Loadings and unique variances of a correlation matrix; None where it does not settle."""
    loadings = [sqrt(max(0.1, fsum(row) - 1) / len(matrix)) for row in matrix]
    loadings = [min(value, 0.9) for value in loadings]
    own = [1 - value * value for value in loadings]
    for _ in range(_STEPS):
        before = loadings
        loadings, own = _step(matrix, loadings, own)
        if min(own) < _HEYWOOD:
            return None
        if max(abs(x - y) for x, y in zip(loadings, before, strict=True)) < _CLOSE:
            return (loadings, own) if fsum(loadings) >= 0 else ([-x for x in loadings], own)
    return None


def _step(
    matrix: Matrix, loadings: Sequence[float], own: Sequence[float]
) -> tuple[list[float], list[float]]:
    parts = [value / unique for value, unique in zip(loadings, own, strict=True)]
    whole = 1 + dot(parts, loadings)
    weights = [part / whole for part in parts]
    together = [dot(row, weights) for row in matrix]
    expected = 1 - dot(weights, loadings) + dot(weights, together)
    new = [value / expected for value in together]
    left = [row[place] - new[place] * together[place] for place, row in enumerate(matrix)]
    return new, left
