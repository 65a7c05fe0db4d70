"""A community's own words: terms that a translation should use, and words that it should not.

A word is found by its surface forms. Its ends are where letters, marks and joiners end, in any
script; upper and lower case are the same, tone marks never are: `wèrè` is not `were`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from edu.checks.finding import ADVISES, BLOCKS, Finding, advises
from edu.checks.letters import END, INSIDE, START
from edu.checks.reading import Side
from edu.lessons.words import N_

_MISSING = N_("The glossary says “%(term)s” for “%(source)s”. It was not found here.")
_AVOID = N_("This place avoids “%(found)s”. %(reason)s")
_AVOID_SAY = N_("This place avoids “%(found)s”. %(reason)s Say: %(replacement)s")

#: Quoted words are shown, not said.
QUOTED = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”|‘[^’\n]*’|«[^»\n]*»|„[^“”\n]*[“”]|”[^”\n]*”|‹[^›\n]*›")
_VOWEL_SIGNS = re.compile("[\u064b-\u0652\u0670\u0640]")


@dataclass(frozen=True)
class Term:
    """A concept and its words.

    `forms` are how the language says it, `source_forms` how the source does. `starts`: a word that
    begins with a form counts too (`पागल` finds `पागलों`). `prefixes` may stand before a form
    (`i`, `izin` before `hlanya`). `blocks`: a found word to avoid must go.
    """

    concept: str
    source_forms: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    starts: bool = False
    avoid: bool = False
    reason: str = ""
    replacement: str = ""
    prefixes: tuple[str, ...] = ()
    blocks: bool = True


@dataclass(frozen=True)
class Hit:
    """A form that was found, and its place in the text that was searched."""

    text: str
    start: int
    end: int
    quoted: bool = field(default=False)


def find(
    text: str, forms: Sequence[str], *, starts: bool = False, prefixes: Sequence[str] = ()
) -> list[Hit]:
    """Every place of the forms in a text. Places are those of the text in the form NFC."""
    text = unicodedata.normalize("NFC", text)
    if not forms or not text:
        return []
    if _VOWEL_SIGNS.search(text):
        # Arabic vowel signs are rarely written, so a word is the same with and without them.
        text = _VOWEL_SIGNS.sub("", text)
    if not _may_hold(text, tuple(forms)):
        return []
    quotes = [match.span() for match in QUOTED.finditer(text)]
    return [
        Hit(
            match[0],
            match.start(),
            match.end(),
            any(start < match.start() and match.end() < end for start, end in quotes),
        )
        for match in _pattern(tuple(forms), starts, tuple(prefixes)).finditer(text)
    ]


def _may_hold(text: str, forms: tuple[str, ...]) -> bool:
    """A quick look that spares most texts the slow one."""
    low = " ".join(text.lower().split())
    return any(form in low for form in _lowered(forms))


@lru_cache(maxsize=4096)
def _lowered(forms: tuple[str, ...]) -> tuple[str, ...]:
    composed = (unicodedata.normalize("NFC", form.lower()) for form in forms if form.strip())
    return tuple(_VOWEL_SIGNS.sub("", " ".join(form.split())) for form in composed)


@lru_cache(maxsize=4096)
def _pattern(forms: tuple[str, ...], starts: bool, prefixes: tuple[str, ...]) -> re.Pattern[str]:
    forms = tuple(unicodedata.normalize("NFC", form) for form in forms if form.strip())
    arabic = any("\u0600" <= letter <= "\u06ff" for form in forms for letter in form)
    if arabic:
        forms = tuple(_VOWEL_SIGNS.sub("", form) for form in forms)
    written = sorted((re.sub(r"\\?\s+", r"\\s+", re.escape(form)) for form in forms), key=len)
    before = "|".join(sorted(map(re.escape, prefixes), key=len, reverse=True))
    if arabic and not prefixes:
        before = "[وف]?(?:[بكل]?ال|لل|[بكل])?|[وف]"
    opening = f"(?:{before})?" if before else ""
    ending = rf"[{INSIDE}]*" if starts else ""
    return re.compile(
        rf"{START}{opening}(?:{'|'.join(reversed(written))}){ending}{END}", re.IGNORECASE
    )


def check_terms(source: Side, target: Side, terms: Sequence[Term]) -> Iterator[Finding]:
    """Glossary terms whose concept the source names, and which are missing here."""
    for term in terms:
        if term.avoid or not term.forms or not term.source_forms:
            continue
        named = find(source.visible, term.source_forms)
        if named and not find(
            target.visible, term.forms, starts=term.starts, prefixes=term.prefixes
        ):
            yield advises("glossary", _MISSING, term=term.forms[0], source=named[0].text)


def check_avoided(target: Side, terms: Sequence[Term]) -> Iterator[Finding]:
    """Words that the community avoids; quoted ones are shown and only advised."""
    for term in terms:
        if not term.avoid:
            continue
        for hit in find(target.visible, term.forms, starts=term.starts, prefixes=term.prefixes):
            template = _AVOID_SAY if term.replacement else _AVOID
            values = {
                "found": hit.text,
                "reason": term.reason,
                "replacement": term.replacement,
            }
            level = BLOCKS if term.blocks and not hit.quoted else ADVISES
            yield Finding("avoid", level, template, values, *place(target, hit.text))
            break


def place(target: Side, words: str) -> tuple[int | None, int | None]:
    """Where the words stand in the target as it came, when they are found there."""
    start = target.raw.find(words)
    return (start, start + len(words)) if start >= 0 else (None, None)
