"""Batches in the database: who waits, who was counted, and which batches are still whole."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from edu.learning.models import Journey, Pair
from edu.outcomes.disclosure import MINIMUM_GROUP
from edu.outcomes.disclosure_batches import Batch, Counted, Waiting, new_batches
from edu.outcomes.disclosure_counts import Statement
from edu.outcomes.disclosure_ties import units_of
from edu.outcomes.models import ReportBatch, ReportMember
from edu.outcomes.moved import follow_papers

follow_papers()

#: An instrument's version and one of its scales.
Scale = tuple[int, str]

#: The one wave of which means stand beside the change. Other waves share their figures of before
#: with it: shown too, they would tell of those who are in one wave only.
WHOLE_WAVE = "after"


@dataclass(frozen=True)
class Proposed:
    """What a new report of one scale would add, and what it would say of who moved which way."""

    scale: Scale
    batches: tuple[Batch, ...]
    said: Statement | None = None


def proposed(
    session: Session, group_id: int, wave: str, minimum: int = MINIMUM_GROUP
) -> list[Proposed]:
    """What may be added to a group's report now, scale by scale."""
    counted = counted_in(session, group_id, wave)
    waiting = waiting_in(session, group_id, wave)
    members = _members_in(session, group_id) if waiting else {}
    found = []
    for scale, people in sorted(waiting.items()):
        batches = new_batches(
            counted.get(scale, Counted()),
            people,
            minimum,
            change_only=wave != WHOLE_WAVE,
            units=units_of(members),
        )
        # Whoever is counted together on this scale is on the next.
        members |= {-len(members) - place: _ids(each) for place, each in enumerate(batches, 1)}
        if batches:
            found.append(Proposed(scale, tuple(batches)))
    return found


def _ids(batch: Batch) -> set[str]:
    return {each.id for each in batch.people}


def _members_in(session: Session, group_id: int) -> dict[int, set[str]]:
    """By batch: who of a group was counted together, on any scale and in any wave."""
    found: dict[int, set[str]] = {}
    rows = session.execute(
        select(ReportMember.batch_id, ReportMember.journey_id)
        .join(Journey, Journey.id == ReportMember.journey_id)
        .where(Journey.group_id == group_id)
    )
    for batch, journey in rows:
        found.setdefault(batch, set()).add(journey)
    return found


def counted_in(session: Session, group_id: int, wave: str) -> dict[Scale, Counted]:
    """How many people are in a group's report already, by scale."""
    rows = session.execute(
        select(
            ReportBatch.instrument_version_id,
            ReportBatch.scale,
            ReportBatch.part,
            func.sum(ReportBatch.n),
        )
        .where(ReportBatch.group_id == group_id, ReportBatch.wave == wave)
        .group_by(ReportBatch.instrument_version_id, ReportBatch.scale, ReportBatch.part)
    )
    found: dict[Scale, dict[str, int]] = {}
    for version, scale, part, n in rows:
        found.setdefault((version, scale), {})[part] = int(n)
    return {scale: Counted(**parts) for scale, parts in found.items()}


def waiting_in(session: Session, group_id: int, wave: str) -> dict[Scale, list[Waiting]]:
    """Everybody whose pair is in no batch yet."""
    rows = session.execute(
        select(
            Pair.instrument_version_id,
            Pair.scale,
            Pair.journey_id,
            Pair.draft,
            Pair.before,
            Pair.after,
        )
        .outerjoin(ReportMember, _same_pair())
        .where(Pair.group_id == group_id, Pair.wave == wave, ReportMember.batch_id.is_(None))
    )
    found: dict[Scale, list[Waiting]] = {}
    for version, scale, journey, draft, before, after in rows:
        found.setdefault((version, scale), []).append(Waiting(journey, draft, before, after))
    return found


def _same_pair() -> ColumnElement[bool]:
    return and_(
        ReportMember.journey_id == Pair.journey_id,
        ReportMember.instrument_version_id == Pair.instrument_version_id,
        ReportMember.scale == Pair.scale,
        ReportMember.wave == Pair.wave,
    )


def keep(
    session: Session,
    scale: Scale,
    batch: Batch,
    wave: str,
    today: date,
    *,
    group_id: int | None = None,
    programme_id: int | None = None,
) -> ReportBatch:
    """Count these people together from now on."""
    version, name = scale
    made = ReportBatch(
        group_id=group_id,
        programme_id=programme_id,
        instrument_version_id=version,
        scale=name,
        wave=wave,
        part=batch.part.value,
        n=len(batch.people),
        digest=digest((each.id, each.before, each.after) for each in batch.people),
        made_on=today,
    )
    session.add(made)
    session.flush()
    session.add_all(
        ReportMember(
            journey_id=each.id,
            instrument_version_id=version,
            scale=name,
            wave=wave,
            batch_id=made.id,
        )
        for each in batch.people
    )
    session.flush()
    return made


def digest(scores: Iterable[tuple[str, int, int]]) -> str:
    """Of people's scores, to see whether they are all here and as they were."""
    return hashlib.sha256(repr(sorted(scores)).encode()).hexdigest()


@dataclass(frozen=True)
class Whole:
    """A batch that is as it was counted: everybody is here, with the same scores."""

    batch: ReportBatch
    #: By journey: the scores before and in the wave, in units.
    scores: Mapping[str, tuple[int, int]]


def whole_batches(session: Session, batches: Sequence[ReportBatch]) -> list[Whole]:
    """Those of these batches that are whole. Of the others no row is ever looked at again: what is
    left of them, beside what was shown, would tell of whoever has gone."""
    rows = session.execute(
        select(ReportMember.batch_id, Pair.journey_id, Pair.before, Pair.after)
        .join(Pair, _same_pair())
        .where(ReportMember.batch_id.in_([each.id for each in batches]))
    )
    scores: dict[int, dict[str, tuple[int, int]]] = {}
    for batch_id, journey, before, after in rows:
        scores.setdefault(batch_id, {})[journey] = (before, after)
    return [
        Whole(each, own)
        for each in batches
        if (own := scores.get(each.id))
        and digest((journey, *pair) for journey, pair in own.items()) == each.digest
    ]


def members_of(session: Session, batches: Sequence[ReportBatch]) -> dict[int, set[str]]:
    """By batch: the journeys that were counted in it and are still here."""
    found: dict[int, set[str]] = {each.id: set() for each in batches}
    rows = session.execute(
        select(ReportMember.batch_id, ReportMember.journey_id).where(
            ReportMember.batch_id.in_(list(found))
        )
    )
    for batch, journey in rows:
        found[batch].add(journey)
    return found
