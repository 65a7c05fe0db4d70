"""Each group's change beside that of all groups together: what a forest plot is drawn from.

Made from the section `pooled` of an analysis, as `change_arms` gives it and a report keeps it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from edu.outcomes.analysis.moments import t_interval
from edu.outcomes.paired import Interval


@dataclass(frozen=True)
class ForestGroup:
    """One group. Without a likely range it was not put together with the others.

    `weight` is its share of all groups together, from 0 to 1.
    """

    group: str
    n: int
    mean: float | None
    interval: Interval | None
    weight: float


@dataclass(frozen=True)
class Forest:
    """All groups. Changes are after minus before, whichever side is better.

    `estimate` is None, as both ranges are, where too few groups could be put together.
    """

    groups: tuple[ForestGroup, ...]
    estimate: float | None
    interval: Interval | None
    #: Where the true change of one more such group is likely to be.
    prediction: Interval | None
    few: bool

    @property
    def reach(self) -> float:
        """The furthest end of all ranges from no change, so that they are drawn to one scale."""
        ranges = (*(each.interval for each in self.groups), self.interval, self.prediction)
        ends = [max(abs(each.low), abs(each.high)) for each in ranges if each is not None]
        return max(ends, default=0.0)


def forest_of(pooled: Mapping[str, Any] | None) -> Forest | None:
    """None where there are no groups to set side by side."""
    if pooled is None or len(pooled["groups"]) < 2:
        return None
    together = pooled["estimate"] is not None
    weights = {
        each["group"]: _weight(each, pooled["tau_squared"] if together else 0.0)
        for each in pooled["groups"]
        if each["used"]
    }
    # What a group of too few people to be listed weighs is missing: the listed ones share all.
    whole = sum(weights.values()) or 1.0
    return Forest(
        tuple(_group(each, weights.get(each["group"], 0.0) / whole) for each in pooled["groups"]),
        pooled["estimate"],
        Interval(*pooled["interval"]) if together else None,
        Interval(*pooled["prediction"]) if together else None,
        bool(pooled["few"]),
    )


def _weight(group: Mapping[str, Any], tau_squared: float) -> float:
    return float(1 / (group["standard_error"] ** 2 + tau_squared))


def _group(group: Mapping[str, Any], weight: float) -> ForestGroup:
    interval = None
    if group["used"]:
        interval = t_interval(group["mean"], group["standard_error"], group["matched"] - 1)
    return ForestGroup(group["group"], group["matched"], group["mean"], interval, weight)
