"""What asking twice before the lessons tells of a scale's own error.

People who wait answer twice, and no lesson lies between. What moves meanwhile is error: its
standard deviation over root of 2 is the standard error of measurement, and 1.96 times it the least
change of one person that is not error (Weir 2005, Journal of Strength and Conditioning Research
19, 231-240). It is worked out of the spread that the comparison shows anyway.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import Any

from edu.groups.models import Arm, Group
from edu.outcomes.analysis.tails import normal_quantile
from edu.outcomes.disclosure_analysis import ROUGHLY_FROM
from edu.outcomes.paired import CONFIDENCE, PairedChange
from edu.outcomes.programme_rows import COMPARISON, Learner
from edu.quizzes.instrument import HigherMeans


def retest(
    groups: Sequence[Group], learners: Iterable[Learner], comparison: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Of the arm without the lessons; None where not all of it waited, or nothing can be told."""
    others = {group.arm for group in groups} - {Arm.INTERVENTION.value}
    spread = comparison["arms"][1]["sd_change"]
    if others != {Arm.WAITING.value} or not spread:
        return None
    return {
        "matched": comparison["arms"][1]["matched"],
        "sem": spread / sqrt(2),
        "mdc95": normal_quantile(0.5 + CONFIDENCE / 2) * spread,
        "correlation": _correlation(learners),
    }


def _correlation(learners: Iterable[Learner]) -> float | None:
    """Roughly, and of many: scores before may stand in another report. docs/measuring.md says what
    this adds to what is told already."""
    pairs = [
        (each.scores["before"], each.scores["after"])
        for each in learners
        if each.arm == COMPARISON and {"before", "after"} <= each.scores.keys()
    ]
    found = PairedChange.from_pairs(pairs, higher_means=HigherMeans.BETTER).correlation
    return None if found is None or len(pairs) < ROUGHLY_FROM else round(found, 1)
