"""The layers of text that a language tag stands on, from the ancestor to the tag itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from edu.editions.models import Edition
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


def layers_of(session: Session, tag: str, module: str) -> list[Layer]:
    """The editions of a module along the tag's chain, the ancestor first. English is not one."""
    chain = language(tag).chain
    editions = session.scalars(
        select(Edition)
        .where(Edition.module == module, Edition.tag.in_(chain))
        .options(selectinload(Edition.renderings), selectinload(Edition.changes))
    )
    by_tag = {edition.tag: edition for edition in editions}
    return [_layer(by_tag[name]) for name in reversed(chain) if name in by_tag]


def _layer(edition: Edition) -> Layer:
    return Layer(
        tag=edition.tag,
        words={
            (rendering.context, rendering.source): Word(
                rendering.text, rendering.state, rendering.change
            )
            for rendering in edition.renderings
        },
        blocks=tuple(
            BlockChange(
                change.slug,
                change.operation,
                change.lesson,
                change.block,
                change.after,
                change.text,
                change.state,
            )
            for change in edition.changes
            if change.operation != "adapt"
        ),
    )
