"""One question of knowledge, right or wrong, before and after.

McNemar (1947), Psychometrika 12, 153-157: only those who changed count. The exact p is that of a
fair coin; mid-p: Fagerland, Lydersen & Laake (2013), BMC Medical Research Methodology 13, 91.
Interval of the difference of shares: Bonett & Price (2012), Journal of Educational and Behavioral
Statistics 37, 479-488.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb, sqrt

from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.tails import normal_quantile
from edu.outcomes.paired import CONFIDENCE, INTERVAL_FROM, Interval

#: Below this many who changed, the test can hardly say anything.
FROM = 10


@dataclass(frozen=True)
class Knowledge:
    """`learned` were wrong and then right, `forgot` the other way round. Shares are of 1."""

    n: int
    right_before: int
    right_after: int
    learned: int
    forgot: int
    difference: float
    interval: Interval
    p: float
    mid_p: float
    #: Whether fewer than ten changed, so that p says little.
    few: bool


def mcnemar(pairs: Iterable[tuple[bool, bool]]) -> Knowledge | NotGiven:
    """The change of one question, from pairs of right before, right after."""
    found = list(pairs)
    n = len(found)
    if n < INTERVAL_FROM:
        return NotGiven(f"fewer than {INTERVAL_FROM} people could be matched")
    learned = sum(after and not before for before, after in found)
    forgot = sum(before and not after for before, after in found)
    if not learned + forgot:
        return NotGiven("everybody answered as before, so there is nothing to test")
    p, mid_p = _coin(min(learned, forgot), learned + forgot)
    return Knowledge(
        n=n,
        right_before=sum(before for before, _ in found),
        right_after=sum(after for _, after in found),
        learned=learned,
        forgot=forgot,
        difference=(learned - forgot) / n,
        interval=_interval(learned, forgot, n),
        p=p,
        mid_p=mid_p,
        few=learned + forgot < FROM,
    )


def _coin(fewer: int, changed: int) -> tuple[float, float]:
    below = sum(comb(changed, k) for k in range(fewer + 1))
    exact = min(1.0, 2 * below / 2**changed)
    if 2 * fewer == changed:
        return exact, 1 - comb(changed, fewer) / 2**changed / 2
    return exact, (2 * below - comb(changed, fewer)) / 2**changed


def _interval(learned: int, forgot: int, n: int) -> Interval:
    up, down = (learned + 1) / (n + 2), (forgot + 1) / (n + 2)
    error = sqrt((up + down - (up - down) ** 2) / (n + 2))
    half = normal_quantile(0.5 + CONFIDENCE / 2) * error
    return Interval(max(-1.0, up - down - half), min(1.0, up - down + half))
