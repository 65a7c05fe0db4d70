"""A programme's whole analysis for evaluators: worked out by a job, and frozen."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.groups.models import Allocation, Arm, Group, Programme
from edu.learning.instruments import definition_of
from edu.learning.models import InstrumentVersion
from edu.outcomes import change_csv
from edu.outcomes.analysis.attrition import attrition
from edu.outcomes.analysis.holm import holm
from edu.outcomes.batches import Scale
from edu.outcomes.disclosure_analysis import disclosed
from edu.outcomes.distributions import t_sf
from edu.outcomes.evaluation_design import design, deviations, flow
from edu.outcomes.item_figures import (
    between_languages,
    items_together,
    known_items,
    sittings,
    unsure,
)
from edu.outcomes.lost import count_lost, lost_scores
from edu.outcomes.paired import PairedChange
from edu.outcomes.plans import Plan, minimum_of, plan_of
from edu.outcomes.programme_rows import COURSE, Rows, freeze_groups, gathered, table_of
from edu.outcomes.retest import retest
from edu.outcomes.scale_figures import reliability_of
from edu.outcomes.tidier import tidier_sheet
from edu.quizzes.instrument import Instrument, Kind
from edu.quizzes.scoring import UNITS

_CODE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Analysis:
    """All figures of a programme as they may be read, and what they stand on."""

    content: dict[str, Any]
    batches: list[int]
    data_hash: str
    plan_id: int | None


def count_in(session: Session, programme_id: int, today: date) -> None:
    """Count everybody who may be counted by now."""
    minimum = minimum_of(session, programme_id)
    groups = _groups(session, programme_id)
    freeze_groups(session, groups, programme_id, today, minimum)
    count_lost(session, groups, programme_id, today, minimum)


def analyse(session: Session, root: Path, programme_id: int, today: date) -> Analysis:
    """Work everything out; only reads, as it may take long."""
    minimum = minimum_of(session, programme_id)
    name = session.get_one(Programme, programme_id).name
    groups = _groups(session, programme_id)
    found = gathered(session, groups, programme_id, minimum)
    kept = plan_of(session, programme_id)
    plan = Plan.from_json(kept.content) if kept is not None and kept.frozen_on else None
    scales = []
    for scale, rows in sorted(found.items()):
        told = _scale(session, scale, rows, minimum)
        if told["matched"] is not None:
            gone = lost_scores(session, groups, programme_id, scale)
            told["attrition"] = _attrition(rows, gone, minimum)
        if "comparison" in told:
            told["comparison"]["leads"] = _leads(groups)
            told["retest"] = retest(groups, rows.learners, told["comparison"])
        scales.append(told)
    _adjust(scales, plan)
    return Analysis(
        {
            "minimum": minimum,
            "design": design(groups),
            "flow": flow(session, groups),
            "scales": scales,
            "deviations": deviations(scales, plan, today),
            "tidier": tidier_sheet(session, root, groups, name),
        },
        sorted({batch for rows in found.values() for batch in rows.batches}),
        data_hash(found),
        kept.id if kept is not None and plan is not None else None,
    )


def _groups(session: Session, programme_id: int) -> Sequence[Group]:
    return session.scalars(
        select(Group).where(Group.programme_id == programme_id).order_by(Group.id)
    ).all()


def _scale(session: Session, scale: Scale, rows: Rows, minimum: int) -> dict[str, Any]:
    version = session.get_one(InstrumentVersion, scale[0])
    instrument = definition_of(version)
    table = table_of(rows, instrument, scale[1])
    found = disclosed(
        change_csv.analysis(
            table,
            reliability=reliability_of(instrument, scale[1]),
            higher_is=instrument.higher_is(scale[1]),
            comparison="comparison" if table.columns.arm else None,
        ),
        minimum,
    )
    named: dict[str, Any] = {
        "instrument": version.instrument,
        "version": version.version,
        "scale": scale[1],
        "validated": instrument.validated,
    }
    if found["matched"] is None:
        return named | found
    return named | found | _items(session, scale, rows, instrument)


def _attrition(rows: Rows, gone: Sequence[int], minimum: int) -> dict[str, Any] | None:
    """Those who were lost beside those who stayed, as both began."""
    stayed = [
        each.scores["before"] / UNITS
        for each in rows.learners
        if each.arm == COURSE and {"before", "after"} <= each.scores.keys()
    ]
    if min(len(gone), len(stayed)) < minimum:
        return None
    found = attrition(stayed, [each / UNITS for each in gone])
    interval = found.interval
    return {
        "stayed": vars(found.stayed),
        "lost": vars(found.lost),
        "difference": found.difference,
        "interval": None if interval is None else [interval.low, interval.high],
        "g": found.g,
    }


def _items(session: Session, scale: Scale, rows: Rows, instrument: Instrument) -> dict[str, Any]:
    course = [
        each
        for each in rows.learners
        if each.arm == COURSE and {"before", "after"} <= each.scores.keys()
    ]
    answers = sittings(session, scale[0], course, instrument)
    before, after = answers["before"], answers["after"]
    headline = PairedChange.from_pairs(
        [(each.scores["before"], each.scores["after"]) for each in course],
        higher_means=instrument.higher_is(scale[1]),
    )
    found: dict[str, Any] = {
        "languages": between_languages(instrument, scale, course, before),
        "dont_know": unsure(instrument, scale, headline, before, after),
    }
    if instrument.kind is Kind.KNOWLEDGE:
        return found | {"known": known_items(instrument, before, after)}
    return found | {"items": items_together(instrument, scale, before.values())}


def _leads(groups: Sequence[Group]) -> str:
    """Which comparison counts: adjusted for before where a lot or a waiting list made the arms."""
    others = [group for group in groups if group.arm != Arm.INTERVENTION.value]
    by_chance = all(
        group.arm == Arm.WAITING.value or group.allocation == Allocation.LOT.value
        for group in others
    )
    return "adjusted" if by_chance else "difference_in_differences"


def _adjust(scales: Sequence[dict[str, Any]], plan: Plan | None) -> None:
    """Holm's adjustment over the scales that the plan named beforehand; no others have one."""
    named = set(plan.primary) if plan is not None else set()
    for each in scales:
        each["primary"] = f"{each['instrument']}/{each['scale']}" in named
    tested = [
        (each, p)
        for each in scales
        if plan is not None and each["primary"] and (p := _planned_p(each, plan)) is not None
    ]
    for (each, _), adjusted in zip(tested, holm([p for _, p in tested]), strict=True):
        each["p_holm"] = adjusted


