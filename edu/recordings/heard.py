"""What learners hear: for each block of a page the recording of exactly these words, if any."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.languages import language
from edu.recordings.keeping import may_be_heard, readings
from edu.recordings.models import FORMATS, Recording, Sound
from edu.recordings.places import blocks_read, glossary_places


@dataclass(frozen=True)
class Voice:
    """A recording as a page needs it: `sizes` in bytes by format, `mark` tells it from another
    one of the same number."""

    number: int
    tag: str
    place: str
    digest: str
    speaker: str
    seconds: int
    own_story: bool
    mark: str
    sizes: Mapping[str, int]


def voices(session: Session, today: date) -> list[Voice]:
    """Every recording that learners may hear today, the newest first."""
    sizes: dict[int, dict[str, int]] = {}
    for number, format, size in session.execute(
        select(Sound.recording_id, Sound.format, func.length(Sound.body))
    ):
        sizes.setdefault(number, {})[format] = size
    rows = session.scalars(
        select(Recording).where(Recording.released).order_by(Recording.id.desc())
    )
    return [
        Voice(
            row.id,
            row.tag,
            row.place,
            row.digest,
            row.speaker,
            row.seconds,
            row.own_story,
            _mark(row),
            {name: sizes[row.id][name] for name in FORMATS if name in sizes.get(row.id, {})},
        )
        for row in rows
        if may_be_heard(row, today)
    ]


def _mark(row: Recording) -> str:
    return hashlib.sha256(f"{row.made_at} {row.digest} {row.tag}".encode()).hexdigest()[:6]


def voices_on(found: Sequence[Voice], page: str, lesson: str, markdown: str) -> list[Voice | None]:
    """For each block of a released lesson the voice that reads it, in the order of the file.

    A block that a place took over from its ancestor is read by the ancestor's voice, as long as
    the words are the same.
    """
    chain = language(page).chain
    known = {
        (voice.place, voice.digest, voice.tag): voice
        for voice in reversed(found)
        if voice.place.startswith(f"{lesson}|")
    }
    if not known:
        return []
    return [
        next(
            (
                known[place.id, place.digest, tag]
                for tag in chain
                if (place.id, place.digest, tag) in known
            ),
            None,
        )
        for place in blocks_read(lesson, markdown)
    ]


def words_heard(session: Session, tag: str, today: date) -> Mapping[str, Recording]:
    """The words of a community's glossary that somebody reads aloud as they stand now, by their
    names: for whoever translates."""
    found = readings(session, tag, glossary_places(session, tag))
    return {
        each.place.spot: row
        for each in found
        for row in each.recordings[:1]
        if row.digest == each.place.digest and may_be_heard(row, today)
    }


def sounds(session: Session, found: Sequence[Voice]) -> Iterator[tuple[str, bytes]]:
    """The files to publish for these voices: `5.opus` and its bytes."""
    for voice in found:
        rows = session.execute(
            select(Sound.format, Sound.body)
            .where(Sound.recording_id == voice.number)
            .order_by(Sound.format)
        )
        yield from ((f"{voice.number}.{format}", body) for format, body in rows)


def state_of_voices(session: Session, today: date) -> str:
    """What pages hold of recordings, so that a change makes them anew."""
    return repr([(voice.number, voice.mark, voice.speaker) for voice in voices(session, today)])
