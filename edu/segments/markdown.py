"""Markdown cut into segments, and woven again from translated ones.

The file is never written anew from a tree: the words are replaced where they stand, and
every character outside a translated segment stays as its author left it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from edu.segments.segment import Segment, clean, fold
from edu.segments.source import Source
from edu.segments.spans import Span, spans, written
from edu.segments.structure import StructureChanged, structure

Words = Callable[[Segment], str | None]


@lru_cache(maxsize=512)
def _read(source: str) -> tuple[Source, tuple[Span, ...]]:
    # A lesson is cut anew for each language and each page of the desk: a block is read once.
    page = Source(source)
    return page, tuple(spans(page))


@lru_cache(maxsize=512)
def _structure(source: str) -> Sequence[Any]:
    return structure(Source(source))


def extract(source: str) -> list[Segment]:
    """The segments of a Markdown text, in order."""
    return [span.segment for span in _read(source)[1]]


def weave(source: str, words: Words) -> str:
    """The text with `words` in place of each segment; None keeps the segment as it is.

    Raises StructureChanged when a translation would change the blocks of the page.
    """
    page, places = _read(source)
    changes = _changes(places, words)
    if not changes:
        return source
    woven = _splice(page, changes)
    if not _is_same_page(page, woven):
        raise StructureChanged(_culprit(page, changes))
    return woven


def _changes(places: Iterable[Span], words: Words) -> list[tuple[Span, str]]:
    changes: list[tuple[Span, str]] = []
    for span in places:
        translated = words(span.segment)
        if translated is None:
            continue
        folded = fold(clean(translated))
        if folded and folded != span.segment.text:
            changes.append((span, folded))
    return changes


def _splice(page: Source, changes: list[tuple[Span, str]]) -> str:
    return page.splice(
        [(span.start, span.end, written(page, span, text)) for span, text in changes]
    )


def _is_same_page(page: Source, woven: str) -> bool:
    return _structure(page.raw) == _structure(woven)


def _culprit(page: Source, changes: list[tuple[Span, str]]) -> Segment:
    for change in changes:
        if not _is_same_page(page, _splice(page, [change])):
            return change[0].segment
    return changes[0][0].segment
