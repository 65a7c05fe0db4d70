"""What somebody may see and build here: the bank of her organisation, its forms, the shells."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, current_app

from edu.doors import db, offered, settings, today
from edu.editions.releasing import current_release
from edu.instruments.bank import Bank, bank_of
from edu.instruments.forms import definition, form_of
from edu.instruments.interchange.worded import STATES, Worded, ours
from edu.instruments.models import BuiltForm
from edu.instruments.shelf import shells_in
from edu.interface import Interface
from edu.languages import SOURCE
from edu.learning.instruments import released_instruments
from edu.pages.speaking import spoken
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.quizzes.instrument import Instrument
from edu.quizzes.shell import Shell

#: Who sees what there is, who puts forms together, who speaks for licences.
READERS = (Right.LEAD_GROUPS, Right.PLAN_PROGRAMMES, Right.SEE_FIGURES)
BUILDERS = (Right.LEAD_GROUPS, Right.PLAN_PROGRAMMES)


@dataclass(frozen=True)
class Found:
    """An instrument by its name: one of the server's, a shell, or a form of the organisation."""

    instrument: Instrument
    shell: Shell | None = None
    row: BuiltForm | None = None


def bank_for(by: Actor) -> Bank:
    """What her organisation may ask."""
    shells = shells_in(settings().root)
    return bank_of(db(), by.organisation_id, released_instruments(db()), shells, today())


def shell_named(name: str) -> Shell:
    """A shell; 404 where there is none."""
    found = shells_in(settings().root).get(name)
    if found is None:
        abort(404)
    return found


def built_named(by: Actor, name: str) -> BuiltForm:
    """The newest version of a form of her organisation; any other one is not there for her."""
    found = form_of(db(), by.organisation_id, name)
    if found is None:
        abort(404)
    return found


def found_named(by: Actor, name: str) -> Found:
    """What stands behind a name for her; 404 where there is nothing."""
    for each in released_instruments(db()):
        if each.id == name:
            return Found(each)
    if name in shells_in(settings().root):
        shell = shell_named(name)
        return Found(shell.instrument, shell=shell)
    row = built_named(by, name)
    return Found(definition(row), row=row)


def tags() -> list[str]:
    """The languages on offer, the one spoken first."""
    every = [each.tag for each in offered()]
    return sorted(every, key=lambda tag: tag != spoken())


def words_of(found: Found) -> Mapping[str, Mapping[str, Any]]:
    """The words of an instrument in every language that has them."""
    if found.row is not None:
        return found.row.words
    if found.shell is not None:
        return {SOURCE: {}}
    words = {}
    for tag in tags():
        release = current_release(db(), tag, "quizzes")
        described = release.payload["instruments"].get(found.instrument.id) if release else None
        if described is not None and described["version"] == found.instrument.version:
            words[tag] = described["words"]
    return words


def worded(found: Found) -> Worded:
    """An instrument with those words that may leave the house."""
    made = ours(found.instrument, words_of(found))
    interface: Interface = current_app.extensions["interface"]
    states = {
        tag: {code: interface.translations(tag).gettext(text) for code, text in STATES.items()}
        for tag in made.words
    }
    return replace(made, states=states)
