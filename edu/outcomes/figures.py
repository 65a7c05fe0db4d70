"""A group's figures, worked out by the database in one pass and frozen in snapshots."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, case, cast, func, select
from sqlalchemy.orm import Session

from edu.learning.models import WAVES, InstrumentVersion, Journey, LessonDone, Pair
from edu.outcomes.disclosure import MINIMUM_DIFFERENCE, may_refresh, may_show_both
from edu.outcomes.models import ReportSnapshot
from edu.outcomes.paired import Counts, PairedChange, PairSums
from edu.quizzes.instrument import HigherMeans

Key = tuple[str, int, str]


@dataclass(frozen=True)
class ScaleFigures:
    """One scale of one instrument version: exact sums over matched learners, in units."""

    instrument: str
    version: int
    scale: str
    higher_means: str
    #: Whether somebody has tested how well these questions measure; ours have not been.
    validated: bool
    sums: PairSums
    up: int
    down: int

    @property
    def key(self) -> Key:
        """What makes two figures be about the same thing."""
        return self.instrument, self.version, self.scale

    @property
    def n(self) -> int:
        """How many learners are in it."""
        return self.sums.n

    @property
    def change(self) -> PairedChange:
        """The analysis."""
        direction = HigherMeans(self.higher_means)
        better, worse = (
            (self.up, self.down) if direction is HigherMeans.BETTER else (self.down, self.up)
        )
        counts = Counts(better, self.n - self.up - self.down, worse)
        return PairedChange.from_sums(self.sums, higher_means=direction, counts=counts)

    def to_json(self) -> dict[str, Any]:
        """As a snapshot keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "ScaleFigures":
        """What `to_json` gave."""
        return cls(**stored | {"sums": PairSums(**stored["sums"])})


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


def live_figures(session: Session, group_id: int, wave: str, *, drafts: bool) -> list[ScaleFigures]:
    """The figures as of now. Only for snapshots: shown live, two of them tell on one person."""
    before, after = cast(Pair.before, BigInteger), cast(Pair.after, BigInteger)
    query = (
        select(
            Pair.instrument_version_id,
            Pair.scale,
            func.count(),
            func.sum(before),
            func.sum(after),
            func.sum(before * before),
            func.sum(after * after),
            func.sum(before * after),
            func.sum(case((Pair.after > Pair.before, 1), else_=0)),
            func.sum(case((Pair.after < Pair.before, 1), else_=0)),
        )
        .where(Pair.group_id == group_id, Pair.wave == wave)
        .group_by(Pair.instrument_version_id, Pair.scale)
        .order_by(Pair.instrument_version_id, Pair.scale)
    )
    if not drafts:
        query = query.where(Pair.draft.is_(False))
    rows = session.execute(query).all()
    versions = {
        row.id: row
        for row in session.scalars(
            select(InstrumentVersion).where(InstrumentVersion.id.in_([row[0] for row in rows]))
        )
    }
    return [
        ScaleFigures(
            instrument=versions[version].instrument,
            version=versions[version].version,
            scale=scale,
            higher_means=versions[version].definition["higher_means"],
            validated=versions[version].definition["validated"],
            sums=PairSums(*map(int, numbers[:6])),
            up=int(numbers[6]),
            down=int(numbers[7]),
        )
        for version, scale, *numbers in rows
    ]


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
    return Figures(_by_key(snapshot.everybody), _by_key(snapshot.without_drafts))


def _by_key(stored: Iterable[dict[str, Any]]) -> dict[Key, ScaleFigures]:
    return {each.key: each for each in map(ScaleFigures.from_json, stored)}


def refreshed(session: Session, group_id: int, wave: str) -> Figures:
    """What a new report would hold: each scale anew where that tells on nobody, else as before.

    Those who read no draft are part of everybody, so the difference of the two figures of a
    scale is a figure of those who did: they must be nobody, or enough people, now and before.
    """
    old = figures_of(newest_snapshot(session, group_id, wave))
    everybody, without = dict(old.everybody), dict(old.without_drafts)
    live = {each.key: each for each in live_figures(session, group_id, wave, drafts=False)}
    beside = _other_waves(session, group_id, wave)
    for new in live_figures(session, group_id, wave, drafts=True):
        key = new.key
        if not may_refresh(_n(everybody.get(key)), new.n):
            continue
        if not all(_may_stand_beside(new, shown) for shown in beside if shown.key == key):
            continue
        part = live.get(key)
        kept = without.get(key)
        if part is not None and _n(kept) != part.n and may_refresh(_n(kept), part.n):
            kept = part
        if kept is not None and not may_show_both(new.n, kept.n):
            continue
        everybody[key] = new
        if kept is not None:
            without[key] = kept
    return Figures(everybody, without)


def _other_waves(session: Session, group_id: int, wave: str) -> list[ScaleFigures]:
    """What is shown of this group's other waves."""
    return [
        figures
        for other in WAVES[1:]
        if other != wave
        for drafts in (True, False)
        for figures in figures_of(newest_snapshot(session, group_id, other)).shown(drafts=drafts)
    ]


def _may_stand_beside(new: ScaleFigures, shown: ScaleFigures) -> bool:
    """Whether two waves may both be shown. They share their figures of before, so what differs
    between these is a figure of those who are in only one wave: nobody, or enough people."""
    same_people = (new.n, new.sums.sx, new.sums.sxx) == (shown.n, shown.sums.sx, shown.sums.sxx)
    return same_people or abs(new.n - shown.n) >= MINIMUM_DIFFERENCE


def _n(figures: ScaleFigures | None) -> int:
    return figures.n if figures is not None else 0


def take_snapshot(session: Session, group_id: int, wave: str, today: date) -> ReportSnapshot | None:
    """Freeze a new report; None when nothing in it may change yet."""
    figures = refreshed(session, group_id, wave)
    if figures == figures_of(newest_snapshot(session, group_id, wave)):
        return None
    snapshot = ReportSnapshot(
        group_id=group_id,
        wave=wave,
        everybody=[each.to_json() for each in figures.shown(drafts=True)],
        without_drafts=[each.to_json() for each in figures.shown(drafts=False)],
        made_on=today,
    )
    session.add(snapshot)
    session.flush()
    return snapshot
