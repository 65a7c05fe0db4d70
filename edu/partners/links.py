"""One-time links: to take a role, and to choose a new password."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edu.partners.digests import digest, new_token
from edu.partners.models import AuditEntry, FirstStep, Invitation, Member, Organisation, ResetLink
from edu.partners.roles import BY_LANGUAGE, BY_PROGRAMME, Role

INVITED_FOR = timedelta(days=7)
RESET_BY_HAND = timedelta(days=1)
RESET_BY_MAIL = timedelta(hours=1)
#: The database refuses to delete a line of the trail that is younger.
TRAIL_KEPT = timedelta(days=3 * 366)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def invite(
    session: Session,
    by: Member,
    organisation: Organisation,
    role: Role,
    *,
    language: str = "",
    programme_id: int | None = None,
) -> str:
    """The secret of a link by which one person may take a role, once, within seven days."""
    token = new_token()
    session.add(
        Invitation(
            digest=digest(token),
            number=secrets.token_hex(8),
            organisation=organisation,
            role=role.value,
            language=language if role in BY_LANGUAGE else "",
            programme_id=programme_id if role in BY_PROGRAMME else None,
            made_by=by,
            ends_at=_now() + INVITED_FOR,
        )
    )
    return token


def invitation(session: Session, token: str) -> Invitation | None:
    """The invitation of this link, if it can still be used."""
    found = session.get(Invitation, digest(token))
    if found is None or found.ends_at <= _now() or found.organisation.closed_on is not None:
        return None
    return found


def open_invitations(session: Session, organisation_id: int) -> Sequence[Invitation]:
    """Invitations into an organisation that nobody has used yet."""
    return session.scalars(
        select(Invitation)
        .where(Invitation.organisation_id == organisation_id, Invitation.ends_at > _now())
        .order_by(Invitation.ends_at)
    ).all()


def invitation_of(session: Session, organisation_id: int, number: str) -> Invitation | None:
    """One invitation, if it is this organisation's own."""
    return session.scalar(
        select(Invitation).where(
            Invitation.organisation_id == organisation_id, Invitation.number == number
        )
    )


def take_back(session: Session, found: Invitation) -> None:
    """Take an invitation back, so that nobody can use it."""
    session.delete(found)


def use_up(session: Session, token: str) -> Invitation | None:
    """Use an invitation; None when it cannot be used, or not any more. One statement, so that of
    two who open the same link only one is let in."""
    found = invitation(session, token)
    if found is None:
        return None
    used = delete(Invitation).where(Invitation.digest == found.digest)
    gone = session.scalar(
        used.returning(Invitation.digest), execution_options={"synchronize_session": False}
    )
    return found if gone is not None else None


def offer_reset(session: Session, member: Member, lasting: timedelta) -> str:
    """The secret of a link by which a member chooses a new password; older ones stop working."""
    session.execute(delete(ResetLink).where(ResetLink.member_id == member.id))
    token = new_token()
    session.add(ResetLink(digest=digest(token), member=member, ends_at=_now() + lasting))
    return token


def offer_reset_by_letter(session: Session, member: Member, token: str) -> None:
    """Let a member choose a new password with the secret that a letter to her holds. Older links
    go on working: otherwise a stranger could end them by asking for letters in her name."""
    ends_at = _now() + RESET_BY_MAIL
    session.add(ResetLink(digest=digest(token), member=member, ends_at=ends_at))


def reset_for(session: Session, token: str) -> Member | None:
    """Who may choose a new password with this link."""
    found = session.get(ResetLink, digest(token))
    if found is None or found.ends_at <= _now() or found.member.ended_on is not None:
        return None
    return found.member


def use_reset(session: Session, token: str) -> bool:
    """Use a link for a new password up; False when that was done in the same moment."""
    used = delete(ResetLink).where(ResetLink.digest == digest(token))
    return session.scalar(used.returning(ResetLink.digest)) is not None


def delete_old_links(session: Session) -> None:
    """Delete links and half-finished sign-ins that are over, and lines of the trail that need
    not be kept any longer."""
    now = _now()
    session.execute(delete(Invitation).where(Invitation.ends_at <= now))
    session.execute(delete(ResetLink).where(ResetLink.ends_at <= now))
    session.execute(delete(FirstStep).where(FirstStep.ends_at <= now))
    session.execute(delete(AuditEntry).where(AuditEntry.at <= now - TRAIL_KEPT))
