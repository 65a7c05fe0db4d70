"""Short texts that staff, or everybody, should see for some days."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edu.server.models import Announcement


def announcements(
    session: Session, today: date, audiences: Collection[str]
) -> Sequence[Announcement]:
    """What is to be seen today, the newest first."""
    return session.scalars(
        select(Announcement)
        .where(
            Announcement.audience.in_(audiences),
            Announcement.starts_on <= today,
            Announcement.ends_on >= today,
        )
        .order_by(Announcement.starts_on.desc(), Announcement.id.desc())
    ).all()


def delete_old_announcements(session: Session, today: date) -> None:
    """Delete those whose last day is over."""
    session.execute(delete(Announcement).where(Announcement.ends_on < today))
