"""Ordinal logistic regression (proportional odds) by maximum likelihood.

McCullagh (1980), Journal of the Royal Statistical Society B 42, 109-142: the log odds of an answer
up to option j are a threshold of j minus x b. Newton's method with halved steps; people alike in
answer and columns are counted together.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, log

from edu.outcomes.analysis.not_given import NotGiven

_STEPS = 60
_LARGEST = 30.0


@dataclass(frozen=True)
class Ordinal:
    """`thresholds` rise; a `slope` above 0 means higher answers."""

    thresholds: tuple[float, ...]
    slopes: tuple[float, ...]
    log_likelihood: float


def fit_ordinal(answers: Sequence[float], columns: Sequence[Sequence[float]]) -> Ordinal | NotGiven:
    """The fit of answers (any numbers, in their order) by columns."""
    options = sorted(set(answers))
    if len(options) < 2:
        return NotGiven("everybody answered alike, so there is nothing to explain")
    codes = {option: code for code, option in enumerate(options)}
    rows = Counter(
        (codes[answer], tuple(column[place] for column in columns))
        for place, answer in enumerate(answers)
    )
    point = _start([codes[answer] for answer in answers], len(options)) + [0.0] * len(columns)
    value, slope, curve = _look(rows, point, len(options))
    for _ in range(_STEPS):
        step = solve(curve, slope)
        if step is None:
            return NotGiven("one of the columns says nothing that the others do not say")
        share = 1.0
        while True:
            trial = [x + share * y for x, y in zip(point, step, strict=True)]
            found = _look(rows, trial, len(options))
            if found[0] >= value - 1e-12 * abs(value) or share < 1e-8:
                break
            share /= 2
        gained = found[0] - value
        point, (value, slope, curve) = trial, found
        if max(map(abs, point)) > _LARGEST:
            return NotGiven("the answers are told apart completely, so there is no estimate")
        if abs(gained) < 1e-13 * abs(value) and max(map(abs, slope)) < 1e-7 * len(answers):
            number = len(options) - 1
            return Ordinal(tuple(point[:number]), tuple(point[number:]), value)
    return NotGiven("the estimate did not settle")


def _start(codes: Sequence[int], options: int) -> list[float]:
    shares = (sum(code <= each for code in codes) / len(codes) for each in range(options - 1))
    return [log(share / (1 - share)) for share in shares]


def _look(
    rows: Counter[tuple[int, tuple[float, ...]]], point: Sequence[float], options: int
) -> tuple[float, list[float], list[list[float]]]:
    """The log likelihood at a point, its slope, and its curvature turned positive."""
    number, size = options - 1, len(point)
    value: list[float] = []
    slope = [0.0] * size
    curve = [[0.0] * size for _ in range(size)]
    for (code, x), count in rows.items():
        middle = fsum(a * b for a, b in zip(point[number:], x, strict=True))
        upper = _logistic(point[code] - middle) if code < number else (1.0, 0.0, 0.0)
        lower = _logistic(point[code - 1] - middle) if code else (0.0, 0.0, 0.0)
        p = upper[0] - lower[0]
        if p <= 0:
            return float("-inf"), slope, curve
        value.append(count * log(p))
        up, down = upper[1] / p, -lower[1] / p
        # How the upper and the lower threshold of this answer move with each parameter.
        moves = [
            (place, float(place == code), float(place == code - 1))
            for place in range(max(code - 1, 0), min(code + 1, number))
        ] + [(number + place, -each, -each) for place, each in enumerate(x)]
        up_up, down_down = upper[2] / p - up * up, -lower[2] / p - down * down
        for one, a, b in moves:
            slope[one] += count * (up * a + down * b)
            for two, c, d in moves:
                curve[one][two] -= count * (
                    up_up * a * c + down_down * b * d - up * down * (a * d + b * c)
                )
    return fsum(value), slope, curve


def _logistic(x: float) -> tuple[float, float, float]:
    """The logistic function and its first two derivatives."""
    share = 1 / (1 + exp(-x)) if x > 0 else exp(x) / (1 + exp(x))
    first = share * (1 - share)
    return share, first, first * (1 - 2 * share)


def solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float] | None:
    """The solution of a small set of equations; None where they are not independent."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    largest = max((abs(value) for row in matrix for value in row), default=0.0)
    for place in range(size):
        best = max(range(place, size), key=lambda row: abs(rows[row][place]))
        if abs(rows[best][place]) <= 1e-13 * largest:
            return None
        rows[place], rows[best] = rows[best], rows[place]
        for row in range(place + 1, size):
            by = rows[row][place] / rows[place][place]
            rows[row] = [x - by * y for x, y in zip(rows[row], rows[place], strict=True)]
    found = [0.0] * size
    for place in reversed(range(size)):
        known = fsum(rows[place][k] * found[k] for k in range(place + 1, size))
        found[place] = (rows[place][size] - known) / rows[place][place]
    return found
