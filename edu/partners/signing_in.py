"""The first step of signing in: a name and a password, and which device tries."""

import hmac

from sqlalchemy.orm import Session

from edu.partners import passwords
from edu.partners.digests import keyed
from edu.partners.members import homes, member_named, plain_login
from edu.partners.models import Member
from edu.partners.sessions import start_session


def who_signs_in(session: Session, login: str, password: str) -> Member | None:
    """The member of this name and password who has somewhere to work; None, after the same
    work, when anything is wrong. Raises passwords.Busy."""
    member = member_named(session, login)
    if not passwords.is_right(member.password_hash if member else None, password):
        return None
    if member is None or member.ended_on is not None or not homes(session, member):
        return None
    return member


def open_session(session: Session, member: Member, agent: str) -> str:
    """A cookie secret for a member who has shown all that is asked for. Raises LookupError when
    she works nowhere any more."""
    places = homes(session, member)
    if not places:
        raise LookupError(member.login)
    return start_session(session, member, places[0].id, agent)


def device_mark(secret: str, member: Member) -> str:
    """What a device keeps so that it is known for this member; it lets nobody in by itself."""
    return keyed(secret, "device", member.login)


def whose_tries(secret: str, login: str, mark: str) -> str:
    """For whom wrong passwords are counted: apart for a device that she has used before."""
    known = hmac.compare_digest(mark.encode(), keyed(secret, "device", plain_login(login)).encode())
    return f"{plain_login(login)}:{'known' if known else 'strange'}"
