"""Whether the whole text is there: nothing empty, nothing left in English, no half missing."""

import re
from collections.abc import Iterator
from itertools import pairwise

from edu.checks.finding import Finding, advises, blocks
from edu.checks.letters import word_list, words
from edu.checks.placeholders import bare
from edu.checks.ratios import Ratios
from edu.checks.reading import Side
from edu.lessons.words import N_

_EMPTY = N_("There is no translation yet.")
_UNCHANGED = N_("The translation is still the source, word for word.")
_PART = N_("Part of the source stands untranslated: “%(found)s”.")
_SEEMS_ENGLISH = N_("This seems to be English, though in other words than the source.")
_MISSING_PIECE = N_("A part is empty that has words in the source: “%(found)s”.")
_FEWER_PIECES = N_("A part that the source has is missing here.")
_TWICE = N_("The same sentence stands here twice: “%(found)s”.")
_EDGES = N_("There are spaces or empty lines at the beginning or the end. Take them out.")
_SHORT = N_(
    "The translation is much shorter than usual (%(ratio)s of the source). Is a part missing?"
)
_LONG = N_("The translation is much longer than usual (%(ratio)s of the source). Is it all needed?")
_SENTENCES = N_(
    "The source has %(source)s sentences, the translation %(target)s. Is a part missing?"
)

#: Words that only English has: two of them in a row of words are no name.
_FUNCTION = frozenset(
    word_list(
        "the of and is are was were be been to in on at for with from that this these those "
        "it you your we our they their he she his her my i who what when where how why not do "
        "does did can may will would should have has had if or but as by an about after "
        "before because please then down up out"
    )
)
#: English words that are neither names nor the same in other languages, though alone.
_ALONE = frozenset(
    word_list(
        "yes never always often sometimes rarely agree disagree strongly someone nobody everyone "
        "neighbour friend friends health wellbeing feelings strengths listening speaking learn "
        "lesson lessons answer answers thank thanks welcome please there today tomorrow worker "
        "community recovery resilience carer shame anger sadness worry time word words work "
        "people story stories sleep food name place beginning before after later family families "
        "school something anything everything nothing"
    )
)
#: Words of English that are none in the other languages of this house.
_ENGLISH_ONLY = frozenset(
    word_list(
        "the and of are was with that this you your they what how from have not their would "
        "she please who which could should because about"
    )
)
#: Languages close to English: whole sentences may be the same.
NEAR = {"en", "sco", "pcm", "wes"}
_NOT_PIDGIN = frozenset(word_list("is are was were has have had does did their those these of it"))
_SENTENCE = re.compile(r"[.!?…。।॥۔؟෴።]+[\"”’»)*_]*(?=\s|$)|[.!?؟۔।][\"”’»)]*$")


def _plain(text: str) -> str:
    return " ".join(bare(text, " ").split())


def _weighed(text: str) -> str:
    """The text with every address and placeholder as long as a word."""
    return " ".join(bare(text, "xxxxxx").split())


def check_empty(source: Side, target: Side) -> Iterator[Finding]:
    if source.raw.strip() and not re.search(r"\w", target.text) and re.search(r"\w", source.text):
        yield blocks("empty", _EMPTY)


def check_unchanged(source: Side, target: Side, base: str, source_base: str) -> Iterator[Finding]:
    if base == source_base or base == "en":
        return
    ours, theirs = _plain(source.visible), _plain(target.visible)
    if ours.casefold() == theirs.casefold() or (
        words(ours.casefold()) == words(theirs.casefold()) != []
    ):
        if _is_english(ours, base):
            yield blocks("unchanged", _UNCHANGED)
    elif found := _left_over(ours, theirs, base) or _left_piece(source, target, base):
        yield blocks("untranslated", _PART, found=found)
    elif source_base == "en":
        yield from check_english(target, base)


def check_english(target: Side, base: str) -> Iterator[Finding]:
    """Advice where words of another language seem to be English ones."""
    if base not in NEAR and _seems_english(_plain(target.visible)):
        yield advises("untranslated", _SEEMS_ENGLISH)


def _seems_english(text: str) -> bool:
    found = [word for word in words(text.lower()) if word in _ENGLISH_ONLY]
    return len(set(found)) >= 2 and len(found) * 5 >= len(words(text))


def _left_piece(source: Side, target: Side, base: str) -> str:
    """A whole item, cell or paragraph that stands as in the source, or ""."""
    if base in NEAR or len(source.pieces) != len(target.pieces):
        return ""
    for mine, other in zip(source.pieces, target.pieces, strict=True):
        text = _plain(mine.text)
        if text.casefold() == _plain(other.text).casefold() and _is_english(text, base):
            return text
    return ""


