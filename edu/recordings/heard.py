"""What learners hear: for each block of a page the recording of exactly these words, if any."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from edu.communities.models import ProfileEntry
from edu.languages import language
from edu.recordings.keeping import may_be_heard, readings
from edu.recordings.models import FORMATS, Recording, Sound
from edu.recordings.places import Place, blocks_read, glossary_places, sections_read, word_read


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


def voices(session: Session, today: date, part: str = "") -> list[Voice]:
    """The recordings that learners may hear today, the newest first: all, or those of one part."""
    sizes: dict[int, dict[str, int]] = {}
    here = Recording.place.startswith(f"{part}|", autoescape=True) if part else true()
    for number, format, size in session.execute(
        select(Sound.recording_id, Sound.format, func.length(Sound.body))
        .join(Recording, Recording.id == Sound.recording_id)
        .where(here)
    ):
        sizes.setdefault(number, {})[format] = size
    rows = session.scalars(
        select(Recording).where(Recording.released, here).order_by(Recording.id.desc())
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
    """For each block of a released lesson the voice that reads it, in the order of the file; an
    empty list where none does.

    A block that a place took over from its ancestor is read by the ancestor's voice, as long as
    the words are the same.
    """
    known = _of_part(found, lesson)
    return _in_order(known, page, blocks_read(lesson, markdown)) if known else []


def voices_on_page(
    found: Sequence[Voice], tag: str, page: str, markdown: str
) -> list[Voice | None]:
    """The same for the sections of a released plain page, whose file `page` names."""
    part = f"pages.{page}"
    known = _of_part(found, part)
    return _in_order(known, tag, sections_read(part, markdown)) if known else []


_Known = Mapping[tuple[str, str, str], Voice]


def _of_part(found: Sequence[Voice], part: str) -> _Known:
    """The newest voice for each text of a part, in these words and this language."""
    return {
        (voice.place, voice.digest, voice.tag): voice
        for voice in reversed(found)
        if voice.place.startswith(f"{part}|")
    }


def _in_order(known: _Known, page: str, places: Sequence[Place]) -> list[Voice | None]:
    chain = language(page).chain
    return [
        next(
            (
                known[place.id, place.digest, tag]
                for tag in chain
                if (place.id, place.digest, tag) in known
            ),
            None,
        )
        for place in places
    ]


def voice_of_word(found: Sequence[Voice], entry: ProfileEntry) -> Voice | None:
    """Who reads a word of a glossary as it stands now."""
    place, tag = word_read(entry), entry.profile.tag
    wanted = (place.id, place.digest, tag)
    return next((each for each in found if (each.place, each.digest, each.tag) == wanted), None)


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
