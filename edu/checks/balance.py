"""Quotation marks and brackets that open and close, and spaces that stand twice."""

import re
from collections.abc import Iterator

from edu.checks.finding import Finding, advises, listed
from edu.checks.letters import INSIDE
from edu.checks.placeholders import bare
from edu.checks.reading import Side
from edu.lessons.words import N_

_QUOTES = N_("A quotation mark is opened or closed, but not both.")
_BRACKETS = N_("A bracket is opened or closed, but not both: %(found)s.")
_SPACES = N_("Two spaces stand one after another: %(found)s.")

_QUOTES_LOST = N_("The source quotes somebody's words; here no quotation marks were found.")
_SPEECH = re.compile(r"[\"“][^\"”]*\w\W+\w[^\"”]*[\"”]")
_ANY_SPEECH = re.compile(r"[\"“”„«»‘’‚‹›'「」]|[—–]|(?<!\S)-(?=\s)")
_CURLED = re.compile("[“”„‟]")
_ANGLED = re.compile("[«»]")
_STRAIGHT = re.compile(r'(?<!\d)"(?!(?<=\w")\w)')
_ENUMERATED = re.compile(rf"(?<![{INSIDE}(])(?:\d{{1,3}}|[^\W\d_])\)|[:;]-?[)(]")
_BRACKETS_OF = (("(", ")"), ("[", "]"), ("{", "}"))
_TWO_SPACES = re.compile(r"\S*[ \t\u00a0\u202f]{2,}\S*")


def _quotes_even(text: str) -> bool:
    return not any(len(kind.findall(text)) % 2 for kind in (_CURLED, _ANGLED, _STRAIGHT))


def _brackets_open(text: str) -> list[str]:
    text = text.replace("（", "(").replace("）", ")")
    # `1) … 2) …` closes nothing.
    plain = _ENUMERATED.sub("", text)
    return [
        a + b
        for a, b in _BRACKETS_OF
        if text.count(a) != text.count(b) and plain.count(a) != plain.count(b)
    ]


def check_balance(source: Side, target: Side) -> Iterator[Finding]:
    ours, theirs = bare(source.visible), bare(target.visible)
    if not _quotes_even(theirs) and _quotes_even(ours):
        yield advises("quotes", _QUOTES)
    elif _SPEECH.search(ours) and not _ANY_SPEECH.search(theirs):
        yield advises("quotes", _QUOTES_LOST)
    unbalanced = [each for each in _brackets_open(theirs) if each not in _brackets_open(ours)]
    if unbalanced:
        yield advises("brackets", _BRACKETS, found=listed(unbalanced))


def check_spaces(source: Side, target: Side) -> Iterator[Finding]:
    if any(_TWO_SPACES.search(piece.text.strip()) for piece in source.pieces):
        return
    found = [
        re.sub(r"\s", "␣", match[0])
        for piece in target.pieces
        for match in _TWO_SPACES.finditer(piece.text.strip())
    ]
    if found:
        yield advises("spaces", _SPACES, found=listed(found))
