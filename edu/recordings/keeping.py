"""Recordings: keeping them with their consent, letting learners hear them, taking them back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.recordings.consent import Consent, Incomplete
from edu.recordings.models import FORMATS, Recording, Sound
from edu.recordings.places import Place, digest_of
from edu.recordings.taking_back import still_agreed, take_back, take_back_ended


class OwnVoice(Exception):
    """Whoever put a recording in may not release it: a second pair of ears is needed."""


class Stale(Exception):
    """The words have changed since they were read."""


class State(StrEnum):
    """How far the recording of a text has come."""

    STALE = "stale"
    WAITING = "waiting"
    HEARD = "heard"
    MISSING = "missing"


@dataclass(frozen=True)
class Reading:
    """A text, its recordings (the one that counts first), and how far it has come."""

    place: Place
    recordings: Sequence[Recording]
    state: State


def keep(
    session: Session,
    tag: str,
    place: str,
    words: str,
    sounds: Mapping[str, bytes],
    seconds: int,
    consent: Consent,
    *,
    member_id: int | None,
    today: date,
) -> Recording:
    """Keep a recording of these words. Raises Incomplete where the consent is not complete."""
    missing = consent.missing(today)
    if missing or consent.on is None:
        raise Incomplete(missing)
    made = Recording(
        tag=tag,
        place=place,
        words=words,
        digest=digest_of(words),
        seconds=seconds,
        speaker=consent.speaker.strip(),
        consent_on=consent.on,
        consent_ends=consent.ends,
        consent_uses=" ".join(consent.uses),
        own_story=consent.own_story,
        member_id=member_id,
        made_at=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        released=False,
        sounds=[Sound(format=name, body=sounds[name]) for name in FORMATS if name in sounds],
    )
    session.add(made)
    session.flush()
    return made


def recording_of(session: Session, tag: str, number: int) -> Recording | None:
    """One recording of a language."""
    found = session.get(Recording, number)
    return found if found is not None and found.tag == tag else None


def sound_of(session: Session, recording: Recording, format: str) -> bytes | None:
    """The sound itself."""
    wanted = select(Sound.body).where(Sound.recording_id == recording.id, Sound.format == format)
    return session.scalar(wanted)


def readings(session: Session, tag: str, places: Iterable[Place]) -> list[Reading]:
    """Each text with its recordings."""
    rows: dict[str, list[Recording]] = {}
    for row in session.scalars(
        select(Recording).where(Recording.tag == tag).order_by(Recording.id.desc())
    ):
        rows.setdefault(row.place, []).append(row)
    return [_reading(place, rows.get(place.id, [])) for place in places]


def _reading(place: Place, recordings: list[Recording]) -> Reading:
    digest = place.digest
    # What fits comes first, and of that what learners hear; then the newest.
    ordered = sorted(recordings, key=lambda row: (row.digest != digest, not row.released, -row.id))
    if not ordered:
        return Reading(place, ordered, State.MISSING)
    best = ordered[0]
    if best.digest != digest:
        return Reading(place, ordered, State.STALE)
    return Reading(place, ordered, State.HEARD if best.released else State.WAITING)


def release(recording: Recording, place: Place, member_id: int | None) -> None:
    """Let learners hear it. Raises OwnVoice, and Stale."""
    if recording.member_id is not None and recording.member_id == member_id:
        raise OwnVoice
    if recording.digest != place.digest:
        raise Stale
    recording.released = True


def withdraw(session: Session, recording: Recording, published: Path) -> None:
    """Delete a recording at once, from the finished pages too."""
    take_back(session, recording, published.glob(f"sound/{recording.id}.*"))


def withdraw_ended(session: Session, today: date, published: Path) -> int:
    """Delete recordings whose consent has ended; how many there were."""
    ended = select(Recording).where(Recording.consent_ends < today)
    return take_back_ended(session, ended, lambda each: withdraw(session, each, published))


def may_be_heard(recording: Recording, today: date) -> bool:
    """Whether learners may hear it today."""
    return recording.released and still_agreed(recording, today)
