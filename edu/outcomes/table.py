"""A group's report as a table for spreadsheets, and the codebook that says what is in it."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from edu.gate.tables import is_formula
from edu.outcomes.disclosure import withheld
from edu.outcomes.scale_figures import ScaleFigures

#: The columns and what each one holds; exactly what the report on the screen shows.
COLUMNS = {
    "instrument": "which questionnaire",
    "version": "which version of it; versions are never mixed",
    "scale": "which set of items; `knowledge` is the number of right answers",
    "wave": "which later questionnaire is compared with the one before the lessons",
    "drafts": "1 when answers given on draft translations are counted in",
    "n": "learners with a score both times",
    "mean_before": "mean score before, in points of the scale; only beside the wave after",
    "sd_before": "standard deviation before (n - 1)",
    "mean_after": "mean score afterwards",
    "sd_after": "standard deviation afterwards (n - 1)",
    "mean_change": "mean of afterwards minus before",
    "sd_change": "standard deviation of the changes (n - 1)",
    "low": "lower end of the 95 % t interval of the mean change",
    "high": "upper end of the 95 % t interval of the mean change",
    "improved": "learners who moved to the better side; below 5 withheld, and what would tell it",
    "same": "learners who did not move; as improved",
    "worsened": "learners who moved to the worse side; as improved",
    "verdict": "clear_improvement, unclear, possible_backfire, too_few or not_estimable",
    "validated": "1 for a validated scale; 0 for questions nobody has tested, as our own",
}


def rows_of(figures: Iterable[ScaleFigures], wave: str, *, drafts: bool) -> list[dict[str, Any]]:
    """One row for each scale that may be shown."""
    return [_row(each, wave, drafts) for each in figures if may_be_shown(each)]


def may_be_shown(figures: ScaleFigures) -> bool:
    """Whether figures may be shown at all; what is in a snapshot may."""
    return withheld(figures.change, change_only=figures.change_only) is None


def _row(figures: ScaleFigures, wave: str, drafts: bool) -> dict[str, Any]:
    change, moved = figures.change, figures.moved
    whole = not figures.change_only
    return {
        "instrument": figures.instrument,
        "version": figures.version,
        "scale": figures.scale,
        "wave": wave,
        "drafts": int(drafts),
        "n": change.n,
        "mean_before": _number(change.mean_before if whole else None),
        "sd_before": _number(change.sd_before if whole else None),
        "mean_after": _number(change.mean_after if whole else None),
        "sd_after": _number(change.sd_after if whole else None),
        "mean_change": _number(change.mean_change),
        "sd_change": _number(change.sd_change),
        "low": _number(change.interval.low if change.interval else None),
        "high": _number(change.interval.high if change.interval else None),
        "improved": _number(moved.improved),
        "same": _number(moved.same),
        "worsened": _number(moved.worsened),
        "verdict": change.verdict.value,
        "validated": int(figures.validated),
    }


def _number(value: float | None) -> float | str:
    return "" if value is None else value if isinstance(value, int) else round(value, 6)


def csv_of(rows: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> str:
    """A CSV file, with a mark that makes spreadsheets read it as UTF-8."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(columns), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _harmless(value) for key, value in row.items()} for row in rows)
    return "\ufeff" + buffer.getvalue()


def _harmless(value: Any) -> Any:
    """A cell that no spreadsheet runs: a figure below zero is a figure."""
    return "'" + value if isinstance(value, str) and is_formula(value) else value


def codebook() -> str:
    """The codebook as a CSV file."""
    return csv_of(
        [{"column": name, "meaning": meaning} for name, meaning in COLUMNS.items()],
        ("column", "meaning"),
    )
