"""What a new report of a group would add, as far as it may be told."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import accumulate

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.learning.instruments import definition_of
from edu.learning.models import InstrumentVersion
from edu.outcomes.batches import WHOLE_WAVE, Proposed, Scale, proposed, whole_batches
from edu.outcomes.disclosure import MINIMUM_GROUP
from edu.outcomes.disclosure_batches import Part, Waiting
from edu.outcomes.disclosure_counts import Cells, Statement
from edu.outcomes.disclosure_spread import Known, Manner, Worlds
from edu.outcomes.models import ReportBatch, ReportSnapshot
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
    earlier = _earlier(session, group_id, wave)
    told = (_told(session, group_id, wave, each, earlier.get(each.scale, ())) for each in found)
    return [each for each in told if each is not None]


def sums_leave_open(session: Session, scale: Scale, people: Sequence[Waiting], wave: str) -> bool:
    """Whether means and spreads of people who are counted by themselves, and of whom nobody says
    who moved which way, leave that open."""
    instrument = definition_of(session.get_one(InstrumentVersion, scale[0]))
    known = Known(
        [(0, people)], possible_scores(instrument, scale[1]), change_only=wave != WHOLE_WAVE
    )
    cells = _cells(people, instrument.higher_is(scale[1]))
    return Worlds.around(cells, (), known).leave_open()


def _told(
    session: Session,
    group_id: int,
    wave: str,
    new: Proposed,
    earlier: Sequence[tuple[Statement, Cells]],
) -> Proposed | None:
    version, name = new.scale
    instrument = definition_of(session.get_one(InstrumentVersion, version))
    direction = instrument.higher_is(name)
    counted, clean = _counted(session, group_id, wave, new.scale, [each.n for each, _ in earlier])
    added = _by_part([(each.part, person) for each in new.batches for person in each.people])
    moved = _cells([person for some in added for person in some], direction)
    before = earlier[-1][1] if earlier else (0, 0, 0)
    counts = Counts(*moved) + Counts(*before)
    clean += sum(len(each.people) for each in new.batches if each.part is Part.CLEAN)
    worlds = Worlds.around(
        (counts.improved, counts.same, counts.worsened),
        earlier,
        Known(
            [*counted, *((len(earlier), some) for some in added)],
            possible_scores(instrument, name),
            change_only=wave != WHOLE_WAVE,
            higher_is_better=direction is HigherMeans.BETTER,
        ),
    )
    if clean not in (0, counts.n):
        # Nothing would be said here, whatever people answered.
        manner = Manner.SILENT if worlds.leave_open() else Manner.NOTHING
    else:
        manner = worlds.manner()
    return None if manner is Manner.NOTHING else replace(new, silent=manner is Manner.SILENT)


def _cells(people: Sequence[Waiting], direction: HigherMeans) -> Cells:
    found = Counts.from_pairs([(each.before, each.after) for each in people], direction)
    return found.improved, found.same, found.worsened


def _by_part(people: Sequence[tuple[Part, Waiting]]) -> list[list[Waiting]]:
    """Those who read no draft have sums of their own."""
    clean = [each for part, each in people if part is Part.CLEAN]
    others = [each for part, each in people if part is not Part.CLEAN]
    return [each for each in (clean, others) if each]


def _earlier(
    session: Session, group_id: int, wave: str
) -> dict[Scale, list[tuple[Statement, Cells]]]:
    """By scale: what earlier reports said of who moved which way, and how it was."""
    versions = {
        (row.instrument, row.version): row.id for row in session.scalars(select(InstrumentVersion))
    }
    found: dict[Scale, list[tuple[Statement, Cells]]] = {}
    for snapshot in session.scalars(
        select(ReportSnapshot)
        .where(ReportSnapshot.group_id == group_id, ReportSnapshot.wave == wave)
        .order_by(ReportSnapshot.id)
    ):
        for each in map(ScaleFigures.from_json, snapshot.everybody):
            told = found.setdefault((versions[each.instrument, each.version], each.scale), [])
            if not told or told[-1][0].n != each.n:
                cells = each.counts.improved, each.counts.same, each.counts.worsened
                told.append((each.moved, cells))
    return found


def _counted(
    session: Session, group_id: int, wave: str, scale: Scale, reports: Sequence[int]
) -> tuple[list[tuple[int, list[Waiting]]], int]:
    """Who was counted already and is still here, by the report in which that was, and part, as
    their sums are known so; and how many were counted who read no draft. `reports`: how many
    people were in each."""
    batches = session.scalars(
        select(ReportBatch)
        .where(
            ReportBatch.group_id == group_id,
            ReportBatch.wave == wave,
            ReportBatch.instrument_version_id == scale[0],
            ReportBatch.scale == scale[1],
        )
        .order_by(ReportBatch.id)
    ).all()
    totals = accumulate(each.n for each in batches)
    first = {
        each.id: bisect_left(reports, total) for each, total in zip(batches, totals, strict=True)
    }
    found: dict[tuple[int, bool], list[Waiting]] = {}
    for whole in whole_batches(session, batches):
        key = first[whole.batch.id], whole.batch.part == Part.CLEAN.value
        found.setdefault(key, []).extend(
            Waiting(name, False, *pair) for name, pair in whole.scores.items()
        )
    clean = sum(each.n for each in batches if each.part == Part.CLEAN.value)
    return [(report, people) for (report, _clean), people in found.items()], clean


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
