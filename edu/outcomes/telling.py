"""What a new report of a group would add, as far as it may be told."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.learning.instruments import definition_of
from edu.learning.models import InstrumentVersion
from edu.outcomes.batches import WHOLE_WAVE, Proposed, Scale, counted_in, proposed
from edu.outcomes.disclosure import MINIMUM_GROUP
from edu.outcomes.disclosure_batches import Counted, Part, Waiting
from edu.outcomes.disclosure_counts import Statement, are_open
from edu.outcomes.disclosure_saying import Possible, said_of, sums_of
from edu.outcomes.disclosure_worlds import Scores, worlds_around
from edu.outcomes.models import ReportSnapshot
from edu.outcomes.paired import Counts
from edu.outcomes.scale_figures import ScaleFigures
from edu.quizzes.instrument import HigherMeans, Instrument, Kind
from edu.quizzes.methods import option_scores, score_in_units
from edu.quizzes.scoring import UNITS


def tellable(
    session: Session, group_id: int, wave: str, minimum: int = MINIMUM_GROUP
) -> list[Proposed]:
    """What is added to a group's report now. Where means and spreads beside the numbers of who
    moved which way would tell those that are withheld, a report says none of them. Where means
    and spreads alone would, nothing of the scale is added, and its people wait for others."""
    found = proposed(session, group_id, wave, minimum)
    if not found:
        return []
    counted = counted_in(session, group_id, wave)
    earlier = _earlier(session, group_id, wave)
    told = []
    for each in found:
        said = _said(session, wave, each, counted.get(each.scale, Counted()), earlier)
        if said is not None:
            told.append(replace(each, said=said))
    return told


def sums_leave_open(session: Session, scale: Scale, people: Sequence[Waiting], wave: str) -> bool:
    """Whether means and spreads of people who are counted by themselves, and of whom nobody says
    who moved which way, leave that open."""
    possible = worlds_around(people, _scores(session, scale, wave))
    return are_open(Statement(len(people)), possible)


def _said(
    session: Session,
    wave: str,
    new: Proposed,
    counted: Counted,
    earlier: dict[Scale, ScaleFigures],
) -> Statement | None:
    scores = _scores(session, new.scale, wave)
    direction = HigherMeans.BETTER if scores.higher_is_better else HigherMeans.WORSE
    everybody = [person for batch in new.batches for person in batch.people]
    counts = Counts.from_pairs([(each.before, each.after) for each in everybody], direction)
    said: tuple[Statement, ...] = ()
    if new.scale in earlier:
        old = earlier[new.scale]
        counts += old.counts
        # A report of which nobody knows what it said says nothing that could be built on.
        said = old.said or (Statement(old.n),)
    clean = counted.clean + len(_of(new, {Part.CLEAN}))
    return said_of(
        (counts.improved, counts.same, counts.worsened),
        _possible(new, scores),
        said,
        silent=clean not in (0, counts.n),
    )


def _possible(new: Proposed, scores: Scores) -> Possible:
    """What the numbers of those who come new can be. Those who read no draft have sums of their
    own."""
    found: Possible = frozenset([(0, 0, 0)])
    for parts in ({Part.CLEAN}, {Part.DRAFT, Part.MIXED}):
        found = sums_of(found, worlds_around(_of(new, parts), scores))
    return found


def _of(new: Proposed, parts: Collection[Part]) -> list[Waiting]:
    return [person for each in new.batches if each.part in parts for person in each.people]


def _earlier(session: Session, group_id: int, wave: str) -> dict[Scale, ScaleFigures]:
    """The report as it stands, by scale."""
    newest = session.scalar(
        select(ReportSnapshot)
        .where(ReportSnapshot.group_id == group_id, ReportSnapshot.wave == wave)
        .order_by(ReportSnapshot.id.desc())
        .limit(1)
    )
    versions = {
        (row.instrument, row.version): row.id for row in session.scalars(select(InstrumentVersion))
    }
    stored: Iterable[ScaleFigures] = map(
        ScaleFigures.from_json, newest.everybody if newest is not None else ()
    )
    return {(versions[each.instrument, each.version], each.scale): each for each in stored}


def _scores(session: Session, scale: Scale, wave: str) -> Scores:
    instrument = definition_of(session.get_one(InstrumentVersion, scale[0]))
    return Scores(
        possible_scores(instrument, scale[1]),
        higher_is_better=instrument.higher_is(scale[1]) is HigherMeans.BETTER,
        change_only=wave != WHOLE_WAVE,
    )


def possible_scores(instrument: Instrument, name: str) -> Collection[int]:
    """Every score that somebody can have who answers all questions of a scale, in units."""
    if instrument.kind is Kind.KNOWLEDGE:
        return [right * UNITS for right in range(len(instrument.items) + 1)]
    scale = instrument.scale(name)
    if scale is None:
        return []
    # Some answers for each total; whoever gives other answers with the same total scores alike.
    totals: dict[int, list[int]] = {0: []}
    for item in instrument.items_of(name):
        values = option_scores(instrument, item).values()
        totals = {
            total + value: [*answers, value * UNITS]
            for total, answers in totals.items()
            for value in values
        }
    return {score_in_units(instrument, scale, answers) for answers in totals.values()}
