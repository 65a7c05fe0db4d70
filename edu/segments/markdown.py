"""Markdown cut into segments, and woven again from translated ones.

The file is never written anew from a tree: the words are replaced where they stand, and
every character outside a translated segment stays as its author left it.
"""

from collections.abc import Callable

from edu.segments.segment import Segment, clean, fold
from edu.segments.source import Source
from edu.segments.spans import Span, spans, written
from edu.segments.structure import StructureChanged, structure

Words = Callable[[Segment], str | None]


def extract(source: str) -> list[Segment]:
    """The segments of a Markdown text, in order."""
    return [span.segment for span in spans(Source(source))]


def weave(source: str, words: Words) -> str:
    """The text with `words` in place of each segment; None keeps the segment as it is.

    Raises StructureChanged when a translation would change the blocks of the page.
    """
    page = Source(source)
    changes = _changes(page, words)
    if not changes:
        return source
    woven = _splice(page, changes)
    if not _is_same_page(page, woven):
        raise StructureChanged(_culprit(page, changes))
    return woven


def _changes(page: Source, words: Words) -> list[tuple[Span, str]]:
    changes: list[tuple[Span, str]] = []
    for span in spans(page):
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
    return structure(page) == structure(Source(woven))


def _culprit(page: Source, changes: list[tuple[Span, str]]) -> Segment:
    for change in changes:
        if not _is_same_page(page, _splice(page, [change])):
            return change[0].segment
    return changes[0][0].segment
