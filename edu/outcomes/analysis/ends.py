"""Floor and ceiling: who could not have moved, whatever they learned.

More than 15 % at one end is the usual sign that a scale ends too early: Terwee et al. (2007),
Journal of Clinical Epidemiology 60, 34-42.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from edu.quizzes.instrument import HigherMeans

FLAGGED_ABOVE = 0.15


@dataclass(frozen=True)
class Ends:
    """Shares of 1; None where the end is not known."""

    before_at_minimum: float | None
    before_at_maximum: float | None
    after_at_minimum: float | None
    after_at_maximum: float | None
    #: At the better end before, so that they could not improve.
    no_room_to_improve: float | None

    @property
    def flagged(self) -> tuple[str, ...]:
        """The names of the shares above 15 %."""
        return tuple(name for name, share in vars(self).items() if (share or 0) > FLAGGED_ABOVE)


def ends(
    pairs: Sequence[tuple[object, object]],
    minimum: object | None,
    maximum: object | None,
    higher_means: HigherMeans,
) -> Ends:
    """The shares of at least one pair, of numbers of any kind."""

    def share(side: int, end: object | None) -> float | None:
        return None if end is None else sum(pair[side] == end for pair in pairs) / len(pairs)

    best = maximum if higher_means is HigherMeans.BETTER else minimum
    return Ends(
        before_at_minimum=share(0, minimum),
        before_at_maximum=share(0, maximum),
        after_at_minimum=share(1, minimum),
        after_at_maximum=share(1, maximum),
        no_room_to_improve=share(0, best),
    )
