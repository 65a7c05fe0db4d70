"""The questions of a form as somebody will read them, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from edu.pages.views import Text, stored_text
from edu.quizzes.instrument import Instrument, Item, Kind


@dataclass(frozen=True)
class Question:
    """One question with its answers."""

    text: Text
    answers: tuple[Text, ...]


@dataclass(frozen=True)
class View:
    """What stands before, the questions, what stands after."""

    title: Text = field(default_factory=lambda: Text(""))
    introduction: Text = field(default_factory=lambda: Text(""))
    closing: Text = field(default_factory=lambda: Text(""))
    questions: tuple[Question, ...] = ()


def preview(form: Instrument, words: Mapping[str, Mapping[str, Any]], page: str) -> View:
    """A form in these words, as a page in the language `page` shows it."""

    def text(*place: str) -> Text:
        stored = words.get("|".join([form.id, *place]))
        return stored_text(stored, page) if stored is not None else Text("")

    def question(item: Item) -> Question:
        group = item.id if item.options else "option"
        options = () if form.kind is Kind.OPEN else form.options_of(item)
        return Question(text(item.id), tuple(text(group, each.code) for each in options))

    return View(
        text("title"),
        text("introduction"),
        text("closing"),
        tuple(question(item) for item in form.items),
    )
