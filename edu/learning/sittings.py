"""Sittings: answers are kept once, whatever the connection does, and nothing given is lost."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.learning import pairs
from edu.learning.instruments import definition_of
from edu.learning.models import InstrumentVersion, Journey, OpenAnswer, Sitting
from edu.quizzes.answers import Answer, State, decode, encode, merge


@dataclass(frozen=True)
class Reading:
    """What the learner had before her: which questions, in which frozen words."""

    instrument: InstrumentVersion
    wave: str
    tag: str
    release_id: int
    draft: bool


class Mode(StrEnum):
    """How somebody answered."""

    WEB = "web"
    PAPER = "paper"
    ALOUD = "aloud"


class Gone(Exception):
    """The learner was forgotten while she was answering: there is nowhere to keep it."""


def sitting_of(
    session: Session, journey: Journey, instrument: InstrumentVersion, wave: str
) -> Sitting | None:
    """The sitting of this journey, if she ever began it."""
    return session.scalar(
        select(Sitting).where(
            Sitting.journey_id == journey.id,
            Sitting.instrument_version_id == instrument.id,
            Sitting.wave == wave,
        )
    )


def sittings_of(session: Session, journey: Journey) -> list[Sitting]:
    """Everything she has begun to answer on this journey."""
    return list(session.scalars(select(Sitting).where(Sitting.journey_id == journey.id)))


def answers_of(sitting: Sitting) -> dict[str, Answer]:
    """What was answered, item by item."""
    return decode(definition_of(sitting.instrument_version), sitting.answers)


def given_in(sitting: Sitting) -> frozenset[str]:
    """The items to which an answer was given, whatever it was."""
    answers = answers_of(sitting)
    return frozenset(item for item, answer in answers.items() if answer.state is not State.SKIPPED)


def save_draft(
    session: Session,
    journey: Journey,
    reading: Reading,
    answers: Mapping[str, Answer],
    texts: Mapping[str, str] | None = None,
    *,
    unseen: bool = False,
) -> Sitting:
    """Keep what is answered so far; she goes on later or in another language. `unseen` says that
    she was not shown what she had given before: what she left open then stays as it was."""
    sitting = _sitting(session, journey, reading)
    if sitting.submitted_on is None:
        _write(session, sitting, reading, answers, texts or {}, unseen=unseen)
    return sitting


def submit(
    session: Session,
    journey: Journey,
    reading: Reading,
    answers: Mapping[str, Answer],
    *,
    key: str,
    today: date,
    texts: Mapping[str, str] | None = None,
    mode: Mode = Mode.WEB,
    unseen: bool = False,
) -> Sitting:
    """Keep a finished form; `today` is the day on which it was answered, and `unseen` as above.
    Sending it again, or from a second tab, keeps it once.

    A form that comes after another one was kept fills in only what that one left open;
    no answer that was given is changed by a form that comes later.
    """
    sitting = _sitting(session, journey, reading)
    key = _key_of(sitting, key)
    if sitting.submitted_on is None:
        _write(session, sitting, reading, answers, texts or {}, unseen=unseen)
        sitting.submission_key = key
        sitting.submitted_on = today
        sitting.mode = mode.value
    elif sitting.submission_key != key:
        merged = merge(answers_of(sitting), answers)
        sitting.answers = encode(definition_of(sitting.instrument_version), merged)
        sitting.draft = sitting.draft or reading.draft
        _write_texts(session, sitting, texts or {}, overwrite=False)
    session.flush()
    pairs.rebuild(session, journey)
    return sitting


def is_kept(sitting: Sitting, key: str) -> bool:
    """Whether the form with this key is the one that was kept."""
    return sitting.submission_key == _key_of(sitting, key)


def correct(session: Session, sitting: Sitting, item: str, answer: Answer) -> None:
    """What a paper says after all, in place of what was typed from it."""
    definition = definition_of(sitting.instrument_version)
    sitting.answers = encode(definition, answers_of(sitting) | {item: answer})
    session.flush()
    pairs.rebuild(session, sitting.journey)


def _key_of(sitting: Sitting, key: str) -> str:
    """What is kept of a form's key: short whatever was sent, and of this sitting alone."""
    return hashlib.sha256(f"{sitting.id}:{key}".encode("utf-8", "replace")).hexdigest()


def _sitting(session: Session, journey: Journey, reading: Reading) -> Sitting:
    found = _locked_sitting(session, journey, reading)
    if found is not None:
        return found
    definition = definition_of(reading.instrument)
    blank = encode(definition, {item.id: Answer(State.SKIPPED) for item in definition.items})
    sitting = Sitting(
        id=secrets.token_hex(16),
        journey_id=journey.id,
        instrument_version=reading.instrument,
        wave=reading.wave,
        tag=reading.tag,
        release_id=reading.release_id,
        draft=reading.draft,
        answers=blank,
    )
    try:
        with session.begin_nested():
            session.add(sitting)
    except IntegrityError:
        # Another tab was quicker, in the same moment: its sitting is the one.
        found = _locked_sitting(session, journey, reading)
        if found is None:
            raise Gone from None
        return found
    return sitting


def _locked_sitting(session: Session, journey: Journey, reading: Reading) -> Sitting | None:
    """The sitting as it is now, held until this request is done: what another tab has just
    written is seen, and not written over."""
    return session.scalar(
        select(Sitting)
        .where(
            Sitting.journey_id == journey.id,
            Sitting.instrument_version_id == reading.instrument.id,
            Sitting.wave == reading.wave,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _write(
    session: Session,
    sitting: Sitting,
    reading: Reading,
    answers: Mapping[str, Answer],
    texts: Mapping[str, str],
    *,
    unseen: bool,
) -> None:
    definition = definition_of(sitting.instrument_version)
    if unseen:
        answers = merge(answers, answers_of(sitting))
        texts = {item: text for item, text in texts.items() if text}
    whole = {item.id: answers.get(item.id, Answer(State.SKIPPED)) for item in definition.items}
    sitting.answers = encode(definition, whole)
    sitting.tag = reading.tag
    sitting.release_id = reading.release_id
    sitting.draft = reading.draft
    _write_texts(session, sitting, texts, overwrite=True)


def _write_texts(
    session: Session, sitting: Sitting, texts: Mapping[str, str], *, overwrite: bool
) -> None:
    for item, text in texts.items():
        kept = session.get(OpenAnswer, (sitting.id, item))
        if kept is None and text:
            session.add(OpenAnswer(sitting_id=sitting.id, item=item, text=text))
        elif kept is not None and overwrite:
            if text:
                kept.text = text
            else:
                session.delete(kept)


def texts_of(session: Session, sitting: Sitting) -> dict[str, str]:
    """What she wrote in her own words in this sitting."""
    rows = session.scalars(select(OpenAnswer).where(OpenAnswer.sitting_id == sitting.id))
    return {row.item: row.text for row in rows}
