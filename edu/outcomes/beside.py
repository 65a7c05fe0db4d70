"""A programme's groups side by side: those who had the course, and those who waited or did not.

Everything here is made of reports that were shown group by group, so it tells nothing that they
did not tell. Groups are compared by their means: people of one group are alike, and a group counts
once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.groups.models import Arm, Group
from edu.outcomes.analysis.clusters import Estimate
from edu.outcomes.analysis.comparing import GROUPS_FOR_MEANS
from edu.outcomes.analysis.moments import mean, t_interval, variance
from edu.outcomes.figures import figures_of, newest_snapshot
from edu.outcomes.scale_figures import Key, ScaleFigures


@dataclass(frozen=True)
class Beside:
    """One scale: how many groups and people there are on each side, and how far their means of the
    change lie apart; `estimate` is None where that can only be described."""

    groups: tuple[int, int]
    people: tuple[int, int]
    difference: float
    estimate: Estimate | None


def beside(
    session: Session, programme_id: int, *, drafts: bool
) -> tuple[dict[Key, Beside], set[Key]]:
    """What a programme's groups show together, scale by scale; and the scales of comparison."""
    groups = session.scalars(select(Group).where(Group.programme_id == programme_id)).all()
    course: dict[Key, list[ScaleFigures]] = {}
    others: dict[Key, list[ScaleFigures]] = {}
    for group in groups:
        side = course if group.arm == Arm.INTERVENTION.value else others
        # While it waits, a group on the waiting list is a comparison; afterwards it had the course.
        wave = "before-2" if group.arm == Arm.WAITING.value else "after"
        for each in figures_of(newest_snapshot(session, group.id, wave)).shown(drafts=drafts):
            side.setdefault(each.key, []).append(each)
    found = {key: compared(course[key], others[key]) for key in course if key in others}
    return found, set(others)


def compared(course: Sequence[ScaleFigures], others: Sequence[ScaleFigures]) -> Beside:
    """Two sides with at least one group in each."""
    one, two = (_changes(side) for side in (course, others))
    return Beside(
        groups=(len(one), len(two)),
        people=(sum(each.n for each in course), sum(each.n for each in others)),
        difference=mean(one) - mean(two),
        estimate=_estimate(one, two),
    )


def _changes(side: Iterable[ScaleFigures]) -> list[float]:
    return [each.change.mean_change or 0.0 for each in side]


def _estimate(one: Sequence[float], two: Sequence[float]) -> Estimate | None:
    n, m = len(one), len(two)
    if min(n, m) < GROUPS_FOR_MEANS:
        return None
    df = n + m - 2
    spread = ((n - 1) * variance(one) + (m - 1) * variance(two)) / df
    if not spread:
        return None
    error = sqrt(spread * (1 / n + 1 / m))
    difference = mean(one) - mean(two)
    return Estimate(difference, error, df, t_interval(difference, error, df))
