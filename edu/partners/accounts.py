"""Signing in, and the first administrator."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from edu.partners.models import Member, Organisation, SetupLink, StaffSession

#: The cost that OWASP asks for and a Raspberry Pi can bear: 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Verified when nobody has the login, so that a wrong name takes as long as a wrong password.
_NOBODY = _HASHER.hash(secrets.token_hex(16))

SESSION_HOURS = 12
PASSWORD_LENGTH = 12


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def has_administrator(session: Session) -> bool:
    """Whether somebody can already sign in as administrator."""
    return bool(session.scalar(select(func.count()).where(Member.role == "administrator")))


def new_setup_token(session: Session) -> str:
    """A fresh one-time token for the first administrator; older ones stop working."""
    session.execute(delete(SetupLink))
    token = secrets.token_urlsafe(24)
    session.add(SetupLink(digest=_digest(token)))
    return token


def setup_is_open(session: Session, token: str) -> bool:
    """Whether this token may still make the first administrator."""
    return not has_administrator(session) and session.get(SetupLink, _digest(token)) is not None


def make_first_administrator(
    session: Session, *, token: str, organisation: str, login: str, password: str
) -> Member | None:
    """The first administrator with her organisation; None when the link is used up or false."""
    if not setup_is_open(session, token):
        return None
    session.execute(delete(SetupLink))
    member = make_member(
        session,
        organisation=_organisation(session, organisation),
        login=login,
        password=password,
        role="administrator",
    )
    session.flush()
    return member


def make_member(
    session: Session, *, organisation: Organisation, login: str, password: str, role: str
) -> Member:
    """A new member. Raises IntegrityError at flush when the login is taken."""
    member = Member(
        organisation=organisation,
        login=login.strip().casefold(),
        password_hash=_HASHER.hash(password),
        role=role,
    )
    session.add(member)
    return member


def new_password(member: Member, password: str) -> None:
    """Give a member another password."""
    member.password_hash = _HASHER.hash(password)


def member_named(session: Session, login: str) -> Member | None:
    """Who signs in with this name."""
    return session.scalar(select(Member).where(Member.login == login.strip().casefold()))


def login_is_taken(session: Session, login: str) -> bool:
    """Whether a member already has this login."""
    return (
        session.scalar(select(Member.id).where(Member.login == login.strip().casefold()))
        is not None
    )


def members_of(session: Session, organisation_id: int) -> list[Member]:
    """Everybody with an account in an organisation."""
    return list(
        session.scalars(
            select(Member).where(Member.organisation_id == organisation_id).order_by(Member.login)
        )
    )


def _organisation(session: Session, name: str) -> Organisation:
    name = name.strip()
    known = session.scalar(select(Organisation).where(Organisation.name == name))
    return known or Organisation(name=name)


def sign_in(session: Session, login: str, password: str) -> tuple[Member, str] | None:
    """The member and a new cookie secret; None, after the same work, when either is wrong."""
    member = member_named(session, login)
    try:
        _HASHER.verify(member.password_hash if member else _NOBODY, password)
    except VerificationError:
        return None
    if member is None:
        return None
    return member, start_session(session, member)


def start_session(session: Session, member: Member) -> str:
    """A new cookie secret for a member on this device."""
    token = secrets.token_urlsafe(32)
    ends_at = _now() + timedelta(hours=SESSION_HOURS)
    session.add(StaffSession(digest=_digest(token), member=member, ends_at=ends_at))
    return token


def member_on_device(session: Session, token: str) -> Member | None:
    """Who is signed in with this cookie."""
    found = session.get(StaffSession, _digest(token))
    return found.member if found is not None and found.ends_at > _now() else None


def end_sessions(session: Session) -> None:
    """Delete the sessions that have run out."""
    session.execute(delete(StaffSession).where(StaffSession.ends_at <= _now()))


def sign_out(session: Session, token: str) -> None:
    """End one device's session."""
    session.execute(delete(StaffSession).where(StaffSession.digest == _digest(token)))
