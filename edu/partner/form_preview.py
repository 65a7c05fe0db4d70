"""A questionnaire as learners will see it, with the words that are on the desk."""

from typing import Any

from flask import abort
from flask_babel import gettext as _

from edu.doors import wave_name
from edu.editions.workplace.lines import Sheet
from edu.editions.workplace.preview import Preview
from edu.languages import same_words
from edu.pages.views import Text, in_language, stored_text
from edu.quizzes.instrument import Instrument, Item, Kind
from edu.quizzes.load import load_instrument


def questionnaire(found: Sheet, made: Preview) -> tuple[str, dict[str, Any]]:
    """The template of a questionnaire, and what it shows."""
    loaded, _mistakes = load_instrument(found.part.file)
    if loaded is None:
        abort(404)
    instrument, page = loaded, found.tag

    def text(*place: str) -> Text:
        stored = made.words.get("|".join([instrument.id, *place]))
        return stored_text(stored, page) if stored is not None else Text("")

    return "learner/questions.html", {
        "title": text("title"),
        "introduction": text("introduction"),
        "state": made.payload["state"],
        "complete": all(same_words(each["tag"], page) for each in made.words.values()),
        "validated": instrument.validated,
        "wave_name": wave_name("before"),
        "part": 1,
        "parts": 1,
        "key": "",
        "items": [_item(instrument, item, text, page) for item in instrument.items],
    }


def _item(instrument: Instrument, item: Item, text: Any, page: str) -> dict[str, Any]:
    group = item.id if item.options else "option"
    is_open = instrument.kind is Kind.OPEN
    options = [
        {"code": each.code, "label": text(group, each.code)}
        for each in ([] if is_open else instrument.options_of(item))
    ]
    states = [
        {"code": "?", "label": in_language(_("I don't know"), page, page)},
        {"code": "!", "label": in_language(_("I prefer not to say"), page, page)},
    ]
    return {
        "id": item.id,
        "text": text(item.id),
        "options": [] if is_open else [*options, *states],
        "several": item.several,
        "open": is_open,
        "chosen": (),
        "value": "",
        "errors": (),
    }
