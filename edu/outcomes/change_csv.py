"""The analysis of any CSV of before and after, with the same code as the reports.

A researcher can check here, with known data, what the reports will say. No figure is withheld
for privacy, as the data are the researcher's own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from edu.outcomes import change_arms, change_asked, change_parts
from edu.outcomes.analysis.reliable import Reliability
from edu.outcomes.change_scores import Scores
from edu.outcomes.columns import Columns, Row, Table, read_table
from edu.outcomes.paired import PairedChange, Verdict
from edu.quizzes.instrument import HigherMeans

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


@dataclass
class Sheet:
    """The result as it grows: sections of figures, and why some are not given."""

    sections: dict[str, Any] = field(default_factory=dict)
    not_given: dict[str, str] = field(default_factory=dict)

    def add(self, part: change_parts.Part) -> None:
        """A part of the result."""
        self.sections |= part.sections
        self.not_given |= part.not_given


def change(
    lines: Iterable[str],
    *,
    before: str,
    after: str,
    later: Sequence[str] = (),
    looking_back: str | None = None,
    arm: str | None = None,
    comparison: str | None = None,
    group: str | None = None,
    minimum: str | None = None,
    maximum: str | None = None,
    reliability: Reliability | None = None,
    higher_is: HigherMeans = HigherMeans.BETTER,
    file: str = "data.csv",
) -> dict[str, Any]:
    """The whole analysis as plain values for JSON: see `change_fields.FIELDS`.

    `lines` are those of a table with a header row, one row a learner. Raises Broken with every
    mistake of the file: a column that is not there, a cell that is no number or out of range.
    With arms, all but `comparison` is about the arm that had the course.
    """
    columns = Columns(before, after, tuple(later), looking_back, arm, group)
    table = read_table(lines, columns, minimum=minimum, maximum=maximum, file=file)
    return analysis(
        table, reliability=reliability, higher_is=higher_is, comparison=comparison, file=file
    )


def analysis(
    table: Table,
    *,
    reliability: Reliability | None = None,
    higher_is: HigherMeans = HigherMeans.BETTER,
    comparison: str | None = None,
    file: str = "data.csv",
) -> dict[str, Any]:
    """The same of a table that was read already, or made of what is in the database."""
    columns = table.columns
    arms = change_arms.arms_of(table, comparison, file)
    kept = [row for row in table.rows if arms is None or row.arm == arms.course]
    scores = scores_of(table, kept, higher_is)
    sheet = Sheet({"columns": _columns(columns), "scale": _scale(table, higher_is)})
    for part in _parts(table, scores, reliability):
        sheet.add(part)
    sheet.add(change_arms.compared(scores_of(table, table.rows, higher_is), arms))
    verdict = scores.change.verdict
    return sheet.sections | {
        "verdict": str(verdict),
        "in_words": IN_WORDS[verdict],
        "not_given": sheet.not_given,
    }


def _parts(
    table: Table, scores: Scores, reliability: Reliability | None
) -> Iterator[change_parts.Part]:
    """All that is said of one arm."""
    yield change_parts.counts(table, scores)
    yield change_parts.flow(table, scores)
    yield change_parts.change(scores)
    yield change_parts.signed_rank_test(scores)
    yield change_parts.scale_ends(scores, table)
    yield change_parts.lost(scores)
    yield change_parts.detectable(scores)
    yield change_asked.later_waves(scores, table.columns)
    yield change_asked.looked_back(scores, table.columns)
    yield change_asked.beyond_error(scores, reliability)
    yield change_asked.question(scores, table)
    yield change_arms.in_groups(scores, table.columns)


def scores_of(table: Table, rows: Sequence[Row], higher_is: HigherMeans) -> Scores:
    """Some of the rows as whole numbers on the grid of the whole file."""
    units, noise = _grid([*table.values, *table.limits])

    def whole(value: Decimal | None) -> int | None:
        return None if value is None else round(Fraction(value) * units)

    waves = [tuple(whole(score) for score in row.waves) for row in rows]
    pairs = [(x, y) for x, y, *_ in waves if x is not None and y is not None]
    return Scores(
        rows=tuple(rows),
        waves=tuple(waves),
        looking_back=tuple(whole(row.looking_back) for row in rows),
        units=units,
        noise=noise,
        change=PairedChange.from_pairs(pairs, higher_means=higher_is, units=units, noise=noise),
    )


def _grid(values: Sequence[Decimal]) -> tuple[int, float]:
    """How many steps of the grid make one point (a power of ten), and what spread is noise."""
    span = max(values) - min(values) if values else Decimal(0)
    largest = span or max((abs(value) for value in values), default=Decimal(0))
    if not largest:
        return 1, 0.0
    return int(10 ** max(0, _DIGITS - 1 - floor(largest.log10()))), float(largest) * _NOISE


def _columns(columns: Columns) -> dict[str, Any]:
    return {
        "before": columns.before,
        "after": columns.after,
        "later": list(columns.later),
        "looking_back": columns.looking_back,
        "arm": columns.arm,
        "group": columns.group,
    }


def _scale(table: Table, higher_is: HigherMeans) -> dict[str, Any]:
    return {
        "minimum": None if table.minimum is None else float(table.minimum),
        "maximum": None if table.maximum is None else float(table.maximum),
        "higher_is": str(higher_is),
    }
