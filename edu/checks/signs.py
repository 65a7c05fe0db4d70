"""Signs that nobody sees: bidi controls, zero-width and control characters, lost joiners, NFC."""

import re
import unicodedata
from collections.abc import Iterator

from edu.checks.finding import Finding, advises, blocks, listed
from edu.checks.reading import Side
from edu.lessons.words import N_

_OVERRIDE = N_("A hidden sign turns the direction of the text (%(found)s). Take it out.")
_ISOLATE = N_("A hidden sign for the direction (%(found)s) stands here. The page sets it itself.")
_UNBALANCED = N_("A hidden sign for the direction is opened and not closed (%(found)s).")
_MARK = N_("A hidden mark for the direction (%(found)s) stands here. It is rarely needed.")
_ZERO_WIDTH = N_("A space of no width stands in the text (%(found)s). Take it out.")
_CONTROL = N_("A sign that cannot be shown stands in the text (%(found)s). Take it out.")
_JOINER = N_("A joiner stands where it joins nothing (%(found)s). Take it out.")
_LOST_JOINER = N_("A joiner is missing in %(found)s. Type the joined letter again.")
_NFC = N_("Some letters are put together from parts (%(found)s). Save the text in the form NFC.")
_KASHIDA = N_("A letter is made longer with a drawn line (%(found)s). Take the line out.")
_NBSP = N_("A space that does not break stands between ordinary words: %(found)s.")
_ODD = N_("An unusual space stands in the text (%(found)s). Type an ordinary one.")
_SHY = N_("A hidden hyphen stands in %(found)s. Take it out; the page divides words itself.")

_FORBIDDEN = re.compile("[\u202a-\u202e]")
_ISOLATES = re.compile("[\u2066-\u2069]")
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u061c]")
_ZERO = re.compile("[\u200b\u2060\ufeff\u180e\u2061-\u2064\u00ad\u115f\u1160\u3164\uffa0]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufff9-\ufffb\ufffd\ufdd0-\ufdef\ufffe\uffff"
    "\u2028\u2029\ud800-\udfff\u206a-\u206f]|[\U000e0000-\U000e007f]"
)
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+")
_ODD_SPACES = re.compile("[\u1680\u2000-\u2008\u200a\u205f\u3000\t]")
_JOINERS = re.compile("[\u200c\u200d]")
_KASHIDAS = re.compile(
    "(?<=[\u0620-\u064a\u066e-\u06d3\u064b-\u0652])\u0640+(?=[\u0620-\u064a\u066e-\u06d3])"
)
_BETWEEN_WORDS = re.compile(r"([^\W\d_]{4,})[\u00a0\u202f]([^\W\d_]{4,})")
# Consonants before which, with ra or ya, Sinhala writes a joined sign. Others, as in
# දුම්රිය, stand at the seam of two words and are not joined.
_SINHALA_RA = re.compile("[කඛගඝටඩතථදධපඵබභශව]\u0dca\u0dbb")
_SINHALA_YA = re.compile(
    "[ඛඝඡජඣටඨඩඪණථදධභෂශ]\u0dca\u0dba"
    "|(?<![\u0d80-\u0dff])[කතනවමසල]\u0dca\u0dba[\u0dcf-\u0ddf\u0dba\u0dc0]"
    "|[කතව]\u0dca\u0dba(?=[\u0dcf\u0dd0\u0dd1]|ය)"
)


def _names(found: list[str]) -> str:
    return listed(sorted({f"U+{ord(sign):04X}" for sign in found}))


def check_bidi(source: Side, target: Side) -> Iterator[Finding]:
    if found := _FORBIDDEN.findall(target.raw):
        yield blocks("bidi", _OVERRIDE, found=_names(found))
    isolates = _ISOLATES.findall(target.raw)
    if isolates:
        opened = sum(sign != "\u2069" for sign in isolates)
        unbalanced = opened * 2 != len(isolates) or _closes_first(isolates)
        message = _UNBALANCED if unbalanced else _ISOLATE
        yield blocks("bidi", message, found=_names(isolates))
    marks = _DIRECTION_MARKS.findall(target.raw)
    if len(marks) > len(_DIRECTION_MARKS.findall(source.raw)):
        yield advises("bidi-mark", _MARK, found=_names(marks))


