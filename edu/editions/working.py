"""Writing words into an edition: nobody overwrites what she has not seen, and nothing is lost.

Every saving counts a rendering's version up and adds a line to its history. Whoever saves says
which version she began from; where somebody else has saved since, Conflict says so, and the
words of both can be shown. Saved words are drafts: learners go on meeting those of the last
release.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.editions.desk import Revision, UnsavedText
from edu.editions.models import Edition, Rendering
from edu.segments.segment import Segment, fold


class Conflict(Exception):
    """Somebody else has saved other words since; `now` is the rendering as it stands."""

    def __init__(self, now: Rendering) -> None:
        super().__init__("somebody else has saved this text meanwhile")
        self.now = now


def edition_of(session: Session, tag: str, module: str) -> Edition | None:
    """The edition of a module for a tag, where there is one."""
    return session.scalar(select(Edition).where(Edition.tag == tag, Edition.module == module))


def edition_for(session: Session, tag: str, module: str) -> Edition:
    """The same, made where there is none."""
    found = edition_of(session, tag, module)
    if found is not None:
        return found
    made = Edition(tag=tag, module=module, shipped="")
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        # Somebody else began it in the same moment.
        return session.scalars(
            select(Edition).where(Edition.tag == tag, Edition.module == module)
        ).one()
    return made


def enter(session: Session, edition: Edition) -> None:
    """Before several rows of an edition are written: first the edition, then its rows, as whoever
    signs or releases does, so that neither waits for the other for ever."""
    session.refresh(edition, with_for_update={"read": True, "key_share": True})


def renderings_of(
    session: Session, edition: Edition, segments: Iterable[Segment]
) -> dict[str, Rendering]:
    """What an edition says for segments, by their keys: also words that were made from an older
    text and now follow this one."""
    rows = session.scalars(select(Rendering).where(Rendering.edition_id == edition.id)).all()
    by_source = {(row.context, row.source): row for row in rows}
    by_follows = {(row.context, row.follows): row for row in rows if row.follows}
    found = {}
    for segment in segments:
        place = (segment.context, fold(segment.text))
        row = by_source.get(place) or by_follows.get(place)
        if row is not None:
            found[segment.key] = row
    return found


def rendering_for(session: Session, edition: Edition, segment: Segment) -> Rendering:
    """The rendering of one segment; an empty one is made where there is none."""
    found = renderings_of(session, edition, [segment]).get(segment.key)
    if found is not None:
        return found
    made = Rendering(
        edition_id=edition.id,
        context=segment.context,
        source=fold(segment.text),
        text="",
        state="draft",
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        # Somebody else made it in the same moment.
        return renderings_of(session, edition, [segment])[segment.key]
    return made


def save(
    session: Session,
    rendering: Rendering,
    text: str,
    *,
    version: int,
    member_id: int | None,
    source: str | None = None,
    change: str | None = None,
    base: tuple[str, str] | None = None,
    deed: str = "saved",
    state: str = "draft",
) -> None:
    """Put new words into a rendering and a line into its history. Raises Conflict.

    `version` is the one that the writer saw. `source` is the text she translated, where the
    rendering's is an older one. `change` is the slug of the adaptation's record, "" for a plain
    translation; `base` the tag and words of the ancestor she worked from. None leaves each as it
    is. The same words once more change nothing, whatever the version. Raises ValueError for
    adapted words of a questionnaire: those may only be translated, whichever door they came by.
    """
    session.refresh(rendering, with_for_update=True)
    if change and rendering.edition.module == "quizzes":
        raise ValueError(f"{rendering.context} may only be translated")
    source = rendering.source if source is None else fold(source)
    change = rendering.change if change is None else change
    same = (rendering.text, rendering.source, rendering.change) == (text, source, change)
    if same and not rendering.follows and rendering.state == state:
        return
    if rendering.version != version:
        raise Conflict(rendering)
    if source != rendering.source:
        # What was released was said of another text.
        rendering.released_text = rendering.released_state = rendering.released_change = ""
    rendering.text, rendering.source, rendering.follows = text, source, ""
    rendering.change, rendering.state = change, state
    if base is not None:
        rendering.base_tag, rendering.base_text = base
    rendering.from_files = False
    rendering.version += 1
    rendering.member_id, rendering.saved_at = member_id, now()
    write_history(session, rendering, deed, member_id)
    if member_id is not None:
        forget_unsaved(session, rendering, member_id)
    session.flush()


def write_history(session: Session, rendering: Rendering, deed: str, member_id: int | None) -> None:
    """Add what a rendering says now to its history."""
    session.add(
        Revision(
            rendering_id=rendering.id,
            source=rendering.source,
            text=rendering.text,
            state=rendering.state,
            change=rendering.change,
            deed=deed,
            member_id=member_id,
            made_at=now(),
        )
    )


def history(session: Session, rendering: Rendering) -> list[Revision]:
    """Every saving, the newest first."""
    wanted = select(Revision).where(Revision.rendering_id == rendering.id)
    return list(session.scalars(wanted.order_by(Revision.id.desc())))


def forget_unsaved(session: Session, rendering: Rendering, member_id: int) -> None:
    """What she typed is saved, or no longer wanted."""
    typed = session.scalar(
        select(UnsavedText).where(
            UnsavedText.rendering_id == rendering.id, UnsavedText.member_id == member_id
        )
    )
    if typed is not None:
        session.delete(typed)


def now() -> datetime:
    """The moment, in UTC, to the second."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
