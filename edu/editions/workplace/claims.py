"""Who is at work on which text just now, so that two people are not handed the same one.

A claim is a courtesy and no lock: anybody may still open the text and save it.
"""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.editions.desk import Claim
from edu.editions.models import Edition, Rendering
from edu.editions.working import now
from edu.partners.models import Member

#: How long after the last sign of work a text still counts as somebody's.
LASTS = timedelta(minutes=15)


def claim(session: Session, rendering: Rendering, member_id: int) -> bool:
    """Say that somebody works on a text now; False where somebody else does."""
    found = session.get(Claim, rendering.id, with_for_update=True, populate_existing=True)
    if found is None:
        made = Claim(rendering_id=rendering.id, member_id=member_id, ends_at=now() + LASTS)
        try:
            with session.begin_nested():
                session.add(made)
        except IntegrityError:
            return False  # somebody else said so in the same moment
        return True
    if found.member_id != member_id and found.ends_at > now():
        return False
    found.member_id, found.ends_at = member_id, now() + LASTS
    session.flush()
    return True


def let_go(session: Session, rendering_id: int, member_id: int) -> None:
    """She has saved or left: the text is anybody's again."""
    hers = (Claim.rendering_id == rendering_id, Claim.member_id == member_id)
    session.execute(delete(Claim).where(*hers))


def end_old_claims(session: Session) -> None:
    """Drop the claims that have ended."""
    session.execute(delete(Claim).where(Claim.ends_at <= now()))


def at_work(session: Session, rendering_ids: Iterable[int]) -> dict[int, Member]:
    """Who works on these texts at present."""
    wanted = list(rendering_ids)
    if not wanted:
        return {}
    rows = session.execute(
        select(Claim.rendering_id, Member)
        .join(Member, Member.id == Claim.member_id)
        .where(Claim.rendering_id.in_(wanted), Claim.ends_at > now())
    )
    return {row.rendering_id: row.Member for row in rows}


def at_work_in(session: Session, tags: Iterable[str]) -> list[tuple[int, str, str, str, Member]]:
    """Who works where in these languages at present: the text's number, its language, module and
    context, and who."""
    rows = session.execute(
        select(Claim.rendering_id, Edition.tag, Edition.module, Rendering.context, Member)
        .join(Rendering, Rendering.id == Claim.rendering_id)
        .join(Edition, Edition.id == Rendering.edition_id)
        .join(Member, Member.id == Claim.member_id)
        .where(Edition.tag.in_(list(tags)), Claim.ends_at > now())
    )
    return [(each, tag, module, where, member) for each, tag, module, where, member in rows]
