"""Which words a reader of one place meets: every segment falls back along the chain.

Pure: texts and layers in, a woven text out. A layer may also replace, add or leave out
whole blocks. What is unreviewed and touches safety never reaches a reader: there the
reviewed ancestor speaks, in the end the English.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import repeat

from edu.editions.layers import BlockChange, Layer, Word
from edu.editions.models import SHOWING
from edu.lessons.lesson import Block, split_blocks
from edu.lessons.markdown import tokens_of
from edu.lessons.placing import put_in
from edu.segments.files import whole_context
from edu.segments.markdown import extract, weave
from edu.segments.segment import Segment, fold

SOURCE = "en"


@dataclass(frozen=True)
class Choice:
    """The words chosen for one segment: in which tag they stand, and how far they have come."""

    source: str
    text: str
    tag: str
    state: str
    #: The record that says why, as `tag:slug`, when the words are adapted.
    change: str = ""
    #: Where the segment stands.
    context: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """What is translated once, however often it stands there."""
        return self.context, fold(self.source)


@dataclass(frozen=True)
class Resolved:
    """A text for one place, and one choice for each of its segments, in their order."""

    markdown: str
    choices: tuple[Choice, ...]
    #: The records of the adaptations that a reader meets, as `tag:slug`.
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Stretch:
    """A block, or the text between blocks, and the tag in whose language it was written."""

    text: str
    tag: str
    state: str
    name: str = ""
    safety: bool = False
    #: Tag and state of each segment, where a layer has put something of its own into the block.
    origins: tuple[tuple[str, str], ...] = ()

    def each_origin(self) -> Iterable[tuple[str, str]]:
        """The tag and state in which each segment was written."""
        return self.origins or repeat((self.tag, self.state))


def resolve_text(source: str, file_id: str, layers: Sequence[Layer]) -> Resolved:
    """The text of one lesson or page for the last of the layers."""
    stretches, used = _apply_changes(_stretches(source), file_id, layers)
    woven: list[str] = []
    choices: list[Choice] = []
    for stretch in stretches:
        chosen = [
            choose(segment, tag, state, file_id, layers)
            for segment, (tag, state) in zip(
                extract(stretch.text), stretch.each_origin(), strict=False
            )
        ]
        answers = iter(chosen)
        woven.append(weave(stretch.text, partial(_next_text, answers)))
        choices.extend(chosen)
    adapted = {choice.change: None for choice in choices if choice.change}
    return Resolved("".join(woven), tuple(choices), (*used, *adapted))


def _next_text(choices: Iterator[Choice], _segment: Segment) -> str:
    return next(choices).text


def choose(segment: Segment, tag: str, state: str, file_id: str, layers: Sequence[Layer]) -> Choice:
    """The words for a segment written in `tag`: the nearest usable ones among the layers above."""
    place = whole_context(file_id, segment.context)
    for layer in reversed(list(_above(tag, layers))):
        word = layer.words.get((place, fold(segment.text)))
        if word is not None and _usable(word, segment.safety, layer):
            change = f"{layer.tag}:{word.change}" if word.change else ""
            return Choice(segment.text, word.text, layer.tag, word.state, change, place)
    return Choice(segment.text, segment.text, tag, state, context=place)


def _usable(word: Word, safety: str, layer: Layer) -> bool:
    if not word.text or word.state == "stale":
        return False
    return word.state == "reviewed" or not safety or layer.working


def _above(tag: str, layers: Sequence[Layer]) -> Iterable[Layer]:
    """The layers that may re-word a text written in `tag`."""
    if tag == SOURCE:
        return layers
    names = [layer.tag for layer in layers]
    return layers[names.index(tag) + 1 :]


def _stretches(source: str) -> list[_Stretch]:
    return [_stretch(piece.text, piece.block, SOURCE, "original") for piece in split_blocks(source)]


def _stretch(text: str, block: Block | None, tag: str, state: str) -> _Stretch:
    if block is None:
        return _Stretch(text, tag, state)
    return _Stretch(text, tag, state, block.name, _touches_safety(text))


def _touches_safety(text: str) -> bool:
    """Whether a block or anything inside it is marked as touching safety."""
    return any(
        token.type == "container_block_open" and bool(token.meta["attributes"].get("safety"))
        for token in tokens_of(text)
    )


def _apply_changes(
    stretches: list[_Stretch], lesson: str, layers: Sequence[Layer]
) -> tuple[list[_Stretch], list[str]]:
    used: list[str] = []
    for layer in layers:
        # What is put into a block comes after what is done with whole blocks.
        for change in sorted(layer.blocks, key=lambda each: each.operation in SHOWING):
            if change.lesson != lesson:
                continue
            changed = _apply(stretches, change, layer)
            if changed is not None:
                stretches = changed
                used.append(f"{layer.tag}:{change.slug}")
    return stretches, used


def _apply(stretches: list[_Stretch], change: BlockChange, layer: Layer) -> list[_Stretch] | None:
    """The stretches after one change; None when the change may not be shown or finds no place."""
    if change.operation == "reorder":
        return _moved(stretches, change)
    if change.operation in SHOWING:
        return _with_shown(stretches, change, layer)
    adding = change.operation == "add"
    index = _place(stretches, change.after if adding else change.block)
    if index is None:
        return None
    new = [
        _stretch(piece.text, piece.block, layer.tag, change.state)
        for piece in split_blocks(change.text)
        if piece.block is not None
    ]
    touched = new if adding else [*new, stretches[index]]
    unseen = change.state != "reviewed" and not layer.working
    if unseen and any(stretch.safety for stretch in touched):
        return None
    gap = _Stretch("\n", layer.tag, change.state)
    put = [part for stretch in new for part in (gap, stretch)]
    kept = [stretches[index]] if adding else []
    return [*stretches[:index], *kept, *put, *stretches[index + 1 :]]


def _with_shown(
    stretches: list[_Stretch], change: BlockChange, layer: Layer
) -> list[_Stretch] | None:
    """A picture or film put into a block, in the layer's own language."""
    index = _place(stretches, change.block)
    if index is None:
        return None
    block = stretches[index]
    if block.safety and change.state != "reviewed" and not layer.working:
        return None
    placed = put_in(block.text, change.text, change.after)
    if placed is None:
        return None
    before, gone = len(extract(placed.before)), len(extract(placed.instead))
    known = list(block.origins) or [(block.tag, block.state)] * len(extract(block.text))
    new = [(layer.tag, change.state)] * len(extract(change.text))
    origins = (*known[:before], *new, *known[before + gone :])
    shown = replace(block, text=placed.text, origins=origins)
    return [*stretches[:index], shown, *stretches[index + 1 :]]


def _moved(stretches: list[_Stretch], change: BlockChange) -> list[_Stretch] | None:
    """A block moved behind another one; its words stay as they are."""
    index = _place(stretches, change.block)
    if index is None or change.block == change.after:
        return None
    block = stretches[index]
    others = [*stretches[:index], *stretches[index + 1 :]]
    target = _place(others, change.after)
    if target is None:
        return None
    gap = _Stretch("\n", block.tag, block.state)
    return [*others[: target + 1], gap, block, *others[target + 1 :]]


def _place(stretches: Sequence[_Stretch], name: str) -> int | None:
    """Where the last block of this name stands."""
    places = [index for index, stretch in enumerate(stretches) if stretch.name == name]
    return places[-1] if places else None
