"""One scale of an evaluator's report as the page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from edu.outcomes.evaluation_table import Field, fields_of, headline, said
from edu.outcomes.pictures import likely_range
from edu.pages.views import Text
from edu.trainer.evaluation_forest import Plot, plot_of
from edu.trainer.evaluation_wording import range_ends, verdict_words
from edu.trainer.plan_words import arm_name


@dataclass(frozen=True)
class Side:
    """A line of the comparison: an arm, or the difference of both."""

    name: str
    people: str
    change: str
    likely: str


@dataclass(frozen=True)
class ScaleShown:
    """A scale as the page shows it."""

    title: Text
    figures: Mapping[str, Any]
    verdict: str
    picture: Markup
    groups: Plot | None
    beside: list[Side]
    headline: list[str]
    fields: list[Field]


def scale_shown(title: Text, figures: Mapping[str, Any], names: Mapping[str, str]) -> ScaleShown:
    """A scale by its figures; `names` are those of groups."""
    return ScaleShown(
        title,
        figures,
        verdict_words(figures.get("verdict")),
        _picture(figures),
        plot_of(figures, names),
        _beside(figures),
        headline(figures),
        fields_of(figures),
    )


def _picture(figures: Mapping[str, Any]) -> Markup:
    change = figures.get("change")
    if not change or change["interval"] is None:
        return Markup("")
    low, high = change["interval"]
    middle = change["mean"]
    if figures["limits"]["higher_is"] == "worse":
        low, middle, high = -high, -middle, -low
    worse, better, mirrored = range_ends()
    return likely_range(low, middle, high, worse=worse, better=better, mirrored=mirrored)


def _beside(figures: Mapping[str, Any]) -> list[Side]:
    """Both arms, and the difference that counts: the one that the design asks for."""
    found = figures.get("comparison")
    if not found or found["difference"] is None:
        return []
    arms = [
        Side(
            name,
            said(arm["matched"]),
            f"{said(arm['mean_change'])} ({said(arm['sd_change'])})",
            "",
        )
        for name, arm in zip(
            (arm_name("intervention"), _("Without the lessons")), found["arms"], strict=True
        )
    ]
    leads = found.get("leads", "difference_in_differences")
    names = {
        "adjusted": _("Difference, allowing for how they began"),
        "difference_in_differences": _("Difference of the changes"),
    }
    estimate = found[leads]
    if estimate["value"] is None:
        last = Side(names["difference_in_differences"], "", said(found["difference"]), "")
    else:
        last = Side(names[leads], "", said(estimate["value"]), said(estimate["interval"]))
    return [*arms, last]
