"""A codebook as CSV: one row for each answer of each question, in every language."""

import csv
import io

from edu.gate.tables import is_formula
from edu.instruments.interchange.worded import Worded
from edu.quizzes.methods import option_scores

#: What is told of each answer, before its words.
COLUMNS = (
    *("instrument", "version", "variant", "position", "variable", "scale", "reversed"),
    *("code", "score", "counts", "correct"),
)


def write(worded: Worded) -> bytes:
    """The codebook; UTF-8 with the mark by which spreadsheets know it."""
    buffer = io.StringIO()
    languages = [f"{what}::{tag}" for what in ("question", "answer") for tag in worded.tags]
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([*COLUMNS, *languages])
    for row in _rows(worded):
        writer.writerow([_text(cell) for cell in row])
    return buffer.getvalue().encode("utf-8-sig")


def _rows(worded: Worded) -> list[list[str]]:
    form = worded.instrument
    rows = []
    for position, item in enumerate(form.items, start=1):
        options = form.options_of(item)
        scored = all(option.score is not None for option in options)
        counts = option_scores(form, item) if item.scale is not None and scored else {}
        head = [
            *(form.id, str(form.version), form.variant, str(position), item.id),
            *(item.scale or "", "yes" if item.reverse else "no"),
        ]
        asked = [worded.item(tag, item) for tag in worded.tags]
        for option in options:
            answers = [worded.option(tag, item, option) for tag in worded.tags]
            score = "" if option.score is None else str(option.score)
            right = "" if option.correct is None else "yes" if option.correct else "no"
            count = str(counts.get(option.code, ""))
            rows.append([*head, option.code, score, count, right, *asked, *answers])
        for code in worded.states_of(item):
            answers = [worded.state(tag, code) for tag in worded.tags]
            rows.append([*head, code, "", "", "", *asked, *answers])
        if not options:
            rows.append([*head, "", "", "", "", *asked, *("" for _ in worded.tags)])
    return rows


def _text(cell: str) -> str:
    """A cell that no spreadsheet runs: a figure below zero is a figure."""
    return f"'{cell}" if is_formula(cell) else cell
