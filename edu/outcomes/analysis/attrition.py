"""Who was lost? Those who came back and those who did not, compared as they began.

Never only complete cases without this table. Difference of means with Welch's interval (1947),
Biometrika 34, 28-35; standardised by the pooled SD with Hedges' exact J (1981), Journal of
Educational Statistics 6, 107-128. No test: with few lost people it would always "find" nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from edu.outcomes.analysis.moments import mean, sd, t_interval, variance, welch_df
from edu.outcomes.distributions import small_sample_factor
from edu.outcomes.paired import DESCRIBE_FROM, Interval


@dataclass(frozen=True)
class Side:
    """Some people's scores before; no figures of fewer than five."""

    n: int
    mean: float | None = None
    sd: float | None = None


@dataclass(frozen=True)
class Attrition:
    """`difference`: lost minus stayed, at the start. None with `why` where it is not given."""

    stayed: Side
    lost: Side
    difference: float | None = None
    interval: Interval | None = None
    g: float | None = None
    why: str | None = None


def attrition(stayed: Sequence[float], lost: Sequence[float]) -> Attrition:
    """From the scores before of those with a score after, and of those without one."""
    one, two = _side(stayed), _side(lost)
    if not lost:
        return Attrition(one, two, why="nobody was lost")
    if min(len(stayed), len(lost)) < DESCRIBE_FROM:
        who = "stayed" if len(stayed) < DESCRIBE_FROM else "were lost"
        return Attrition(one, two, why=f"fewer than {DESCRIBE_FROM} people {who}")
    difference = mean(lost) - mean(stayed)
    a, b = variance(lost), variance(stayed)
    if not (a or b):
        return Attrition(one, two, difference, why="there is no spread in either group")
    n, m = len(lost), len(stayed)
    df = welch_df(a, n, b, m)
    together = sqrt(((n - 1) * a + (m - 1) * b) / (n + m - 2))
    return Attrition(
        one,
        two,
        difference,
        t_interval(difference, sqrt(a / n + b / m), df),
        difference / together * small_sample_factor(n + m - 2),
    )


def _side(scores: Sequence[float]) -> Side:
    if len(scores) < DESCRIBE_FROM:
        return Side(len(scores))
    return Side(len(scores), mean(scores), sd(scores))
