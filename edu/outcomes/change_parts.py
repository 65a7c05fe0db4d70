"""The parts of the JSON of `flask change` that are always there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from edu.outcomes.analysis.attrition import Side, attrition
from edu.outcomes.analysis.clusters import Estimate
from edu.outcomes.analysis.detectable import detectable_change
from edu.outcomes.analysis.effects import effect_sizes
from edu.outcomes.analysis.ends import ends
from edu.outcomes.analysis.ladder import ALLOWS, step
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.signed_rank import signed_rank
from edu.outcomes.change_fields import blank
from edu.outcomes.change_scores import Scores
from edu.outcomes.columns import Table
from edu.outcomes.distributions import t_sf
from edu.outcomes.paired import DESCRIBE_FROM, Interval, Why

_INTERVAL = "change.standard_error, change.t, change.df, change.p, change.interval, effect"


@dataclass(frozen=True)
class Part:
    """Sections of the result, and why fields are null."""

    sections: Mapping[str, Any] = field(default_factory=dict)
    not_given: Mapping[str, str] = field(default_factory=dict)


def none_of(section: str, why: str) -> Part:
    """A section without figures."""
    return Part({section: blank(section)}, {section: why})


def ends_of(interval: Interval | None) -> list[float] | None:
    """An interval as JSON has it."""
    return None if interval is None else [interval.low, interval.high]


def plain(estimate: Estimate | None) -> dict[str, Any]:
    """An estimate as JSON has it."""
    if estimate is None:
        return {"value": None, "standard_error": None, "df": None, "interval": None}
    return {
        "value": estimate.value,
        "standard_error": estimate.error,
        "df": estimate.df,
        "interval": ends_of(estimate.interval),
    }


def counts(table: Table, scores: Scores) -> Part:
    """Who is in it, and how far so many people reach."""
    states = [(x is None, y is None) for x, y, *_ in scores.waves]
    moved, matched = scores.change.counts, scores.change.n
    return Part(
        {
            "counts": {
                "rows": len(table.rows),
                "matched": matched,
                "improved": moved.improved if moved else 0,
                "same": moved.same if moved else 0,
                "worsened": moved.worsened if moved else 0,
            },
            "missing": {
                "before": states.count((True, False)),
                "after": states.count((False, True)),
                "both": states.count((True, True)),
            },
            "ladder": {"step": str(step(matched)), "allows": ALLOWS[step(matched)]},
        }
    )


def flow(table: Table, scores: Scores) -> Part:
    """Who was left out and why: nobody is dropped in silence."""
    before, after = table.columns.before, table.columns.after
    whys = {
        (True, False): f"no value in {before}",
        (False, True): f"no value in {after}",
        (True, True): f"no value in {before} and {after}",
    }
    left_out = [
        {"line": row.line, "why": whys[state]}
        for row, (x, y, *_) in zip(scores.rows, scores.waves, strict=True)
        if (state := (x is None, y is None)) in whys
    ]
    answered = [
        sum(score is not None for score in wave) for wave in zip(*scores.waves, strict=True)
    ]
    named = zip(table.columns.waves, answered or [0] * len(table.columns.waves), strict=True)
    return Part(
        {
            "rows": {
                "used": scores.change.n,
                "left_out": len(left_out),
                "set_apart": len(table.rows) - len(scores.rows),
            },
            "left_out": left_out,
            "flow": [{"column": column, "answered": number} for column, number in named],
        }
    )


def change(scores: Scores) -> Part:
    """The change of the matched rows and its size."""
    found = scores.change
    mean, error = found.mean_change, found.standard_error
    t = mean / error if mean is not None and error is not None else None
    effect = effect_sizes(found)
    sizes = blank("effect")
    if effect is not None:
        sizes = {name: getattr(effect, name) for name in sizes}
        sizes["g_av_interval"] = ends_of(effect.g_av_interval)
    why = {
        "before, after, change.mean, change.sd": found.why_no_means,
        "change.correlation": found.why_no_correlation,
        _INTERVAL: found.why_no_interval,
    }
    if effect is not None:
        why["effect.d_b, effect.g_b"] = Why.CONSTANT_BEFORE if effect.d_b is None else None
        why["effect.d_rm"] = found.why_no_correlation
    return Part(
        {
            "before": {"mean": found.mean_before, "sd": found.sd_before},
            "after": {"mean": found.mean_after, "sd": found.sd_after},
            "change": {
                "mean": mean,
                "sd": found.sd_change,
                "standard_error": error,
                "t": t,
                "df": None if error is None else found.n - 1,
                "p": None if t is None else 2 * t_sf(abs(t), found.n - 1),
                "interval": ends_of(found.interval),
                "correlation": found.correlation,
            },
            "effect": sizes,
        },
        {fields: str(reason) for fields, reason in why.items() if reason is not None},
    )


def signed_rank_test(scores: Scores) -> Part:
    """Wilcoxon's test, where there is an interval to stand beside."""
    if scores.change.why_no_interval is not None:
        return none_of("signed_rank", str(scores.change.why_no_interval))
    found = signed_rank(scores.changes, scores.noise * scores.units)
    if isinstance(found, NotGiven):
        return none_of("signed_rank", found.why)
    section = vars(found) | {"pseudomedian": scores.points(found.pseudomedian)}
    return Part({"signed_rank": section})


def scale_ends(scores: Scores, table: Table) -> Part:
    """Floor and ceiling, on the numbers as they were written."""
    if scores.change.why_no_means is not None:
        return none_of("ends", str(scores.change.why_no_means))
    # Decimals as they were written, so that a value is at the end or is not.
    pairs = [(row.waves[0], row.waves[1]) for row, _, _ in scores.matched]
    found = ends(pairs, table.minimum, table.maximum, scores.change.higher_means)
    why = {"ends": "the lowest and highest possible values were not both given"}
    return Part(
        {"ends": vars(found) | {"flagged": list(found.flagged)}},
        why if len(table.limits) < 2 else {},
    )


def lost(scores: Scores) -> Part:
    """Those who came back and those who did not, as they began."""
    stayed = [scores.points(x) for x, y, *_ in scores.waves if x is not None and y is not None]
    gone = [scores.points(x) for x, y, *_ in scores.waves if x is not None and y is None]
    found = attrition(stayed, gone)
    section = {
        "stayed": _side(found.stayed),
        "lost": _side(found.lost),
        "difference": found.difference,
        "interval": ends_of(found.interval),
        "g": found.g,
    }
    reason = {"attrition": found.why} if gone and found.why is not None else {}
    return Part({"attrition": section}, reason)


def _side(side: Side) -> dict[str, Any]:
    return {"n": side.n, "mean": side.mean, "sd": side.sd}


def detectable(scores: Scores) -> Part:
    """What so many people could have shown."""
    found = detectable_change(scores.change.n) if scores.change.n >= DESCRIBE_FROM else None
    if found is None or isinstance(found, NotGiven):
        return none_of("detectable", f"fewer than {DESCRIBE_FROM} people could be matched")
    points = found * (scores.change.sd_change or 0)
    why = {} if points else {"detectable.points": str(Why.CONSTANT_CHANGE)}
    return Part({"detectable": {"d_z": found, "points": points or None}}, why)
