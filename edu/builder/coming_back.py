"""A form that comes back as a file: what would be otherwise, and a yes before anything is kept.

Until then nothing of it is kept here. What was read travels in the page, signed, because it is not
looked through once more.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

from edu.builder import difference_words
from edu.builder.forms import ComesBackForm
from edu.doors import settings, show
from edu.instruments.coming_back import as_it_is, as_next_version
from edu.instruments.interchange.differences import differences
from edu.instruments.models import BuiltForm
from edu.partners.actors import Actor
from edu.quizzes.instrument import Instrument

#: Signs of the longest form that a page carries.
LONGEST = 1_000_000
_SALT = "a form that comes back"
_SECONDS = 86_400
#: Differences that a page lists.
_SHOWN = 200


@dataclass(frozen=True)
class Back:
    """What somebody brought: under which name, for which version of which form of hers."""

    file: str
    name: str
    form: str
    version: int
    made: Instrument
    words: Mapping[str, Mapping[str, Any]]


def carried(by: Actor, back: Back) -> str:
    """It as one text for a page of hers; empty where a page cannot carry so much."""
    told = [by.login, by.organisation_id, back.file, back.name, back.form, back.version]
    text = _signer().dumps([*told, back.made.to_json(), back.words])
    signed = text if isinstance(text, str) else text.decode()
    return signed if len(signed) <= LONGEST else ""


def uncarried(by: Actor, text: str) -> Back | None:
    """The same read back; None for what no page of hers carried today."""
    try:
        found = _signer().loads(text, max_age=_SECONDS)
    except BadData:
        return None
    login, organisation, file, name, form, version, made, words = found
    if (login, organisation) != (by.login, by.organisation_id):
        return None
    return Back(file, name, form, version, Instrument.from_json(made), words)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret_key, salt=_SALT, serializer=json)


def look(by: Actor, row: BuiltForm, back: Back, *, overtaken: bool = False) -> str:
    """What would be otherwise in the next version, and what to choose. The text that travels is
    for the newest version: whoever says yes has seen what she puts aside."""
    found = differences(as_it_is(row), as_next_version(row, back.made, back.words))
    carrying = Back(back.file, back.name, row.instrument, row.version, back.made, back.words)
    form = ComesBackForm(formdata=None, brought=carried(by, carrying))
    form.offer(row.version + 1 if found else None)
    form.as_.data = "version" if found else "new"
    return show(
        "builder/bring_look.html",
        form=form,
        row=row,
        file=back.file,
        told=[difference_words.told(each) for each in found[:_SHOWN]],
        more=max(0, len(found) - _SHOWN),
        overtaken=overtaken,
        here="/staff/instruments/bring",
    )
