"""Copies of another edition's released words and records, each with its lineage."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.editions.desk import Revision
from edu.editions.layers import snapshot
from edu.editions.models import Change, Edition, Rendering
from edu.editions.working import now, save


def copy_words(
    session: Session, row: Rendering, giver: Edition, taker: Edition, slug: str, member_id: int
) -> None:
    """Put the giver's released words into one's own edition, as a draft with its lineage."""
    mine = session.scalar(
        select(Rendering).where(
            Rendering.edition_id == taker.id,
            Rendering.context == row.context,
            Rendering.source == row.source,
        )
    )
    if mine is None:
        mine = Rendering(
            edition_id=taker.id,
            context=row.context,
            source=row.source,
            text="",
            state="draft",
            from_files=False,
        )
        session.add(mine)
        session.flush()
    save(
        session,
        mine,
        row.released_text,
        version=mine.version,
        member_id=member_id,
        change=slug,
        base=(row.base_tag, row.base_text),
        deed="taken over",
    )
    mine.taken_from_id, mine.taken_text = giver.id, row.released_text


def copy_change(
    session: Session, change: Change, giver: Edition, taker: Edition, member_id: int
) -> str:
    """Put the giver's released record into one's own edition, as a draft; the name it has there."""
    taken = set(session.scalars(select(Change.slug).where(Change.edition_id == taker.id)))
    slug = change.slug if change.slug not in taken else change.slug + _ending(giver)
    last = session.scalar(select(func.max(Change.position)).where(Change.edition_id == taker.id))
    told = dict(change.released or snapshot(change))
    told = {name: told[name] for name in ("operation", "lesson", "block", "after", "text")}
    made = Change(
        edition_id=taker.id,
        slug=slug,
        position=0 if last is None else last + 1,
        **told,
        state="draft",
        why=change.why,
        dimensions=list(change.dimensions),
        core_touched=change.core_touched,
        proposed_by=change.proposed_by,
        made_on=change.made_on,
        reasons=dict(change.reasons),
        from_files=False,
        member_id=member_id,
        saved_at=now(),
        taken_from_id=giver.id,
        taken_text=said(told),
    )
    session.add(made)
    session.flush()
    write_change_history(session, made, member_id)
    return slug


def write_change_history(session: Session, change: Change, member_id: int) -> None:
    """Add what a record says now to its history: whoever took it over answers for it."""
    session.add(
        Revision(
            change_id=change.id,
            source=said({"operation": change.operation, "block": change.block}),
            text=change.text,
            state=change.state,
            change=change.slug,
            deed="taken over",
            member_id=member_id,
            made_at=now(),
        )
    )


def said(told: Mapping[str, str]) -> str:
    """What a change says, as one text: a new block, or what is done with an old one."""
    does = (told.get("operation", ""), told.get("block", ""), told.get("after", ""))
    return told.get("text") or " ".join(filter(None, does))


def taken_changes(session: Session, taker: Edition, giver: Edition) -> dict[str, Change]:
    """The records that were taken from an edition, by the names they have there."""
    rows = session.scalars(
        select(Change).where(Change.edition_id == taker.id, Change.taken_from_id == giver.id)
    )
    return {row.slug.removesuffix(_ending(giver)): row for row in rows}


def _ending(giver: Edition) -> str:
    return f"-from-{giver.tag.lower()}"
