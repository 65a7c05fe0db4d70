"""Saving a form: its words and definition are frozen, and what was done is written down."""

from collections.abc import Mapping, Sequence
from typing import Any

from edu.builder.places import tags
from edu.doors import db, today
from edu.instruments.bank import Bank
from edu.instruments.forms import Maker, compose, save
from edu.instruments.models import BuiltForm
from edu.instruments.own_words import OwnWords, with_own
from edu.learning.instruments import keep_versions
from edu.partners.actors import Actor
from edu.partners.trail import Deed, Kind, write_down
from edu.quizzes.building import Ref
from edu.quizzes.instrument import Instrument


def keep(
    by: Actor,
    id: str,
    version: int,
    name: str,
    bank: Bank,
    chosen: Sequence[Ref],
    own: OwnWords,
) -> BuiltForm | None:
    """The form as it was saved; None when there is no language in which it can be asked.
    Raises Overtaken when somebody else saved this version meanwhile."""
    made, words = composed(bank, chosen, id, version, own)
    return freeze(by, name, made, words, chosen) if words else None


def composed(
    bank: Bank, chosen: Sequence[Ref], id: str, version: int, own: OwnWords
) -> tuple[Instrument, dict[str, dict[str, Any]]]:
    """A form of these items in the languages on offer, with the words that she wrote for it."""
    return with_own(*compose(db(), bank, chosen, tags(), id, version), own)


def freeze(
    by: Actor,
    name: str,
    made: Instrument,
    words: Mapping[str, Mapping[str, Any]],
    chosen: Sequence[Ref] = (),
) -> BuiltForm:
    """Keep this version for good, where answers find it too. Raises Overtaken when somebody else
    saved it meanwhile."""
    maker = Maker(by.organisation_id, by.login, today())
    kept, new = save(db(), maker, name, made, words, chosen)
    if new:
        keep_versions(db(), {made.id: made})
        detail = f"{made.id} {made.version}"
        write_down(db(), by.organisation_id, by.login, Deed.MADE, Kind.INSTRUMENT, name, detail)
    return kept
