"""An instrument as a form: built by one function, read back by one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms import Form, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from edu.learning.courses import Questionnaire
from edu.pages.views import Text, in_language
from edu.quizzes.answers import Answer, State
from edu.quizzes.instrument import Instrument, Item, Kind
from edu.segments.segment import clean

#: What every item offers beside its own options; the codes can be no option's own.
_STATES = {"?": State.DONT_KNOW, "!": State.PREFER_NOT}
#: And what some offer: that the question is not about somebody like her.
_SOMETIMES = {"/": State.NOT_APPLICABLE}
LONGEST_TEXT = 1000


@dataclass(frozen=True)
class OptionView:
    """One answer to choose."""

    code: str
    label: Text


@dataclass(frozen=True)
class ItemView:
    """One question as the page shows it; `chosen` are the codes ticked at present."""

    id: str
    text: Text
    options: tuple[OptionView, ...]
    several: bool
    open: bool
    chosen: frozenset[str]
    value: str
    errors: tuple[str, ...]
    #: She has answered it before, and what she answered is not shown.
    kept: bool


def make_form(questionnaire: Questionnaire, data: Any, chosen: Mapping[str, Any]) -> Form:
    """The form of an instrument: one field for each item, none of them required.

    `data` is what was sent (or None), `chosen` what was answered before.
    """
    instrument = questionnaire.instrument
    fields = {item.id: _field(instrument, item) for item in instrument.items}
    form: Form = type("QuestionnaireForm", (Form,), fields)(data, data=dict(chosen))
    return form


def _field(instrument: Instrument, item: Item) -> Any:
    if instrument.kind is Kind.OPEN:
        return TextAreaField(validators=[Optional(), Length(max=LONGEST_TEXT)])
    codes = [option.code for option in instrument.options_of(item)] + list(_states(item))
    kind = SelectMultipleField if item.several else RadioField
    return kind(choices=[SelectChoice(code) for code in codes], validators=[Optional()])


def _states(item: Item) -> dict[str, State]:
    """The reasons for no answer that an item offers."""
    return _STATES | _SOMETIMES if item.not_applicable else _STATES


def chosen_before(answers: Mapping[str, Answer], texts: Mapping[str, str]) -> dict[str, Any]:
    """Answers as the form's data."""
    marks = {state: code for code, state in (_STATES | _SOMETIMES).items()}
    chosen: dict[str, Any] = dict(texts)
    for item, answer in answers.items():
        if answer.state in marks:
            chosen[item] = marks[answer.state]
        elif answer.codes:
            chosen[item] = answer.codes[0] if len(answer.codes) == 1 else list(answer.codes)
    return chosen


def answers_of_form(
    questionnaire: Questionnaire, form: Form
) -> tuple[dict[str, Answer], dict[str, str]]:
    """What a valid form says: an answer with its state for each item, and the free texts."""
    answers: dict[str, Answer] = {}
    texts: dict[str, str] = {}
    for item in questionnaire.instrument.items:
        data = form[item.id].data
        if questionnaire.instrument.kind is Kind.OPEN:
            texts[item.id] = clean(data or "").strip()
            answers[item.id] = Answer(State.ANSWERED if texts[item.id] else State.SKIPPED)
        else:
            answers[item.id] = _answer(questionnaire.instrument, item, data)
    return answers, texts


def _answer(instrument: Instrument, item: Item, data: Any) -> Answer:
    # White space instead of a code passes an optional field, with whatever else comes after it.
    offered = _states(item)
    known = {option.code for option in instrument.options_of(item)} | set(offered)
    codes = [code for code in _codes(data) if code in known]
    state = next((offered[code] for code in codes if code in offered), None)
    if state is not None:
        return Answer(state)
    return Answer.chosen(*codes) if codes else Answer(State.SKIPPED)


def item_views(
    questionnaire: Questionnaire, form: Form, page: str, kept: Collection[str]
) -> list[ItemView]:
    """The items with their frozen words, each marked with its language."""
    instrument = questionnaire.instrument
    return [
        ItemView(
            id=item.id,
            text=questionnaire.text(item.id, page=page),
            options=() if instrument.kind is Kind.OPEN else _options(questionnaire, item, page),
            several=item.several,
            open=instrument.kind is Kind.OPEN,
            chosen=frozenset(_codes(form[item.id].data)),
            value=str(form[item.id].data or ""),
            errors=tuple(form[item.id].errors),
            kept=item.id in kept,
        )
        for item in instrument.items
    ]


def _options(questionnaire: Questionnaire, item: Item, page: str) -> tuple[OptionView, ...]:
    group = item.id if item.options else "option"
    own = [
        OptionView(option.code, questionnaire.text(group, option.code, page=page))
        for option in questionnaire.instrument.options_of(item)
    ]
    states = [
        OptionView("?", in_language(_("I don't know"), page, page)),
        OptionView("!", in_language(_("I prefer not to say"), page, page)),
    ]
    if item.not_applicable:
        states.append(OptionView("/", in_language(_("This does not apply to me"), page, page)))
    return (*own, *states)


def _codes(data: Any) -> list[str]:
    return [data] if isinstance(data, str) else [str(code) for code in data or ()]
