"""The groups of a programme side by side, as evaluators see them: a forest plot and its table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from edu.groups.models import Group
from edu.outcomes.forest import Forest, ForestGroup, forest_of
from edu.outcomes.paired import Interval
from edu.outcomes.pictures import forest_group, forest_next, forest_together
from edu.outcomes.programme_rows import SMALL
from edu.trainer.evaluation_wording import range_ends
from edu.trainer.wording import signed


@dataclass(frozen=True)
class Row:
    """A line of the table, and of the picture where there is something to draw.

    `name` is a group's own, or our words; `whole` is whether it is about all groups together.
    """

    name: str
    n: str
    change: str
    likely: str
    picture: Markup
    whole: bool = False


@dataclass(frozen=True)
class Plot:
    """`ends`: the words at the beginning and the end of the line, as it is read."""

    rows: list[Row]
    ends: tuple[str, str]
    together: bool
    few: bool


def names_of(groups: Iterable[Group]) -> dict[str, str]:
    """What groups are called, by what `programme_rows` calls them; the oldest first."""
    return {f"group {each.id}": each.name for each in sorted(groups, key=lambda group: group.id)}


def plot_of(figures: Mapping[str, Any], names: Mapping[str, str]) -> Plot | None:
    """Of one scale; `names` are those of groups, by what they are called in the figures, and in
    the order in which they are shown."""
    found = forest_of(figures.get("pooled"))
    if found is None:
        return None
    worse, better, from_the_right = range_ends()
    # Better is at the end of the line of reading, whichever side of the scale it is on.
    mirrored = from_the_right != (figures["limits"]["higher_is"] == "worse")
    places = {label: place for place, label in enumerate(names)}
    groups = sorted(found.groups, key=lambda each: places.get(each.group, len(places)))
    rows = [_group(each, _name(each.group, names), found.reach, mirrored) for each in groups]
    return Plot(
        rows + _together(found, mirrored),
        (worse, better),
        found.estimate is not None,
        found.few,
    )


def _name(label: str, names: Mapping[str, str]) -> str:
    return _("Several small groups") if label.startswith(SMALL) else names.get(label, label)


def _group(each: ForestGroup, name: str, reach: float, mirrored: bool) -> Row:
    """A group that was put together with the others has a picture."""
    picture = Markup("")
    if each.interval is not None and each.mean is not None:
        picture = forest_group(
            each.interval.low,
            each.mean,
            each.interval.high,
            reach=reach,
            weight=each.weight,
            mirrored=mirrored,
        )
    return Row(name, str(each.n), _said(each.mean), _between(each.interval), picture)


def _together(found: Forest, mirrored: bool) -> list[Row]:
    """All groups, and where one more is likely to be; nothing where they are too few."""
    if found.estimate is None or found.interval is None or found.prediction is None:
        return []
    likely, further = found.interval, found.prediction
    return [
        Row(
            _("All groups together"),
            str(sum(each.n for each in found.groups if each.interval is not None)),
            _said(found.estimate),
            _between(likely),
            forest_together(
                likely.low, found.estimate, likely.high, reach=found.reach, mirrored=mirrored
            ),
            whole=True,
        ),
        Row(
            _("One more group like these"),
            "",
            "",
            _between(further),
            forest_next(further.low, further.high, reach=found.reach, mirrored=mirrored),
            whole=True,
        ),
    ]


def _said(value: float | None) -> str:
    return "" if value is None else signed(value)


def _between(interval: Interval | None) -> str:
    return "" if interval is None else f"{signed(interval.low)} … {signed(interval.high)}"
