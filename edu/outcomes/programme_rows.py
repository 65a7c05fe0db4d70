"""The rows under a programme's figures: whole batches of people, and nobody else.

A group with ten people or more stands for itself. People of smaller groups are put together, from
at least two groups and at least ten people at once, when nobody has answered there for four weeks:
so no small group's figures follow from those of the programme. For statistics of groups they are
one group, "several small groups".
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.groups.models import Arm, Group
from edu.learning.models import Journey, Pair, Sitting
from edu.outcomes.batches import Scale, keep, waiting_in
from edu.outcomes.columns import Columns, Row, Table
from edu.outcomes.disclosure import MINIMUM_GROUP
from edu.outcomes.disclosure_batches import Batch, Part, are_alike
from edu.outcomes.figures import take_snapshot
from edu.outcomes.models import ReportBatch
from edu.outcomes.programme_batches import batches_under
from edu.outcomes.scale_figures import limits_of
from edu.outcomes.telling import sums_leave_open
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
        enough = len(found) > 1 and len(together) >= minimum and not are_alike(together)
        if enough and sums_leave_open(session, scale, together, wave):
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
    whole, journeys = batches_under(session, groups, programme_id, minimum, only)
    known = {group.id: group for group in groups}
    found: dict[Scale, Rows] = {}
    scores: dict[tuple[Scale, str], dict[str, int]] = {}
    labels: dict[tuple[Scale, str], str] = {}
    for each in whole:
        batch = each.batch
        scale = (batch.instrument_version_id, batch.scale)
        rows = found.setdefault(scale, Rows())
        rows.batches.append(batch.id)
        label = SMALL if batch.group_id is None else f"group {batch.group_id}"
        for journey, pair in each.scores.items():
            mine = scores.setdefault((scale, journey), {})
            mine |= _waves(batch.wave, pair)
            # Figures of groups are about *after*: with whom somebody is put together later on
            # takes nobody out of her group there.
            if batch.wave == AFTER[Arm(known[journeys[journey][0]].arm)]:
                labels[scale, journey] = label
            else:
                labels.setdefault((scale, journey), label)
    for (scale, journey), mine in scores.items():
        group_id, tag = journeys[journey]
        group = known[group_id]
        side = COURSE if group.arm == Arm.INTERVENTION.value else COMPARISON
        label = labels[scale, journey]
        if label == SMALL:
            label = f"{SMALL} ({side})"
        if group.arm == Arm.WAITING.value:
            # Once it had the lessons too, it is no comparison any more.
            if AFTER[Arm.WAITING] not in mine:
                continue
            mine = {"before": mine["before"], "after": mine[AFTER[Arm.WAITING]]}
        found[scale].learners.append(Learner(journey, label, side, tag, mine))
    return found


def _waves(wave: str, pair: tuple[int, int]) -> dict[str, int]:
    """What a pair says of each wave: looking back is compared with after, all others with
    before."""
    if wave == "looking-back":
        return {"looking-back": pair[0]}
    return {"before": pair[0], wave: pair[1]}


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
