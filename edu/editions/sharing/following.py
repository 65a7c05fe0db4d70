"""Following what was taken over: the giver's newer words, and three ways to answer them.

She takes the new words, keeps hers, or leaves. Words that she never touched can be brought up to
date all at once; those she has changed are changed by nobody but her.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.drift.differences import Part
from edu.editions.drift.wording_differences import three_way
from edu.editions.models import Change, Edition, Rendering
from edu.editions.review.models import Following
from edu.editions.sharing.copying import said, taken_changes, write_change_history
from edu.editions.sharing.offers import share_of
from edu.editions.working import Conflict, now, save


@dataclass(frozen=True)
class News:
    """Something taken over that says something else now where it comes from.

    `then` are the words as they were taken, `new` those of today ("" where they are gone), `mine`
    what stands in one's own edition.
    """

    id: str
    row: Rendering | Change
    place: str
    then: str
    new: str
    mine: str
    version: int

    @property
    def untouched(self) -> bool:
        """Whether one's own words are still those that were taken."""
        return self.mine == self.then

    @property
    def difference(self) -> tuple[Sequence[Part], Sequence[Part]]:
        """Then and now, with the words that differ marked."""
        return three_way(self.then, self.new)


def following_of(session: Session, edition: Edition, number: int) -> Following | None:
    """One of the editions that an edition follows, or has followed."""
    found = session.get(Following, number)
    return found if found is not None and found.edition_id == edition.id else None


def news(session: Session, following: Following) -> list[News]:
    """What has changed where it comes from; nothing once she has left, or the offer has ended."""
    giver = session.get_one(Edition, following.from_id)
    taker = session.get_one(Edition, following.edition_id)
    share = share_of(session, giver)
    if following.left_at is not None or share is None or share.ended_at is not None:
        return []
    return [*_words(session, taker, giver), *_changes(session, taker, giver)]


def _words(session: Session, taker: Edition, giver: Edition) -> list[News]:
    theirs = {
        (row.context, row.source): row.released_text
        for row in session.scalars(select(Rendering).where(Rendering.edition_id == giver.id))
    }
    rows = session.scalars(
        select(Rendering)
        .where(Rendering.edition_id == taker.id, Rendering.taken_from_id == giver.id)
        .order_by(Rendering.id)
    )
    found = []
    for row in rows:
        new = theirs.get((row.context, row.follows or row.source)) or theirs.get(
            (row.context, row.source), ""
        )
        if new != row.taken_text:
            found.append(
                News(f"r{row.id}", row, row.context, row.taken_text, new, row.text, row.version)
            )
    return found


def _changes(session: Session, taker: Edition, giver: Edition) -> list[News]:
    theirs = {
        row.slug: row.released
        for row in session.scalars(select(Change).where(Change.edition_id == giver.id))
    }
    found = []
    for slug, row in taken_changes(session, taker, giver).items():
        told = theirs.get(slug)
        new = said(told) if told else ""
        if new != row.taken_text and not row.gone:
            mine = said({"operation": row.operation, "block": row.block, "after": row.after})
            found.append(
                News(
                    f"c{row.id}",
                    row,
                    f"{row.lesson}|{row.block or row.after}",
                    row.taken_text,
                    new,
                    row.text or mine,
                    row.version,
                )
            )
    return found


def take_new(session: Session, piece: News, *, version: int, member_id: int) -> None:
    """Take the giver's words of today in place of one's own, as a draft. Raises Conflict where
    somebody has saved since `version`; words that are gone cannot be taken."""
    if not piece.new:
        raise ValueError("the giver has these words no more")
    if isinstance(piece.row, Rendering):
        row = piece.row
        source = row.follows or row.source
        save(
            session,
            row,
            piece.new,
            version=version,
            member_id=member_id,
            source=source,
            deed="taken over",
        )
        row.taken_text = piece.new
        return
    _take_new_change(session, piece, piece.row, version, member_id)


def _take_new_change(
    session: Session, piece: News, row: Change, version: int, member_id: int
) -> None:
    session.refresh(row, with_for_update=True)
    if row.version != version:
        raise ChangedMeanwhile
    giver = session.get_one(Edition, row.taken_from_id)
    slug = {each.id: slug for slug, each in taken_changes(session, row.edition, giver).items()}
    theirs = session.scalar(
        select(Change).where(Change.edition_id == giver.id, Change.slug == slug[row.id])
    )
    told = dict(theirs.released or {}) if theirs is not None else {}
    for name in ("operation", "lesson", "block", "after", "text"):
        setattr(row, name, told[name])
    row.state, row.taken_text = "draft", piece.new
    row.version += 1
    row.member_id, row.saved_at = member_id, now()
    write_change_history(session, row, member_id)
    session.flush()


class ChangedMeanwhile(Exception):
    """Somebody has saved an adaptation since it was looked at."""


def keep_mine(piece: News) -> None:
    """Leave one's own words as they are, and hear of it again only when the giver's change."""
    piece.row.taken_text = piece.new


def take_all_untouched(session: Session, following: Following, member_id: int) -> int:
    """Bring everything up to date that she has not changed herself; how much that was."""
    taken = 0
    for piece in news(session, following):
        if piece.untouched and piece.new:
            try:
                take_new(session, piece, version=piece.version, member_id=member_id)
            except (Conflict, ChangedMeanwhile):
                continue
            taken += 1
    return taken


def leave(following: Following) -> None:
    """Follow no more. What was taken stays, and so does the credit."""
    following.left_at = following.left_at or now()
