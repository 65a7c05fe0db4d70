"""A lesson that was translated as a whole, in Markdown, as a parcel of drafts for review."""

from collections.abc import Iterator

from edu.editions.parts import Part
from edu.exchange.aligning import SURE, Aligned, align
from edu.exchange.notices import Notice, Sort
from edu.exchange.unit import Operation, Parcel, State, Unit, digest, tidy
from edu.segments import markdown
from edu.segments.segment import fold


def parcel_of_lesson(tag: str, part: Part, text: str) -> Parcel:
    """The words of a translated lesson, each at its place. What could not be placed, and what
    was placed by likeness, is told; words that are still the source are no translation."""
    aligned = align(part.segments(), markdown.extract(text))
    return Parcel(tag, part.module, tuple(_units(tag, aligned)), part.id, tuple(_told(aligned)))


def _units(tag: str, aligned: Aligned) -> Iterator[Unit]:
    for pair in aligned.pairs:
        source, words = fold(pair.source.text), tidy(pair.words.text)
        if words != source:
            yield Unit(
                id=pair.source.key,
                context=pair.source.context,
                source=source,
                target=words,
                state=State.DRAFT,
                operation=Operation.TRANSLATE,
                variant=tag,
                source_hash=digest(source),
                at=f"line {pair.words.line}",
            )


def _told(aligned: Aligned) -> Iterator[Notice]:
    for pair in aligned.pairs:
        if pair.confidence < SURE and tidy(pair.words.text) != fold(pair.source.text):
            detail = f"{pair.confidence:.0%}"
            yield Notice(Sort.UNSURE, f"line {pair.words.line}", pair.words.text, detail)
    for words in aligned.left_over:
        yield Notice(Sort.NOT_PLACED, f"line {words.line}", words.text)
