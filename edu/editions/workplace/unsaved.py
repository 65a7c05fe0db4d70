"""Words that somebody has typed and not saved yet: kept for her, shown to nobody else."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.editions.desk import UnsavedText
from edu.editions.models import Rendering
from edu.editions.working import forget_unsaved, now

#: Nobody comes back to a half sentence after that.
KEPT = timedelta(days=90)


def keep_typed(
    session: Session, rendering: Rendering, member_id: int, text: str, version: int
) -> None:
    """Keep what she has typed. Twice the same changes nothing; the words that are saved already
    need no keeping."""
    if text == rendering.text:
        forget_unsaved(session, rendering, member_id)
        return
    found = typed(session, rendering.id, member_id)
    if found is None:
        found = UnsavedText(
            member_id=member_id,
            rendering_id=rendering.id,
            text=text,
            version=version,
            made_at=now(),
        )
        try:
            with session.begin_nested():
                session.add(found)
            return
        except IntegrityError:  # from a second window of hers, in the same moment
            found = typed(session, rendering.id, member_id)
    if found is not None and (found.text, found.version) != (text, version):
        found.text, found.version, found.made_at = text, version, now()


def typed(session: Session, rendering_id: int, member_id: int) -> UnsavedText | None:
    """What she has typed instead of these words."""
    return session.scalar(
        select(UnsavedText).where(
            UnsavedText.rendering_id == rendering_id, UnsavedText.member_id == member_id
        )
    )


def typed_in(session: Session, edition_id: int, member_id: int) -> dict[int, UnsavedText]:
    """What she has typed and not saved in an edition, by the texts' numbers."""
    rows = session.scalars(
        select(UnsavedText)
        .join(Rendering, Rendering.id == UnsavedText.rendering_id)
        .where(Rendering.edition_id == edition_id, UnsavedText.member_id == member_id)
    )
    return {row.rendering_id: row for row in rows}


def drop_old_words(session: Session) -> None:
    """Drop what nobody came back to."""
    session.execute(delete(UnsavedText).where(UnsavedText.made_at < now() - KEPT))
