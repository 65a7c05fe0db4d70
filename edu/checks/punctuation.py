"""How a text ends, and the signs that each language has of its own."""

import re
from collections.abc import Iterator

from edu.checks.finding import Finding, advises, listed
from edu.checks.placeholders import bare
from edu.checks.reading import Side
from edu.checks.scripts import own_script
from edu.lessons.words import N_

_ENDS = {
    "stop": "..。।॥۔෴።։།။｡᙮",
    "question": "?؟？;՞፧",
    "exclamation": "!！՜",
    "colon": ":：፡",
    "ellipsis": "…",
}
_KIND = {sign: kind for kind, signs in _ENDS.items() for sign in signs}
_CLOSING = "\"'”“„’‘»«›‹)]}*_~` \t\n\u00a0\u202f\u200f\u200e"
_MISSING = {
    "stop": N_("The source ends with a full stop, the translation does not."),
    "question": N_("The source ends with a question mark, the translation does not."),
    "exclamation": N_("The source ends with an exclamation mark, the translation does not."),
    "colon": N_("The source ends with a colon, the translation does not."),
    "ellipsis": N_("The source ends with three dots, the translation does not."),
}
_NEW = {
    "stop": N_("The translation ends with a full stop, the source does not."),
    "question": N_("The translation ends with a question mark, the source does not."),
    "exclamation": N_("The translation ends with an exclamation mark, the source does not."),
    "colon": N_("The translation ends with a colon, the source does not."),
    "ellipsis": N_("The translation ends with three dots, the source does not."),
}
_QUESTIONS = N_("The source has %(source)s × a question mark, the translation %(target)s.")
_OWN = N_("This language writes %(own)s, not %(found)s.")
_OPENING = N_("A question or exclamation needs its opening sign %(sign)s.")
_CLOSING_SIGN = N_("The opening sign %(sign)s has no end.")
_FRENCH = N_("French puts a narrow space here: %(found)s.")
_FRENCH_NARROW = N_("The space here should be one that does not break: %(found)s.")
_PIPE = N_("A | stands where a danda (।) is meant.")
_STOPS = N_("Several signs stand one after another: %(found)s.")
_SPACE_BEFORE = N_("A space stands before %(found)s.")
_SPACE_AFTER = N_("A space is missing after the sign in %(found)s.")

#: Scripts whose readers do not write a full stop at the end of a sentence.
_NO_STOPS = {"THAI", "LAO", "KHMER", "MYANMAR"}
_DANDA = {"hi", "ne", "bn", "pa", "as", "or", "mai", "bho"}
_ARABIC_SIGNS = {"ar", "ur", "fa", "ps", "sd", "ckb", "ug"}
_FRENCH_TIGHT = re.compile(
    r"[^\s\u00a0\u202f?!:;«»(“\"'’\ufffc.…*]+[?!;:»](?=[\s\u00a0\u202f»\"”)*]|$)|«[^\s\u00a0\u202f]+"
)
_FRENCH_PLAIN = re.compile(r"\S+ [?!;:»](?=\s|$)|« \S+")


def check_ends(source: Side, target: Side, tag: str) -> Iterator[Finding]:
    """Each block ends as its source does; a sentence keeps being a question."""
    if own_script(tag) in _NO_STOPS:
        return
    ours, theirs = (
        [piece for piece in side.pieces if piece.within != "picture" and piece.text.strip()]
        for side in (source, target)
    )
    texts = [(mine.text, other.text) for mine, other in zip(ours, theirs, strict=False)]
    if len(ours) != len(theirs):
        texts = [(source.visible, target.visible)]
    said: set[str] = set()
    for mine, other in texts:
        for finding in _end_of(mine, other):
            if finding.template not in said:
                said.add(finding.template)
                yield finding


def _end_of(source: str, target: str) -> Iterator[Finding]:
    if not source.strip() or not target.strip():
        return
    ours, theirs = _ending(source), _ending(target)
    if "stop" in ours | theirs and (_SHORTENED.search(source) or _SHORTENED.search(target)):
        return
    if ours & theirs or (not ours and not theirs) or _in_quotes(source, target, ours, theirs):
        return
    if ours:
        kind = next(
            kind
            for kind in ("question", "exclamation", "ellipsis", "colon", "stop")
            if kind in ours
        )
        yield advises(f"end-{kind}", _MISSING[kind])
    else:
        new = min(theirs)
        yield advises(f"end-{new}", _NEW[new])


def _ending(text: str) -> set[str]:
    """The kinds of the signs in the last run of signs of a text."""
    kinds: set[str] = set()
    text = text.rstrip()
    end = len(text)
    while end and (text[end - 1] in _KIND or text[end - 1] in _CLOSING):
        if kind := _KIND.get(text[end - 1]):
            kinds.add(kind)
        end -= 1
    if re.search(r"(?:\.\s?){3,}$|…\.?$", text.rstrip(_CLOSING)):
        return {"ellipsis"}
    if "question" in kinds or "exclamation" in kinds or "ellipsis" in kinds:
        kinds.discard("stop")
    return kinds


