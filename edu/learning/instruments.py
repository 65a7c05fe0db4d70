"""Instrument versions: kept for good, because answers mean what was asked at the time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.releasing import current_release
from edu.instruments.forms import definition, form_of, forms_of, is_licensed, tags_of
from edu.instruments.models import BuiltForm
from edu.languages import SOURCE, language
from edu.learning.models import InstrumentVersion
from edu.lessons.mistakes import Broken, Mistake
from edu.pages.views import Text, stored_text
from edu.quizzes.instrument import Instrument, Kind


def keep_versions(session: Session, instruments: Mapping[str, Instrument]) -> None:
    """Freeze each instrument under its version.

    Raises Broken when a kept version's questions were changed: other words measure something
    else, so they need a version number of their own.
    """
    mistakes = []
    for instrument in instruments.values():
        kept = _row(session, instrument.id, instrument.version)
        if kept is None:
            session.add(
                InstrumentVersion(
                    instrument=instrument.id,
                    version=instrument.version,
                    digest=instrument.digest,
                    definition=json.loads(instrument.to_json()),
                )
            )
        elif kept.digest != instrument.digest:
            mistakes.append(
                Mistake(
                    f"quizzes/{instrument.id}.toml",
                    1,
                    f"version {instrument.version} is already in use with other questions,"
                    f" options or scores; give the changed form version {instrument.version + 1}",
                )
            )
    if mistakes:
        raise Broken(mistakes)
    session.flush()


def kept_version(
    session: Session, instrument: str, version: int
) -> tuple[InstrumentVersion, Instrument] | None:
    """A kept version's row and its definition."""
    row = _row(session, instrument, version)
    return (row, definition_of(row)) if row is not None else None


def definition_of(row: InstrumentVersion) -> Instrument:
    """The instrument as it was frozen."""
    return Instrument.from_json(json.dumps(row.definition))


@dataclass(frozen=True)
class Offered:
    """A questionnaire that the groups of an organisation may choose: this version of it, in these
    languages. `built` tells those that the organisation put together from the server's own, which
    are `usual` where every group gets them that chooses nothing."""

    id: str
    version: int
    name: str
    kind: Kind
    items: int
    tags: tuple[str, ...]
    built: bool
    usual: bool


def released_instruments(session: Session) -> list[Instrument]:
    """The server's own instruments as they are released, in the versions that are asked now."""
    release = current_release(session, SOURCE, "quizzes")
    described: Mapping[str, Any] = release.payload["instruments"] if release is not None else {}
    kept = (kept_version(session, name, each["version"]) for name, each in described.items())
    return [instrument for found in kept if found is not None for _, instrument in [found]]


def titles_in(session: Session, page: str) -> dict[str, Text]:
    """What the server's own instruments and their scales are called for readers of a page, by the
    place of the words: `attitudes|title`, `attitudes|scale|contact|title`."""
    release = current_release(session, page, "quizzes")
    described: Mapping[str, Any] = release.payload["instruments"] if release is not None else {}
    return {
        place: stored_text(words, page)
        for each in described.values()
        for place, words in each["words"].items()
        if place.endswith("|title")
    }


def instruments_for(
    session: Session, organisation_id: int, today: date, tags: Sequence[str] = ()
) -> list[Offered]:
    """What the groups of an organisation may be asked: the server's own instruments first, then
    the forms that it put together, did not retire and holds the licences for. With `tags`, only
    what can be asked in all of these languages."""
    ours = [
        Offered(
            each.id,
            each.version,
            each.title,
            each.kind,
            len(each.items),
            tuple(tags),
            built=False,
            usual=each.on,
        )
        for each in released_instruments(session)
    ]
    built = [
        _offered(row)
        for row in forms_of(session, organisation_id)
        if row.retired_on is None
        and all(_speaks(row, tag) for tag in tags)
        and is_licensed(session, row, today)
    ]
    return ours + built


def _offered(row: BuiltForm) -> Offered:
    form = definition(row)
    return Offered(
        row.instrument,
        row.version,
        row.name,
        form.kind,
        len(form.items),
        tuple(tags_of(row)),
        built=True,
        usual=False,
    )


def _speaks(row: BuiltForm, tag: str) -> bool:
    return not row.words.keys().isdisjoint(language(tag).chain)


def built_words(
    session: Session, organisation_id: int, instrument: str, version: int, tag: str
) -> Mapping[str, Any] | None:
    """The frozen words of a version of a built form for readers of a language, as a release keeps
    those of ours; None where it is not theirs or cannot be asked in that language."""
    row = form_of(session, organisation_id, instrument, version)
    if row is None:
        return None
    return next((row.words[name] for name in language(tag).chain if name in row.words), None)


def _row(session: Session, instrument: str, version: int) -> InstrumentVersion | None:
    return session.scalar(
        select(InstrumentVersion).where(
            InstrumentVersion.instrument == instrument, InstrumentVersion.version == version
        )
    )
