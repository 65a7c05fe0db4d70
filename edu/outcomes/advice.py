"""What follows from a report, and only that: what to look into, and what to try next."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from edu.outcomes.analysis.ends import FLAGGED_ABOVE
from edu.outcomes.disclosure_counts import MINIMUM_CELL
from edu.outcomes.paired import INTERVAL_FROM, Verdict
from edu.outcomes.scale_figures import ScaleFigures

#: More than this share began and did not come back: the others may be unlike them.
LOST_ABOVE = 0.2


class Advice(StrEnum):
    """What to try next."""

    LOOK_INTO_HARM = "look into harm"
    KEEP = "keep"
    MORE_PEOPLE = "more people"
    BRING_THEM_BACK = "bring them back"
    ASK_LATER = "ask later"
    HARDER_QUESTIONS = "harder questions"
    COMPARE = "compare"


@dataclass(frozen=True)
class Seen:
    """What a report saw, as far as it bears on what to do."""

    figures: Sequence[ScaleFigures]
    began: int
    came_back: int
    has_comparison: bool
    asks_later: bool

    @property
    def lost(self) -> int:
        """Who answered before and not afterwards."""
        return max(0, self.began - self.came_back)

    @property
    def many_lost(self) -> bool:
        """Whether so many were lost that those who stayed may be unlike them."""
        return self.began >= INTERVAL_FROM and self.lost > LOST_ABOVE * self.began


def at_the_end(figures: ScaleFigures) -> int | None:
    """The share, in whole tens of percent, that began at the better end and could not improve.
    None where it is small; never so exact that two reports could be subtracted."""
    count = figures.at_best
    if count is None or count < MINIMUM_CELL or count <= FLAGGED_ABOVE * figures.n:
        return None
    return max(10, min(90, round(10 * count / figures.n) * 10))


def advice(seen: Seen) -> list[Advice]:
    """What to try next, the most pressing first."""
    verdicts = {each.change.verdict for each in seen.figures}
    unsure = verdicts & {Verdict.UNCLEAR, Verdict.TOO_FEW, Verdict.NOT_ESTIMABLE}
    found = {
        Advice.LOOK_INTO_HARM: Verdict.POSSIBLE_BACKFIRE in verdicts
        or any(each.alert for each in seen.figures),
        Advice.KEEP: Verdict.CLEAR_IMPROVEMENT in verdicts,
        Advice.MORE_PEOPLE: bool(unsure) or not seen.figures,
        Advice.BRING_THEM_BACK: seen.many_lost,
        Advice.HARDER_QUESTIONS: any(at_the_end(each) is not None for each in seen.figures),
        Advice.ASK_LATER: bool(seen.figures) and seen.asks_later,
        Advice.COMPARE: Verdict.CLEAR_IMPROVEMENT in verdicts and not seen.has_comparison,
    }
    return [each for each, holds in found.items() if holds]
