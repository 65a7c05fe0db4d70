"""Making learners, finding them by their card, and forgetting them."""

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.learning import codes
from edu.learning.models import Learner, LearnerSession, SpentKey

#: A phone forgets by itself who used it; the card brings her back at any time.
SESSION_DAYS = 30


@dataclass(frozen=True)
class Card:
    """A learner and the code on her card. The code exists here and on the card only."""

    learner: Learner
    code: str


def make_learner(
    session: Session, *, secret: str, start_key: str, group_id: int | None, today: date
) -> Card:
    """The learner of this form, made now or the first time the form was sent.

    Raises Spent when that learner has left the phone or is forgotten since.
    """
    key = codes.digest(start_key)
    if session.get(SpentKey, key) is not None:
        raise Spent
    for attempt in range(10):
        code = codes.make_code(secret, start_key, attempt)
        mac = codes.mac(secret, code)
        known = session.scalar(select(Learner).where(Learner.start_key == key))
        if known is None:
            known = _add_learner(session, mac, key, group_id, today)
        if known is not None and known.code_mac == mac:
            return Card(known, code)
    raise RuntimeError("ten codes in a row were taken: the secret has changed or is not random")


class Spent(Exception):
    """The form has made its card already and may not show it again."""


def spend_key(session: Session, learner: Learner, today: date) -> None:
    """From now on the form that made this card shows it to nobody."""
    if session.get(SpentKey, learner.start_key) is None:
        session.add(SpentKey(digest=learner.start_key, spent_on=today))
        session.flush()


def _add_learner(
    session: Session, mac: str, key: str, group_id: int | None, today: date
) -> Learner | None:
    """The new learner, or whom the same form made in the same moment; None when somebody else
    has this code."""
    learner = Learner(
        id=secrets.token_hex(16), code_mac=mac, start_key=key, group_id=group_id, made_on=today
    )
    try:
        with session.begin_nested():
            session.add(learner)
    except IntegrityError:
        return session.scalar(select(Learner).where(Learner.start_key == key))
    return learner


def learner_by_code(session: Session, *, secret: str, typed: str) -> Learner | None:
    """Whose card this is; None when the code is mistyped or nobody's."""
    code = codes.read_code(typed)
    if code is None:
        return None
    return session.scalar(select(Learner).where(Learner.code_mac == codes.mac(secret, code)))


def remember(session: Session, learner: Learner) -> str:
    """A new secret for this phone's cookie."""
    token = secrets.token_urlsafe(32)
    session.add(
        LearnerSession(
            digest=codes.digest(token),
            learner_id=learner.id,
            # To the day: the hour would tell when she was here.
            ends_at=datetime.combine(_now().date() + timedelta(days=SESSION_DAYS), time()),
        )
    )
    return token


def learner_on_phone(session: Session, token: str) -> Learner | None:
    """Who is learning on the phone with this cookie."""
    return session.scalar(
        select(Learner)
        .join(LearnerSession, LearnerSession.learner_id == Learner.id)
        .where(LearnerSession.digest == codes.digest(token), LearnerSession.ends_at > _now())
    )


def leave_phone(session: Session, token: str) -> None:
    """Nobody is learning on this phone any more; nothing of what she did is lost."""
    session.execute(delete(LearnerSession).where(LearnerSession.digest == codes.digest(token)))


def forget(session: Session, learner: Learner, today: date) -> None:
    """Delete everything about a learner, at once."""
    spend_key(session, learner, today)
    session.delete(learner)
    session.flush()


def _now() -> datetime:
    # Stored without a zone, always UTC: both databases compare such values alike.
    return datetime.now(UTC).replace(tzinfo=None)
