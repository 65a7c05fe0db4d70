"""A second pair of eyes: papers typed once more, where the two readings differ, and settling it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from edu.learning.models import Journey
from edu.learning.paper.cells import read_cell, write_cell
from edu.learning.paper.columns import Column
from edu.learning.paper.models import PaperRow, PaperSheet
from edu.learning.paper.reading import TypedRow, Wrong, read_answers
from edu.learning.paper.rows import close, rows_of
from edu.learning.sittings import Mode, answers_of, correct, sitting_of, submit
from edu.quizzes.answers import Answer, State


@dataclass(frozen=True)
class Difference:
    """One cell of which two people read different things."""

    number: int
    column: str
    first: str
    second: str


def compare(
    session: Session,
    sheet: PaperSheet,
    columns: Sequence[Column],
    typed: Sequence[TypedRow],
    *,
    by: int,
    today: date,
) -> list[Wrong]:
    """Keep where a second reading differs from the first. With a mistake in it nothing is kept, and
    all mistakes are given back. A sheet without a difference is closed."""
    rows = {row.number: row for row in rows_of(session, sheet)}
    known = [each for each in typed if each.number in rows]
    wrong = [mistake for each in known for mistake in read_answers(columns, each)[1]]
    if wrong:
        return wrong
    sheet.compared = sheet.differing = 0
    for each in known:
        row = rows[each.number]
        row.unsettled = _differences(session, sheet, columns, row, each)
        sheet.compared += len(columns)
        sheet.differing += len(row.unsettled)
    sheet.second_by_id = by
    session.flush()
    if not sheet.differing:
        close(session, sheet, today)
    return []


def _differences(
    session: Session, sheet: PaperSheet, columns: Sequence[Column], row: PaperRow, typed: TypedRow
) -> dict[str, list[str]]:
    journey = session.get_one(Journey, row.journey_id)
    found = {}
    for column in columns:
        instrument = column.questionnaire.instrument
        first = write_cell(instrument, column.item, _kept(session, sheet, journey, column))
        again = read_cell(instrument, column.item, typed.cell(column.name))
        second = write_cell(instrument, column.item, again)
        if first != second:
            found[column.name] = [first, second]
    return found


def _kept(session: Session, sheet: PaperSheet, journey: Journey, column: Column) -> Answer:
    """What is kept of a cell at present."""
    sitting = sitting_of(session, journey, column.questionnaire.row, sheet.wave)
    if sitting is None:
        return Answer(State.SKIPPED)
    return answers_of(sitting)[column.item.id]


def differences(session: Session, sheet: PaperSheet) -> list[Difference]:
    """What is still to be settled, row by row."""
    return [
        Difference(row.number, column, first, second)
        for row in rows_of(session, sheet)
        for column, (first, second) in sorted(row.unsettled.items())
    ]


def settle(
    session: Session,
    sheet: PaperSheet,
    columns: Sequence[Column],
    number: int,
    name: str,
    typed: str,
    today: date,
) -> None:
    """What the paper says after somebody looked at it again. Raises NotAnAnswer; nothing happens
    where nothing is open. With the last one the sheet is closed."""
    row = next((each for each in rows_of(session, sheet) if each.number == number), None)
    column = next((each for each in columns if each.name == name), None)
    if row is None or column is None or name not in row.unsettled:
        return
    answer = read_cell(column.questionnaire.instrument, column.item, typed)
    _write(session, sheet, row, column, answer)
    row.unsettled = {each: both for each, both in row.unsettled.items() if each != name}
    session.flush()
    if not differences(session, sheet):
        close(session, sheet, today)


def _write(
    session: Session, sheet: PaperSheet, row: PaperRow, column: Column, answer: Answer
) -> None:
    journey = session.get_one(Journey, row.journey_id)
    sitting = sitting_of(session, journey, column.questionnaire.row, sheet.wave)
    if sitting is not None:
        correct(session, sitting, column.item.id, answer)
    elif answer.state is not State.SKIPPED:
        # The first reader had found this page of the paper blank.
        submit(
            session,
            journey,
            column.questionnaire.reading(sheet.wave),
            {column.item.id: answer},
            key=f"settled:{sheet.id}:{row.number}",
            today=sheet.answered_on,
            mode=Mode(sheet.mode),
        )
