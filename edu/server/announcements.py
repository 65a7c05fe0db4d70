"""Short texts that staff, or everybody, should see for some days."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edu.languages import language
from edu.server.models import Announcement


@dataclass(frozen=True)
class Draft:
    """What somebody wants to announce."""

    text: str
    tag: str
    audience: str
    starts_on: date
    ends_on: date


def announcements(
    session: Session, today: date, audiences: Collection[str], tag: str
) -> list[Announcement]:
    """What readers of a language see today, the newest first: what is in their language or in one
    that it falls back to, in the end English."""
    chain = language(tag).chain
    found = session.scalars(
        select(Announcement)
        .where(
            Announcement.audience.in_(audiences),
            Announcement.starts_on <= today,
            Announcement.ends_on >= today,
        )
        .order_by(Announcement.starts_on.desc(), Announcement.id.desc())
    )
    return [each for each in found if each.tag in chain]


def all_announcements(session: Session) -> Sequence[Announcement]:
    """Every announcement that is kept, the one that ends last first."""
    return session.scalars(
        select(Announcement).order_by(Announcement.ends_on.desc(), Announcement.id.desc())
    ).all()


def announcement_of(session: Session, number: int) -> Announcement | None:
    """One announcement."""
    return session.get(Announcement, number)


def announce(session: Session, draft: Draft) -> Announcement:
    """A new announcement."""
    made = Announcement()
    session.add(made)
    return rewrite(session, made, draft)


def rewrite(session: Session, made: Announcement, draft: Draft) -> Announcement:
    """Give an announcement other words or days."""
    made.text, made.tag, made.audience = draft.text, draft.tag, draft.audience
    made.starts_on, made.ends_on = draft.starts_on, draft.ends_on
    session.flush()
    return made


def withdraw(session: Session, made: Announcement) -> None:
    """Delete an announcement before its last day."""
    session.delete(made)
    session.flush()


def delete_old_announcements(session: Session, today: date) -> None:
    """Delete those whose last day is over."""
    session.execute(delete(Announcement).where(Announcement.ends_on < today))
