"""Who changed by more than the scale's own error?

Jacobson & Truax (1991), Journal of Consulting and Clinical Psychology 59, 12-19: a change is
reliable when it is above 1.96 standard errors of a difference. The standard error of measurement
is SD x sqrt(1 - reliability), with the SD before; MDC95 = 1.96 x sqrt(2) x SEM is the least change
of one person that is not error. The method decides the shares, so it is named, and so is where the
reliability comes from. For a group only: nobody is told that they are "reliably worse".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite, sqrt

from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.tails import normal_quantile
from edu.outcomes.paired import CONFIDENCE, Counts
from edu.quizzes.instrument import HigherMeans

#: From so many people shares are given.
FROM = 30
#: More than this share worsened reliably: somebody should look into it. Chance alone gives half.
ALERT_ABOVE = 0.05


@dataclass(frozen=True)
class Reliability:
    """How well a scale tells people apart, and who found that."""

    value: float
    source: str

    def __post_init__(self) -> None:
        if not (isfinite(self.value) and 0 <= self.value < 1):
            raise ValueError(f"a reliability is from 0 to below 1, not {self.value}")


@dataclass(frozen=True)
class ErrorOfMeasurement:
    """In points: `sem` of one score, `difference` of a change, `mdc95` what is beyond error."""

    sem: float
    difference: float
    mdc95: float


@dataclass(frozen=True)
class ReliableChange:
    """`counts.same`: nobody can tell. `alert`: more than 5 % worsened beyond error."""

    reliability: Reliability
    error: ErrorOfMeasurement
    counts: Counts
    alert: bool


def error_of_measurement(sd_before: float, reliability: float) -> ErrorOfMeasurement:
    """From the SD before and the reliability."""
    sem = sd_before * sqrt(1 - reliability)
    difference = sqrt(2) * sem
    return ErrorOfMeasurement(sem, difference, normal_quantile(0.5 + CONFIDENCE / 2) * difference)


def reliable_change(
    changes: Iterable[float],
    sd_before: float,
    reliability: Reliability | None,
    higher_means: HigherMeans,
) -> ReliableChange | NotGiven:
    """How many improved and worsened beyond the scale's error."""
    found = list(changes)
    if reliability is None:
        return NotGiven("no reliability of this scale was given")
    if len(found) < FROM:
        return NotGiven(f"fewer than {FROM} people could be matched")
    if not sd_before:
        return NotGiven("everybody had the same score before, so there is no spread to judge by")
    error = error_of_measurement(sd_before, reliability.value)
    up = sum(change > error.mdc95 for change in found)
    down = sum(change < -error.mdc95 for change in found)
    if higher_means is HigherMeans.WORSE:
        up, down = down, up
    counts = Counts(up, len(found) - up - down, down)
    return ReliableChange(reliability, error, counts, down / len(found) > ALERT_ABOVE)
