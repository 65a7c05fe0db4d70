"""Being signed in: sessions on devices, with an end that no clock can put off or bring near."""

import re
import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edu.partners import steady
from edu.partners.digests import digest, new_token
from edu.partners.models import Member, StaffSession
from edu.partners.steady import Moment, seconds_between

#: A session ends so many seconds after it was last used, and after it began.
IDLE = 60 * 60
LONGEST = 12 * 60 * 60
#: For so many seconds nobody is asked who she is once more.
FRESH = 10 * 60
#: Use is written down so often at most, so that reading pages seldom writes.
TOUCHED_EVERY = 5 * 60

_BROWSERS = ("Firefox", "Edg", "OPR", "SamsungBrowser", "UCBrowser", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "CrOS", "Linux", "KAIOS")
_NAMES = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung", "CrOS": "ChromeOS"}


#: Begins the secret of a session whose second step was taken at the house that signed her in.
#: Nobody can put it there: what is kept is a digest of the whole secret.
_ELSEWHERE = "elsewhere."


def start_session(
    session: Session,
    member: Member,
    organisation_id: int,
    agent: str = "",
    *,
    elsewhere: bool = False,
) -> str:
    """A new cookie secret for a member on this device."""
    token, now = (_ELSEWHERE if elsewhere else "") + new_token(), steady.moment()
    session.add(
        StaffSession(
            digest=digest(token),
            member=member,
            organisation_id=organisation_id,
            number=secrets.token_hex(8),
            device=device_of(agent),
            made_at=now.at,
            seen_at=now.at,
            boot=now.boot,
            made_second=now.second,
            seen_second=now.second,
        )
    )
    return token


def session_of(session: Session, token: str) -> StaffSession | None:
    """The session of this cookie, if it has not ended."""
    found = session.get(StaffSession, digest(token))
    if found is None or is_over(found, steady.moment()) or found.member.ended_on is not None:
        return None
    return found


def is_from_elsewhere(token: str) -> bool:
    """Whether the second step of this session was taken at another house."""
    return token.startswith(_ELSEWHERE)


def is_fresh(found: StaffSession) -> bool:
    """Whether somebody signed in only a moment ago."""
    return _age(found, steady.moment()) < FRESH


def is_over(found: StaffSession, now: Moment) -> bool:
    """Whether a session has ended by lack of use or by its age."""
    return _unused(found, now) >= IDLE or _age(found, now) >= LONGEST


def wants_touch(found: StaffSession) -> bool:
    """Whether it is time to write down that a session is used."""
    now = steady.moment()
    return _unused(found, now) >= TOUCHED_EVERY or found.boot != now.boot


def touch(session: Session, kept: str) -> None:
    """Write down that the session with this digest is used now."""
    found = session.get(StaffSession, kept)
    if found is None:
        return
    now = steady.moment()
    age = _age(found, now)
    # All are told anew from this moment, so that they agree also after the clock was put right.
    found.boot = now.boot
    found.seen_second = now.second
    found.made_second = now.second - age
    found.seen_at = now.at
    found.made_at = now.at - timedelta(seconds=age)


def sessions_of(session: Session, member: Member) -> Sequence[StaffSession]:
    """Where a member is signed in, the last used first."""
    now = steady.moment()
    found = session.scalars(
        select(StaffSession)
        .where(StaffSession.member_id == member.id)
        .order_by(StaffSession.seen_at.desc(), StaffSession.number)
    )
    return [each for each in found if not is_over(each, now)]


def end_session(session: Session, member: Member, number: str) -> bool:
    """End one of a member's own sessions; False when she has none of this number."""
    found = session.scalar(
        select(StaffSession).where(
            StaffSession.member_id == member.id, StaffSession.number == number
        )
    )
    if found is None:
        return False
    session.delete(found)
    return True


def sign_out(session: Session, token: str) -> None:
    """End one device's session."""
    session.execute(delete(StaffSession).where(StaffSession.digest == digest(token)))


def end_all(session: Session, member: Member, *, but: str = "") -> None:
    """End every session of a member, except the one whose digest is given."""
    session.execute(
        delete(StaffSession).where(StaffSession.member_id == member.id, StaffSession.digest != but)
    )


def end_old_sessions(session: Session) -> int:
    """Delete the sessions that are over; returns how many."""
    now = steady.moment()
    over = [each for each in session.scalars(select(StaffSession)) if is_over(each, now)]
    for each in over:
        session.delete(each)
    return len(over)


def device_of(agent: str) -> str:
    """What a browser calls itself, so coarse that many people have the same: "Firefox, Android"."""
    browser = next((name for name in _BROWSERS if f"{name}/" in agent), "")
    system = next((name for name in _SYSTEMS if re.search(rf"\b{name}\b", agent, re.I)), "")
    return ", ".join(_NAMES.get(name, name) for name in (browser, system) if name)


def _age(found: StaffSession, now: Moment) -> int:
    made = Moment(found.made_at, found.boot, found.made_second)
    seen = Moment(found.seen_at, found.boot, found.seen_second)
    # A clock that is behind cannot say how long the session was unused, but how old it was then.
    return max(seconds_between(made, now), seconds_between(made, seen))


def _unused(found: StaffSession, now: Moment) -> int:
    return seconds_between(Moment(found.seen_at, found.boot, found.seen_second), now)
