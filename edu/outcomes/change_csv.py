"""The before/after analysis of any CSV, with the same code as the reports.

A researcher can check here, with known data, what the reports will say. No figure is withheld
for privacy, as the data are the researcher's own.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from math import floor
from typing import Any

from edu.outcomes.columns import Table, read_table
from edu.outcomes.paired import (
    DESCRIBE_FROM,
    PairedChange,
    Verdict,
    effect_sizes,
)
from edu.quizzes.instrument import HigherMeans

#: Every field of the result, and what it holds. Shares are of 1, not of 100.
FIELDS = {
    "columns.before": "the column that was read as before",
    "columns.after": "the column that was read as after",
    "scale.minimum": "the lowest possible value, or null when none was given",
    "scale.maximum": "the highest possible value, or null when none was given",
    "scale.higher_is": "better or worse",
    "counts.rows": "rows in the file",
    "counts.matched": "rows with a value before and after; all that follows is about these",
    "counts.improved": "matched rows that moved to the better side",
    "counts.same": "matched rows that did not move",
    "counts.worsened": "matched rows that moved to the worse side",
    "missing.before": "rows with a value after only",
    "missing.after": "rows with a value before only",
    "missing.both": "rows with neither",
    "before.mean": "mean before",
    "before.sd": "standard deviation before (n - 1)",
    "after.mean": "mean after",
    "after.sd": "standard deviation after (n - 1)",
    "change.mean": "mean of after - before, whichever side is better",
    "change.sd": "standard deviation of the changes (n - 1)",
    "change.standard_error": "standard error of the mean change",
    "change.t": "mean change in standard errors",
    "change.df": "degrees of freedom, n - 1",
    "change.interval": "95 % t interval of the mean change, [low, high]",
    "change.correlation": "Pearson correlation of before and after",
    "effect.g_av": "mean change / average SD x exact J(n - 1): the effect size to report",
    "effect.d_av": "mean change / root of the mean of both variances",
    "effect.d_z": "mean change / SD of the changes; for planning numbers only",
    "effect.j": "Hedges' exact small-sample factor with n - 1 degrees of freedom",
    "ends.before_at_minimum": "share at the lowest possible value before",
    "ends.before_at_maximum": "share at the highest possible value before",
    "ends.after_at_minimum": "share at the lowest possible value after",
    "ends.after_at_maximum": "share at the highest possible value after",
    "ends.no_room_to_improve": "share who were at the better end before and could not improve",
    "verdict": "clear_improvement, unclear, possible_backfire, too_few or not_estimable",
    "in_words": "the verdict in a sentence",
    "not_given": "for each group of fields that is null, the reason in words",
}

IN_WORDS = {
    Verdict.CLEAR_IMPROVEMENT: "The whole likely range of the average change is on the better "
    "side of zero.",
    Verdict.UNCLEAR: "The likely range of the average change includes zero, so it is not clear "
    "whether people changed.",
    Verdict.POSSIBLE_BACKFIRE: "The whole likely range of the average change is on the worse side "
    "of zero: look into it.",
    Verdict.TOO_FEW: "Too few people could be matched to say whether they changed.",
    Verdict.NOT_ESTIMABLE: "Everybody changed by the same amount, so how sure the average is "
    "cannot be estimated.",
}

# Float noise (0.30000000000000004) would make equal values differ: they are rounded to a grid
# of this many decimal digits of their range, on which all arithmetic is exact.
_DIGITS = 12
# An SD below this share of the range is the rounding of numbers such as 1/3, and no spread.
_NOISE = 1e-9


def change(
    lines: Iterable[str],
    *,
    before: str,
    after: str,
    minimum: str | None = None,
    maximum: str | None = None,
    higher_is: HigherMeans = HigherMeans.BETTER,
    file: str = "data.csv",
) -> dict[str, Any]:
    """The whole analysis as plain values for JSON: see `FIELDS`.

    `lines` are those of a comma-separated file with a header row. Raises Broken with every
    mistake of the file: a column that is not there, a cell that is no number or out of range.
    """
    table = read_table(lines, before, after, minimum=minimum, maximum=maximum, file=file)
    matched = [(x, y) for x, y in table.rows if x is not None and y is not None]
    units, noise = _grid([*chain.from_iterable(matched), *table.limits])
    result = PairedChange.from_pairs(
        [(_whole(x, units), _whole(y, units)) for x, y in matched],
        higher_means=higher_is,
        units=units,
        noise=noise,
    )
    return _as_plain(table, matched, result)


def _grid(values: Sequence[Decimal]) -> tuple[int, float]:
    """How many steps of the grid make one point (a power of ten), and what spread is noise."""
    span = max(values) - min(values) if values else Decimal(0)
    largest = span or max((abs(value) for value in values), default=Decimal(0))
    if not largest:
        return 1, 0.0
    return int(10 ** max(0, _DIGITS - 1 - floor(largest.log10()))), float(largest) * _NOISE


def _whole(value: Decimal, units: int) -> int:
    return round(Fraction(value) * units)


def _as_plain(
    table: Table, matched: Sequence[tuple[Decimal, Decimal]], result: PairedChange
) -> dict[str, Any]:
    states = [(x is None, y is None) for x, y in table.rows]
    counts = result.counts
    effect = effect_sizes(result)
    return {
        "columns": {"before": table.before, "after": table.after},
        "scale": {
            "minimum": None if table.minimum is None else float(table.minimum),
            "maximum": None if table.maximum is None else float(table.maximum),
            "higher_is": str(result.higher_means),
        },
        "counts": {
            "rows": len(states),
            "matched": result.n,
            "improved": counts.improved if counts else 0,
            "same": counts.same if counts else 0,
            "worsened": counts.worsened if counts else 0,
        },
        "missing": {
            "before": states.count((True, False)),
            "after": states.count((False, True)),
            "both": states.count((True, True)),
        },
        "before": {"mean": result.mean_before, "sd": result.sd_before},
        "after": {"mean": result.mean_after, "sd": result.sd_after},
        "change": _plain_change(result),
        "effect": {
            name: getattr(effect, name) if effect else None for name in ("g_av", "d_av", "d_z", "j")
        },
        "ends": _ends(table, matched, result.higher_means),
        "verdict": str(result.verdict),
        "in_words": IN_WORDS[result.verdict],
        "not_given": _not_given(table, result),
    }


def _plain_change(result: PairedChange) -> dict[str, Any]:
    mean, error, interval = result.mean_change, result.standard_error, result.interval
    return {
        "mean": mean,
        "sd": result.sd_change,
        "standard_error": error,
        "t": mean / error if mean is not None and error is not None else None,
        "df": None if error is None else result.n - 1,
        "interval": None if interval is None else [interval.low, interval.high],
        "correlation": result.correlation,
    }


def _ends(
    table: Table, matched: Sequence[tuple[Decimal, Decimal]], higher_is: HigherMeans
) -> dict[str, float | None]:
    def share(column: int, end: Decimal | None) -> float | None:
        if end is None or len(matched) < DESCRIBE_FROM:
            return None
        return sum(pair[column] == end for pair in matched) / len(matched)

    best = table.maximum if higher_is is HigherMeans.BETTER else table.minimum
    return {
        "before_at_minimum": share(0, table.minimum),
        "before_at_maximum": share(0, table.maximum),
        "after_at_minimum": share(1, table.minimum),
        "after_at_maximum": share(1, table.maximum),
        "no_room_to_improve": share(0, best),
    }


def _not_given(table: Table, result: PairedChange) -> dict[str, str]:
    reasons = {
        "before, after, change.mean, change.sd": result.why_no_means,
        "change.correlation": result.why_no_correlation,
        "change.standard_error, change.t, change.df, change.interval, effect": (
            result.why_no_interval
        ),
    }
    given = {fields: str(why) for fields, why in reasons.items() if why is not None}
    if result.why_no_means is not None:
        given["ends"] = str(result.why_no_means)
    elif len(table.limits) < 2:
        given["ends"] = "the lowest and highest possible values were not both given"
    return given
