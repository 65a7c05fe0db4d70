"""Scores of a whole table of sittings, for `flask score`."""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from edu.languages import digits
from edu.lessons.mistakes import Mistake
from edu.quizzes.answers import Answer, State, check_answer
from edu.quizzes.instrument import Instrument, Item, Kind, Scale
from edu.quizzes.scoring import Policy, Score, knowledge, percent, points, scored

#: What a cell says when no option was chosen; blank means skipped.
CELLS = {
    "": State.SKIPPED,
    "dk": State.DONT_KNOW,
    "na": State.NOT_APPLICABLE,
    "pnts": State.PREFER_NOT,
}


def score_table(
    instrument: Instrument,
    rows: Iterable[Mapping[str, str | None]],
    file: str = "answers.csv",
    lines: Iterable[int] | None = None,
) -> tuple[list[dict[str, Any]], list[Mistake]]:
    """Scores of a whole table, one row a sitting, and every cell that could not be read.

    Columns named by item ids hold an option's code (several joined by `+`), nothing for
    skipped, or `dk`, `na`, `pnts`. All other columns are carried over as they are. Results, per
    scale: `<scale>` in points, `<scale>.units`, `<scale>.percent`, `<scale>.answered` and
    `<scale>.why` (no score because ...); where the scale gives "I don't know" a score, also
    `<scale>.without-dk`, the points with it missing; of knowledge: `right`, `answered`, `of`.
    A cell that cannot be read counts as illegible. `lines` are the places of the rows in the file;
    without them the first row is line 2, and no line is left blank.
    """
    if instrument.kind is Kind.OPEN:
        return [], [Mistake(file, 1, "an open instrument has no scores")]
    results: list[dict[str, Any]] = []
    mistakes: list[Mistake] = []
    ids = {item.id for item in instrument.items}
    for line, row in zip(lines or count(2), rows, strict=False):
        if not results and (wrong := _wrong_columns(instrument, row, file)):
            return [], wrong
        if None in row:
            mistakes.append(Mistake(file, line, "more cells than columns"))
        answers = {}
        for item in instrument.items:
            try:
                answers[item.id] = cell_answer(instrument, item, (row[item.id] or "").strip())
            except ValueError as error:
                answers[item.id] = Answer(State.ILLEGIBLE)
                mistakes.append(Mistake(file, line, f"{error}: {row[item.id]!r}"))
        carried = {name: row[name] for name in row if name is not None and name not in ids}
        results.append(carried | _result(instrument, answers))
    return results, mistakes


def _wrong_columns(
    instrument: Instrument, row: Mapping[str, str | None], file: str
) -> list[Mistake]:
    missing = [f"no column {item.id!r}" for item in instrument.items if item.id not in row]
    taken = [
        f"the column {name!r} is kept for the result"
        for name in _result(instrument, {})
        if name in row
    ]
    return [Mistake(file, 1, message) for message in missing + taken]


def cell_answer(instrument: Instrument, item: Item, cell: str) -> Answer:
    """What a cell says, in the digits of any script. Raises ValueError when it could not have been
    answered so."""
    state = CELLS.get(cell.lower())
    answer = Answer(state) if state is not None else Answer.chosen(*digits(cell).split("+"))
    check_answer(instrument, item, answer)
    return answer


def _result(instrument: Instrument, answers: Mapping[str, Answer]) -> dict[str, Any]:
    if instrument.kind is Kind.KNOWLEDGE:
        known = knowledge(instrument, answers)
        return {"right": known.right, "answered": known.answered, "of": known.of}
    result: dict[str, Any] = {}
    for scale in instrument.scales:
        result |= _scale_result(instrument, scale, answers)
    return result


def _scale_result(
    instrument: Instrument, scale: Scale, answers: Mapping[str, Answer]
) -> dict[str, Any]:
    found = scored(instrument, scale, answers)
    values: tuple[float | None, int | None, float | None, str]
    if isinstance(found, Score):
        values = (float(points(found)), found.units, float(percent(found)), "")
    else:
        values = (None, None, None, str(found.why))
    mean, units, share, why = values
    result = {
        scale.id: mean,
        f"{scale.id}.units": units,
        f"{scale.id}.percent": share,
        f"{scale.id}.answered": found.answered,
        f"{scale.id}.why": why,
    }
    if scale.dont_know is not None:
        other = scored(instrument, scale, answers, Policy.OTHER)
        without = float(points(other)) if isinstance(other, Score) else None
        result[f"{scale.id}.without-dk"] = without
    return result
