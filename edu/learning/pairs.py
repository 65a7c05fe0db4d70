"""Matched scores, derived from the answers in the same commit; dropped and rebuilt, equal."""

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edu.learning.instruments import definition_of
from edu.learning.models import Journey, Pair, Sitting
from edu.learning.waves import AFTER, BEFORE, LOOKING_BACK
from edu.quizzes.answers import Answer, decode
from edu.quizzes.instrument import Instrument, Kind
from edu.quizzes.scoring import UNITS, knowledge, score

#: Knowledge is scored apart from attitudes: right answers, each one point.
KNOWLEDGE = "knowledge"


def scores_in_units(instrument: Instrument, answers: Mapping[str, Answer]) -> dict[str, int]:
    """The score on each scale that has one, in units of 1/2520 of a point."""
    if instrument.kind is Kind.KNOWLEDGE:
        known = knowledge(instrument, answers)
        return {KNOWLEDGE: known.right * UNITS} if known.answered else {}
    return {
        scale: found.units
        for scale, found in score(instrument, answers).items()
        if found is not None
    }


def pairs_of(session: Session, journey: Journey) -> list[Pair]:
    """Everything that can be compared on a journey."""
    return list(session.scalars(select(Pair).where(Pair.journey_id == journey.id)))


def rebuild(session: Session, journey: Journey) -> None:
    """Work out a journey's pairs anew from its submitted sittings."""
    session.execute(delete(Pair).where(Pair.journey_id == journey.id))
    sittings = session.scalars(
        select(Sitting).where(Sitting.journey_id == journey.id, Sitting.submitted_on.is_not(None))
    ).all()
    met = {(each.instrument_version_id, each.wave): each for each in sittings}
    for version, wave in met:
        first, second = _compared(wave)
        earlier, later = met.get((version, first)), met.get((version, second))
        if earlier is not None and later is not None and earlier is not later:
            session.add_all(_pairs(journey, wave, earlier, later))
    session.flush()


def _compared(wave: str) -> tuple[str, str]:
    """Which two sittings the pair of a wave compares: *before* with it. Looking back tells how it
    was before, so it is compared with *after*."""
    return (LOOKING_BACK, AFTER) if wave == LOOKING_BACK else (BEFORE, wave)


def _pairs(journey: Journey, wave: str, earlier: Sitting, later: Sitting) -> list[Pair]:
    instrument = definition_of(later.instrument_version)
    first = scores_in_units(instrument, decode(instrument, earlier.answers))
    second = scores_in_units(instrument, decode(instrument, later.answers))
    return [
        Pair(
            journey_id=journey.id,
            instrument_version_id=later.instrument_version_id,
            scale=scale,
            wave=wave,
            group_id=journey.group_id,
            draft=earlier.draft or later.draft,
            before=first[scale],
            after=second[scale],
        )
        for scale in first
        if scale in second
    ]
