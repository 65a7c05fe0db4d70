"""Briefs for those who decide: what a team asks for, and what was sent, frozen with a digest."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.partners.models import Member
from edu.programmes.ally_models import BriefDraft, SentBrief
from edu.programmes.keeping import added

#: A brief asks for so many things: more are not heard.
ASKS = 3


class SavedMeanwhile(ValueError):
    """Somebody else saved since this page was opened."""


def draft_of(session: Session, programme_id: int) -> BriefDraft | None:
    """What the team asks for so far."""
    return session.get(BriefDraft, programme_id)


def keep_asks(
    session: Session, programme_id: int, asks: Sequence[str], seen: int, by: int
) -> BriefDraft:
    """Write the asks down. `seen` is the saving that was on the page, 0 for none; raises
    SavedMeanwhile when there is another one."""
    kept = session.get(BriefDraft, programme_id, with_for_update=True, populate_existing=True)
    if (kept.version if kept is not None else 0) != seen:
        raise SavedMeanwhile
    if kept is None:
        kept = BriefDraft(programme_id=programme_id, version=0, asks=[])
        if not added(session, kept):
            raise SavedMeanwhile
    kept.asks, kept.version, kept.member_id = list(asks), seen + 1, by
    kept.saved_at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    session.flush()
    return kept


def is_whole(draft: BriefDraft | None) -> bool:
    """Whether all three asks are there, so that it can be sent."""
    return draft is not None and len(draft.asks) == ASKS and all(draft.asks)


def send_brief(
    session: Session, programme_id: int, body: str, content: Mapping[str, Any], today: date, by: int
) -> SentBrief:
    """Freeze a brief's words and log to whom they go. The same words sent to the same body on the
    same day are one sending."""
    digest = digest_of(content)
    same = session.scalar(
        select(SentBrief).where(
            SentBrief.programme_id == programme_id,
            SentBrief.body == body.strip(),
            SentBrief.sent_on == today,
            SentBrief.digest == digest,
        )
    )
    if same is not None:
        return same
    made = SentBrief(
        programme_id=programme_id,
        body=body.strip(),
        sent_on=today,
        content=dict(content),
        digest=digest,
        member_id=by,
    )
    session.add(made)
    session.flush()
    return made


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of a brief's words."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def sent_of(session: Session, programme_id: int) -> Sequence[SentBrief]:
    """What was sent, the last first."""
    wanted = select(SentBrief).where(SentBrief.programme_id == programme_id)
    return session.scalars(wanted.order_by(SentBrief.id.desc())).all()


def sent_brief(session: Session, programme_id: int, sent_id: int) -> SentBrief | None:
    """One that was sent, if it is this programme's own."""
    return session.scalar(
        select(SentBrief).where(SentBrief.id == sent_id, SentBrief.programme_id == programme_id)
    )


def senders(session: Session, programme_id: int) -> dict[int, str]:
    """Who sent each brief, by the name to sign in with; nobody where the account is gone."""
    rows = session.execute(
        select(SentBrief.id, Member.login)
        .join(Member, Member.id == SentBrief.member_id)
        .where(SentBrief.programme_id == programme_id)
    )
    return {row[0]: row[1] for row in rows}
