"""Looking back ("then-test"): afterwards, people also say where they stood before.

Howard (1980), Evaluation Review 4, 93-106. What they learned may have changed what the words of
the scale mean to them. The change since "then" is an extra line beside the change since before,
and never takes its place: looking back is coloured by what one hopes to have learned.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from edu.outcomes.paired import PairedChange
from edu.quizzes.instrument import HigherMeans


@dataclass(frozen=True)
class LookingBack:
    """`change`: after minus then. `shift`: then minus before, how far the scale has moved."""

    change: PairedChange
    shift: PairedChange


def looking_back(
    rows: Iterable[tuple[int | None, int | None, int | None]],
    higher_means: HigherMeans,
    units: int,
    noise: float = 0.0,
) -> LookingBack:
    """From each learner's before, then and after, in units."""
    found = list(rows)
    changes = [(then, after) for _, then, after in found if then is not None and after is not None]
    shifts = [
        (before, then) for before, then, _ in found if before is not None and then is not None
    ]
    return LookingBack(
        PairedChange.from_pairs(changes, higher_means=higher_means, units=units, noise=noise),
        PairedChange.from_pairs(shifts, higher_means=higher_means, units=units, noise=noise),
    )
