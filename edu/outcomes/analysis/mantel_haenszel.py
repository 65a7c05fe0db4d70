"""Is a question of knowledge as hard in one language as in another, for people who know as much?

Mantel & Haenszel (1959), Journal of the National Cancer Institute 22, 719-748, with the continuity
correction, over people with the same total score. Error of the log odds: Robins, Breslow &
Greenland (1986), Biometrics 42, 311-323. Classes A, B, C of the Educational Testing Service:
Zwick & Ercikan (1989), Journal of Educational Measurement 26, 55-66: Delta = -2.35 log odds.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, fsum, log, sqrt

from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.tails import chi_square_sf, normal_quantile
from edu.outcomes.paired import CONFIDENCE, Interval

#: From so many people in each language differences of items are tested.
FROM = 100

#: Right and wrong in one language, right and wrong in the other, among people who know as much.
Table = tuple[int, int, int, int]


@dataclass(frozen=True)
class MantelHaenszel:
    """`odds` above 1: easier in the first language."""

    odds: float
    interval: Interval
    chi_square: float
    p: float
    delta: float
    delta_error: float
    #: A negligible, B moderate, C large.
    category: str


@dataclass(frozen=True)
class Answer:
    """One person's answer to the item, and their total score, over which people are matched."""

    score: Hashable
    first_language: bool
    right: bool


def item_difference(answers: Sequence[Answer]) -> MantelHaenszel | NotGiven:
    """One item in two languages."""
    first = sum(answer.first_language for answer in answers)
    if min(first, len(answers) - first) < FROM:
        return NotGiven(f"fewer than {FROM} people answered in one of the languages")
    return mantel_haenszel(tables(answers))


def tables(answers: Iterable[Answer]) -> list[Table]:
    """One table for each total score."""
    found: dict[Hashable, list[int]] = {}
    for answer in answers:
        cell = 2 * (not answer.first_language) + (not answer.right)
        found.setdefault(answer.score, [0, 0, 0, 0])[cell] += 1
    return [(a, b, c, d) for a, b, c, d in found.values()]


def mantel_haenszel(strata: Iterable[Table]) -> MantelHaenszel | NotGiven:
    """The common odds over tables."""
    kept = [(*table, sum(table)) for table in strata if sum(table) > 1]
    r = [a * d / n for a, b, c, d, n in kept]
    s = [b * c / n for a, b, c, d, n in kept]
    spread = fsum(
        (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1)) for a, b, c, d, n in kept
    )
    if not (spread and fsum(r) and fsum(s)):
        return NotGiven("too few people of the same score answered differently")
    excess = abs(fsum(a - (a + b) * (a + c) / n for a, b, c, d, n in kept))
    chi_square = (excess - min(0.5, excess)) ** 2 / spread
    odds = fsum(r) / fsum(s)
    error = _error(kept, r, s)
    half = normal_quantile(0.5 + CONFIDENCE / 2) * error
    delta, delta_error = -2.35 * log(odds), 2.35 * error
    return MantelHaenszel(
        odds=odds,
        interval=Interval(exp(log(odds) - half), exp(log(odds) + half)),
        chi_square=chi_square,
        p=(p := chi_square_sf(chi_square, 1)),
        delta=delta,
        delta_error=delta_error,
        category=_category(delta, delta_error, p),
    )


def _error(
    kept: Iterable[tuple[int, int, int, int, int]], r: Sequence[float], s: Sequence[float]
) -> float:
    p = [(a + d) / n for a, _b, _c, d, n in kept]
    q = [(b + c) / n for _a, b, c, _d, n in kept]
    whole_r, whole_s = fsum(r), fsum(s)
    return sqrt(
        fsum(map(_product, p, r)) / (2 * whole_r**2)
        + fsum(x * t + y * u for x, y, t, u in zip(p, q, s, r, strict=True))
        / (2 * whole_r * whole_s)
        + fsum(map(_product, q, s)) / (2 * whole_s**2)
    )


def _product(one: float, two: float) -> float:
    return one * two


def _category(delta: float, error: float, p: float) -> str:
    if abs(delta) < 1 or p > 1 - CONFIDENCE:
        return "A"
    beyond_one = (abs(delta) - 1) / error > normal_quantile(CONFIDENCE)
    return "C" if abs(delta) >= 1.5 and beyond_one else "B"
