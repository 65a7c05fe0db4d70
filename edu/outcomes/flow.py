"""How many people came how far: the numbers under every figure. No answer is in them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.learning.linking.evidence import tally
from edu.learning.models import Journey, Pair, Sitting
from edu.learning.waves import AFTER, BEFORE, in_order
from edu.outcomes.figures import group_reach


@dataclass(frozen=True)
class Flow:
    """People of some groups together. `before` and `after` answered at least one questionnaire
    then, `after` being the wave that was asked for; `matched` can be compared; `lost` answered
    before and not afterwards."""

    started: int
    finished: int
    before: int
    after: int
    matched: int
    #: Answered afterwards; whose papers of before are theirs, a person has yet to say.
    ambiguous: int = 0

    @property
    def lost(self) -> int:
        return max(0, self.before - self.matched)

    @property
    def unmatched(self) -> int:
        """Who answered afterwards, and cannot be compared with any answers of before."""
        return max(0, self.after - self.matched - self.ambiguous)

    def __add__(self, other: "Flow") -> "Flow":
        return Flow(
            self.started + other.started,
            self.finished + other.finished,
            self.before + other.before,
            self.after + other.after,
            self.matched + other.matched,
            self.ambiguous + other.ambiguous,
        )


NOBODY = Flow(0, 0, 0, 0, 0)


def group_flow(session: Session, group_id: int, lessons: Iterable[str], again: str = AFTER) -> Flow:
    """The people of one group, up to the wave in which they answered `again`."""
    reach = group_reach(session, group_id, lessons, again)
    answered = {
        wave: session.scalar(
            select(func.count(func.distinct(Journey.id)))
            .join(Sitting, Sitting.journey_id == Journey.id)
            .where(
                Journey.group_id == group_id,
                Sitting.wave == wave,
                Sitting.submitted_on.is_not(None),
            )
        )
        for wave in (BEFORE, again)
    }
    return Flow(
        reach.started,
        reach.finished,
        answered[BEFORE] or 0,
        answered[again] or 0,
        reach.matched,
        tally(session, group_id, again).ambiguous,
    )


def waves_answered(session: Session, group_ids: Iterable[int]) -> dict[str, int]:
    """How many people of some groups can be compared in each wave, the first wave first."""
    rows = session.execute(
        select(Pair.wave, func.count(func.distinct(Pair.journey_id)))
        .where(Pair.group_id.in_(list(group_ids)))
        .group_by(Pair.wave)
    )
    found = {wave: int(number) for wave, number in rows}
    return {wave: found[wave] for wave in in_order(found)}
