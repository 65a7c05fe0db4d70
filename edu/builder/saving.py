"""Saving a form: its words and definition are frozen, and what was done is written down."""

from collections.abc import Mapping, Sequence
from typing import Any

from edu.doors import db, today
from edu.instruments.bank import Bank
from edu.instruments.forms import Maker, compose, free_id, next_version, save
from edu.instruments.models import BuiltForm
from edu.learning.instruments import keep_versions
from edu.partners.actors import Actor
from edu.partners.trail import Deed, Kind, write_down
from edu.quizzes.building import Ref
from edu.quizzes.instrument import Instrument


def keep(
    by: Actor,
    row: BuiltForm | None,
    name: str,
    bank: Bank,
    chosen: Sequence[Ref],
    tags: Sequence[str],
) -> BuiltForm | None:
    """The form as it was saved; None when there is no language in which it can be asked."""
    id = row.instrument if row is not None else free_id(by.organisation_id)
    made, words = compose(db(), bank, chosen, tags, id, next_version(row))
    return freeze(by, name, made, words, chosen) if words else None


def freeze(
    by: Actor,
    name: str,
    made: Instrument,
    words: Mapping[str, Mapping[str, Any]],
    chosen: Sequence[Ref] = (),
) -> BuiltForm:
    """Keep this version for good, where answers find it too."""
    kept = save(db(), Maker(by.organisation_id, by.login, today()), name, made, words, chosen)
    if kept.version == made.version:
        keep_versions(db(), {made.id: made})
        detail = f"{made.id} {made.version}"
        write_down(db(), by.organisation_id, by.login, Deed.MADE, Kind.INSTRUMENT, name, detail)
    return kept
