"""The rows under a programme's figures: whole batches of people, and nobody else.

A group with ten people or more stands for itself. People of smaller groups are put together, from
at least two groups and at least ten people at once, when nobody has answered there for four weeks:
so no small group's figures follow from those of the programme. For statistics of groups they are
one group, "several small groups".
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.groups.models import Arm, Group
from edu.learning.models import Journey, Pair, Sitting
from edu.outcomes.batches import Scale, Whole, keep, waiting_in, whole_batches
from edu.outcomes.columns import Columns, Row, Table
from edu.outcomes.disclosure import MINIMUM_GROUP
from edu.outcomes.disclosure_batches import Batch, Part, are_alike
from edu.outcomes.figures import take_snapshot
from edu.outcomes.models import ReportBatch
from edu.outcomes.scale_figures import limits_of
from edu.quizzes.instrument import Instrument
from edu.quizzes.scoring import UNITS

QUIET = timedelta(weeks=4)
SMALL = "several small groups"
#: The wave that stands for "after" in each arm: who waits is asked twice before the lessons.
AFTER = {Arm.INTERVENTION: "after", Arm.WAITING: "before-2", Arm.COMPARISON: "after"}
COURSE, COMPARISON = "course", "comparison"


@dataclass(frozen=True)
class Learner:
    """One person's scores on one scale, in units, by wave; known by her journey."""

    journey: str
    group: str
    arm: str
    tag: str
    scores: Mapping[str, int]


@dataclass
class Rows:
    """Everybody under one scale's figures, and the batches they are in."""

    learners: list[Learner] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)


def freeze_groups(
    session: Session, groups: Sequence[Group], programme_id: int, today: date, minimum: int
) -> None:
    """Count everybody who may be counted by now: group by group, and the small ones together."""
    for group in groups:
        for wave in waves_of(session, group):
            take_snapshot(session, group.id, wave, today, minimum)
    for arm in Arm:
        mine = [each for each in groups if each.arm == arm.value]
        for wave in {wave for group in mine for wave in waves_of(session, group)}:
            _pool(session, mine, programme_id, wave, today, minimum)


def waves_of(session: Session, group: Group) -> list[str]:
    """The waves in which somebody of a group can be compared."""
    return list(
        session.scalars(
            select(Pair.wave).where(Pair.group_id == group.id).distinct().order_by(Pair.wave)
        )
    )


def _pool(
    session: Session,
    groups: Sequence[Group],
    programme_id: int,
    wave: str,
    today: date,
    minimum: int,
) -> None:
    """Put the people of small, quiet groups together, where there are enough of both."""
    waiting: dict[Scale, list[tuple[int, Batch]]] = {}
    for group in groups:
        if not is_quiet(session, group, today):
            continue
        shown = _scales_shown(session, group, wave)
        for scale, people in waiting_in(session, group.id, wave).items():
            if scale not in shown:
                batch = Batch(Part.MIXED, tuple(people))
                waiting.setdefault(scale, []).append((group.id, batch))
    for scale, found in waiting.items():
        together = tuple(person for _, batch in found for person in batch.people)
        if len(found) > 1 and len(together) >= minimum and not are_alike(together):
            joint = Batch(Part.MIXED, together)
            keep(session, scale, joint, wave, today, programme_id=programme_id)


def is_quiet(session: Session, group: Group, today: date) -> bool:
    """Whether nobody has answered there for four weeks."""
    newest = session.scalar(
        select(func.max(Sitting.submitted_on))
        .join(Journey, Journey.id == Sitting.journey_id)
        .where(Journey.group_id == group.id)
    )
    return newest is not None and newest <= today - QUIET


def _scales_shown(session: Session, group: Group, wave: str) -> set[Scale]:
    rows = session.execute(
        select(ReportBatch.instrument_version_id, ReportBatch.scale)
        .where(ReportBatch.group_id == group.id, ReportBatch.wave == wave)
        .distinct()
    )
    return {(version, scale) for version, scale in rows}