def _is_english(text: str, base: str) -> bool:
    """Whether a text that stayed the same ought not to."""
    all_words = words(text)
    lower = [word.lower() for word in all_words]
    if base in NEAR:
        return len(lower) > 4 and len(_NOT_PIDGIN.intersection(lower)) >= 2
    if len(lower) == 1:
        return lower[0] in _ALONE
    if _FUNCTION.intersection(lower):
        return True
    inner = [
        word for word in all_words[1:] if word[:1].islower() and word.isalpha() and len(word) > 2
    ]
    return bool(inner) or bool(_ALONE.intersection(lower))


def _left_over(ours: str, theirs: str, base: str) -> str:
    """A run of the source's words that stands in the translation as well, or ""."""
    if base in NEAR:
        return ""
    mine, other = words(ours), words(theirs)
    known = {tuple(word.lower() for word in mine[i : i + 3]) for i in range(len(mine) - 2)}
    for index in range(len(other) - 2):
        run = other[index : index + 3]
        lower = tuple(word.lower() for word in run)
        plain = sum(word[0].islower() for word in run) >= 2
        if plain and lower in known and any(word in _FUNCTION for word in lower):
            return " ".join(run)
    pairs = set(pairwise(mine))
    for first, second in pairwise(other):
        plain = first.islower() and second.islower()
        if plain and (first, second) in pairs and {first, second} & _ENGLISH_ONLY:
            return f"{first} {second}"
    return ""


def check_length(source: Side, target: Side, ratios: Ratios) -> Iterator[Finding]:
    """Advice when a text, or a block of it, is far shorter or longer than translations of its
    length are."""
    findings = list(_length(source.visible, target.visible, ratios))
    ours, theirs = source.pieces, target.pieces
    if not findings and len(ours) == len(theirs) > 1:
        for mine, other in zip(ours, theirs, strict=True):
            findings += _length(mine.text, other.text, ratios)
    yield from findings[:1]


def _length(source: str, target: str, ratios: Ratios) -> Iterator[Finding]:
    ours, theirs = _weighed(source), _weighed(target)
    if not ours or not theirs or ours == theirs:
        return
    sentence = _SENTENCE.search(ours) is not None
    low, high = ratios.bounds(len(ours), loose=not sentence)
    ratio = len(theirs) / len(ours)
    shown = f"{round(ratio * 100)} %"
    if ratio < low:
        yield advises("length", _SHORT, ratio=shown)
    elif ratio > high and len(theirs) - len(ours) > 12:
        yield advises("length", _LONG, ratio=shown)
    else:
        before, after = (max(1, len(_SENTENCE.findall(text))) for text in (source, target))
        if before >= 2 and after <= before / 2 and ratio < 0.72 * (low * high) ** 0.5:
            yield advises("length", _SENTENCES, source=str(before), target=str(after))


def check_pieces(source: Side, target: Side) -> Iterator[Finding]:
    """Nothing inside is empty, nothing stands twice, and the edges are clean."""
    yield from _empty_pieces(source, target)
    said = [each.strip().casefold() for each in _SENTENCE.split(target.visible)]
    twice = next((each for each in said if said.count(each) > 1 and len(each.split()) > 3), "")
    meant = [each.strip().casefold() for each in _SENTENCE.split(source.visible)]
    if twice and len(meant) == len(set(meant)):
        yield advises("double-word", _TWICE, found=twice)
    if target.raw.strip() and _edges(target.raw) and not _edges(source.raw):
        yield advises("edges", _EDGES)


def _empty_pieces(source: Side, target: Side) -> Iterator[Finding]:
    ours, theirs = (
        [re.search(r"\w", piece.text) is not None for piece in side.pieces if piece.text]
        if len(source.pieces) != len(target.pieces)
        else [re.search(r"\w", piece.text) is not None for piece in side.pieces]
        for side in (source, target)
    )
    if any(piece.within == "picture" for piece in source.pieces):
        return
    if len(theirs) < len(ours):
        yield blocks("empty", _FEWER_PIECES)
    elif len(theirs) == len(ours):
        lost = [place for place, full in enumerate(ours) if full and not theirs[place]]
        if lost and len(source.pieces) == len(target.pieces):
            yield blocks("empty", _MISSING_PIECE, found=source.pieces[lost[0]].text)


def _edges(text: str) -> bool:
    """Whether white space stands before or behind; one line end may."""
    text = text.removesuffix("\n")
    return text != text.strip()
