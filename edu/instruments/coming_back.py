"""A form of an organisation that went out as a file and comes back as its next version."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from edu.instruments.forms import definition, form_of, next_version
from edu.instruments.interchange.differences import Form
from edu.instruments.models import BuiltForm
from edu.quizzes.instrument import Instrument


def went_out_as(session: Session, organisation_id: int, form_id: str) -> BuiltForm | None:
    """The newest version of the form that a file names, if it is one of this organisation's."""
    return form_of(session, organisation_id, form_id) if form_id else None


def is_whole_in_files(row: BuiltForm) -> bool:
    """Whether a file holds all words of a form: those of licensed scales are in none."""
    form = definition(row)
    options = [option for item in form.items for option in form.options_of(item)]
    return all(item.text for item in form.items) and all(option.label for option in options)


def as_it_is(row: BuiltForm) -> Form:
    """A form as it was saved."""
    return Form(definition(row), row.words)


def as_next_version(
    row: BuiltForm, made: Instrument, words: Mapping[str, Mapping[str, Any]]
) -> Form:
    """What a file says, as the next version of a form. A text that is as it was stays what it
    was, reviewed or not; the file cannot say so."""
    renamed = {
        tag: {_place(row.instrument, place): word for place, word in each.items()}
        for tag, each in words.items()
    }
    kept = {
        tag: {place: _kept(row.words.get(tag, {}).get(place), word) for place, word in each.items()}
        for tag, each in renamed.items()
    }
    return Form(replace(made, id=row.instrument, version=next_version(row)), kept)


def _place(id: str, place: str) -> str:
    return f"{id}|{place.partition('|')[2]}"


def _kept(before: Mapping[str, Any] | None, word: Mapping[str, Any]) -> dict[str, Any]:
    return dict(word if before is None or before["text"] != word["text"] else before)