def gathered(
    session: Session,
    groups: Sequence[Group],
    programme_id: int,
    minimum: int = MINIMUM_GROUP,
    only: Container[int] | None = None,
) -> dict[Scale, Rows]:
    """The rows of each scale that anybody was counted on; `only` those of these batches."""
    whole = [
        each
        for each in _whole(session, groups, programme_id)
        if only is None or each.batch.id in only
    ]
    journeys = _journeys(session, (each for batch in whole for each in batch.scores))
    known = {group.id: group for group in groups}
    found: dict[Scale, Rows] = {}
    scores: dict[tuple[Scale, str], dict[str, int]] = {}
    labels: dict[tuple[Scale, str], str] = {}
    sizes = _sizes(whole)
    for each in whole:
        batch = each.batch
        scale = (batch.instrument_version_id, batch.scale)
        if any(journeys[journey][0] not in known for journey in each.scores):
            # One of the small groups has moved away: the others would be told by what is left.
            continue
        if batch.group_id is not None and sizes[batch.group_id, scale, batch.wave] < minimum:
            # Of a group from which many have withdrawn too little is left.
            continue
        rows = found.setdefault(scale, Rows())
        rows.batches.append(batch.id)
        for journey, pair in each.scores.items():
            mine = scores.setdefault((scale, journey), {})
            mine |= _waves(batch.wave, pair)
            label = SMALL if batch.group_id is None else f"group {batch.group_id}"
            labels[scale, journey] = label
    for (scale, journey), mine in scores.items():
        group_id, tag = journeys[journey]
        group = known[group_id]
        side = COURSE if group.arm == Arm.INTERVENTION.value else COMPARISON
        label = labels[scale, journey]
        if label == SMALL:
            label = f"{SMALL} ({side})"
        after = AFTER[Arm(group.arm)]
        told = {("after" if wave == after else wave): value for wave, value in mine.items()}
        if group.arm == Arm.WAITING.value:
            told = {wave: value for wave, value in told.items() if wave in ("before", "after")}
            if after not in mine:
                continue
        found[scale].learners.append(Learner(journey, label, side, tag, told))
    return found


def _waves(wave: str, pair: tuple[int, int]) -> dict[str, int]:
    """What a pair says of each wave: looking back is compared with after, all others with
    before."""
    if wave == "looking-back":
        return {"looking-back": pair[0]}
    return {"before": pair[0], wave: pair[1]}


def _whole(session: Session, groups: Sequence[Group], programme_id: int) -> list[Whole]:
    mine = ReportBatch.group_id.in_([each.id for each in groups])
    batches = session.scalars(
        select(ReportBatch)
        .where(mine | (ReportBatch.programme_id == programme_id), ReportBatch.wave != "lost")
        .order_by(ReportBatch.id)
    ).all()
    return whole_batches(session, batches)


def _sizes(whole: Iterable[Whole]) -> dict[tuple[int, Scale, str], int]:
    found: dict[tuple[int, Scale, str], int] = {}
    for each in whole:
        batch = each.batch
        if batch.group_id is not None:
            key = (batch.group_id, (batch.instrument_version_id, batch.scale), batch.wave)
            found[key] = found.get(key, 0) + batch.n
    return found


def _journeys(session: Session, ids: Iterable[str]) -> dict[str, tuple[int, str]]:
    wanted = sorted(set(ids))
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        rows = session.execute(
            select(Journey.id, Journey.group_id, Journey.tag).where(Journey.id.in_(some))
        )
        found |= {journey: (group or 0, tag) for journey, group, tag in rows}
    return found


def table_of(rows: Rows, instrument: Instrument, scale: str) -> Table:
    """The rows as a table for the same analysis that any CSV gets, in an order that tells
    nothing."""
    present = {wave for each in rows.learners for wave in each.scores}
    later = tuple(sorted(wave for wave in present if wave.startswith("later-")))
    arms = {each.arm for each in rows.learners}
    columns = Columns(
        before="before",
        after="after",
        later=later,
        looking_back="looking-back" if "looking-back" in present else None,
        arm="arm" if len(arms) == 2 else None,
        group="group",
    )
    limits = limits_of(instrument, scale)
    low, high = (None, None) if limits is None else (_points(round(x * UNITS)) for x in limits)
    return Table(
        columns,
        tuple(
            Row(
                line=place,
                waves=tuple(_value(each.scores.get(wave)) for wave in columns.waves),
                looking_back=_value(each.scores.get("looking-back")),
                arm=each.arm,
                group=each.group,
            )
            for place, each in enumerate(sorted(rows.learners, key=lambda each: each.journey), 1)
        ),
        low,
        high,
    )


def _value(units: int | None) -> Decimal | None:
    return None if units is None else _points(units)


def _points(units: int) -> Decimal:
    return Decimal(units) / UNITS
