"""When sources move on, editions catch up: what an edit leaves right is carried over by machine.

Of every text that no longer stands in the content, the text is looked for that it became. Where
the edit is trivial, the rendering now belongs to the new text. Otherwise it *follows* it: it keeps
the text it was made from, is not shown, and waits for somebody to mend it or to say that it is
still right. What stands nowhere any more stays quiet, and comes back with its text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.desk import Claim, Remark, Revision, UnsavedText
from edu.editions.drift.classing import Edit, carry, classify
from edu.editions.drift.matching import Moved, matches
from edu.editions.models import Edition, Rendering
from edu.editions.parts import modules, parts_of
from edu.editions.working import write_history
from edu.segments.blocks import short_context
from edu.segments.segment import Segment, fold

Place = tuple[str, str]


@dataclass(frozen=True)
class CaughtUp:
    """How many renderings were carried over, how many follow a new text now, and how many belong
    to a text that stands nowhere."""

    carried: int = 0
    moved: int = 0
    lost: int = 0

    def __add__(self, other: "CaughtUp") -> "CaughtUp":
        return CaughtUp(
            self.carried + other.carried, self.moved + other.moved, self.lost + other.lost
        )


def catch_up(session: Session, root: Path) -> CaughtUp:
    """Bring every edition up to date with the content. Twice changes nothing."""
    total = CaughtUp()
    there = modules(root)
    content: dict[str, dict[Place, Segment]] = {}
    for edition in session.scalars(select(Edition).order_by(Edition.id)).all():
        if edition.module not in there:
            continue
        if edition.module not in content:
            content[edition.module] = _standing(root, edition.module)
        if not _is_up_to_date(session, edition, content[edition.module]):
            total += _CatchingUp(session, edition, content[edition.module]).run()
    session.flush()
    return total


def _standing(root: Path, module: str) -> dict[Place, Segment]:
    return {
        (segment.context, fold(segment.text)): segment
        for part in parts_of(root, module).values()
        for segment in part.segments()
    }


def _is_up_to_date(session: Session, edition: Edition, content: Mapping[Place, Segment]) -> bool:
    places = session.execute(
        select(Rendering.context, Rendering.source, Rendering.follows).where(
            Rendering.edition_id == edition.id
        )
    )
    return all((context, source) in content and not follows for context, source, follows in places)


class _CatchingUp:
    """One edition and the texts that stand in the content now."""

    def __init__(self, session: Session, edition: Edition, content: Mapping[Place, Segment]):
        self.session, self.edition, self.content = session, edition, content
        wanted = select(Rendering).where(Rendering.edition_id == edition.id)
        self.rows = session.scalars(wanted.order_by(Rendering.id).with_for_update()).all()
        #: Questions whose text was carried over: their options stand under another name now.
        self.questions: dict[str, str] = {}
        self.carried = self.moved = 0

    def run(self) -> CaughtUp:
        for row in self.rows:
            if row.follows and (row.context, row.source) in self.content:
                self._take_back(row)
            elif row.follows and row.state != "stale":
                # The shipped file was read again; the source has moved on all the same.
                row.state = "stale"
        searching = [row for row in self.rows if _has_words(row) and not self._is_placed(row)]
        found = matches([_moved(row) for row in searching], self._without_words())
        # Questions come before their options, whose context is the question.
        for number, segment in sorted(
            found.items(), key=lambda pair: searching[pair[0]].context != pair[1].context
        ):
            self._move(searching[number], segment)
        lost = sum(not self._is_placed(row) for row in searching)
        return CaughtUp(self.carried, self.moved, lost)

    def _is_placed(self, row: Rendering) -> bool:
        """Whether a rendering stands by its text, or follows one that stands."""
        return (row.context, row.source) in self.content or (
            bool(row.follows) and (row.context, row.follows) in self.content
        )

    def _without_words(self) -> list[Segment]:
        """The segments that nobody has given words, nor decided or begun anything about."""
        busy = self._touched()
        taken = {(row.context, row.source) for row in self.rows if _has_words(row)}
        taken |= {(row.context, row.source) for row in self.rows if row.id in busy}
        taken |= {(row.context, row.follows) for row in self.rows if row.follows}
        return [segment for place, segment in self.content.items() if place not in taken]

    def _touched(self) -> set[int]:
        """Renderings without words on which something lies all the same: that somebody emptied
        it, typed in it, works on it, or remarked on it."""
        empty = [row.id for row in self.rows if not _has_words(row)]
        if not empty:
            return set()
        return {
            number
            for table in (Revision, UnsavedText, Claim, Remark)
            for number in self.session.scalars(
                select(table.rendering_id).where(
                    table.rendering_id.in_(empty), table.member_id.is_not(None)
                )
            )
            if number is not None
        }

    def _move(self, row: Rendering, segment: Segment) -> None:
        """Carry a rendering over to the text that its own became, or let it follow that."""
        same_place = row.context == segment.context
        if not (same_place or self._is_same_question(row.context, segment.context)):
            return
        new = fold(segment.text)
        words = _carried_words(row, new)
        if words is None and not same_place:
            return
        self._clear(segment)
        if words is None:
            row.follows, row.state = new, "stale"
            self.moved += 1
        else:
            if same_place:
                self.questions[short_context(row.source)] = short_context(new)
            self._carry(row, segment.context, new, words)
            self.carried += 1
        row.version += 1

    def _carry(self, row: Rendering, context: str, new: str, words: Mapping[str, str]) -> None:
        if row.follows:
            row.state, row.follows = state_before(self.session, row), ""
        row.context, row.source = context, new
        for name, text in words.items():
            setattr(row, name, text)
        if row.state == "stale" and row.from_files:
            # The file's tool asked for another look because of this edit alone.
            row.state = "draft"
            row.released_text, row.released_state = row.text, "draft"
            row.released_change = row.change
        write_history(self.session, row, "carried", None)

    def _take_back(self, row: Rendering) -> None:
        """The author took the edit back: the words were made from this very text."""
        row.state, row.follows = state_before(self.session, row), ""
        row.version += 1

    def _is_same_question(self, old: str, new: str) -> bool:
        before, now = old.partition("|")[2], new.partition("|")[2]
        return self.questions.get(before) == now or classify(before, now) is Edit.TRIVIAL

    def _clear(self, segment: Segment) -> None:
        """Make room where an empty rendering lies that says nothing."""
        place = (segment.context, fold(segment.text))
        for row in self.rows:
            if (row.context, row.source) == place and not _has_words(row):
                self.session.delete(row)
                self.session.flush()


def _moved(row: Rendering) -> Moved:
    """A rendering as the search sees it: by the text it was made from and the one it followed."""
    return Moved(row.context, row.source, row.follows)


def _has_words(row: Rendering) -> bool:
    return bool(row.text or row.released_text)


def _carried_words(row: Rendering, new: str) -> dict[str, str] | None:
    """The words of a rendering for its new source; None where a person must look."""
    if classify(row.source, new) is not Edit.TRIVIAL:
        return None
    words = {}
    for name in ("text", "released_text"):
        old = getattr(row, name)
        carried = carry(row.source, new, old) if old else ""
        if carried is None:
            return None
        words[name] = carried
    for name in ("base_text", "taken_text"):
        old = getattr(row, name)
        words[name] = carry(row.source, new, old) or old if old else ""
    return words


def state_before(session: Session, row: Rendering) -> str:
    """How far the words of a rendering had come before their source moved on."""
    said = session.scalars(
        select(Revision.state)
        .where(
            Revision.rendering_id == row.id, Revision.text == row.text, Revision.state != "stale"
        )
        .order_by(Revision.id.desc())
        .limit(1)
    ).first()
    if said is not None:
        return said
    return (row.released_state if row.released_text == row.text else "") or "draft"
