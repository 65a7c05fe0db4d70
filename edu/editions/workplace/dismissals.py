"""Advice that somebody set aside for one text, with her reason. Other words are looked at anew."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.editions.desk import Dismissal
from edu.editions.models import Rendering
from edu.editions.working import now


def set_aside(
    session: Session, rendering: Rendering, check_id: str, why: str, member_id: int
) -> None:
    """Set one advice aside for the words as they stand."""
    found = _found(session, rendering, check_id)
    if found is None:
        found = Dismissal(
            rendering_id=rendering.id,
            check_id=check_id,
            text=rendering.text,
            why=why,
            member_id=member_id,
            made_at=now(),
        )
        try:
            with session.begin_nested():
                session.add(found)
            return
        except IntegrityError:  # somebody else did in the same moment
            found = _found(session, rendering, check_id)
    if found is not None:
        found.text, found.why = rendering.text, why
        found.member_id, found.made_at = member_id, now()


def dismissals_of(session: Session, rendering_ids: Iterable[int]) -> dict[int, list[Dismissal]]:
    """What was set aside, by the texts' numbers."""
    wanted = list(rendering_ids)
    found: dict[int, list[Dismissal]] = {}
    if wanted:
        for row in session.scalars(select(Dismissal).where(Dismissal.rendering_id.in_(wanted))):
            found.setdefault(row.rendering_id, []).append(row)
    return found


def _found(session: Session, rendering: Rendering, check_id: str) -> Dismissal | None:
    return session.scalar(
        select(Dismissal).where(
            Dismissal.rendering_id == rendering.id, Dismissal.check_id == check_id
        )
    )
