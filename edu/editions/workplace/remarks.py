"""Remarks on a text, for the others who work on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.editions.desk import Remark
from edu.editions.models import Rendering
from edu.editions.working import now
from edu.partners.models import Member


@dataclass(frozen=True)
class Told:
    """A remark, and the name of whoever made it; empty when her account is gone."""

    remark: Remark
    login: str


def remarks_on(session: Session, rendering_id: int) -> Sequence[Told]:
    """The remarks on a text: pinned ones first, then open ones, then settled ones; newest last."""
    rows = session.execute(
        select(Remark, Member.login)
        .outerjoin(Member, Member.id == Remark.member_id)
        .where(Remark.rendering_id == rendering_id)
        .order_by(Remark.id)
    )
    told = [Told(remark, login or "") for remark, login in rows]
    return sorted(
        told, key=lambda each: (each.remark.resolved_at is not None, not each.remark.pinned)
    )


def open_remarks(session: Session, rendering_ids: Iterable[int]) -> dict[int, int]:
    """How many remarks nobody has settled yet, by the texts' numbers."""
    wanted = list(rendering_ids)
    if not wanted:
        return {}
    rows = session.execute(
        select(Remark.rendering_id, func.count())
        .where(Remark.rendering_id.in_(wanted), Remark.resolved_at.is_(None))
        .group_by(Remark.rendering_id)
    )
    return {rendering_id: int(count) for rendering_id, count in rows}


def remark(session: Session, rendering: Rendering, member_id: int, text: str, pin: bool) -> None:
    """Write a remark. The same words by the same person, still open, are not said twice."""
    same = select(Remark.id).where(
        Remark.rendering_id == rendering.id,
        Remark.member_id == member_id,
        Remark.text == text,
        Remark.resolved_at.is_(None),
    )
    if session.scalar(same) is None:
        session.add(
            Remark(
                rendering_id=rendering.id,
                text=text,
                pinned=pin,
                member_id=member_id,
                made_at=now(),
            )
        )
        session.flush()


def remark_of(session: Session, rendering_id: int, remark_id: int) -> Remark | None:
    """A remark on this text, and on no other."""
    found = session.get(Remark, remark_id)
    return found if found is not None and found.rendering_id == rendering_id else None


def settle(found: Remark, settled: bool) -> None:
    """It is settled, or it is open again."""
    if settled != (found.resolved_at is not None):
        found.resolved_at = now() if settled else None


def pin(found: Remark, pinned: bool) -> None:
    """It stays on top, or no longer does."""
    found.pinned = pinned
