"""Do the items of a scale go together here? Cronbach's alpha, and each item beside the rest.

Cronbach (1951), Psychometrika 16, 297-334. Interval: Feldt, Woodruff & Salih (1987), Applied
Psychological Measurement 11, 93-103. Answers are those of people who answered every item. An item
that everybody answered alike stays in: it is part of the scale, and is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from edu.outcomes.analysis.moments import covariance, variance
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.tails import f_quantile
from edu.outcomes.paired import CONFIDENCE, Interval

#: From so many people reliability is looked at.
FROM = 50

Matrix = Sequence[Sequence[float]]


@dataclass(frozen=True)
class ItemFigures:
    """`rest` is the correlation with the sum of the other items; None where one does not vary.

    `alpha_without` is alpha of the other items. `suspect`: the correlation is below 0, as when an
    item was not turned round, or means something else in this language.
    """

    rest: float | None
    alpha_without: float | None

    @property
    def suspect(self) -> bool:
        return self.rest is not None and self.rest < 0


@dataclass(frozen=True)
class Alpha:
    """Alpha with its interval, and the items in their order; `constant` are their places."""

    n: int
    alpha: float
    interval: Interval
    items: tuple[ItemFigures, ...]
    constant: tuple[int, ...]


def alpha(rows: Matrix) -> Alpha | NotGiven:
    """From people's item scores, reversed items already turned round."""
    n = len(rows)
    if n < FROM:
        return NotGiven(f"fewer than {FROM} people answered every item")
    matrix = covariances(rows)
    value = alpha_of(matrix)
    if value is None:
        return NotGiven("a scale of one item, or one that does not vary, has no alpha")
    k = len(matrix)
    tail, first, second = (1 - CONFIDENCE) / 2, n - 1, (n - 1) * (k - 1)
    return Alpha(
        n=n,
        alpha=value,
        interval=Interval(
            1 - (1 - value) * f_quantile(1 - tail, first, second),
            1 - (1 - value) * f_quantile(tail, first, second),
        ),
        items=items_of(matrix),
        constant=tuple(place for place in range(k) if not matrix[place][place]),
    )


def covariances(rows: Matrix) -> list[list[float]]:
    """The covariances of the items (n - 1)."""
    columns = list(zip(*rows, strict=True))
    found = [[0.0] * len(columns) for _ in columns]
    spread = [variance(column) for column in columns]
    for row, one in enumerate(columns):
        found[row][row] = spread[row]
        for place in range(row):
            if spread[row] and spread[place]:
                found[row][place] = found[place][row] = covariance(one, columns[place])
    return found


def alpha_of(matrix: Matrix) -> float | None:
    """Alpha of a covariance matrix; None for one item, and where the sum does not vary."""
    k = len(matrix)
    whole = fsum(fsum(row) for row in matrix)
    own = fsum(matrix[place][place] for place in range(k))
    if k < 2 or whole <= 1e-12 * own or not own:
        return None
    return k / (k - 1) * (1 - own / whole)


def items_of(matrix: Matrix) -> tuple[ItemFigures, ...]:
    """Each item beside the rest, from a covariance matrix."""
    return tuple(_item(matrix, place) for place in range(len(matrix)))


def _item(matrix: Matrix, place: int) -> ItemFigures:
    others = [other for other in range(len(matrix)) if other != place]
    left = [[matrix[row][column] for column in others] for row in others]
    together = fsum(matrix[place][other] for other in others)
    rest = fsum(fsum(row) for row in left)
    both = matrix[place][place] * rest
    return ItemFigures(together / sqrt(both) if both > 0 else None, alpha_of(left))
