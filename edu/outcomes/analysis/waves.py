"""Is it still there later? Three and more waves, each comparison on the people who are in both.

The contrasts are those of before and after, so a missing later answer never changes what is said
of before and after. Beside them, as a check, a model of all answers with an intercept for each
learner, which leans on answers being missing at random: Little & Rubin (2019), Statistical
Analysis with Missing Data. Its intervals are of t with n - 1 degrees of freedom: those of z that
usual programs give are too narrow for groups of our sizes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from edu.outcomes.analysis.clusters import Estimate
from edu.outcomes.analysis.intercepts import fit_intercepts
from edu.outcomes.analysis.moments import t_interval
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.paired import PairedChange, Why
from edu.quizzes.instrument import HigherMeans

#: One learner's scores in units, in the order of the waves; None is missing.
Row = Sequence[int | None]

MODEL_FROM = 12


@dataclass(frozen=True)
class Contrast:
    """The change from one wave to a later one; waves are numbered from 0."""

    earlier: int
    later: int
    change: PairedChange


def contrasts(
    rows: Sequence[Row], higher_means: HigherMeans, units: int, noise: float = 0.0
) -> list[Contrast]:
    """Before to each later wave, and the first after to each wave after it."""
    waves = len(rows[0]) if rows else 0
    wanted = [(0, later) for later in range(1, waves)]
    wanted += [(1, later) for later in range(2, waves)]
    found = []
    for earlier, later in wanted:
        pairs = [
            (x, y)
            for row in rows
            if (x := row[earlier]) is not None and (y := row[later]) is not None
        ]
        change = PairedChange.from_pairs(pairs, higher_means=higher_means, units=units, noise=noise)
        found.append(Contrast(earlier, later, change))
    return found


def wave_model(rows: Sequence[Sequence[float | None]]) -> list[Estimate] | NotGiven:
    """The mean of each later wave minus that of before, from all answers together."""
    seen = [row for row in rows if any(score is not None for score in row)]
    waves = len(rows[0]) if rows else 0
    if waves < 3:
        return NotGiven("there are only two waves, so before and after say all")
    if len(seen) < MODEL_FROM:
        return NotGiven(f"fewer than {MODEL_FROM} people answered")
    outcome: list[float] = []
    learners: list[int] = []
    columns: list[list[float]] = [[] for _ in range(waves)]
    for learner, row in enumerate(seen):
        for wave, score in enumerate(row):
            if score is None:
                continue
            outcome.append(score)
            learners.append(learner)
            for place, column in enumerate(columns):
                column.append(float(place in (0, wave)))
    found = fit_intercepts(outcome, columns, learners)
    if isinstance(found, NotGiven):
        return found
    if found.nothing_within:
        return NotGiven(str(Why.CONSTANT_CHANGE))
    df = len(seen) - 1
    return [
        Estimate(value, error, df, t_interval(value, error, df))
        for value, error in zip(found.coefficients[1:], found.errors[1:], strict=True)
    ]