def _closes_first(isolates: list[str]) -> bool:
    depth = 0
    for sign in isolates:
        depth += -1 if sign == "\u2069" else 1
        if depth < 0:
            return True
    return depth != 0


def check_invisible(source: Side, target: Side) -> Iterator[Finding]:
    raw = target.raw
    if shy := re.findall(r"\w*\u00ad\w*", raw):
        if "\u00ad" not in source.raw:
            yield advises(
                "invisible", _SHY, found=listed([word.replace("\u00ad", "-") for word in shy])
            )
        raw = raw.replace("\u00ad", "")
    if found := _ZERO.findall(raw):
        yield blocks("invisible", _ZERO_WIDTH, found=_names(found))
    if found := _controls(source.raw, raw):
        yield blocks("control", _CONTROL, found=_names(found))
    stray = [match[0] for match in _JOINERS.finditer(raw) if not _joins(raw, match.start())]
    if stray:
        yield advises("joiners", _JOINER, found=_names(stray))


def _controls(source: str, target: str) -> list[str]:
    """Signs that cannot be shown; a flag of a part of a country is made with some of them."""
    flagless = _FLAG.sub("", target)
    return [sign for sign in _CONTROLS.findall(flagless) if sign not in source]


def _joins(text: str, place: int) -> bool:
    """Whether a joiner stands behind a letter or mark of a script that has joiners, or an emoji."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if not before:
        return False
    if ord(before) >= 0x2190 and unicodedata.category(before) in ("So", "Sk", "Mn"):
        return bool(after)
    joined = ord(before) >= 0x0600 and unicodedata.category(before)[0] in "LM"
    follows = after and unicodedata.category(after)[0] in "LM"
    return joined and bool(follows or ord(before) in (0x094D, 0x09CD, 0x0DCA, 0x0D4D, 0x0BCD))


def check_lost_joiners(target: Side, base: str) -> Iterator[Finding]:
    if base != "si" and not re.search("[\u0d80-\u0dff]", target.text):
        return
    found = [match[0] for match in _SINHALA_RA.finditer(target.text)]
    found += [match[0] for match in _SINHALA_YA.finditer(target.text)]
    if found:
        yield blocks("joiners", _LOST_JOINER, found=listed(sorted(set(found))))


def check_composition(target: Side) -> Iterator[Finding]:
    """Only letters put together from parts: how marks are ordered, and the few letters that NFC
    takes apart, nobody can see or type otherwise."""
    if unicodedata.is_normalized("NFC", target.raw):
        return
    words = [
        word
        for word in target.raw.split()
        if len(composed := unicodedata.normalize("NFC", word)) < len(word)
        or (len(composed) == len(word) and sorted(composed) != sorted(word))
    ]
    if words:
        yield blocks("nfc", _NFC, found=listed(words))


def check_kashida(source: Side, target: Side) -> Iterator[Finding]:
    if _KASHIDAS.search(target.text) and not _KASHIDAS.search(source.text):
        found = [word for word in target.text.split() if _KASHIDAS.search(word)]
        yield advises("kashida", _KASHIDA, found=listed(found))


def check_hard_spaces(source: Side, target: Side, base: str) -> Iterator[Finding]:
    odd = _ODD_SPACES.findall(target.visible)
    if odd and not _ODD_SPACES.search(source.visible) and base not in ("zh", "ja"):
        yield advises("hard-space", _ODD, found=_names(odd))
    if base == "fr" or _BETWEEN_WORDS.search(source.text):
        return
    found = [match[0] for match in _BETWEEN_WORDS.finditer(target.text)]
    if found:
        yield advises("hard-space", _NBSP, found=listed(found))
