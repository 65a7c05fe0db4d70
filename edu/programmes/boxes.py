"""Boxes with words for pictures made on the server: SVG knows no lines of text, so they are cut
here, for any script."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

#: How wide a box is, how high a line in it, and what a letter takes at the most, in the units of
#: the picture.
WIDTH, LINE = 150, 17
_LETTER = 7.4
_MOST_LINES = 3


@dataclass(frozen=True)
class Box:
    """Words in a frame: what it is called, and more of it in smaller letters."""

    title: str
    more: str = ""

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each line with its class."""
        titles = [("name", each) for each in cut(self.title, WIDTH - 12)]
        # Smaller letters: more of them fit.
        return titles + [("more", each) for each in cut(self.more, (WIDTH - 12) * 1.15)]

    @property
    def height(self) -> int:
        """How high the frame must be for its words."""
        return len(self.lines) * LINE + 14


def cut(text: str, width: float) -> list[str]:
    """A text in lines that fit; what is too long for three ends in dots."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _wide(joined) <= width:
            lines[-1] = joined
        else:
            lines += _pieces(word, width)
    if len(lines) > _MOST_LINES:
        lines = [
            *lines[: _MOST_LINES - 1],
            _pieces(lines[_MOST_LINES - 1], width - _LETTER)[0] + "…",
        ]
    return lines


def _pieces(word: str, width: float) -> list[str]:
    """A word that is too long goes on in the next line; never between a letter and its marks."""
    pieces = [""]
    for letter in _letters(word):
        if pieces[-1] and _wide(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _letters(word: str) -> list[str]:
    """Each letter with the marks on it, and with what a joiner ties to it."""
    letters: list[str] = []
    for sign in word:
        marks = unicodedata.category(sign) in ("Mn", "Mc", "Me", "Cf")
        if letters and (marks or unicodedata.category(letters[-1][-1]) == "Cf"):
            letters[-1] += sign
        else:
            letters.append(sign)
    return letters


def _wide(text: str) -> float:
    return sum(map(_letter, text))


def _letter(sign: str) -> float:
    kind = unicodedata.category(sign)
    if kind in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return _LETTER * 2
    # The letters of India and Sri Lanka are wide.
    return _LETTER * 1.6 if "\u0900" <= sign <= "\u0dff" else _LETTER


def drawn(box: Box, x: float, y: float, height: float, style: str) -> Markup:
    """A box whose upper left corner is there, its words in the middle."""
    top = y + (height - (len(box.lines) - 1) * LINE) / 2 + 4
    words = Markup("").join(
        Markup('<text class="{}" x="{:.0f}" y="{:.0f}" text-anchor="middle">{}</text>').format(
            kind, x + WIDTH / 2, top + place * LINE, text
        )
        for place, (kind, text) in enumerate(box.lines)
    )
    frame = Markup('<rect class="{}" x="{:.0f}" y="{:.0f}" width="{}" height="{:.0f}" rx="8"/>')
    return frame.format(style, x, y, WIDTH, height) + words


def arrow(start: tuple[float, float], end: tuple[float, float], bends: Sequence[float]) -> Markup:
    """A line with a head at its end. `bends` are the x of both handles of its curve: lines leave
    and reach boxes sideways."""
    (x0, y0), (x1, y1), (b0, b1) = start, end, bends
    back = 8 if b1 > x1 else -8
    return Markup(
        '<path class="way" d="M{x0:.0f} {y0:.0f}C{b0:.0f} {y0:.0f} {b1:.0f} {y1:.0f} {tip:.0f}'
        ' {y1:.0f}"/><path class="head" d="M{x1:.0f} {y1:.0f}l{back} -5v10z"/>'
    ).format(x0=x0, y0=y0, x1=x1, y1=y1, b0=b0, b1=b1, tip=x1 + back, back=back)
