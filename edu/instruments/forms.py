"""Questionnaires that organisations put together: saved as versions, never changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from secrets import token_hex
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.instruments.bank import Bank
from edu.instruments.licensing import claims, held
from edu.instruments.models import BuiltForm
from edu.quizzes.building import Ref, build, origins
from edu.quizzes.instrument import Instrument


class Overtaken(Exception):
    """Somebody else saved this version of a form meanwhile, with something else in it."""


@dataclass(frozen=True)
class Maker:
    """Who saves a form, for whom, and on which day."""

    organisation_id: int
    login: str
    today: date


def forms_of(session: Session, organisation_id: int) -> list[BuiltForm]:
    """The newest version of every form of an organisation, retired ones too, by name."""
    newest: dict[str, BuiltForm] = {}
    rows = session.scalars(
        select(BuiltForm)
        .where(BuiltForm.organisation_id == organisation_id)
        .order_by(BuiltForm.version)
    )
    for row in rows:
        newest[row.instrument] = row
    return sorted(newest.values(), key=lambda row: (row.name.casefold(), row.id))


def form_of(
    session: Session, organisation_id: int, instrument: str, version: int | None = None
) -> BuiltForm | None:
    """A version of a form, the newest unless one is named; None when it is not theirs."""
    wanted = select(BuiltForm).where(
        BuiltForm.organisation_id == organisation_id, BuiltForm.instrument == instrument
    )
    if version is not None:
        wanted = wanted.where(BuiltForm.version == version)
    return session.scalar(wanted.order_by(BuiltForm.version.desc()).limit(1))


def definition(row: BuiltForm) -> Instrument:
    """A form as it was saved."""
    return Instrument.from_json(json.dumps(row.definition))


def tags_of(row: BuiltForm) -> list[str]:
    """The languages in which a form can be asked."""
    return sorted(row.words)


def compose(
    session: Session, bank: Bank, chosen: Sequence[Ref], tags: Sequence[str], id: str, version: int
) -> tuple[Instrument, dict[str, dict[str, Any]]]:
    """A form of these items, and its words in every language in which all of them are there."""
    made = build(id, version, bank.sources, chosen)
    places = origins(bank.sources, made, chosen)
    words = {}
    for tag in tags:
        found = _words(session, bank, places, tag)
        if found is not None:
            words[tag] = found
    return made, words


def _words(
    session: Session, bank: Bank, places: Mapping[str, str], tag: str
) -> dict[str, Any] | None:
    sources = {origin.partition("|")[0] for origin in places.values()}
    known = {source: bank.words(session, source, tag) for source in sources}
    found = {}
    for place, origin in places.items():
        words = known[origin.partition("|")[0]]
        if words is None or origin not in words:
            return None
        found[place] = dict(words[origin])
    return found


def save(
    session: Session,
    maker: Maker,
    name: str,
    made: Instrument,
    words: Mapping[str, Mapping[str, Any]],
    parts: Sequence[Ref] = (),
) -> tuple[BuiltForm, bool]:
    """Keep a version of a form; whether it is a new one. The same form saved twice is one version.

    Raises Overtaken when there is this version or a newer one with something else in it: whoever
    made it has not seen what she would put aside.
    """
    before = _newest(session, maker, made)
    if before is not None and _same(before, made, words):
        before.name, before.retired_on = name, None
        session.flush()
        return before, False
    if before is not None and before.version >= made.version:
        raise Overtaken
    row = BuiltForm(
        organisation_id=maker.organisation_id,
        instrument=made.id,
        version=made.version,
        name=name,
        definition=json.loads(made.to_json()),
        parts=[list(each) for each in parts],
        words={tag: dict(each) for tag, each in words.items()},
        made_by=maker.login,
        made_on=maker.today,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # somebody else did in the same moment
        kept = _newest(session, maker, made)
        if kept is not None and _same(kept, made, words):
            return kept, False
        raise Overtaken from None
    return row, True


def _newest(session: Session, maker: Maker, made: Instrument) -> BuiltForm | None:
    return form_of(session, maker.organisation_id, made.id)


def _same(before: BuiltForm, made: Instrument, words: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether nothing would be asked otherwise than in the version there is."""
    kept = definition(before)
    return kept.digest == replace(made, version=kept.version).digest and before.words == words


def free_id(organisation_id: int) -> str:
    """What a new form of an organisation is called in addresses: nobody else's is called so."""
    return f"o{organisation_id}-{token_hex(4)}"


def next_version(row: BuiltForm | None) -> int:
    """The version that a form would get when it is saved again."""
    return row.version + 1 if row is not None else 1


def is_licensed(session: Session, row: BuiltForm, today: date) -> bool:
    """Whether the licences still hold for every licensed scale that is in a form."""
    sources = {source for source, _item in row.parts}
    return all(
        held(session, row.organisation_id, source, today) is not None
        for source in sources
        if claims(session, row.organisation_id, source)
    )


def retire(session: Session, row: BuiltForm, today: date | None) -> None:
    """Offer a form to no new group any more; None offers it again."""
    row.retired_on = today
    session.flush()
