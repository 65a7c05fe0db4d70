"""The second step of signing in: digits from an authenticator, or a code from a printed list.

Whoever has no phone for an authenticator takes the printed list alone; it is the same proof,
something that she has. Neither needs a network. The authenticator needs a clock that is right.
"""

import base64
import hmac
import secrets
import time
from datetime import UTC, datetime, timedelta

import pyotp
from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from edu.languages import digits
from edu.partners.digests import digest, keyed, new_token
from edu.partners.models import FirstStep, Member, RecoveryCode
from edu.partners.passkey_models import Passkey
from edu.partners.roles import Role
from edu.partners.sessions import end_all
from edu.server.choices import Choices, SecondStep

#: How many codes are on a printed list: for whoever has an authenticator too, and for whoever not.
SPARE_CODES, ALL_CODES = 10, 40
#: Fewer than this, and a new list should be printed.
FEW_CODES = 4
#: 10 signs of 31: 49 bits, and a brake on guessing.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 10
_HALF_MINUTE = 30
#: A phone's clock may be wrong by one step to either side.
_STEPS_BESIDE = 1
#: How far off a clock is that we can still tell to be the cause: an hour and a half.
_STEPS_AWAY = 180
FIRST_STEP_LASTS = timedelta(minutes=10)


def is_required(choices: Choices, member: Member) -> bool:
    """Whether this member must have a second step."""
    if choices.second_step is SecondStep.ADMINISTRATORS:
        return any(each.role in (Role.KEEPER, Role.ADMINISTRATOR) for each in member.grants)
    return choices.second_step is SecondStep.EVERYBODY


def has_second_step(session: Session, member: Member) -> bool:
    """Whether signing in asks this member for a second step."""
    return has_way_back(session, member) or has_passkey(session, member)


def has_way_back(session: Session, member: Member) -> bool:
    """Whether a member has an app or a printed list, which work in any browser and at any address
    of this server."""
    return member.totp_seed is not None or codes_left(session, member) > 0


def has_passkey(session: Session, member: Member) -> bool:
    """Whether a member has a passkey; see passkeys.py."""
    return bool(session.scalar(select(exists().where(Passkey.member_id == member.id))))


def new_seed() -> str:
    """What a new authenticator's secret follows from."""
    return secrets.token_urlsafe(24)


def totp_secret(secret: str, member: Member, seed: str) -> str:
    """The secret that an authenticator is given: 160 bits in base 32. It follows from the
    server's own secret, so a copy of the database alone cannot make digits; and from whose it
    is, so that a seed left in a browser by somebody else makes other digits."""
    raw = bytes.fromhex(keyed(secret, f"authenticator:{member.id}", seed))[:20]
    return base64.b32encode(raw).decode()


def authenticator_link(secret: str, member: Member, seed: str, site: str) -> str:
    """What the QR picture for an authenticator says."""
    totp = pyotp.TOTP(totp_secret(secret, member, seed))
    return totp.provisioning_uri(name=member.login, issuer_name=site)


def fitting_step(secret: str, member: Member, seed: str, typed: str) -> int | None:
    """The half minute to which typed digits belong, near this one; None when they do not."""
    return _find_step(secret, member, seed, typed, _STEPS_BESIDE)


def is_off(secret: str, member: Member, typed: str) -> bool:
    """Whether the digits would be right at another time of the day: then a clock is wrong.

    To be told only on a device that she has used before. A guesser who learned that his digits
    will be right within the hour would need a hundred times fewer tries."""
    if member.totp_seed is None:
        return False
    return _find_step(secret, member, member.totp_seed, typed, _STEPS_AWAY) is not None


def _find_step(secret: str, member: Member, seed: str, typed: str, beside: int) -> int | None:
    plain = "".join(sign for sign in digits(typed) if sign.isascii() and sign.isdigit())
    totp = pyotp.TOTP(totp_secret(secret, member, seed))
    now = int(time.time()) // _HALF_MINUTE
    found = None
    for step in range(now - beside, now + beside + 1):
        # Every step is compared, so that the time tells nothing.
        if hmac.compare_digest(totp.generate_otp(step), plain):
            found = step
    return found


def begin(session: Session, member: Member) -> str:
    """Remember that the password was right; the cookie secret for the second step."""
    token = new_token()
    ends_at = datetime.now(UTC).replace(tzinfo=None) + FIRST_STEP_LASTS
    session.add(FirstStep(digest=digest(token), member=member, ends_at=ends_at))
    return token


def begun(session: Session, token: str) -> FirstStep | None:
    """Whose second step is awaited with this cookie."""
    found = session.get(FirstStep, digest(token))
    now = datetime.now(UTC).replace(tzinfo=None)
    if found is None or found.ends_at <= now:
        return None
    return found if found.member.ended_on is None else None


def end(session: Session, token: str) -> bool:
    """The second step was taken; False when it is awaited no more."""
    awaited = delete(FirstStep).where(FirstStep.digest == digest(token))
    return session.scalar(awaited.returning(FirstStep.digest)) is not None


def is_right(session: Session, secret: str, member: Member, typed: str) -> bool:
    """Whether this is the member's second step. Digits and codes are good once only."""
    if member.totp_seed is not None:
        step = fitting_step(secret, member, member.totp_seed, typed)
        if step is not None and _use_step(session, member, step):
            return True
    return _use_code(session, secret, member, typed)


def _use_step(session: Session, member: Member, step: int) -> bool:
    """Whether nobody used these digits, or later ones, before; in one statement, as below."""
    used = update(Member).where(Member.id == member.id, Member.totp_step < step)
    return session.scalar(used.values(totp_step=step).returning(Member.id)) is not None


def _use_code(session: Session, secret: str, member: Member, typed: str) -> bool:
    kept = _kept(secret, member, typed)
    used = delete(RecoveryCode).where(
        RecoveryCode.digest == kept, RecoveryCode.member_id == member.id
    )
    # One statement, so that of two who use the same code in one moment only one is let in.
    return session.scalar(used.returning(RecoveryCode.digest)) is not None


def _kept(secret: str, member: Member, typed: str) -> str:
    plain = "".join(sign for sign in digits(typed).upper() if sign in _ALPHABET)
    return keyed(secret, f"recovery:{member.id}", plain)


def choose_authenticator(member: Member, seed: str, step: int) -> None:
    """From now on the digits of this authenticator are asked for."""
    member.totp_seed, member.totp_step = seed, step


def new_codes(session: Session, secret: str, member: Member) -> list[str]:
    """A new printed list; the old one stops working."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member.id))
    number = SPARE_CODES if member.totp_seed is not None else ALL_CODES
    made = ["".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH)) for _ in range(number)]
    session.add_all(
        RecoveryCode(digest=_kept(secret, member, code), member_id=member.id) for code in made
    )
    return [f"{code[:5]} {code[5:]}" for code in made]


def codes_left(session: Session, member: Member) -> int:
    """How many codes of her printed list are unused."""
    counted = select(func.count()).where(RecoveryCode.member_id == member.id)
    return int(session.scalar(counted) or 0)


def take_second_step(session: Session, member: Member) -> None:
    """Take a lost second step away, passkeys too; if one is required she chooses a new one when she
    signs in. Whoever has the lost device may be signed in there, so all her sessions end."""
    end_all(session, member)
    member.totp_seed, member.totp_step = None, 0
    session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member.id))
    session.execute(delete(Passkey).where(Passkey.member_id == member.id))
    session.execute(delete(FirstStep).where(FirstStep.member_id == member.id))
