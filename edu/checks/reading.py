"""One side of a pair, read once for all checks: its blocks, its marks and its visible words."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from edu.lessons.markdown import PARSER
from edu.segments.front_matter import compose, is_translatable, scalars
from edu.segments.segment import clean

LINE_END = re.compile(r"\r\n?")


@dataclass
class Piece:
    """The visible words of one block, without code, and where they stand (`heading`, …)."""

    within: str
    text: str


@dataclass
class Marks:
    """What the inline marks of a text are, in order."""

    counts: dict[str, int] = field(default_factory=dict)  # em, strong, s, hardbreak
    code: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)  # target, words
    images: list[tuple[str, str]] = field(default_factory=list)  # source, alternative text


class Side:
    """A source or a target. `raw` is as it came, `text` is composed (NFC), line ends `\\n`."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = unicodedata.normalize("NFC", LINE_END.sub("\n", clean(raw)))

    @cached_property
    def tokens(self) -> Sequence[Any]:
        return PARSER.parse(self.text)

    @cached_property
    def _read(self) -> tuple[list[Piece], Marks]:
        pieces: list[Piece] = []
        marks = Marks()
        opened: list[str] = []
        for token in self.tokens:
            if token.nesting == 1:
                opened.append(token.type.removesuffix("_open"))
                if token.type == "container_block_open" and token.meta["title"]:
                    pieces.append(Piece("title", token.meta["title"]))
            elif token.nesting == -1:
                opened.pop()
            elif token.type == "front_matter":
                pieces += [Piece("front-matter", text) for text in _values(token.content)]
            elif token.type == "inline":
                within = next((each for each in reversed(opened) if each != "paragraph"), "")
                before = len(marks.images)
                pieces.append(Piece(within, "".join(_inline(token.children, marks))))
                pieces += [Piece("picture", alt) for _, alt in marks.images[before:]]
        return pieces, marks

    @property
    def pieces(self) -> list[Piece]:
        return self._read[0]

    @property
    def marks(self) -> Marks:
        return self._read[1]

    @cached_property
    def visible(self) -> str:
        """All visible words; a line for each block."""
        return "\n".join(piece.text for piece in self.pieces)

    @cached_property
    def front_matter(self) -> str | None:
        first = next(iter(self.tokens), None)
        return first.content if first is not None and first.type == "front_matter" else None


def _values(content: str) -> Iterator[str]:
    for path, node, _ in scalars(compose(content)):
        if is_translatable(path):
            yield str(node.value)


def _inline(children: Sequence[Any], marks: Marks) -> Iterator[str]:
    """The words of inline tokens; the marks are counted on the way."""
    link: list[str] | None = None
    target = ""
    for token in children:
        words = ""
        if token.type == "text":
            words = token.content
        elif token.type == "code_inline":
            marks.code.append(token.content)
            words = "\ufffc"
        elif token.type == "softbreak":
            words = "\n"
        elif token.type == "hardbreak":
            marks.counts["hardbreak"] = marks.counts.get("hardbreak", 0) + 1
            words = "\n"
        elif token.type == "image":
            marks.images.append((token.attrs["src"], token.content))
            if link is not None:
                link.append(token.content)
            words = ""
        elif token.type in ("em_open", "strong_open", "s_open"):
            name = token.type.removesuffix("_open")
            marks.counts[name] = marks.counts.get(name, 0) + 1
        elif token.type == "link_open":
            link, target = [], token.attrs["href"]
        elif token.type == "link_close":
            marks.links.append((target, "".join(link or [])))
            link = None
        if link is not None and words:
            link.append(words)
        if words:
            yield words
