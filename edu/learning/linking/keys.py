"""The key of a group's elements: made when it is first needed, destroyed when its days are over."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.learning.linking.matching import State
from edu.learning.linking.models import Certificate, ElementMac, Evidence, LinkKey
from edu.partners.trail import Deed, Kind, write_down

#: Who destroys keys, as the trail names it: no member's name can hold a space.
_BY = "daily keeping"


class KeyIsGone(Exception):
    """The last day of linking is over: nothing can be digested any more."""


def key_of(session: Session, group: Group, secret: str, today: date) -> bytes:
    """The key of a group, made anew where there was none yet. Raises KeyIsGone."""
    if is_over(session, group, today):
        raise KeyIsGone
    kept = session.get(LinkKey, group.id)
    if kept is None:
        kept = LinkKey(group_id=group.id, salt=secrets.token_hex(32))
        session.add(kept)
        session.flush()
    return hmac.digest(secret.encode(), f"elements:{kept.salt}".encode(), hashlib.sha256)


def is_over(session: Session, group: Group, today: date) -> bool:
    """Whether papers of this group can be linked no more."""
    if group.linking_ends_on is not None and today > group.linking_ends_on:
        return True
    return certificate_of(session, group.id) is not None


def mac(key: bytes, element: str, answer: str) -> str:
    """What is kept of an answer."""
    return hmac.digest(key, f"{element}:{answer}".encode(), hashlib.sha256).hex()


def destroy_ended(session: Session, today: date) -> int:
    """Destroy the keys of all groups whose last day is over, with a certificate for each; returns
    how many. The caller answers for `today`."""
    over = session.scalars(
        select(Group)
        .join(LinkKey, LinkKey.group_id == Group.id)
        .where(Group.linking_ends_on < today)
    ).all()
    for group in over:
        _destroy(session, group, today)
    return len(over)


def _destroy(session: Session, group: Group, today: date) -> None:
    ours = select(Evidence.id).where(Evidence.group_id == group.id)
    gone = ElementMac.evidence_id.in_(ours)
    digests = session.scalar(select(func.count()).select_from(ElementMac).where(gone)) or 0
    session.execute(delete(ElementMac).where(gone))
    kept = session.get_one(LinkKey, group.id)
    # Written over before it is deleted, whatever the database does with freed space.
    kept.salt = "0" * len(kept.salt)
    session.flush()
    session.delete(kept)
    counts = {state: _count(session, group, state) for state in State}
    session.add(
        Certificate(
            group_id=group.id,
            destroyed_on=today,
            digests=digests,
            matched=counts[State.MATCHED],
            ambiguous=counts[State.AMBIGUOUS],
            unmatched=counts[State.UNMATCHED],
        )
    )
    session.flush()
    write_down(
        session, group.organisation_id, _BY, Deed.DESTROYED, Kind.LINK_KEY, group.name, str(digests)
    )


def _count(session: Session, group: Group, state: State) -> int:
    wanted = select(func.count()).where(
        Evidence.group_id == group.id, Evidence.state == state.value
    )
    return session.scalar(wanted) or 0


def certificate_of(session: Session, group_id: int) -> Certificate | None:
    """That a group's key was destroyed; None while it is there, or was never needed."""
    wanted = select(Certificate).where(Certificate.group_id == group_id)
    return session.scalar(wanted.order_by(Certificate.id.desc()).limit(1))


def certificates_of(session: Session, group_id: int) -> Sequence[Certificate]:
    """All of them: an old backup may bring a key back, which is then destroyed once more."""
    wanted = select(Certificate).where(Certificate.group_id == group_id)
    return session.scalars(wanted.order_by(Certificate.id)).all()