def _planned_p(figures: Mapping[str, Any], plan: Plan) -> float | None:
    """The p of what the plan said would be tested: the difference between the arms where it named
    a comparison, otherwise the change. What was not planned never takes its place."""
    if not plan.comparison:
        change = figures.get("change")
        own: float | None = change["p"] if change else None
        return own
    compared = figures.get("comparison")
    found = compared[compared["leads"]] if compared else None
    if not found or not found["standard_error"]:
        return None
    return 2 * t_sf(abs(found["value"]) / found["standard_error"], found["df"])


def data_hash(found: Mapping[Scale, Rows]) -> str:
    """Of all scores under the figures. The random numbers of journeys, which nobody is shown, are
    in it: without them a digest would tell anybody who tries out all answers when she is right."""
    rows = sorted(
        [
            *map(str, scale),
            each.journey,
            each.arm,
            *(f"{wave}={value}" for wave, value in sorted(each.scores.items())),
        ]
        for scale, mine in found.items()
        for each in mine.learners
    )
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def code_hash() -> str:
    """Of the program that scores and analyses, file by file."""
    found = hashlib.sha256()
    for folder in ("outcomes", "quizzes", "learning"):
        for file in sorted((_CODE / folder).rglob("*.py")):
            found.update(file.relative_to(_CODE).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()
