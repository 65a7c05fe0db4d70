"""Local people have tried a part: they read it, were asked what it says, or sat on a committee."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Edition
from edu.editions.review.models import WAYS, TryOut
from edu.editions.working import now

READING, INTERVIEWS, COMMITTEE = WAYS


def try_outs_of(session: Session, edition: Edition, part: str) -> list[TryOut]:
    """Every try-out of a part, the newest first."""
    wanted = select(TryOut).where(TryOut.edition_id == edition.id, TryOut.part == part)
    return list(session.scalars(wanted.order_by(TryOut.held_on.desc(), TryOut.id.desc())))


def write_try_out(
    session: Session,
    edition: Edition,
    part: str,
    *,
    digest: str,
    way: str,
    people: int,
    held_on: date,
    understood: str,
    changed: str,
    member_id: int,
) -> TryOut:
    """Write down that a part was tried, in which words, and what came of it."""
    made = TryOut(
        edition_id=edition.id,
        part=part,
        digest=digest,
        way=way,
        readers=people,
        held_on=held_on,
        understood=understood,
        changed=changed,
        member_id=member_id,
        made_at=now(),
    )
    session.add(made)
    session.flush()
    return made


def people_who_tried(rows: list[TryOut], ways: tuple[str, ...], digest: str) -> int:
    """How many people tried a part in one of these ways: in these words, or in those before the
    change that their try-out led to."""
    return sum(
        row.readers for row in rows if row.way in ways and (row.digest == digest or row.changed)
    )
