"""The exact place of every segment: the one list that extracting and weaving share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markdown_it.common.utils import mdTrim

from edu.segments import cells, escape
from edu.segments.blocks import OPTION, Piece, pieces
from edu.segments.front_matter import Value, values
from edu.segments.segment import Segment
from edu.segments.source import Source

_NOT_QUOTE = re.compile(r"[^>\t ]")


@dataclass(frozen=True)
class Span:
    """A segment and its place in `Source.text`; `prefix` opens each further line of it."""

    segment: Segment
    start: int
    end: int
    form: str
    prefix: str = ""
    value: Value | None = None


def _in_paragraph(source: Source, token: Any) -> tuple[int, int] | None:
    """A paragraph's lines end where the source's lines end, so they are found from the right."""
    content = [line.lstrip(" \t") for line in token.content.split("\n")]
    first, last = token.map
    for skipped in range(last - first - len(content) + 1):
        numbers = range(first + skipped, first + skipped + len(content))
        ends: list[int] = []
        for number, words in zip(numbers, content, strict=True):
            line = source.lines[number]
            # Only the last line of a paragraph has lost the white space at its end.
            length = len(line) if number < numbers[-1] else len(mdTrim("." + line)) - 1
            if length < len(words) or not line[:length].endswith(words):
                break
            ends.append(length)
        else:
            start = source.starts[numbers[0]] + ends[0] - len(content[0])
            return start, source.starts[numbers[-1]] + ends[-1]
    return None


def _in_heading(source: Source, token: Any) -> tuple[int, int] | None:
    """The first hash of a line opens the heading: no mark before it holds one."""
    number = token.map[0]
    line = source.lines[number]
    hashes = line.find("#")
    after = hashes + len(line[hashes:]) - len(line[hashes:].lstrip("#"))
    # In `# #1` the second run belongs to the words; the parser says how many are the mark.
    start = line.find(token.content, after)
    if hashes < 0 or start < 0 or mdTrim(line[after:start]):
        return None
    return source.starts[number] + start, source.starts[number] + start + len(token.content)


def _in_title(source: Source, token: Any) -> tuple[int, int] | None:
    number = token.map[0]
    line = source.lines[number].rstrip()
    if not line.endswith(token.meta["title"]):
        return None
    end = source.starts[number] + len(line)
    return end - len(token.meta["title"]), end


class _Cells:
    """Places of the cells, a row at a time, so that equal cells keep their order."""

    def __init__(self, source: Source) -> None:
        self._places: dict[int, tuple[int, int] | None] = {}
        row: list[Any] = []
        for token in source.tokens:
            if token.type == "tr_open":
                row = []
            elif token.type == "inline":
                row.append(token)
            elif token.type == "tr_close" and row:
                self._read(source, row)

    def _read(self, source: Source, row: list[Any]) -> None:
        number = row[0].map[0]
        places = cells.locate(source.lines[number], [token.content for token in row])
        start = source.starts[number]
        for token, place in zip(row, places, strict=True):
            self._places[id(token)] = place and (start + place[0], start + place[1])

    def place(self, token: Any) -> tuple[int, int] | None:
        return self._places.get(id(token))


def _prefix(source: Source, start: int, end: int) -> str:
    """What opens a further line: quotation marks stay, list marks become room."""
    number = source.line_of(start)
    before = source.text[source.starts[number] : start]
    built = _NOT_QUOTE.sub(" ", OPTION.sub("", before))
    if source.line_of(end) > number:
        following = source.lines[number + 1]
        kept = following[: len(following) - len(following.lstrip("> \t"))]
        if kept and kept.count(">") == built.count(">"):
            return kept
    return built


def _span(source: Source, row: _Cells, piece: Piece) -> Span | None:
    find = {"heading": _in_heading, "title": _in_title}.get(piece.form, _in_paragraph)
    place = row.place(piece.token) if piece.form == "cell" else find(source, piece.token)
    if place is None:
        return None
    start, end = place
    if piece.form == "option" and (mark := OPTION.match(source.text, start)):
        start = mark.end()
    segment = Segment(
        piece.context,
        piece.text,
        piece.kind,
        source.line_of(start) + 1,
        piece.note,
        piece.block,
        piece.safety,
    )
    return Span(segment, start, end, piece.form, _prefix(source, start, end))


def spans(source: Source) -> Iterator[Span]:
    """Every translatable span of a Markdown file, in order, none overlapping another."""
    row = _Cells(source)
    front = next((token for token in source.tokens if token.type == "front_matter"), None)
    if front is not None:
        for value in values(source, front):
            note = f"{value.path} of the page"
            segment = Segment(
                value.path, value.text, "front-matter", source.line_of(value.start) + 1, note
            )
            yield Span(segment, value.start, value.end, "front-matter", value=value)
    for piece in pieces(source.tokens):
        span = _span(source, row, piece)
        if span is not None:
            yield span


def lost(source: Source) -> list[int]:
    """The lines, from 0, of pieces that could not be found again in the source."""
    row = _Cells(source)
    return [
        piece.token.map[0] for piece in pieces(source.tokens) if _span(source, row, piece) is None
    ]


def written(source: Source, span: Span, words: str) -> str:
    """Folded words in the form that their place asks for."""
    if span.value is not None:
        return span.value.written(words)
    if span.form == "cell":
        line = source.line_of(span.start)
        opens = "|" not in source.text[source.starts[line] : span.start]
        return escape.cell(words, source.text[span.end : span.end + 1], opens_line=opens)
    if span.form == "title":
        return escape.one_line(words)
    following = source.line_of(span.end) + 1
    if following < len(source.lines) and escape.is_like_a_table_rule(source.lines[following]):
        words = escape.without_pipes(words)
    if span.form == "heading":
        return escape.heading(words)
    inside = span.form == "option"
    return escape.paragraph(words, span.prefix, source.newline, inside_line=inside)
