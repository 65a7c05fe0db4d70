"""Instrument versions: kept for good, because answers mean what was asked at the time."""

import json
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.learning.models import InstrumentVersion
from edu.lessons.mistakes import Broken, Mistake
from edu.quizzes.instrument import Instrument


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


def _row(session: Session, instrument: str, version: int) -> InstrumentVersion | None:
    return session.scalar(
        select(InstrumentVersion).where(
            InstrumentVersion.instrument == instrument, InstrumentVersion.version == version
        )
    )
