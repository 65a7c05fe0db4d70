"""One part of an edition, side by side: source, ancestor's words and own words, line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.drift.classing import Edit
from edu.editions.drift.still_right import base_drift
from edu.editions.layers import Layer, layers_of
from edu.editions.models import Change, Edition, Rendering
from edu.editions.parts import Part
from edu.editions.resolve import SOURCE, Choice, choose
from edu.editions.working import edition_of, renderings_of
from edu.editions.workplace.tallies import Stage, stage
from edu.languages import same_words
from edu.segments.segment import Segment


@dataclass(frozen=True)
class Line:
    """One segment as a translator meets it."""

    segment: Segment
    #: What learners of the nearest ancestor meet: it is shown here while there is nothing own.
    ancestor: Choice
    rendering: Rendering | None
    stage: Stage
    #: Whether the ancestor's words are others than those this one was made from.
    base_moved: bool
    #: The block it stands in is left out or put in another way here.
    hidden_by: str = ""

    @property
    def text(self) -> str:
        """Its own words."""
        return self.rendering.text if self.rendering is not None else ""

    @property
    def version(self) -> int:
        """How many times it was saved; what nobody has touched begins with 1."""
        return self.rendering.version if self.rendering is not None else 1

    @property
    def source_moved(self) -> bool:
        """Whether the words were made from an older source."""
        return self.rendering is not None and bool(self.text) and bool(self.rendering.follows)

    @property
    def operation(self) -> str:
        """What it says: inherit, translate or adapt."""
        if not self.text:
            return "inherit"
        return "adapt" if self.rendering is not None and self.rendering.change else "translate"


@dataclass(frozen=True)
class Sheet:
    """All lines of a part, with the blocks that this place changes."""

    tag: str
    part: Part
    edition: Edition | None
    lines: Sequence[Line]
    changes: Sequence[Change]

    def line(self, key: str) -> Line | None:
        """One line."""
        return next((each for each in self.lines if each.segment.key == key), None)

    def position(self, key: str) -> int:
        """Where it stands among the lines; -1 where it does not."""
        keys = [each.segment.key for each in self.lines]
        return keys.index(key) if key in keys else -1

    @property
    def reasons(self) -> Sequence[Change]:
        """The records by which words of this part may be adapted."""
        return [each for each in self.changes if each.operation == "adapt"]


def sheet(session: Session, tag: str, part: Part) -> Sheet:
    """A part of an edition, side by side; as many queries for eighty lines as for one."""
    edition = edition_of(session, tag, part.module)
    segments = list({each.key: each for each in part.segments()}.values())
    found = renderings_of(session, edition, segments) if edition is not None else {}
    changes = _changes(session, edition, part)
    ancestors = [layer for layer in layers_of(session, tag, part.module) if layer.tag != tag]
    hidden = _hidden(ancestors, changes, part)
    lines = [_line(tag, part, each, found.get(each.key), ancestors, hidden) for each in segments]
    return Sheet(tag, part, edition, lines, changes)


def _line(
    tag: str,
    part: Part,
    segment: Segment,
    rendering: Rendering | None,
    ancestors: Sequence[Layer],
    hidden: Mapping[str, str],
) -> Line:
    # `choose` puts the file's id before a segment's context itself.
    bare = replace(segment, context="") if segment.context == part.id else segment
    ancestor = choose(bare, SOURCE, "original", part.id, ancestors)
    moved = rendering is not None and _base_moved(rendering, ancestor, segment.safety)
    how = stage(
        rendering is not None and bool(rendering.text),
        rendering.state if rendering is not None else "",
        moved or (rendering is not None and bool(rendering.follows)),
        same_words(ancestor.tag, tag),
    )
    return Line(segment, ancestor, rendering, how, moved, hidden.get(segment.block, ""))


def _base_moved(rendering: Rendering, ancestor: Choice, safety: str) -> bool:
    if not rendering.text or rendering.base_tag in ("", SOURCE):
        return False
    if ancestor.tag != rendering.base_tag:
        return False
    return base_drift(rendering, ancestor.text, safety=safety) not in (None, Edit.TRIVIAL)


def _changes(session: Session, edition: Edition | None, part: Part) -> Sequence[Change]:
    if edition is None:
        return []
    return session.scalars(
        select(Change)
        .where(Change.edition_id == edition.id, Change.lesson == part.id, Change.gone.is_(False))
        .order_by(Change.position)
    ).all()


def _hidden(ancestors: Sequence[Layer], changes: Sequence[Change], part: Part) -> Mapping[str, str]:
    """The blocks whose words nobody meets here, and what is done with each."""
    theirs = [
        (each.block, each.operation)
        for layer in ancestors
        for each in layer.blocks
        if each.lesson == part.id
    ]
    own = [(each.block, each.operation) for each in changes]
    return {block: deed for block, deed in [*theirs, *own] if deed in ("omit", "replace")}
