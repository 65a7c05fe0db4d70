"""A group's figures, frozen in snapshots; each adds whole batches of people to the one before."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.learning.instruments import definition_of
from edu.learning.models import InstrumentVersion, Journey, LessonDone, Pair
from edu.outcomes.analysis.reliable import ReliableChange, reliable_change
from edu.outcomes.batches import WHOLE_WAVE, Proposed, Scale, keep, whole_batches
from edu.outcomes.disclosure import MINIMUM_GROUP
from edu.outcomes.disclosure_batches import Batch, Part, Waiting
from edu.outcomes.disclosure_counts import Statement
from edu.outcomes.models import ReportBatch, ReportSnapshot
from edu.outcomes.paired import PairSums
from edu.outcomes.scale_figures import Key, ScaleFigures, blank_figures, reliability_of
from edu.outcomes.telling import tellable
from edu.quizzes.instrument import HigherMeans
from edu.quizzes.scoring import UNITS


@dataclass(frozen=True)
class Reach:
    """How far a group's learners have come; no answer is in it."""

    started: int
    finished: int
    matched: int


def group_reach(session: Session, group_id: int, lessons: Iterable[str], wave: str) -> Reach:
    """How many started, finished all lessons, and can be matched before and in this wave."""
    started = session.scalar(
        select(func.count()).select_from(Journey).where(Journey.group_id == group_id)
    )
    ids = list(lessons)
    done = (
        select(LessonDone.journey_id)
        .join(Journey, Journey.id == LessonDone.journey_id)
        .where(Journey.group_id == group_id, LessonDone.lesson.in_(ids))
        .group_by(LessonDone.journey_id)
        .having(func.count() >= len(ids))
        .subquery()
    )
    finished = session.scalar(select(func.count()).select_from(done)) if ids else 0
    matched = session.scalar(
        select(func.count(func.distinct(Pair.journey_id))).where(
            Pair.group_id == group_id, Pair.wave == wave
        )
    )
    return Reach(started or 0, finished or 0, matched or 0)


@dataclass(frozen=True)
class Figures:
    """A group's figures of everybody, and of those who read no draft translation."""

    everybody: dict[Key, ScaleFigures]
    without_drafts: dict[Key, ScaleFigures]

    def shown(self, *, drafts: bool) -> list[ScaleFigures]:
        """One of the two, in a steady order."""
        chosen = self.everybody if drafts else self.without_drafts
        return [chosen[key] for key in sorted(chosen)]


def newest_snapshot(session: Session, group_id: int, wave: str) -> ReportSnapshot | None:
    """The report as it stands."""
    return session.scalar(
        select(ReportSnapshot)
        .where(ReportSnapshot.group_id == group_id, ReportSnapshot.wave == wave)
        .order_by(ReportSnapshot.id.desc())
        .limit(1)
    )


def figures_of(snapshot: ReportSnapshot | None) -> Figures:
    """What a snapshot holds."""
    if snapshot is None:
        return Figures({}, {})
    return Figures(
        _by_key(snapshot.everybody, snapshot.wave), _by_key(snapshot.without_drafts, snapshot.wave)
    )


def _by_key(stored: Iterable[dict[str, Any]], wave: str) -> dict[Key, ScaleFigures]:
    found = (ScaleFigures.from_json(each) for each in stored)
    return {each.key: each if wave == WHOLE_WAVE else _change_only(each) for each in found}


def _change_only(figures: ScaleFigures) -> ScaleFigures:
    """Without the means that older programs kept of later waves."""
    if figures.change_only:
        return figures
    old = figures.sums
    sums = PairSums(old.n, 0, old.sy - old.sx, 0, old.sxx + old.syy - 2 * old.sxy, 0)
    return replace(figures, sums=sums, change_only=True, at_best=None)


def may_take_snapshot(
    session: Session, group_id: int, wave: str, minimum: int = MINIMUM_GROUP
) -> bool:
    """Whether a new report would hold anything new."""
    return bool(tellable(session, group_id, wave, minimum))


def take_snapshot(
    session: Session, group_id: int, wave: str, today: date, minimum: int = MINIMUM_GROUP
) -> ReportSnapshot | None:
    """Freeze a new report; None when nothing may be added to the old one yet."""
    # One at a time: two who press at once would count the same people twice.
    session.scalar(select(Group.id).where(Group.id == group_id).with_for_update())
    found = tellable(session, group_id, wave, minimum)
    if not found:
        return None
    old = figures_of(newest_snapshot(session, group_id, wave))
    everybody, without = dict(old.everybody), dict(old.without_drafts)
    for each in found:
        for batch in each.batches:
            keep(session, each.scale, batch, wave, today, group_id=group_id)
        _add(session, group_id, each, wave, everybody, without)
    snapshot = ReportSnapshot(
        group_id=group_id,
        wave=wave,
        everybody=[each.to_json() for each in Figures(everybody, {}).shown(drafts=True)],
        without_drafts=[each.to_json() for each in Figures({}, without).shown(drafts=False)],
        made_on=today,
    )
    session.add(snapshot)
    session.flush()
    return snapshot


def _add(
    session: Session,
    group_id: int,
    new: Proposed,
    wave: str,
    everybody: dict[Key, ScaleFigures],
    without: dict[Key, ScaleFigures],
) -> None:
    version, scale = new.scale
    blank, best = blank_figures(session.get_one(InstrumentVersion, version), scale, wave)
    key = blank.key
    clean = people_of(new.batches, Part.CLEAN)
    all_people = people_of(new.batches, *Part)
    whole = everybody.get(key, blank).with_people(all_people, best)
    part = without.get(key, blank).with_people(clean, best)
    told = (*whole.said, new.said or Statement(whole.n))
    whole = replace(whole, said=told, alert=_alert(session, group_id, new.scale, wave, whole))
    everybody[key] = whole
    if part.n:
        said = whole.said if part.n == whole.n else ()
        without[key] = replace(part, said=said, alert=whole.alert)


def _alert(session: Session, group_id: int, scale: Scale, wave: str, figures: ScaleFigures) -> bool:
    """Whether more than 5 % worsened beyond the scale's own error. Nothing more is kept of it."""
    version, name = scale
    row = session.get_one(InstrumentVersion, version)
    reliability = reliability_of(definition_of(row), name)
    if reliability is None or figures.change_only:
        return False
    batches = session.scalars(
        select(ReportBatch).where(
            ReportBatch.group_id == group_id,
            ReportBatch.instrument_version_id == version,
            ReportBatch.scale == name,
            ReportBatch.wave == wave,
        )
    ).all()
    changes = [
        (after - before) / UNITS
        for whole in whole_batches(session, batches)
        for before, after in whole.scores.values()
    ]
    found = reliable_change(
        changes,
        figures.change.sd_before or 0.0,
        reliability,
        HigherMeans(figures.higher_means),
    )
    return isinstance(found, ReliableChange) and found.alert


def people_of(batches: Iterable[Batch], *parts: Part) -> list[Waiting]:
    """The people of batches of these parts."""
    return [person for batch in batches if batch.part in parts for person in batch.people]
