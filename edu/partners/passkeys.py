"""Passkeys: which a member has, what her device is asked, and what follows from its answer."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from edu.partners import passkey_proof
from edu.partners.digests import digest, keyed, new_token
from edu.partners.members import homes
from edu.partners.models import Member
from edu.partners.passkey_models import Passkey, PasskeyChallenge
from edu.partners.passkey_proof import Known, Made, Refused, Site
from edu.partners.trail import Deed, Kind, write_down

#: How many a member may have: her phone, her computer, a key in a drawer, and some to spare.
MOST = 10
CHALLENGE_LASTS = timedelta(minutes=5)


class Purpose(StrEnum):
    """What a device is asked for."""

    SIGN_IN = "sign in"
    SECOND_STEP = "second step"
    ADD = "add"


class Stopped(Refused):
    """The device has the key, but somebody else may have it too: its count went back."""

    def __init__(self, credential: str) -> None:
        super().__init__("count went back")
        self.credential = credential


@dataclass(frozen=True)
class Asked:
    """What a device was asked to sign, and who; nobody is named where nobody was known yet."""

    challenge: bytes
    member_id: int | None


def passkeys_of(session: Session, member: Member) -> Sequence[Passkey]:
    """A member's passkeys, the oldest first."""
    wanted = select(Passkey).where(Passkey.member_id == member.id)
    return session.scalars(wanted.order_by(Passkey.made_on, Passkey.name, Passkey.number)).all()


def passkey_of(session: Session, member: Member, number: str) -> Passkey | None:
    """One of a member's own passkeys."""
    return session.scalar(
        select(Passkey).where(Passkey.member_id == member.id, Passkey.number == number)
    )


def has_room(session: Session, member: Member) -> bool:
    """Whether a member may add one more."""
    counted = select(func.count()).where(Passkey.member_id == member.id)
    return int(session.scalar(counted) or 0) < MOST


def has_stopped_one(session: Session, member: Member) -> bool:
    """Whether one of a member's passkeys may have been copied."""
    stopped = exists().where(Passkey.member_id == member.id, Passkey.stopped_on.is_not(None))
    return bool(session.scalar(select(stopped)))


def known_keys(session: Session, member: Member) -> list[Known]:
    """By what a browser finds a member's devices."""
    return [Known(each.credential, each.transports) for each in passkeys_of(session, member)]


def handle_of(secret: str, member: Member) -> bytes:
    """What stands for a member in her devices: always the same, and nothing about her."""
    return bytes.fromhex(keyed(secret, "passkey", str(member.id)))


def ask(session: Session, purpose: Purpose, member: Member | None = None) -> tuple[str, bytes]:
    """A new challenge, and the cookie secret of the one browser from which it may be answered."""
    token, challenge = new_token(), secrets.token_bytes(32)
    session.add(
        PasskeyChallenge(
            digest=digest(token),
            challenge=challenge,
            purpose=purpose.value,
            member_id=None if member is None else member.id,
            ends_at=_now() + CHALLENGE_LASTS,
        )
    )
    return token, challenge


def use_up(session: Session, token: str, purpose: Purpose) -> Asked | None:
    """What a browser with this cookie was asked, for the one time that it may be answered; None
    when it was answered before, is over, or was asked for something else."""
    used = delete(PasskeyChallenge).where(PasskeyChallenge.digest == digest(token))
    found = session.execute(
        used.returning(
            PasskeyChallenge.challenge,
            PasskeyChallenge.member_id,
            PasskeyChallenge.purpose,
            PasskeyChallenge.ends_at,
        )
    ).one_or_none()
    if found is None or found.purpose != purpose or found.ends_at <= _now():
        return None
    return Asked(found.challenge, found.member_id)


def forget_old_challenges(session: Session) -> None:
    """Delete the challenges that nobody has answered in time."""
    session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.ends_at <= _now()))


def add_passkey(session: Session, member: Member, found: Made, name: str, today: date) -> bool:
    """Keep a key that a member's device has made; False when somebody has it already, or when she
    has as many as she may."""
    if session.get(Passkey, found.credential) is not None or not has_room(session, member):
        return False
    session.add(
        Passkey(
            credential=found.credential,
            member_id=member.id,
            number=secrets.token_hex(8),
            public_key=found.public_key,
            sign_count=found.sign_count,
            transports=found.transports,
            name=name,
            made_on=today,
        )
    )
    return True


def remove_passkey(session: Session, found: Passkey) -> None:
    """Take one passkey away."""
    session.delete(found)


def who_shows(
    session: Session, secret: str, site: Site, asked: Asked, answer: str, today: date
) -> Member:
    """The member whose passkey a device has shown. Raises Refused, and Stopped where it may be a
    copy that was shown."""
    # Locked, so that of two who show one count in one moment the second meets what the first left.
    wanted = select(Passkey).where(Passkey.credential == passkey_proof.credential_in(answer))
    found = session.scalar(wanted.with_for_update(of=Passkey))
    if found is None:
        raise Refused("no such passkey")
    if asked.member_id not in (None, found.member_id):
        raise Refused("somebody else's")
    count, handle = passkey_proof.shown(site, asked.challenge, answer, found.public_key)
    # Where nobody was named, the device must say whose key it is, and must say the same as we.
    if handle != handle_of(secret, found.member) and (handle or asked.member_id is None):
        raise Refused("kept for somebody else")
    if found.stopped_on is not None or _went_back(found.sign_count, count):
        raise Stopped(found.credential)
    if found.member.ended_on is not None or not homes(session, found.member):
        raise Refused("works nowhere")
    found.sign_count, found.used_on = count, today
    return found.member


def _went_back(kept: int, told: int) -> bool:
    """A device that counts at all counts up with each use; some never count."""
    return bool(kept or told) and told <= kept


def stop_passkey(session: Session, credential: str, today: date) -> None:
    """From now on this passkey opens nothing; its owner and the trail are told, once."""
    found = session.get(Passkey, credential)
    if found is None or found.stopped_on is not None:
        return
    found.stopped_on = today
    for home in homes(session, found.member):
        write_down(session, home.id, found.member.login, Deed.PASSKEY_STOPPED, Kind.ACCOUNT)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
