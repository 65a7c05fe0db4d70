"""Readers stand by a part in the words that they read; nobody signs for words of her own.

A signature is of a digest. After a later edit it stands for the older words, and whoever looks
sees what has changed since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.editions.desk import Revision
from edu.editions.drift.differences import Difference, differences
from edu.editions.models import Change, Edition, Release, Rendering
from edu.editions.parts import Part
from edu.editions.review.models import READERS, ReviewWaiver, Signature
from edu.editions.standing import Standing, standing
from edu.editions.working import edition_for, now
from edu.languages import language

#: What makes somebody an author of words; saying "still right" or signing does not.
_WRITING = ("saved", "restored", "imported", "taken over")


class Refused(Exception):
    """She may not sign; `why` is `author`, `twice`, `taken` or `changed`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Signing:
    """One signature as it is listed; `since` are the blocks that changed after it."""

    row: Signature
    stands: bool
    since: Sequence[Difference]


def signatures_of(session: Session, edition: Edition, part: str) -> list[Signature]:
    """Every signature of a part, the newest first."""
    wanted = select(Signature).where(Signature.edition_id == edition.id, Signature.part == part)
    return list(session.scalars(wanted.order_by(Signature.id.desc())))


def listed(session: Session, edition: Edition, part: str, words: Standing) -> list[Signing]:
    """The same with what changed since each."""
    digest = words.digest
    return [
        Signing(
            row,
            row.digest == digest,
            () if row.digest == digest else changed_since(row, part, words),
        )
        for row in signatures_of(session, edition, part)
    ]


def changed_since(row: Signature, part: str, words: Standing) -> list[Difference]:
    """What differs between the words that were signed and those that stand now."""
    return differences(_as_payload(part, row.words), _as_payload(part, stored(words)))


def stored(words: Standing) -> dict[str, Any]:
    """The words of a part as a signature keeps them."""
    return {"markdown": words.markdown, "words": words.words()}


def _as_payload(part: str, kept: dict[str, Any]) -> dict[str, Any]:
    if kept["markdown"]:
        return {"lessons": [{"id": part, "markdown": kept["markdown"]}]}
    words = {source: {"text": text} for source, text, _tag in kept["words"]}
    return {"instruments": {part: {"words": words}}}


def authors_of(session: Session, tag: str, part: Part) -> set[int]:
    """Whoever wrote words of a part, in the edition or in one that it inherits from."""
    editions = select(Edition.id).where(
        Edition.module == part.module, Edition.tag.in_(language(tag).chain)
    )
    place = or_(Rendering.context == part.id, Rendering.context.startswith(f"{part.id}|"))
    words = (
        select(Revision.member_id)
        .join(Rendering, Rendering.id == Revision.rendering_id)
        .where(Rendering.edition_id.in_(editions), place)
    )
    blocks = (
        select(Revision.member_id)
        .join(Change, Change.id == Revision.change_id)
        .where(Change.edition_id.in_(editions), Change.lesson == part.id)
    )
    found: set[int] = set()
    for wanted in (words, blocks):
        wrote = wanted.where(Revision.deed.in_(_WRITING), Revision.member_id.is_not(None))
        found.update(each for each in session.scalars(wrote.distinct()) if each is not None)
    return found


def who_signed(session: Session, edition: Edition | None, part: str, digest: str) -> list[str]:
    """As which readers a part was signed in exactly these words."""
    if edition is None:
        return []
    signed = select(Signature.reader).where(
        Signature.edition_id == edition.id, Signature.part == part, Signature.digest == digest
    )
    found = set(session.scalars(signed))
    return [reader for reader in READERS if reader in found]


def sign(
    session: Session,
    tag: str,
    part: Part,
    *,
    reader: str,
    digest: str,
    member_id: int,
    pseudonym: str = "",
    remark: str = "",
) -> Signature:
    """Stand by a part as one of the readers. `digest` is of the words she saw. Raises Refused."""
    words = standing(session, tag, part)
    if words.digest != digest:
        raise Refused("changed")
    if member_id in authors_of(session, tag, part):
        raise Refused("author")
    edition = edition_for(session, tag, part.module)
    for row in signatures_of(session, edition, part.id):
        if row.digest == digest and row.member_id == member_id:
            raise Refused("twice")
        if row.digest == digest and row.reader == reader:
            raise Refused("taken")
    made = Signature(
        edition_id=edition.id,
        part=part.id,
        reader=reader,
        digest=digest,
        words=stored(words),
        pseudonym=pseudonym,
        remark=remark,
        member_id=member_id,
        made_at=now(),
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        # Somebody else signed as the same reader in the same moment.
        raise Refused("taken") from None
    return made


def waiver_for(session: Session, tag: str) -> ReviewWaiver | None:
    """The decision that in a language fewer readers must sign, while it stands."""
    wanted = select(ReviewWaiver).where(ReviewWaiver.tag == tag, ReviewWaiver.ended_at.is_(None))
    return session.scalar(wanted.order_by(ReviewWaiver.id.desc()).limit(1))


def waivers_of(session: Session, tag: str) -> list[ReviewWaiver]:
    """Every such decision for a language, the newest first."""
    wanted = select(ReviewWaiver).where(ReviewWaiver.tag == tag)
    return list(session.scalars(wanted.order_by(ReviewWaiver.id.desc())))


def waive(
    session: Session, tag: str, readers: Sequence[str], why: str, *, member_id: int
) -> ReviewWaiver:
    """Decide that only these readers must sign in a language; an older decision ends."""
    end_waiver(session, tag)
    kept = [reader for reader in READERS if reader in readers]
    made = ReviewWaiver(tag=tag, readers=kept, why=why, member_id=member_id, made_at=now())
    session.add(made)
    session.flush()
    return made


def end_waiver(session: Session, tag: str) -> bool:
    """Take the decision back; whether there was one."""
    found = waiver_for(session, tag)
    if found is not None:
        found.ended_at = now()
        session.flush()
    return found is not None


def fewer_readers(session: Session, tag: str, part: str, module: str, digest: str) -> list[str]:
    """Who signed the words that a release shows, where they are fewer than the rule asks; empty
    where all signed, or nobody did. It is the mark that learners see."""
    for step in language(tag).chain[:-1] or ():
        edition = session.scalar(
            select(Edition).where(Edition.tag == step, Edition.module == module)
        )
        signed = who_signed(session, edition, part, digest)
        if edition is not None and not signed:
            # Where only an ancestor's words have changed since, the last signatures are told.
            last = _last_released(session, edition, part)
            signed = who_signed(session, edition, part, last.digest) if last else []
        if signed:
            return signed if len(signed) < len(READERS) else []
    return []


def _last_released(session: Session, edition: Edition, part: str) -> Signature | None:
    """The newest signature that stood when somebody released the edition last: those after it
    are of words that learners do not have yet."""
    made = select(func.max(Release.made_at)).where(
        Release.tag == edition.tag,
        Release.module == edition.module,
        Release.member_id.is_not(None),
        Release.withdrawn_on.is_(None),
    )
    released = session.scalar(made)
    rows = signatures_of(session, edition, part)
    return next((row for row in rows if released is None or row.made_at <= released), None)
