"""Letters of another script: those that look like ours, and those that do not belong here."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from babel.core import get_global

from edu.checks.finding import Finding, advises, blocks, listed
from edu.checks.letters import WORD, script, scripts, word_list
from edu.checks.placeholders import bare
from edu.checks.reading import Side
from edu.checks.terms import QUOTED
from edu.lessons.words import N_

_MIXED = N_("A word mixes letters of two scripts that look alike: %(found)s. Type it again.")
_JOINED = N_("A word joins letters of two scripts: %(found)s. Is this meant?")
_OTHER = N_("These words are in letters that the language does not use: %(found)s.")
_ENGLISH = N_("Some words seem to be still in the source's language: %(found)s.")
_LOOKALIKE = N_("Letters or digits of a special form stand in %(found)s. Type them again.")
_LETTER = N_("In %(found)s stands a letter of a neighbouring language. Type it again.")

_ALIKE = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"}
_NAMES = {
    "Latn": "LATIN", "Arab": "ARABIC", "Deva": "DEVANAGARI", "Taml": "TAMIL", "Sinh": "SINHALA",
    "Cyrl": "CYRILLIC", "Grek": "GREEK", "Hebr": "HEBREW", "Beng": "BENGALI", "Telu": "TELUGU",
    "Knda": "KANNADA", "Mlym": "MALAYALAM", "Gujr": "GUJARATI", "Guru": "GURMUKHI",
    "Ethi": "ETHIOPIC", "Armn": "ARMENIAN", "Geor": "GEORGIAN", "Thai": "THAI", "Orya": "ORIYA",
    "Nkoo": "NKO", "Adlm": "ADLAM", "Mymr": "MYANMAR", "Khmr": "KHMER", "Laoo": "LAO",
}  # fmt: skip
_SPECIAL_FORMS = re.compile(
    "[\uff01-\uff5e\U0001d400-\U0001d7ff\u2460-\u249b\ufb00-\ufb06\ufe70-\ufefc]"
)
_FOREIGN_LETTERS = {
    "ar": re.compile("[\u06cc\u06a9\u06c1\u06be]"),
    "ur": re.compile("[\u064a\u0643]"),
    "yo": re.compile("[şęǫşţ]"),
    "ig": re.compile("[ųįǫęş]"),
}
# A colon for the visarga; two signs where there is one letter.
_LOOSE_PARTS = re.compile(
    "[\u0904-\u0939\u093e-\u094c]:[\u0904-\u0939]|\u0905\u093e|\u0b85\u0bbe|\u0d85[\u0dcf\u0dd0\u0dd1]"
)
_PLAIN_WORD = re.compile(r"(?<![\w@/.{])[a-z]{2,}(?![\w@/}]|\.\w)")
_LOANS = frozenset(
    word_list(
        "email mail online app apps web link chat wifi video pdf internet blog podcast sms ok code "
        "browser server file post"
    )
)
_TITLE_BEFORE = re.compile(r"[A-Z]\w*[ ,]+(?:[a-z]\w* )*$")
_TITLE_AFTER = re.compile(r" (?:[a-z]\w* )*[A-Z]")
_LATIN_RUN = re.compile(r"(?:[A-Za-z][A-Za-z'’-]*[ ,]+){2,}[A-Za-z][A-Za-z'’-]*")


@lru_cache(maxsize=256)
def own_script(tag: str) -> str:
    """The script that texts of a tag are written in; "" when nobody knows."""
    parts = tag.split("-")
    for part in parts[1:]:
        if len(part) == 4 and part.isalpha():
            return _NAMES.get(part.title(), "")
    likely = get_global("likely_subtags")
    region = next((part for part in parts[1:] if len(part) == 2), "")
    usual = likely.get(f"{parts[0]}_{region}") or likely.get(parts[0]) or f"{parts[0]}_Latn"
    return _NAMES.get(usual.split("_")[1], "")


def check_mixed(source: Side, target: Side) -> Iterator[Finding]:
    """Words of letters from several scripts; Cyrillic `а` in a Latin word is the usual case."""
    if target.text.isascii():
        return
    alike, joined = [], []
    for word in WORD.findall(target.visible):
        if word.isascii():
            continue
        for part in re.split(r"['’ʼ-]", word):
            found = scripts(part)
            if len(found) < 2 or part in source.visible:
                continue
            if len(found & _ALIKE) > 1:
                alike.append(word)
            elif not _is_known_stem(part, source.visible):
                joined.append(word)
    if alike:
        yield blocks("mixed-script", _MIXED, found=listed(alike))
    if joined:
        yield advises("mixed-script", _JOINED, found=listed(joined))


def _is_known_stem(word: str, source: str) -> bool:
    """Whether the Latin part stands in the source: `SMSகளை` has an ending on a word from there."""
    latin = re.findall(r"[A-Za-z]+", word)
    return bool(latin) and all(part.lower() in source.lower() for part in latin)


def check_own_script(source: Side, target: Side, tag: str, *, foreign: bool) -> Iterator[Finding]:
    own = own_script(tag)
    here = scripts(target.visible)
    if not own or not here:
        return
    other = here - {own, "LATIN"} - scripts(source.visible)
    if other:
        found = [
            word
            for word in WORD.findall(target.visible)
            if {script(letter) for letter in word} & other and own not in scripts(word)
        ]
        if found:
            yield blocks("script", _OTHER, found=listed(found))
    if own not in here and own != "LATIN" and foreign:
        plain = [word for word in WORD.findall(bare(target.visible, " ")) if word[0].islower()]
        if len(plain) > 1 and target.visible.casefold() != source.visible.casefold():
            yield blocks("script", _OTHER, found=listed(plain))
            return
    if own != "LATIN" and foreign:
        left = _latin_left(source, target)
        if left:
            yield blocks("untranslated", _ENGLISH, found=listed(left))


def _latin_left(source: Side, target: Side) -> list[str]:
    """Runs of Latin words that are no names, and single ones that the source has as plain words."""
    runs = []
    for match in _LATIN_RUN.finditer(_without_addresses(target.visible)):
        lower = [word for word in match[0].replace(",", " ").split() if word[0].islower()]
        if len(lower) >= 2:
            runs.append(match[0])
    known = set(_PLAIN_WORD.findall(_without_addresses(source.visible)))
    found = []
    for match in _PLAIN_WORD.finditer(text := _without_addresses(target.visible)):
        titled = _TITLE_BEFORE.search(text[: match.start()]) or _TITLE_AFTER.match(
            text, match.end()
        )
        if match[0] in known and not titled and match[0] not in _LOANS:
            found.append(match[0])
    return runs or found


def _without_addresses(text: str) -> str:
    """Without addresses, placeholders, and what is quoted or in brackets."""
    text = QUOTED.sub(" ", re.sub(r"\([^()]*\)", " ", text))
    return re.sub(r"\S*(?:://|www\.|@)\S*|%\(\w+\)\w|\{[^}]*\}|</?[^>]*>|&\w+;", " ", text)


def check_forms(source: Side, target: Side, base: str) -> Iterator[Finding]:
    """Letters of a special form, and letters of a neighbour that look the same."""
    special = [
        word
        for word in target.visible.split()
        if _SPECIAL_FORMS.search(word) and word not in source.visible
    ]
    if special:
        yield blocks("confusable", _LOOKALIKE, found=listed(special))
    if found := _LOOSE_PARTS.findall(target.text):
        yield advises("confusable", _LETTER, found=listed(found))
    letters = _FOREIGN_LETTERS.get(base)
    if letters:
        found = [
            word
            for word in WORD.findall(target.visible)
            if letters.search(word) and word not in source.visible
        ]
        if found:
            yield advises("confusable", _LETTER, found=listed(found))
    unusual = [
        word
        for word in WORD.findall(target.visible)
        if any(_is_lookalike(letter) for letter in word) and word not in source.visible
    ]
    if unusual and not special:
        yield advises("confusable", _LOOKALIKE, found=listed(unusual))


@lru_cache(maxsize=4096)
def _is_lookalike(letter: str) -> bool:
    """Latin letters for phonetics and small capitals, which no reader's keyboard has."""
    code = ord(letter)
    if letter.isascii() or letter in "ɓɗƙƴɛɔŋəɣʋɩɨʉ":
        return False
    return 0x1D00 <= code <= 0x1D7F or (
        0x250 <= code <= 0x2AF and unicodedata.category(letter) == "Ll"
    )
