"""How one part of an edition stands now, with the words on the desk: what reviewers sign."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from edu.editions.layers import Layer, layers_of
from edu.editions.parts import Part, Sort
from edu.editions.resolve import SOURCE, Choice, choose, resolve_text
from edu.segments.toml import extract


@dataclass(frozen=True)
class Standing:
    """The words of a part. `markdown` is empty for a module's head and for an instrument."""

    choices: tuple[Choice, ...]
    markdown: str
    changes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Of every word and the state of none: signing changes states, and no word."""
        words = json.dumps([self.markdown, self.words()], ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()

    def words(self) -> list[list[str]]:
        """Source, words and their language, for each segment in order."""
        return [[choice.source, choice.text, choice.tag] for choice in self.choices]


def standing(session: Session, tag: str, part: Part) -> Standing:
    """How a part stands on the desk of a language; its ancestors with their released words."""
    return standing_in(part, layers_of(session, tag, part.module, working=True))


def standing_in(part: Part, layers: Sequence[Layer]) -> Standing:
    """The same over layers at hand: several parts of one module need them read only once."""
    if part.sort in (Sort.LESSON, Sort.PAGE):
        resolved = resolve_text(part.text(), part.id, layers)
        return Standing(resolved.choices, resolved.markdown, resolved.changes)
    return Standing(
        tuple(
            choose(segment, SOURCE, "original", part.id, layers) for segment in extract(part.text())
        ),
        "",
    )


def standings(session: Session, tag: str, parts: Mapping[str, Part]) -> dict[str, Standing]:
    """How several parts of one edition stand, by their ids."""
    modules = {part.module for part in parts.values()}
    layers = {module: layers_of(session, tag, module, working=True) for module in modules}
    return {name: standing_in(part, layers[part.module]) for name, part in parts.items()}
