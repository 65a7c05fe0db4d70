"""Typed rows, looked through: every mistake with its row and column, and nothing kept.

The grid on the page and a file from elsewhere come here alike.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.groups.models import Group, Linking
from edu.learning.codes import read_code
from edu.learning.learners import learner_by_code
from edu.learning.linking.elements import all_elements, least_needed
from edu.learning.linking.normalising import NotReadable, normal
from edu.learning.models import Journey, Learner, Sitting
from edu.learning.paper.cells import NotAnAnswer, read_cell
from edu.learning.paper.columns import Column
from edu.quizzes.answers import Answer, State

#: The column of the card's number; elements have columns of their own.
CARD = "card"
ELEMENT = "element."
MOST_ROWS = 200


@dataclass(frozen=True)
class TypedRow:
    """What somebody typed from one paper: the number of the row, and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        return self.cells.get(name, "").strip()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed at all."""
        return not any(text.strip() for text in self.cells.values())


class Why(StrEnum):
    """What is wrong with a cell."""

    NOT_AN_ANSWER = "not an answer"
    CARD_MISTYPED = "card mistyped"
    CARD_UNKNOWN = "card unknown"
    CARD_ELSEWHERE = "card of another group"
    CARD_TWICE = "card twice"
    ANSWERED_ALREADY = "answered already"
    NOT_READABLE = "not readable"
    TOO_FEW_ELEMENTS = "too few elements"
    NOTHING_TICKED = "nothing ticked"


@dataclass(frozen=True)
class Wrong:
    """One mistake: in which row and column, and what was typed."""

    number: int
    column: str
    why: Why
    typed: str = ""


@dataclass
class ReadRow:
    """One paper that can be kept. Without a learner it is somebody new."""

    number: int
    learner: Learner | None
    elements: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, Answer]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """What is known of a pile before its rows are read."""

    group: Group
    wave: str
    columns: Sequence[Column]

    @property
    def by_elements(self) -> bool:
        return self.group.linking == Linking.ELEMENTS.value


def read_rows(
    session: Session, sheet: Sheet, rows: Sequence[TypedRow], *, secret: str
) -> tuple[list[ReadRow], list[Wrong]]:
    """The papers of a sheet, and every mistake in it. Empty rows are nobody."""
    filled = [row for row in rows if not row.is_empty]
    read, wrong = [], []
    for row in filled:
        answers, mistakes = read_answers(sheet.columns, row)
        found = ReadRow(row.number, None, answers=answers)
        if sheet.by_elements:
            found.elements, more = _elements(sheet.group, row)
        else:
            found.learner, more = _learner(session, sheet, row, secret)
        read.append(found)
        wrong += more + mistakes
        if not more + mistakes and _nothing(answers):
            wrong.append(Wrong(row.number, sheet.columns[0].name, Why.NOTHING_TICKED))
    return read, wrong + _twice(sheet, filled)


def read_answers(
    columns: Sequence[Column], row: TypedRow
) -> tuple[dict[str, dict[str, Answer]], list[Wrong]]:
    """The answers of one row by questionnaire and question."""
    answers: dict[str, dict[str, Answer]] = {}
    wrong = []
    for column in columns:
        instrument, typed = column.questionnaire.instrument, row.cell(column.name)
        try:
            found = read_cell(instrument, column.item, typed)
        except NotAnAnswer:
            wrong.append(Wrong(row.number, column.name, Why.NOT_AN_ANSWER, typed))
            continue
        answers.setdefault(instrument.id, {})[column.item.id] = found
    return answers, wrong


def _nothing(answers: Mapping[str, Mapping[str, Answer]]) -> bool:
    return all(each.state is State.SKIPPED for found in answers.values() for each in found.values())


def _learner(
    session: Session, sheet: Sheet, row: TypedRow, secret: str
) -> tuple[Learner | None, list[Wrong]]:
    """Whose card it is; nobody's where none was typed: she gets a new one."""
    typed = row.cell(CARD)
    if not typed:
        return None, []
    if read_code(typed) is None:
        return None, [Wrong(row.number, CARD, Why.CARD_MISTYPED, typed)]
    found = learner_by_code(session, secret=secret, typed=typed)
    if found is None:
        return None, [Wrong(row.number, CARD, Why.CARD_UNKNOWN, typed)]
    if not _is_ours(sheet.group, found):
        return None, [Wrong(row.number, CARD, Why.CARD_ELSEWHERE, typed)]
    if _has_answered(session, sheet, found):
        return None, [Wrong(row.number, CARD, Why.ANSWERED_ALREADY, typed)]
    return found, []


def _is_ours(group: Group, learner: Learner) -> bool:
    """Whether she is in this group, or her card was made for it."""
    if any(journey.group_id == group.id for journey in learner.journeys):
        return True
    return learner.group_id == group.id and not learner.journeys


def _has_answered(session: Session, sheet: Sheet, learner: Learner) -> bool:
    versions = {column.questionnaire.row.id for column in sheet.columns}
    wanted = (
        select(Sitting.id)
        .join(Journey, Journey.id == Sitting.journey_id)
        .where(
            Journey.learner_id == learner.id,
            Journey.group_id == sheet.group.id,
            Sitting.wave == sheet.wave,
            Sitting.instrument_version_id.in_(versions),
            Sitting.submitted_on.is_not(None),
        )
    )
    return session.scalar(wanted.limit(1)) is not None


def _twice(sheet: Sheet, rows: Sequence[TypedRow]) -> list[Wrong]:
    """The same card on two papers of one pile."""
    if sheet.by_elements:
        return []
    cards = {row.number: read_code(row.cell(CARD)) for row in rows}
    counts = Counter(code for code in cards.values() if code)
    return [
        Wrong(row.number, CARD, Why.CARD_TWICE, row.cell(CARD))
        for row in rows
        if counts[cards[row.number] or ""] > 1
    ]


def _elements(group: Group, row: TypedRow) -> tuple[dict[str, str], list[Wrong]]:
    """The elements of one paper as they are digested; a few may be unknown to her."""
    found, wrong = {}, []
    for name in group.elements:
        typed = row.cell(ELEMENT + name)
        try:
            meant = normal(all_elements()[name].kind, typed)
        except NotReadable:
            wrong.append(Wrong(row.number, ELEMENT + name, Why.NOT_READABLE, typed))
            continue
        if meant is not None:
            found[name] = meant
    if not wrong and len(found) < least_needed(len(group.elements)):
        wrong.append(Wrong(row.number, ELEMENT + group.elements[0], Why.TOO_FEW_ELEMENTS))
    return found, wrong
