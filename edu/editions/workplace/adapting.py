"""Making, changing and taking back adaptations: records with their reasons, and whole blocks.

An adaptation of words is a record that renderings name. One of a block replaces it, adds one
behind it, leaves it out, or moves it. Nothing is lost: each saving is a line in the history, and
what was taken back can be brought back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.editions.desk import Revision
from edu.editions.models import SHOWING, Change, Edition, Rendering
from edu.editions.parts import Part, Sort
from edu.editions.records import Reasons
from edu.editions.standing import standing
from edu.editions.working import now
from edu.lessons.lesson import Block, split_blocks

BLOCK_OPERATIONS = ("replace", "add", "omit", "reorder")
WITH_TEXT = frozenset({"replace", "add"})


class Moved(Exception):
    """Somebody else has saved this change since; `now` is how it stands."""

    def __init__(self, now: Change) -> None:
        super().__init__("somebody else has saved this change meanwhile")
        self.now = now


@dataclass(frozen=True)
class Record:
    """Why something was changed: what the short form asks, and the rest."""

    why: str
    dimensions: tuple[str, ...]
    core_touched: bool = False
    reasons: Reasons = field(default_factory=Reasons)

    @property
    def proposed_by(self) -> str:
        """The roles of those who proposed it, as one text."""
        return ", ".join(self.reasons.proposers) or "translator"


@dataclass(frozen=True)
class Operation:
    """What is done with a block of a lesson."""

    operation: str
    block: str = ""
    after: str = ""
    text: str = ""


def changes_of(session: Session, edition: Edition, part: str = "") -> list[Change]:
    """The records of an edition, or of one of its parts, in their order."""
    wanted = select(Change).where(Change.edition_id == edition.id).order_by(Change.position)
    if part:
        wanted = wanted.where(Change.lesson == part)
    return list(session.scalars(wanted))


def change_named(session: Session, edition: Edition, slug: str) -> Change | None:
    """One record of an edition."""
    return session.scalar(
        select(Change).where(Change.edition_id == edition.id, Change.slug == slug)
    )


def blocks_now(session: Session, tag: str, part: Part) -> list[Block]:
    """The blocks of a lesson as they stand on the desk."""
    if part.sort is not Sort.LESSON:
        return []
    woven = standing(session, tag, part).markdown
    return [piece.block for piece in split_blocks(woven) if piece.block]


def reached(blocks: Sequence[Block]) -> list[tuple[Block, bool]]:
    """Each block, and whether its name means it: of several of one name it means the last."""
    last = {block.name: number for number, block in enumerate(blocks)}
    return [(block, last[block.name] == number) for number, block in enumerate(blocks)]


def record_adaptation(
    session: Session,
    edition: Edition,
    part: Part,
    record: Record,
    *,
    member_id: int | None,
    today: date,
    done: Operation | None = None,
) -> Change:
    """A new record: of adapted words, or, with `done`, of a block. Raises ValueError for a
    part that may not be adapted."""
    if not part.may_be_adapted or (done is not None and part.sort is not Sort.LESSON):
        raise ValueError(f"{part.id} may only be translated")
    done = done or Operation("adapt")
    made = Change(
        edition_id=edition.id,
        slug=_free_slug(session, edition, part, done.operation),
        position=_next_position(session, edition),
        lesson=part.id,
        made_on=today,
        from_files=False,
        state="draft",
    )
    _put(made, record, done)
    made.member_id, made.saved_at = member_id, now()
    session.add(made)
    session.flush()
    _write_history(session, made, "saved", member_id)
    return made


def change_again(
    session: Session,
    change: Change,
    record: Record,
    *,
    version: int,
    member_id: int | None,
    done: Operation | None = None,
) -> None:
    """Other reasons, or another block text. Raises Moved when somebody else saved meanwhile."""
    session.refresh(change, with_for_update=True)
    if change.version != version:
        raise Moved(change)
    said = _says(change)
    kept = Operation(change.operation, change.block, change.after, change.text)
    _put(change, record, done or kept)
    if _says(change) != said:
        change.state = "draft"
    _saved(session, change, "saved", member_id)
    session.flush()


def put_in_words(
    session: Session, change: Change, text: str, *, version: int, member_id: int | None
) -> None:
    """Other words for a block, as a file brings them; all else of it stays. Raises Moved."""
    session.refresh(change, with_for_update=True)
    if change.version != version:
        raise Moved(change)
    change.text, change.state = _closed(text), "draft"
    _saved(session, change, "imported", member_id)
    session.flush()


def take_back(
    session: Session, change: Change, *, version: int, member_id: int | None, back: bool = True
) -> None:
    """Take a change back, or (`back` false) bring it back. Learners see it with the next
    release. Raises Moved when somebody else saved meanwhile."""
    session.refresh(change, with_for_update=True)
    if change.gone == back:
        return
    if change.version != version:
        raise Moved(change)
    change.gone, change.state = back, "draft"
    _saved(session, change, "emptied" if back else "restored", member_id)
    session.flush()


def history_of(session: Session, change: Change) -> list[Revision]:
    """Every saving of a change, the newest first."""
    wanted = select(Revision).where(Revision.change_id == change.id)
    return list(session.scalars(wanted.order_by(Revision.id.desc())))


def adapted_words(session: Session, edition: Edition, slug: str) -> Sequence[Rendering]:
    """The texts that name a record as their reason."""
    wanted = select(Rendering).where(
        Rendering.edition_id == edition.id, Rendering.change == slug, Rendering.text != ""
    )
    return session.scalars(wanted.order_by(Rendering.id)).all()


def _put(change: Change, record: Record, done: Operation) -> None:
    change.operation, change.block, change.after = done.operation, done.block, done.after
    change.text = _closed(done.text) if done.operation in (*WITH_TEXT, *SHOWING) else ""
    change.why, change.dimensions = record.why, list(record.dimensions)
    change.core_touched, change.proposed_by = record.core_touched, record.proposed_by
    change.reasons = record.reasons.stored()


def _closed(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n") + "\n"


def _says(change: Change) -> tuple[str, str, str, str]:
    """What a reader would notice."""
    return change.operation, change.block, change.after, change.text


def _free_slug(session: Session, edition: Edition, part: Part, operation: str) -> str:
    """A name that a file can hold: `m1-1-omit-2`."""
    stem = f"{part.id.replace('.', '-')}-{operation}"
    taken = set(session.scalars(select(Change.slug).where(Change.edition_id == edition.id)))
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _next_position(session: Session, edition: Edition) -> int:
    last = select(func.max(Change.position)).where(Change.edition_id == edition.id)
    found = session.scalar(last)
    return 0 if found is None else int(found) + 1


def _saved(session: Session, change: Change, deed: str, member_id: int | None) -> None:
    """It has changed: one saving more, a line in its history, and no file's any longer."""
    change.from_files = False
    change.version += 1
    change.member_id, change.saved_at = member_id, now()
    _write_history(session, change, deed, member_id)


def _write_history(session: Session, change: Change, deed: str, member_id: int | None) -> None:
    session.add(
        Revision(
            change_id=change.id,
            source=" ".join(filter(None, (change.operation, change.block, change.after))),
            text=change.text,
            state=change.state,
            change=change.slug,
            deed=deed,
            member_id=member_id,
            made_at=now(),
        )
    )
