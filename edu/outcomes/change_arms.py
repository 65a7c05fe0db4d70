"""The parts of the JSON of `flask change` that are about several groups or both arms."""

from dataclasses import dataclass
from typing import Any

from edu.lessons.mistakes import Broken, Mistake
from edu.outcomes.analysis.clusters import clusters
from edu.outcomes.analysis.comparing import Arm, Comparison, Learner, compare
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.pooling import pooled
from edu.outcomes.change_fields import blank
from edu.outcomes.change_parts import Part, ends_of, none_of, plain
from edu.outcomes.change_scores import Scores
from edu.outcomes.columns import Columns, Table
from edu.outcomes.paired import DESCRIBE_FROM, PairedChange, Why

#: What arms without a course are called, in any case of letters.
COMPARISONS = frozenset(
    {"0", "no", "control", "comparison", "waiting", "waiting list", "waiting-list", "waitlist"}
)


@dataclass(frozen=True)
class Arms:
    """The names of both arms."""

    course: str
    comparison: str


def arms_of(table: Table, comparison: str | None, file: str) -> Arms | None:
    """Which arm is which; None when no column of arms was named. Raises Broken.

    The comparison is the one that was named, or is called as such; if neither, the first in the
    order of names, so that 0 is compared with 1 and A with B.
    """
    if table.columns.arm is None:
        return None
    names = sorted({row.arm for row in table.rows if row.arm is not None})
    if len(names) != 2:
        found = ", ".join(map(repr, names)) or "none"
        raise Broken([Mistake(file, 1, f"two arms are wanted; {table.columns.arm} has {found}")])
    if comparison is not None and comparison not in names:
        message = f"no arm {comparison!r}; the arms are {names[0]!r} and {names[1]!r}"
        raise Broken([Mistake(file, 1, message)])
    called = [name for name in names if name.casefold() in COMPARISONS]
    other = comparison or (called[0] if len(called) == 1 else names[0])
    return Arms(next(name for name in names if name != other), other)


def in_groups(scores: Scores, columns: Columns) -> Part:
    """People who were taught together, and their groups put together."""
    if columns.group is None:
        return Part()
    named = [
        (row.group, scores.points(y - x)) for row, x, y in scores.matched if row.group is not None
    ]
    found = clusters(named)
    whole = _pooled(scores)
    if isinstance(found, NotGiven):
        none = none_of("groups", found.why)
        return Part({**none.sections, **whole.sections}, {**none.not_given, **whole.not_given})
    section = blank("groups") | {
        name: getattr(found, name)
        for name in ("groups", "people", "smallest", "largest", "icc", "icc_reml", "few")
    }
    section |= {
        "design_effect": found.design_effect,
        "of_means": plain(found.of_means),
        "robust": plain(found.robust),
        "intercept": plain(found.intercept),
    }
    return Part({"groups": section, **whole.sections}, whole.not_given)


def _pooled(scores: Scores) -> Part:
    pairs: dict[str, list[tuple[int, int]]] = {}
    for row, x, y in scores.matched:
        if row.group is not None:
            pairs.setdefault(row.group, []).append((x, y))
    changes = {
        name: PairedChange.from_pairs(
            own, higher_means=scores.change.higher_means, units=scores.units, noise=scores.noise
        )
        for name, own in sorted(pairs.items())
    }
    used = {name: each for name, each in changes.items() if each.n >= DESCRIBE_FROM}
    errors = {name: (each.sd_change or 0.0) / each.n**0.5 for name, each in used.items()}
    whole = [(used[name].mean_change or 0.0, error) for name, error in errors.items() if error]
    listed = [
        {
            "group": name,
            "matched": each.n,
            "mean": each.mean_change,
            "standard_error": errors.get(name) or None,
            "used": bool(errors.get(name)),
        }
        for name, each in changes.items()
    ]
    found = pooled(whole)
    if isinstance(found, NotGiven):
        section = blank("pooled") | {"groups": listed}
        why = f"{found.why}: each needs {DESCRIBE_FROM} matched people whose changes differ"
        return Part({"pooled": section}, {"pooled": why})
    section = vars(found) | {
        "groups": listed,
        "standard_error": found.error,
        "interval": ends_of(found.interval),
        "prediction": ends_of(found.prediction),
    }
    return Part({"pooled": {name: section[name] for name in blank("pooled")}})


def compared(everybody: Scores, arms: Arms | None) -> Part:
    """The course beside the comparison."""
    if arms is None:
        return Part()
    points = everybody.points
    found = compare(
        [
            Learner(row.arm == arms.course, points(x), points(y), row.group)
            for row, x, y in everybody.matched
            if row.arm is not None
        ]
    )
    section = blank("comparison")
    sides: list[tuple[str, Arm | None]] = [(arms.course, None), (arms.comparison, None)]
    if not isinstance(found, NotGiven):
        sides = [(arms.course, found.course), (arms.comparison, found.comparison)]
        section |= {
            "how": str(found.how),
            "difference": found.difference,
            "d_ppc2": found.d_ppc2,
            "without_group": found.without_group,
            "adjusted": plain(found.adjusted),
            "difference_in_differences": plain(found.difference_in_differences),
            "adjusted_intercept": plain(found.adjusted_intercept),
            "adjusted_of_means": plain(found.adjusted_of_means),
        }
    section["arms"] = [_arm(everybody, name, side) for name, side in sides]
    return Part({"comparison": section}, _why_not_compared(found))


def _why_not_compared(found: Comparison | NotGiven) -> dict[str, str]:
    if isinstance(found, NotGiven):
        return {"comparison": found.why}
    why = {}
    if found.why_no_interval is not None:
        why["comparison"] = found.why_no_interval
    elif found.adjusted is None:
        why["comparison.adjusted"] = (
            "everybody had the same score before or after, or nothing is left that before does not"
            " explain"
        )
    elif found.difference_in_differences is None:
        why["comparison.difference_in_differences"] = (
            "in each arm everybody, or every group, changed by the same amount"
        )
    if found.d_ppc2 is None:
        why["comparison.d_ppc2"] = str(Why.CONSTANT_BEFORE)
    return why


def _arm(everybody: Scores, name: str, found: Arm | None) -> dict[str, Any]:
    names = ("mean_before", "sd_before", "mean_after", "sd_after", "mean_change", "sd_change")
    return {
        "arm": name,
        "rows": sum(row.arm == name for row in everybody.rows),
        "groups": None if found is None else found.groups,
        "matched": sum(row.arm == name for row, _, _ in everybody.matched),
        **{each: None if found is None else getattr(found, each) for each in names},
    }
