"""Words said again in English by somebody who did not write them, and how differences were
resolved: kept beside the segment."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.desk import Revision
from edu.editions.models import Rendering
from edu.editions.review.models import BackTranslation
from edu.editions.working import now

_WRITING = ("saved", "restored", "imported", "taken over")


class Changed(Exception):
    """The words are others than those she read."""


class Author(Exception):
    """She wrote these words herself, so she cannot say independently what they mean."""


def latest_of(session: Session, renderings: Iterable[Rendering]) -> dict[int, BackTranslation]:
    """The newest back-translation of each text, by the number of its rendering; only those of
    the words as they are now."""
    texts = {row.id: row.text for row in renderings}
    wanted = select(BackTranslation).where(BackTranslation.rendering_id.in_(texts))
    found: dict[int, BackTranslation] = {}
    for row in session.scalars(wanted.order_by(BackTranslation.id)):
        if row.text == texts[row.rendering_id]:
            found[row.rendering_id] = row
    return found


def all_of(
    session: Session, renderings: Iterable[Rendering]
) -> Mapping[int, list[BackTranslation]]:
    """Every one, the newest first, also those of older words."""
    numbers = [row.id for row in renderings]
    wanted = select(BackTranslation).where(BackTranslation.rendering_id.in_(numbers))
    found: dict[int, list[BackTranslation]] = {number: [] for number in numbers}
    for row in session.scalars(wanted.order_by(BackTranslation.id.desc())):
        found[row.rendering_id].append(row)
    return found


def wrote(session: Session, rendering: Rendering, member_id: int) -> bool:
    """Whether somebody wrote a text, or an older form of it."""
    wanted = select(Revision.id).where(
        Revision.rendering_id == rendering.id,
        Revision.member_id == member_id,
        Revision.deed.in_(_WRITING),
    )
    return session.scalar(wanted.limit(1)) is not None


def say_again(
    session: Session,
    rendering: Rendering,
    words: str,
    *,
    version: int,
    blind: bool,
    member_id: int,
    pseudonym: str = "",
) -> BackTranslation:
    """Keep what a text says, in English; `version` is the saving that she read. Raises Author
    and Changed."""
    session.refresh(rendering, with_for_update=True)
    if rendering.version != version:
        raise Changed
    if wrote(session, rendering, member_id):
        raise Author
    made = BackTranslation(
        rendering_id=rendering.id,
        text=rendering.text,
        words=words,
        blind=blind,
        pseudonym=pseudonym,
        member_id=member_id,
        made_at=now(),
    )
    session.add(made)
    session.flush()
    return made


def resolve(session: Session, row: BackTranslation, how: str) -> None:
    """Write down what came of comparing it with the English."""
    row.resolved = how
    session.flush()
