"""Words from a file against words here: kept both, until somebody has chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Edition, Rendering
from edu.editions.working import now, save
from edu.exchange.comparing import Step
from edu.exchange.models import Dispute
from edu.exchange.unit import tidy


@dataclass(frozen=True)
class Open:
    """A dispute that nobody has settled, with both texts."""

    dispute: Dispute
    rendering: Rendering


def dispute(
    session: Session, rendering: Rendering, step: Step, member_id: int | None, file: str
) -> None:
    """Keep a file's words beside ours. The same words once more are not asked about twice."""
    text = tidy(step.unit.target)
    known = select(Dispute.id).where(
        Dispute.rendering_id == rendering.id, Dispute.text == text, Dispute.settled_at.is_(None)
    )
    if session.scalars(known).first() is None:
        session.add(
            Dispute(
                rendering_id=rendering.id,
                source=step.source,
                text=text,
                change=step.unit.change,
                file=file,
                member_id=member_id,
                made_at=now(),
            )
        )


def open_disputes(session: Session, tag: str, module: str) -> Sequence[Open]:
    """What is still to be chosen in an edition, in the order in which it came."""
    rows = session.execute(
        select(Dispute, Rendering)
        .join(Rendering, Rendering.id == Dispute.rendering_id)
        .join(Edition, Edition.id == Rendering.edition_id)
        .where(Edition.tag == tag, Edition.module == module, Dispute.settled_at.is_(None))
        .order_by(Dispute.id)
    )
    return [Open(found, rendering) for found, rendering in rows]


def open_dispute(session: Session, tag: str, module: str, number: int) -> Open | None:
    """One of them."""
    found = open_disputes(session, tag, module)
    return next((each for each in found if each.dispute.id == number), None)


def settle(
    session: Session, wanted: Open, *, take: bool, version: int, member_id: int | None
) -> None:
    """Take the file's words as a draft, or leave ours. Raises working.Conflict where ours are no
    longer those that she saw; then nothing is settled."""
    session.refresh(wanted.dispute, with_for_update=True)
    if wanted.dispute.settled_at is not None:
        return
    if take:
        _take(session, wanted, version, member_id)
    wanted.dispute.settled_at = now()


def _take(session: Session, wanted: Open, version: int, member_id: int | None) -> None:
    rendering = wanted.rendering
    today = rendering.follows or rendering.source
    save(
        session,
        rendering,
        wanted.dispute.text,
        version=version,
        member_id=member_id,
        source=wanted.dispute.source,
        change=wanted.dispute.change,
        deed="imported",
    )
    if rendering.source != today:
        rendering.follows = today
