"""A part as learners would meet it if the words on the desk were released now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from edu.communities.lookup import swaps_for
from edu.communities.placeholders import Swaps, fill
from edu.editions.layers import Layer, Word, layers_of
from edu.editions.parts import Part, Sort, parts_of
from edu.editions.payloads import text_state
from edu.editions.standing import Standing, standing_in
from edu.editions.workplace.lines import Sheet
from edu.languages import SOURCE
from edu.lessons.mistakes import Broken
from edu.segments.files import whole_context
from edu.segments.segment import fold
from edu.segments.structure import StructureChanged
from edu.segments.toml import extract


class CannotBeShown(Exception):
    """Some words would change what the page is made of, so that it cannot be woven."""


@dataclass(frozen=True)
class Preview:
    """A part in the shape that a release has for it."""

    payload: Mapping[str, Any]
    #: The words of a module or a questionnaire, by their contexts.
    words: Mapping[str, Mapping[str, str]]
    #: What the module around a lesson is called, and how many lessons it has.
    module: Mapping[str, str]
    lessons: int


def preview(session: Session, root: Path, found: Sheet, typed: Mapping[str, str]) -> Preview:
    """How a part would be; `typed` are her words that are not saved yet, by segment. Raises
    CannotBeShown."""
    part, parts = found.part, parts_of(root, found.part.module)
    layers = _with_typed(layers_of(session, found.tag, part.module, working=True), found, typed)
    try:
        words = standing_in(part, layers)
    except (StructureChanged, Broken) as broken:
        raise CannotBeShown from broken
    lessons = [name for name, each in parts.items() if each.sort is Sort.LESSON]
    swaps = swaps_for(session, found.tag)
    around = _title(parts.get(part.module), layers, swaps)
    filled = replace(words, markdown=fill(words.markdown, swaps))
    shown = _by_context(part, words, swaps)
    return Preview(_payload(part, filled), shown, around, len(lessons))


def _title(head: Part | None, layers: Sequence[Layer], swaps: Swaps) -> Mapping[str, str]:
    words = _by_context(head, standing_in(head, layers), swaps) if head is not None else {}
    nothing = {"text": "", "tag": SOURCE, "state": "original"}
    return words.get(f"{head.id}|title", nothing) if head is not None else nothing


def _with_typed(layers: Sequence[Layer], found: Sheet, typed: Mapping[str, str]) -> list[Layer]:
    """The layers with words that somebody has typed in the place of her saved ones."""
    if not typed:
        return list(layers)
    mine = {
        (line.segment.context, fold(line.segment.text)): Word(fold(typed[key]), "draft")
        for line in found.lines
        if (key := line.segment.key) in typed
    }
    own = next((each for each in layers if each.tag == found.tag), Layer(found.tag))
    others = [each for each in layers if each.tag != found.tag]
    return [*others, replace(own, words={**own.words, **mine}, working=True)]


def _payload(part: Part, words: Standing) -> dict[str, Any]:
    states = [choice.state for choice in words.choices]
    return {
        "id": part.id,
        "slug": part.id.partition(".")[2],
        "number": int(part.id.partition(".")[2]) if part.sort is Sort.LESSON else 0,
        "minutes": 0,
        "sources": [],
        "markdown": words.markdown,
        "tags": [choice.tag for choice in words.choices],
        "choices": states,
        "state": text_state(states),
    }


def _by_context(part: Part, words: Standing, swaps: Swaps) -> dict[str, Mapping[str, str]]:
    """The words of a module's head with those of the place in them; a questionnaire takes none."""
    if part.sort in (Sort.LESSON, Sort.PAGE):
        return {}
    taken = swaps if part.sort is Sort.MODULE else {}
    return {
        whole_context(part.id, segment.context): {
            "text": fill(choice.text, taken),
            "tag": choice.tag,
            "state": choice.state,
        }
        for segment, choice in zip(extract(part.text()), words.choices, strict=True)
    }
