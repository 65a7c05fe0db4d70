"""A text as a reader meets it: its words, the signs between them, and where its links lead.

How a text is written down does not matter here: curly or straight quotation marks, the kind of
dash, `*` or `_` for emphasis, white space. Two texts that are the same here read the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from edu.lessons.markdown import PARSER
from edu.segments.segment import fold

#: Stands for an address that a reader sees written out.
ADDRESS = "\ufffc"
#: An address written out in a text; a full stop behind it ends the sentence.
BARE = r"(?:https?://|www\.)[^\s<>()\[\]\"'*`]*[^\s<>()\[\]\"'*`.,;:!?_]"

_BARE = re.compile(BARE, re.IGNORECASE)
_QUOTES = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2039\u203a", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2212", "-"),
        # Full stops of other scripts, and a louder one.
        **dict.fromkeys("!\u0964\u06d4\u3002", "."),
        "\u060c": ",",
        "\u061b": ";",
        "\u061f": "?",
    }
)
_LONG_DASH = re.compile("[\u2012-\u2015]|-{2,3}")
# From one to another, written with a short dash or a hyphen.
_TIGHT = re.compile("(?<=\\w)[\u2012\u2013](?=\\w)|(?<=\\d)[\u2014\u2015](?=\\d)")
_SPACED = re.compile(r"(?:(?<=\s)|^)-(?=\s)")
_DOTS = re.compile(r"\.{3}")
_JOINERS = "\u200c\u200d"
#: Signs that say something by themselves, as a word does.
_TELLING = frozenset("%&@#/\\*_{}[]§†‡‰")
_EMPHASIS = {"em_open": "em", "strong_open": "strong", "s_open": "struck"}
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)+")
_CONTRACTION = re.compile(r"(?<=\w)'(?=\w)")


@dataclass(frozen=True)
class Word:
    """A word, and how it stands out: emphasis, code, or the link that it is part of."""

    text: str
    style: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        return self.text[:1].isdecimal()

    @property
    def in_link(self) -> bool:
        return any(name.startswith(("link", "image")) for name in self.style)


@dataclass(frozen=True)
class Wording:
    """Words, and the signs around them: `gaps[i]` stands before `words[i]`, the last at the end.

    `addresses` are those of links, pictures and written-out addresses, in their order.
    """

    words: tuple[Word, ...]
    gaps: tuple[str, ...]
    addresses: tuple[str, ...]

    def opens_sentence(self, index: int) -> bool:
        """Whether a word is the first of a sentence, of the text or of what somebody says."""
        return index == 0 or any(sign in ".?…:\"'" for sign in self.gaps[index])


@lru_cache(maxsize=4096)
def wording(text: str) -> Wording:
    """Read a segment's text."""
    words: list[Word] = []
    gaps: list[str] = [""]
    addresses: list[str] = []
    for piece, style in _pieces(unicodedata.normalize("NFC", fold(text)), addresses):
        for kind, token in _tokens(piece) if "code" not in style else [("word", piece)]:
            if kind == "word":
                words.append(Word(token, style))
                gaps.append("")
            else:
                gaps[-1] += token
    return Wording(tuple(words), tuple(gaps), tuple(addresses))


def _pieces(text: str, addresses: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The stretches of a text with how each stands out; addresses go into the list."""
    open_styles: list[str] = []
    for token in PARSER.parseInline(text)[0].children or []:
        if token.type in _EMPHASIS:
            open_styles.append(_EMPHASIS[token.type])
        elif token.type == "link_open":
            if token.markup != "autolink":
                addresses.append(str(token.attrs["href"]))
            open_styles.append(f"link{len(addresses)}")
            if title := token.attrs.get("title"):
                yield from _written_out(str(title), (*sorted(open_styles), "title"), addresses)
        elif token.nesting == -1:
            open_styles.pop()
        elif token.type == "image":
            yield from _picture(token, open_styles, addresses)
        elif token.type == "code_inline":
            yield token.content, (*sorted(open_styles), "code")
        elif token.type in ("softbreak", "hardbreak"):
            yield " ", ()
        else:
            yield from _written_out(token.content, tuple(sorted(open_styles)), addresses)


def _picture(
    token: Any, open_styles: list[str], addresses: list[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    addresses.append(str(token.attrs["src"]))
    style = (*sorted(open_styles), f"image{len(addresses)}")
    # A picture without words is still something that stands here.
    yield from _written_out(token.content or ADDRESS, style, addresses)


def _written_out(
    text: str, style: tuple[str, ...], addresses: list[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    end = 0
    for found in _BARE.finditer(text):
        yield text[end : found.start()], style
        addresses.append(found[0])
        yield ADDRESS, style
        end = found.end()
    yield text[end:], style


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Words and signs; white space is neither."""
    text = _LONG_DASH.sub("\u2014", _TIGHT.sub("-", text.translate(_QUOTES)))
    text = _DOTS.sub("\u2026", _SPACED.sub("\u2014", text))
    end = 0
    for kind, found in groupby(_with_inner_signs(text), lambda each: each[0]):
        signs = "".join(sign for _, sign in found)
        end += len(signs)
        if kind in ("word", "number"):
            yield "word", signs
        elif kind == "telling":
            yield from (("word", sign) for sign in signs)
        elif kind == "sign":
            # Which kind of quotation mark stands outside is the house's choice.
            yield "sign", signs.replace("'", '"')


def _with_inner_signs(text: str) -> Iterator[tuple[str, str]]:
    """Each character with its kind; those inside a number or a contraction belong to it."""
    inner = {place: "word" for found in _CONTRACTION.finditer(text) for place in [found.start()]}
    for found in _NUMBER.finditer(text):
        inner |= dict.fromkeys(range(*found.span()), "number")
    previous = ""
    for place, sign in enumerate(text):
        kind = inner.get(place) or _kind(sign)
        if kind == "mark":
            # A vowel sign or a tone mark belongs to what it stands on.
            kind = previous if previous in ("word", "number") else "word"
        yield kind, sign
        previous = kind


@lru_cache(maxsize=4096)
def _kind(sign: str) -> str:
    if sign.isspace():
        return "space"
    category = unicodedata.category(sign)
    if category[0] == "M" or sign in _JOINERS:
        return "mark"
    if category[0] == "L":
        return "word"
    if category[0] == "N":
        return "number"
    if category[0] == "S" or sign in _TELLING or sign == ADDRESS:
        return "telling"
    # Marks of direction and other signs that nobody sees.
    return "space" if category == "Cf" else "sign"
