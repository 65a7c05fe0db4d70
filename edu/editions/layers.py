"""The layers of text that a language tag stands on, from the ancestor to the tag itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from edu.editions.models import Change, Edition
from edu.editions.records import read_reasons
from edu.languages import language


@dataclass(frozen=True)
class Word:
    """What one layer says for a segment."""

    text: str
    state: str
    change: str = ""


@dataclass(frozen=True)
class BlockChange:
    """A whole block that a layer replaces, adds or leaves out."""

    slug: str
    operation: str
    lesson: str
    block: str
    after: str
    text: str
    state: str


@dataclass(frozen=True)
class Layer:
    """One edition as resolving needs it."""

    tag: str
    #: By where a segment stands and the text it was made from.
    words: Mapping[tuple[str, str], Word] = field(default_factory=dict)
    blocks: tuple[BlockChange, ...] = ()
    #: For whoever works on it: also what no learner may meet yet.
    working: bool = False


def layers_of(session: Session, tag: str, module: str, *, working: bool = False) -> list[Layer]:
    """The editions of a module along the tag's chain, the ancestor first. English is not one.

    Of each its released words: what learners meet. With `working`, the tag's own layer is as it
    lies on the desk, drafts included.
    """
    chain = language(tag).chain
    editions = session.scalars(
        select(Edition)
        .where(Edition.module == module, Edition.tag.in_(chain))
        .options(selectinload(Edition.renderings), selectinload(Edition.changes))
    )
    by_tag = {edition.tag: edition for edition in editions}
    return [
        _on_the_desk(by_tag[name]) if working and name == tag else _released(by_tag[name])
        for name in reversed(chain)
        if name in by_tag
    ]


def _released(edition: Edition) -> Layer:
    return Layer(
        tag=edition.tag,
        words={
            (row.context, row.source): Word(
                row.released_text, row.released_state, row.released_change
            )
            for row in edition.renderings
            if row.released_text
        },
        blocks=tuple(
            _block(change.slug, change.released)
            for change in edition.changes
            if change.released and change.released["operation"] != "adapt"
        ),
    )


def _on_the_desk(edition: Edition) -> Layer:
    return Layer(
        tag=edition.tag,
        words={
            (row.context, row.source): Word(row.text, row.state, row.change)
            for row in edition.renderings
            if row.text
        },
        blocks=tuple(
            _block(change.slug, snapshot(change))
            for change in edition.changes
            if change.operation != "adapt" and not change.gone
        ),
        working=True,
    )


#: What a snapshot holds of the block itself; under "told" is what readers are told of it.
_OF_BLOCK = ("operation", "lesson", "block", "after", "text", "state")


def _block(slug: str, kept: Mapping[str, Any]) -> BlockChange:
    return BlockChange(slug, **{name: kept[name] for name in _OF_BLOCK})


def snapshot(change: Change) -> dict[str, Any]:
    """What a change says now, as it is kept for a release; readers are told its reason."""
    return {
        **{name: getattr(change, name) for name in _OF_BLOCK},
        "told": {
            "why": change.why,
            "why_tag": read_reasons(change.reasons or {}).why_tag,
            "dimensions": list(change.dimensions),
            "core_touched": change.core_touched,
            "proposed_by": change.proposed_by,
            "made_on": change.made_on.isoformat(),
        },
    }
