"""Which words of a text changed, for whoever mends what was made from it.

A vowel sign stays with its letter, and a comma that was put in marks the comma, not the word.
"""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby

from edu.editions.drift.differences import Part

# A word with its marks and inner apostrophes, white space, or one sign of any other kind.
_LETTER = r"[^\W_]"
_PIECES = re.compile(rf"{_LETTER}+(?:['\u2019]{_LETTER}+)*|\s+|.", re.DOTALL)
_JOINERS = "\u200c\u200d"


def three_way(source_then: str, source_now: str) -> tuple[list[Part], list[Part]]:
    """The source as it was when a text was made from it, and as it is now; `new` marks what went
    and what came. The text itself, shown beside them, is the third."""
    left, right = _cut(source_then), _cut(source_now)
    then: list[tuple[str, bool]] = []
    now: list[tuple[str, bool]] = []
    matcher = SequenceMatcher(None, _plain(left), _plain(right), autojunk=False)
    for step, a, b, c, d in matcher.get_opcodes():
        then += [(piece, step != "equal") for piece in left[a:b]]
        now += [(piece, step != "equal") for piece in right[c:d]]
    return _joined(then), _joined(now)


def _cut(text: str) -> list[str]:
    """Words, white space and signs; together they are the text."""
    pieces: list[str] = []
    for found in _PIECES.finditer(text):
        if pieces and _belongs(pieces[-1], found[0]):
            pieces[-1] += found[0]
        else:
            pieces.append(found[0])
    return pieces


def _belongs(before: str, sign: str) -> bool:
    """Whether a sign is a part of the piece before it: a mark on a letter, or what follows one."""
    category = unicodedata.category(sign[0])
    if category[0] == "M" or sign[0] in _JOINERS:
        return not before[-1].isspace()
    # A letter behind a vowel sign goes on with the same word.
    ends_in_mark = unicodedata.category(before[-1])[0] == "M" or before[-1] in _JOINERS
    return ends_in_mark and category[0] in "LN"


def _plain(pieces: Sequence[str]) -> list[str]:
    """White space is white space: a line that is broken elsewhere reads the same."""
    return [" " if piece.isspace() else piece for piece in pieces]


def _joined(pieces: Sequence[tuple[str, bool]]) -> list[Part]:
    """Neighbours of one kind in one part; a space between two changed words belongs to them."""
    spread = [
        (piece, new or (piece.isspace() and _between_new(pieces, place)))
        for place, (piece, new) in enumerate(pieces)
    ]
    return [
        Part("".join(piece for piece, _ in group), new)
        for new, group in groupby(spread, lambda each: each[1])
    ]


def _between_new(pieces: Sequence[tuple[str, bool]], place: int) -> bool:
    around = (*pieces[max(0, place - 1) : place], *pieces[place + 1 : place + 2])
    return len(around) > 1 and all(new for _, new in around)