# `etc.`, `p.m.`, `n.k.`: their stop is their own.
_SHORTENED = re.compile(
    r"(?:\b\w{1,2}\.\s?\w{1,3}|\b(?:etc|osv|usw|mm|approx|min|Dr|Mrs?|Ms|No|Sr|Jr|St|vs|pp?))\.\W*$"
)
_LAST_QUOTED = re.compile(r"[.!?…؟][\"”»]\W*$")


def _in_quotes(source: str, target: str, ours: set[str], theirs: set[str]) -> bool:
    """What somebody said last may stand earlier in another language, or be asked, not told."""
    if not _LAST_QUOTED.search(source) or not theirs:
        return False
    signs = [sign for kind in ours for sign in _ENDS[kind]]
    return "stop" in ours or any(sign in target for sign in signs)


def check_questions(source: Side, target: Side) -> Iterator[Finding]:
    """A question inside the text that became a statement."""
    ours, theirs = (
        len(re.findall(r"[?؟？](?![\w=&])", bare(side.visible))) for side in (source, target)
    )
    if ours > 0 and theirs == 0 and "question" not in _ending(source.visible):
        yield advises("questions", _QUESTIONS, source=str(ours), target=str(theirs))


def check_own_signs(
    source: Side, target: Side, base: str, *, french: str = "any"
) -> Iterator[Finding]:
    """`french`: "any" space before two-part signs will do, "narrow" wants one that does not
    break, "" asks for none."""
    text = bare(target.visible)
    yield from _letters_signs(text, base)
    if base == "es":
        yield from _spanish(text)
    if base == "fr" and french:
        if found := _FRENCH_TIGHT.findall(text):
            yield advises("french-space", _FRENCH, found=listed(found))
        elif french == "narrow" and (found := _FRENCH_PLAIN.findall(text)):
            yield advises("french-space", _FRENCH_NARROW, found=listed(found))


def _spanish(text: str) -> Iterator[Finding]:
    """Questions and exclamations open with a sign of their own; `¿…!` and `¡…?` are mixed."""
    if "?!" in text or "!?" in text or re.search(r"¡[^!?]*\?|¿[^!?]*!", text):
        return
    for opening, closing in ("¿?", "¡!"):
        openings = len(re.findall(rf"\{opening}+", text))
        closings = len(re.findall(rf"\{closing}+", text))
        if closings > openings:
            yield advises("opening-sign", _OPENING, sign=opening)
        elif closings < openings:
            yield advises("opening-sign", _CLOSING_SIGN, sign=opening)


def _letters_signs(text: str, base: str) -> Iterator[Finding]:
    if base in _ARABIC_SIGNS:
        for wrong, own in (("?", "؟"), (",", "،"), (";", "؛")):
            if re.search(rf"[\u0620-\u06d3\u064b-\u0652][\s\u00a0\"”»)]*\{wrong}(?!\w)", text):
                yield advises("own-sign", _OWN, own=own, found=wrong)
    if base == "ur" and re.search(r"[\u0620-\u06d3][\s\"”»]*\.(?=\s|$|[\"”»*])", text):
        yield advises("own-sign", _OWN, own="۔", found=".")
    if base in _DANDA:
        if re.search(r"[\u0900-\u0d7f][\s\"”]*\|+(?=\s|$)", text):
            yield advises("own-sign", _PIPE)
        elif re.search(r"[\u0900-\u0dff][\"”’)*]*\.[\"”’)*\s]*$", text):
            yield advises("own-sign", _OWN, own="।", found=".")


def check_signs_in_a_row(source: Side, target: Side, base: str) -> Iterator[Finding]:
    """`..`, `,,`, `।।` and a space before a comma or stop."""
    text, ours = bare(target.visible), bare(source.visible)
    found = re.findall(r"(?<!\.)\.\.(?!\.)|,,+|،،+|।।+|۔۔+|;;+|::+(?!:)|,[.।۔]|\?\.(?!\w)", text)
    found = [each for each in found if each not in ours and not (each == "?." and base == "es")]
    if found and not re.search(r"[”»\"]", text[-3:]):
        yield advises("signs", _STOPS, found=listed(found))
    spaced = re.findall(r"(?<=\w) +([,،.।۔;؛?؟!:])(?=\s|$)", text)
    if base == "fr":
        spaced = [each for each in spaced if each in ",."]
    if spaced and not re.search(r"\w +[,.;?!:](?=\s|$)", ours):
        yield advises("signs", _SPACE_BEFORE, found=listed(spaced))
    tight = re.findall(r"[^\W\d_]{2,}[,،;؛।۔؟][^\W\d_]{2,}|[^\W\d_]{3,}[?!][^\W\d_]{2,}", text)
    if tight and not re.search(r"[^\W\d_]{2,}[,;?!][^\W\d_]{2,}", ours):
        yield advises("signs", _SPACE_AFTER, found=listed(tight))
