"""The trail: who did what to what. Deeds and objects are from fixed lists; no learner is in it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from edu.partners.models import AuditEntry


class Deed(StrEnum):
    """What can be done so that it is written down."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SECOND_STEP_WRONG = "second step was wrong"
    PASSWORD_WRONG = "password was wrong"  # noqa: S105 (a deed, not a secret)
    CHOSE_PASSWORD = "chose a new password"  # noqa: S105
    CHOSE_SECOND_STEP = "chose a second step"
    ADDED_PASSKEY = "added a passkey"
    TOOK_PASSKEY = "took a passkey away"
    PASSKEY_STOPPED = "a passkey was stopped"
    CHOSE_ADDRESS = "changed the mail address"
    ENDED_SESSION = "ended a session"
    MADE = "made"
    RENAMED = "renamed"
    CLOSED = "closed"
    OPENED = "opened again"
    INVITED = "invited"
    TOOK_BACK = "took back"
    JOINED = "joined"
    GAVE_ROLE = "gave a role"
    TOOK_ROLE = "took a role away"
    GAVE_RESET = "gave a link for a new password"
    TOOK_SECOND_STEP = "took the second step away"
    REMOVED = "removed from the organisation"
    MADE_CARDS = "made cards"
    WORKED_OUT = "worked out a report"
    DOWNLOADED = "downloaded"
    MOVED = "moved"
    SET = "set"
    PUBLISHED = "made the pages"
    BACKED_UP = "made a backup"
    SIGNED = "signed"
    RELEASED = "released"
    WAIVED = "waived readers"
    IMPORTED = "brought in"
    SHARED = "offered to others"
    TOOK_OVER = "took over"
    CONFIRMED = "confirmed"
    WITHDREW = "withdrew"
    DESTROYED = "destroyed"
    TYPED = "typed in"
    SETTLED = "settled"
    CLAIMED = "said to hold a licence"
    SENT = "sent"
    DELETED = "deleted"
    BEGAN = "opened for people to join"
    EMERGENCY_ON = "turned the emergency on"
    EMERGENCY_OFF = "turned the emergency off"


class Kind(StrEnum):
    """To what it can be done."""

    ACCOUNT = "account"
    ORGANISATION = "organisation"
    INVITATION = "invitation"
    PROGRAMME = "programme"
    GROUP = "group"
    REPORT = "report"
    SETTING = "setting"
    LANGUAGE = "language"
    ANNOUNCEMENT = "announcement"
    PAGES = "pages"
    BACKUP = "backup"
    EDITION = "edition"
    PROFILE = "profile"
    SERVICE = "service"
    RECORDING = "recording"
    PICTURE = "picture"
    FILM = "film"
    REVIEW_LINK = "review link"
    LINK_KEY = "key of linking"
    PAPER = "paper"
    INSTRUMENT = "instrument"
    LICENCE = "licence"
    BODY = "body around a programme"
    CHANNEL = "channel"
    REFERRALS = "referrals"
    DISTRICT = "district"
    BRIEF = "brief"
    SESSION = "session of a group"
    HANDS = "hands counted"
    INCIDENT = "incident"
    ACTION = "action"
    LOT = "lot"
    OBSERVED_SESSION = "observed session"
    CARRIED = "file of lessons"


#: Longer names are cut: the trail says which, the thing itself says the rest.
_LENGTH = 120


def write_down(
    session: Session,
    organisation_id: int | None,
    by: str,
    deed: Deed,
    kind: Kind,
    name: str = "",
    detail: str = "",
) -> None:
    """Add one line to the trail, in the same commit as what it tells of. `by` is the name to
    sign in with; organisation None is the server itself."""
    session.add(
        AuditEntry(
            at=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
            organisation_id=organisation_id,
            by_login=by,
            deed=deed.value,
            object_kind=kind.value,
            object_name=name[:_LENGTH],
            detail=detail[:_LENGTH],
        )
    )


def was_just_written(session: Session, organisation_id: int, by: str, deed: Deed) -> bool:
    """Whether the trail has a line on the same deed within the last hour."""
    since = datetime.now(UTC).replace(tzinfo=None) - timedelta(hours=1)
    same = exists().where(
        AuditEntry.organisation_id == organisation_id,
        AuditEntry.by_login == by,
        AuditEntry.deed == deed.value,
        AuditEntry.at > since,
    )
    return bool(session.scalar(select(same)))


def trail(
    session: Session, organisation_id: int | None, *, before: int | None = None, limit: int = 50
) -> Sequence[AuditEntry]:
    """The newest lines of an organisation's trail (None: the server's), older than `before`."""
    # With None, SQLAlchemy makes this IS NULL.
    wanted = AuditEntry.organisation_id == organisation_id
    lines = select(AuditEntry).where(wanted).order_by(AuditEntry.id.desc()).limit(limit)
    if before is not None:
        lines = lines.where(AuditEntry.id < before)
    return session.scalars(lines).all()
