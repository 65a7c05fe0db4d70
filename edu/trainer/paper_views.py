"""Papers as pages show them: what is printed, the grid in which they are typed, what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup, escape

from edu.learning.courses import Questionnaire
from edu.learning.paper.cells import LONGEST, keys_of, state_keys
from edu.learning.paper.columns import Column
from edu.learning.paper.files import Titles
from edu.learning.paper.reading import CARD, ELEMENT, Sheet, Why, Wrong
from edu.pages.speaking import spoken
from edu.pages.views import Text
from edu.quizzes.answers import State
from edu.trainer.plan_words import element_question


@dataclass(frozen=True)
class PrintedOption:
    """One box to tick, with the sign that is typed for it."""

    key: str
    label: Text


@dataclass(frozen=True)
class PrintedItem:
    """One question on paper; `name` stands beside it in small print."""

    name: str
    text: Text
    options: Sequence[PrintedOption]


@dataclass(frozen=True)
class PrintedForm:
    """One questionnaire on paper. With `heads` its options stand in columns."""

    title: Text
    introduction: Text
    state: str
    complete: bool
    heads: Sequence[PrintedOption]
    items: Sequence[PrintedItem]


def printed(questionnaire: Questionnaire, page: str) -> PrintedForm:
    """A questionnaire as it is printed, in its frozen words."""
    items = [_item(Column(questionnaire, each), page) for each in questionnaire.instrument.items]
    shared = all(not each.options for each in questionnaire.instrument.items)
    keys = [[option.key for option in item.options] for item in items]
    alike = bool(items) and shared and all(each == keys[0] for each in keys)
    return PrintedForm(
        questionnaire.text("title", page=page),
        questionnaire.text("introduction", page=page),
        questionnaire.state,
        questionnaire.is_complete(page),
        items[0].options if alike else (),
        items,
    )


def _item(column: Column, page: str) -> PrintedItem:
    questionnaire, item = column.questionnaire, column.item
    place = item.id if item.options else "option"
    own = [
        PrintedOption(key, questionnaire.text(place, code, page=page))
        for code, key in keys_of(questionnaire.instrument, item).items()
    ]
    states = [
        PrintedOption(key, Text(state_name(state)))
        for state, key in state_keys(questionnaire.instrument, item).items()
    ]
    return PrintedItem(column.name, questionnaire.text(item.id, page=page), [*own, *states])


def state_name(state: State) -> str:
    """A reason for no answer, as people read it on the paper."""
    return {
        State.DONT_KNOW: _("I don't know"),
        State.PREFER_NOT: _("I prefer not to say"),
        State.NOT_APPLICABLE: _("This does not apply to me"),
    }[state]


@dataclass(frozen=True)
class Head:
    """A column of the grid: its name, what it asks, and the signs it takes."""

    name: str
    title: Text
    keys: str
    longest: int
    one: bool


def heads_of(sheet: Sheet, *, who: bool = True) -> list[Head]:
    """The columns of the grid, in the order of the paper; without `who` the questions alone."""
    first: list[Head] = []
    if who and sheet.by_elements:
        first = [
            Head(ELEMENT + name, Text(element_question(name)), "", LONGEST, False)
            for name in sheet.group.elements
        ]
    elif who:
        first = [Head(CARD, Text(_("Number of the card")), "", 20, False)]
    return first + [_head(column) for column in sheet.columns]


def _head(column: Column) -> Head:
    instrument, item = column.questionnaire.instrument, column.item
    keys = [*keys_of(instrument, item).values(), *state_keys(instrument, item).values(), "#"]
    one = not item.several and all(len(key) == 1 for key in keys)
    text = column.questionnaire.text(item.id, page=spoken())
    return Head(column.name, text, " ".join(keys), 1 if one else LONGEST, one)


@dataclass(frozen=True)
class CellView:
    """One cell of the grid: what was typed into it, and what is wrong with that."""

    id: str
    head: Head
    value: str
    error: str


@dataclass(frozen=True)
class RowView:
    """One row of the grid: the number that is written on the paper."""

    number: int
    cells: Sequence[CellView]


def cell_id(number: int, column: str) -> str:
    """The name of a cell's field, and the mark to jump to."""
    return f"c-{number}-{column}"


def grid(
    heads: Sequence[Head],
    numbers: Sequence[int],
    typed: Mapping[str, str],
    wrong: Sequence[Wrong],
) -> list[RowView]:
    """The grid with everything that was typed, right or wrong."""
    errors = {(each.number, each.column): why_words(each) for each in wrong}
    return [
        RowView(
            number,
            [
                CellView(
                    cell_id(number, head.name),
                    head,
                    typed.get(cell_id(number, head.name), ""),
                    errors.get((number, head.name), ""),
                )
                for head in heads
            ],
        )
        for number in numbers
    ]


def why_words(wrong: Wrong) -> str:
    """What is wrong with a cell, and what to do."""
    return {
        Why.NOT_AN_ANSWER: _("This sign is not printed beside any answer."),
        Why.CARD_MISTYPED: _("A digit is wrong or missing. The number has twelve digits."),
        Why.CARD_UNKNOWN: _("Nobody has this card. It may have been deleted."),
        Why.CARD_ELSEWHERE: _("This card is of another group."),
        Why.CARD_TWICE: _("This card stands on two papers of this pile."),
        Why.ANSWERED_ALREADY: _("The answers of this card are there already."),
        Why.NOT_READABLE: _("This cannot be read. Leave it empty if the paper cannot be read."),
        Why.TOO_FEW_ELEMENTS: _("Too few of these questions are answered to find this person."),
        Why.NOTHING_TICKED: _("No answer was typed. Leave the whole row empty if there is none."),
    }[wrong.why]


def file_words(wrong: Sequence[Wrong]) -> list[Markup]:
    """The mistakes of a file, cell by cell."""
    return [
        escape(_("Row %(row)d, column %(column)s: “%(typed)s”. %(why)s"))
        % {
            "row": each.number,
            "column": _name(each.column),
            "typed": Markup("<bdi>{}</bdi>").format(each.typed),
            "why": why_words(each),
        }
        for each in wrong
    ]


def title_words(titles: Titles) -> list[Markup]:
    """What is wrong with the titles of a table."""
    found = (
        (_("The column %(name)s is missing."), titles.missing),
        (_("There is no column %(name)s on the paper."), titles.unknown),
        (_("The column %(name)s is there twice."), titles.twice),
    )
    told = [escape(words) % {"name": _name(name)} for words, names in found for name in names]
    if titles.too_long:
        told.append(escape(_("The table has too many rows. Take two tables.")))
    return told


def _name(column: str) -> Markup:
    """The name of a column, in one piece where the text runs from the right."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(column)
