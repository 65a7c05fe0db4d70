"""Blocks that an edition put in itself: their words as units, and other words woven into them.

A block of one's own has no English beside it, so its words go out as source and target alike,
and come back as the target. Which blocks there are, and where, no file can change.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from edu.editions.layers import snapshot
from edu.editions.models import Change
from edu.editions.workplace.adapting import WITH_TEXT
from edu.exchange.unit import Operation, State, Unit, digest, tidy
from edu.segments.markdown import extract, weave
from edu.segments.segment import Segment, fold

#: For whoever works on the file elsewhere.
NOTE = "A block of this place's own, without an English text. Change the words in the target."


def place_of(change: Change, number: int) -> str:
    """Where a text of a block stands: by its number there, so that it may be edited."""
    return f"{change.lesson}|{change.slug}#{number}"


def own_texts(changes: Iterable[Change]) -> dict[str, tuple[Change, int]]:
    """The texts of own blocks by the names of their units: of which block, and the how manieth."""
    return {
        digest(place_of(change, number)): (change, number)
        for change in changes
        if change.operation in WITH_TEXT
        for number in range(len(extract(change.text)))
    }


def units_of_block(change: Change, tag: str, record: Mapping[str, Any]) -> Iterator[Unit]:
    """The texts of a block, in their order; none for one that is left out or moved."""
    if change.operation not in WITH_TEXT:
        return
    for number, segment in enumerate(extract(change.text)):
        words, place = fold(segment.text), place_of(change, number)
        yield Unit(
            id=digest(place),
            context=place,
            source=words,
            target=tidy(words),
            state=_state(change),
            operation=Operation(change.operation),
            variant=tag,
            notes=tuple(filter(None, (NOTE, segment.note))),
            block=segment.block,
            safety=segment.safety,
            change=change.slug,
            record=record,
            source_hash=digest(words),
            left_with=digest(change.slug, words),
        )


def _state(change: Change) -> State:
    if change.state != "reviewed":
        return State.DRAFT
    return State.RELEASED if change.released == snapshot(change) else State.REVIEWED


def reworded(text: str, words: Mapping[int, str]) -> str:
    """A block with other words at some of its texts. Raises StructureChanged where they would
    make something else of it."""
    numbers = iter(range(len(extract(text))))

    def other(_segment: Segment) -> str | None:
        return words.get(next(numbers))

    return weave(text, other)


def records_without_words(
    records: Iterable[Mapping[str, Any]], lessons: Collection[str]
) -> tuple[Mapping[str, Any], ...]:
    """Those of blocks that are left out or moved: no unit could carry them."""
    return tuple(
        each
        for each in records
        if each["operation"] in ("omit", "reorder") and each["lesson"] in lessons
    )
