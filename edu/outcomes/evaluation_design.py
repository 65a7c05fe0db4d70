"""How a programme was meant to go, how many came how far, and what was otherwise than planned."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from edu.groups.models import Allocation, Arm, Group
from edu.languages import SOURCE
from edu.learning.courses import course_in
from edu.outcomes.flow import NOBODY, Flow, group_flow, waves_answered
from edu.outcomes.plans import Plan
from edu.outcomes.programme_rows import AFTER as COMPARED_IN


def design(groups: Sequence[Group]) -> dict[str, Any]:
    """How many groups there are of which kind, and by which guideline that is reported."""
    arms = {
        arm.value: sum(group.arm == arm.value for group in groups)
        for arm in Arm
        if any(group.arm == arm.value for group in groups)
    }
    by_lot = len(arms) > 1 and all(group.allocation == Allocation.LOT.value for group in groups)
    return {
        "groups": len(groups),
        "arms": arms,
        "by_lot": by_lot,
        "guideline": "CONSORT" if by_lot else "TREND",
        "places": len({group.place for group in groups if group.place}),
        "languages": sorted({group.tags[0] for group in groups if group.tags}),
        "begun": min((group.made_on.isoformat() for group in groups), default=None),
    }


def flow(session: Session, groups: Sequence[Group]) -> list[dict[str, Any]]:
    """How many came how far, arm by arm; who waits is followed up to the end of the waiting."""
    told = []
    for arm in Arm:
        mine = [group for group in groups if group.arm == arm.value]
        if not mine:
            continue
        found: Flow = NOBODY
        for group in mine:
            course = course_in(session, SOURCE, group.modules)
            lessons = [lesson["id"] for lesson in course.lessons]
            found += group_flow(session, group.id, lessons, COMPARED_IN[arm])
        told.append(
            {
                "arm": arm.value,
                "wave": COMPARED_IN[arm],
                "groups": len(mine),
                "started": found.started,
                "finished": found.finished,
                "before": found.before,
                "after": found.after,
                "matched": found.matched,
                "lost": found.lost,
                "ambiguous": found.ambiguous,
                "unmatched": found.unmatched,
                "waves": waves_answered(session, [group.id for group in mine]),
            }
        )
    return told


def deviations(
    scales: Sequence[Mapping[str, Any]], plan: Plan | None, today: date
) -> list[dict[str, Any]]:
    """What the figures themselves say against the frozen plan."""
    if plan is None:
        return [{"what": "no frozen plan"}]
    told: list[dict[str, Any]] = []
    for name in plan.primary:
        mine = [each for each in scales if f"{each['instrument']}/{each['scale']}" == name]
        n = max((each["matched"] or 0 for each in mine), default=0)
        if not mine or not n:
            told.append({"what": "not measured", "scale": name})
        elif n < plan.people:
            told.append({"what": "too few", "scale": name, "n": n, "planned": plan.people})
        if plan.comparison and mine and not any("comparison" in each for each in mine):
            told.append({"what": "no comparison", "scale": name})
    if plan.ends_on is not None and today < plan.ends_on:
        told.append({"what": "before the end", "planned": plan.ends_on.isoformat()})
    return told
