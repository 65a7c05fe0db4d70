"""The first step of signing in: a name and a password, and which device tries."""

import hmac

from sqlalchemy.orm import Session

from edu.database import Database
from edu.partners import passwords
from edu.partners.digests import keyed
from edu.partners.members import homes, member_named, plain_login
from edu.partners.models import Member
from edu.partners.sessions import start_session
from edu.partners.trail import Deed, Kind, was_just_written, write_down


def who_signs_in(session: Session, login: str, password: str) -> Member | None:
    """The member of this name and password who has somewhere to work; None, after the same
    work, when anything is wrong. Raises passwords.Busy.

    The session is rolled back in between: nobody has to wait for the database while a password
    is looked at."""
    member = member_named(session, login)
    kept = member.password_hash if member else None
    session.rollback()
    if not passwords.is_right(kept, password):
        return None
    # Asked for anew, because it may be another now.
    member = member_named(session, login)
    if member is None or member.password_hash != kept or member.ended_on is not None:
        return None
    if not homes(session, member):
        return None
    return member


def tell_wrong(database: Database, login: str, deed: Deed) -> None:
    """Write a wrong try on somebody who exists into her organisations' trails, once an hour: a
    stranger who guesses must not bury what staff did. Nothing is written about other names:
    people type a password there, or a name of somebody else."""
    with database.work() as session:
        member = member_named(session, login)
        if member is not None:
            for home in homes(session, member):
                if not was_just_written(session, home.id, member.login, deed):
                    write_down(session, home.id, member.login, deed, Kind.ACCOUNT)


def open_session(session: Session, member: Member, agent: str, *, elsewhere: bool = False) -> str:
    """A cookie secret for a member who has shown all that is asked for; `elsewhere`: also a
    second step, at the house that signed her in. Raises LookupError when she works nowhere."""
    places = homes(session, member)
    if not places:
        raise LookupError(member.login)
    return start_session(session, member, places[0].id, agent, elsewhere=elsewhere)


def device_mark(secret: str, member: Member) -> str:
    """What a device keeps so that it is known for this member; it lets nobody in by itself."""
    return keyed(secret, "device", member.login)


def whose_tries(secret: str, login: str, mark: str) -> str:
    """For whom wrong passwords are counted: apart for a device that she has used before."""
    return f"{plain_login(login)}:{'known' if is_known(secret, login, mark) else 'strange'}"


def is_known(secret: str, login: str, mark: str) -> bool:
    """Whether somebody of this name has signed in on a device with this mark."""
    made = keyed(secret, "device", plain_login(login))
    return hmac.compare_digest(mark.encode("utf-8", "replace"), made.encode())
