"""Who was lost: those who answered before and not afterwards, as they began.

They are counted as carefully as everybody else: in groups where nobody has answered for four
weeks, ten people at first and five more each time, in batches that are never taken apart. Somebody
who comes back after all takes her batch out of this table.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.groups.models import Arm, Group
from edu.learning.instruments import definition_of
from edu.learning.models import InstrumentVersion, Journey, Pair, Sitting
from edu.learning.pairs import scores_in_units
from edu.outcomes.batches import Scale, digest, keep
from edu.outcomes.disclosure_batches import Counted, Waiting, new_batches
from edu.outcomes.models import ReportBatch, ReportMember
from edu.outcomes.programme_rows import is_quiet
from edu.quizzes.answers import decode

#: Stands where batches have a wave.
LOST = "lost"


def count_lost(
    session: Session, groups: Sequence[Group], programme_id: int, today: date, minimum: int
) -> None:
    """Count those who were lost in groups that had the course, where there are enough of them."""
    quiet = [
        group
        for group in groups
        if group.arm == Arm.INTERVENTION.value and is_quiet(session, group, today)
    ]
    for scale, scores in _lost(session, [group.id for group in quiet]).items():
        kept = _batches(session, programme_id, scale)
        known = _members(session, scale)
        # As change there is none: what is told of them is how they began.
        waiting = [
            Waiting(journey, False, before, before + place)
            for place, (journey, before) in enumerate(sorted(scores.items()))
            if journey not in known
        ]
        counted = Counted(clean=sum(batch.n for batch in kept))
        for batch in new_batches(counted, waiting, minimum):
            made = keep(session, scale, batch, LOST, today, programme_id=programme_id)
            made.digest = digest((each.id, each.before, each.before) for each in batch.people)


def lost_scores(
    session: Session, groups: Sequence[Group], programme_id: int, scale: Scale
) -> list[int]:
    """The scores before of those who were counted as lost and still are, in units."""
    scores = _lost(session, [group.id for group in groups]).get(scale, {})
    found: list[int] = []
    for batch in _batches(session, programme_id, scale):
        members = session.scalars(
            select(ReportMember.journey_id).where(ReportMember.batch_id == batch.id)
        )
        mine = {each: scores[each] for each in members if each in scores}
        if digest((each, before, before) for each, before in mine.items()) == batch.digest:
            found += mine.values()
    return found


def _batches(session: Session, programme_id: int, scale: Scale) -> Sequence[ReportBatch]:
    return session.scalars(
        select(ReportBatch)
        .where(
            ReportBatch.programme_id == programme_id,
            ReportBatch.wave == LOST,
            ReportBatch.instrument_version_id == scale[0],
            ReportBatch.scale == scale[1],
        )
        .order_by(ReportBatch.id)
    ).all()


def _members(session: Session, scale: Scale) -> set[str]:
    return set(
        session.scalars(
            select(ReportMember.journey_id).where(
                ReportMember.wave == LOST,
                ReportMember.instrument_version_id == scale[0],
                ReportMember.scale == scale[1],
            )
        )
    )


def _lost(session: Session, groups: Sequence[int]) -> Mapping[Scale, dict[str, int]]:
    """By scale and journey: the score before of everybody without a pair of before and after."""
    came_back = {
        (version, scale, journey)
        for version, scale, journey in session.execute(
            select(Pair.instrument_version_id, Pair.scale, Pair.journey_id).where(
                Pair.group_id.in_(groups), Pair.wave == "after"
            )
        )
    }
    rows = session.execute(
        select(Sitting.instrument_version_id, Sitting.journey_id, Sitting.answers)
        .join(Journey, Journey.id == Sitting.journey_id)
        .where(
            Journey.group_id.in_(groups),
            Sitting.wave == "before",
            Sitting.submitted_on.is_not(None),
        )
    )
    instruments = {row.id: definition_of(row) for row in session.scalars(select(InstrumentVersion))}
    found: dict[Scale, dict[str, int]] = {}
    for version, journey, answers in rows:
        instrument = instruments[version]
        for scale, units in scores_in_units(instrument, decode(instrument, answers)).items():
            if (version, scale, journey) not in came_back:
                found.setdefault((version, scale), {})[journey] = units
    return found
