"""The history of a text with the names of those who wrote it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.desk import Revision
from edu.partners.models import Member

#: More than that nobody reads on one page; older ones stay in the data.
_SHOWN = 50


@dataclass(frozen=True)
class Past:
    """One saving, and who did it; empty for the program, or when the account is gone."""

    revision: Revision
    login: str


def past_of(session: Session, rendering_id: int) -> list[Past]:
    """The savings of a text, the newest first."""
    rows = session.execute(
        select(Revision, Member.login)
        .outerjoin(Member, Member.id == Revision.member_id)
        .where(Revision.rendering_id == rendering_id)
        .order_by(Revision.id.desc())
        .limit(_SHOWN)
    )
    return [Past(revision, login or "") for revision, login in rows]
