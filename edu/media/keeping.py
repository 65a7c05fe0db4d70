"""Pictures and films: keeping them with their consent, and taking them back."""

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.lessons.brought import file_name
from edu.media.consent import AGREED, Origin
from edu.media.models import ORIGINAL, Medium, MediumFile
from edu.recordings.consent import Incomplete
from edu.recordings.taking_back import still_agreed, take_back, take_back_ended

#: Where the files of what learners may see lie among the finished pages.
FOLDER = "media/own"
#: The longest piece that lies in one row, in bytes.
PIECE = 8 * 1024 * 1024


def keep_picture(
    session: Session,
    tag: str,
    part: str,
    files: Mapping[str, bytes],
    size: tuple[int, int],
    origin: Origin,
    *,
    member_id: int | None,
    today: date,
) -> Medium:
    """Keep a picture in its forms. Raises Incomplete where something is not known of it."""
    made = _made(session, "picture", tag, part, origin, member_id, today)
    made.state, (made.width, made.height) = "ready", size
    _put(made, files)
    session.flush()
    return made


def keep_film(
    session: Session,
    tag: str,
    part: str,
    original: bytes,
    captions: bytes,
    origin: Origin,
    *,
    member_id: int | None,
    today: date,
) -> Medium:
    """Keep a film as it was sent, until it is packed. Raises Incomplete."""
    made = _made(session, "film", tag, part, origin, member_id, today)
    _put(made, {ORIGINAL: original, **({"captions": captions} if captions else {})})
    session.flush()
    return made


def _made(
    session: Session,
    kind: str,
    tag: str,
    part: str,
    origin: Origin,
    member_id: int | None,
    today: date,
) -> Medium:
    missing = origin.missing(today)
    if missing:
        raise Incomplete(missing)
    consent = origin.consent if origin.people == AGREED else None
    made = Medium(
        tag=tag,
        name=new_name(),
        kind=kind,
        part=part,
        state="waiting",
        licence=origin.licence,
        credit=origin.credit.strip(),
        people=consent is not None,
        speaker=consent.speaker.strip() if consent else "",
        consent_on=consent.on if consent else None,
        consent_ends=consent.ends if consent else None,
        consent_uses=" ".join(consent.uses) if consent else "",
        own_story=bool(consent and consent.own_story),
        member_id=member_id,
        made_at=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        used_on=today,
    )
    session.add(made)
    return made


def new_name() -> str:
    """A name drawn by lot. Without vowels it is no word, without digits no telephone number."""
    return "own-" + "".join(secrets.choice("bcdfghjklmnpqrst") for _ in range(16))


def _put(medium: Medium, files: Mapping[str, bytes]) -> None:
    for form, body in files.items():
        for piece, at in enumerate(range(0, len(body), PIECE)):
            part = body[at : at + PIECE]
            medium.files.append(MediumFile(sort=form, piece=piece, size=len(part), body=part))


def put_captions(session: Session, medium: Medium, captions: bytes) -> None:
    """Other captions, or (empty) none."""
    _drop(medium, "captions")
    # The old ones go before the new ones come: there is one row for each form.
    session.flush()
    _put(medium, {"captions": captions} if captions else {})
    session.flush()


def packed(
    session: Session,
    medium: Medium,
    files: Mapping[str, bytes],
    size: tuple[int, int],
    seconds: int,
) -> None:
    """A film has been packed: what was sent goes at once."""
    _put(medium, files)
    _drop(medium, ORIGINAL)
    medium.state, (medium.width, medium.height), medium.seconds = "ready", size, seconds
    session.flush()


def not_packed(session: Session, medium: Medium, why: str) -> None:
    """A film could not be packed, and what was sent goes all the same."""
    _drop(medium, ORIGINAL)
    medium.state, medium.failed = "failed", why
    session.flush()


def _drop(medium: Medium, form: str) -> None:
    medium.files[:] = [each for each in medium.files if each.sort != form]


def medium_named(session: Session, name: str) -> Medium | None:
    """One picture or film."""
    return session.scalar(select(Medium).where(Medium.name == name))


def media_of(session: Session, tag: str) -> list[Medium]:
    """The pictures and films of a language, the newest first."""
    wanted = select(Medium).where(Medium.tag == tag).order_by(Medium.id.desc())
    return list(session.scalars(wanted))


def body_of(session: Session, medium: Medium, form: str) -> bytes | None:
    """The bytes of one form."""
    wanted = (
        select(MediumFile.body)
        .where(MediumFile.medium_id == medium.id, MediumFile.sort == form)
        .order_by(MediumFile.piece)
    )
    pieces = session.scalars(wanted).all()
    return b"".join(pieces) if pieces else None


def withdraw(session: Session, medium: Medium, published: Path) -> None:
    """Delete a picture or film at once, from the finished pages too: what speaks of it there
    shows nothing in its place."""
    take_back(session, medium, published.glob(f"{FOLDER}/{medium.name}-*"))


def withdraw_ended(session: Session, today: date, published: Path) -> int:
    """Delete pictures and films to which nobody agrees any more; how many there were."""
    ended = select(Medium).where(Medium.consent_ends < today)
    return take_back_ended(session, ended, lambda each: withdraw(session, each, published))


def may_be_shown(medium: Medium, today: date) -> bool:
    """Whether learners may see it today."""
    return medium.state == "ready" and (not medium.people or still_agreed(medium, today))


def files_published(name: str, forms: Mapping[str, int]) -> list[tuple[str, str]]:
    """Form and path among the finished pages of each file of it."""
    return [(form, f"{FOLDER}/{file_name(f'media/{name}', form)}") for form in forms]
