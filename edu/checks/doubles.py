"""The same word twice in a row: a slip in some languages, grammar in others."""

import re
from collections.abc import Collection, Iterator

from edu.checks.finding import Finding, advises, listed
from edu.checks.letters import INSIDE, word_list
from edu.checks.reading import Side
from edu.lessons.words import N_

_TWICE = N_("The same word stands twice: %(found)s.")

_DOUBLE = re.compile(
    rf"(?<![{INSIDE}'’-])([{INSIDE}]+)[ \n\u00a0]+(\1)(?![{INSIDE}'’-])", re.IGNORECASE
)
_PHRASE = re.compile(
    rf"(?<![{INSIDE}])((?:[{INSIDE}]{{2,}} ){{1,3}}[{INSIDE}]{{2,}}) \1(?![{INSIDE}])",
    re.IGNORECASE,
)

#: Languages in which a doubled word says "each", "very", "slowly" or "again and again".
REDUPLICATING = frozenset(
    word_list(
        "sw sn nd nr zu xh st tn bem ny toi loz tum ki luo ha yo ig pcm wes ff fub fuv "
        "hi ur mr bn pa gu ne ta te kn ml si id ms jv tl am so rw rn lg ln ak ee tw bi tpi mg "
        "mi sm haw th vi my km lo ar fa ps tr zh ja ko bho mai as or sa"
    )
)
#: Words that even there stand once: they only tie other words together.
_TIES = {
    "sw": "ya wa za la cha vya na kwa ni katika kama ili au lakini hii hizi",
    "sn": "uye kuti ne nokuti kana asi mu ye",
    "nd": "ukuthi futhi kodwa ngoba loba kumbe",
    "bem": "ukuti na lelo pantu nangu",
    "ny": "ndi kuti kwa koma kapena chifukwa mu ya za",
    "ha": "da kuma cikin amma don saboda wannan",
    "yo": "àti láti pé tàbí ṣùgbọ́n nítorí fún",
    "ig": "na nke maka mana ọ bụ n'ime",
    "pcm": "the and for to wey but with of",
    "hi": "का की के में को और है हैं ने कि या लेकिन था थी थे हूँ",
    "ur": "کا کی کے میں کو اور ہے ہیں نے کہ یا لیکن",
    "mr": "आणि आहे आहेत की पण किंवा",
    "bn": "এবং যে কিন্তু এই",
    "ta": "மற்றும் ஆனால் என்று என்பது அல்லது",
    "si": "සහ හා නමුත් සඳහා හෝ බව",
    "ar": "في من على إلى أن هذا هذه التي الذي أو ثم عن مع كان إن لا ما",
    "id": "dan yang di ke dari untuk dengan",
}
#: In other languages a double is let pass when it is one of these.
_USUAL = {
    "fr": "nous vous très oui non si peu bien petit doucement vite ha hé",
    "es": "muy sí no casi poco ya bien ja paso luego nada tan que",
    "sv": "så det ja nej ha mycket den att",
    "nb": "så det ja nei ha veldig den at",
    "gd": "beag mòran fad tric mean uair ceum dlùth cò",
    "en": "had that very so no yes bye ha more there is",
}


def _slips(base: str, texts: Collection[str], source: str) -> list[str]:
    ties = frozenset(_TIES.get(base, "").split()) | {"the", "of"}
    usual = frozenset(_USUAL.get(base, "").split())
    found = []
    for text in texts:
        for match in _DOUBLE.finditer(text):
            word = match[1].lower()
            if word.isdigit() or not re.search(r"[^\W\d_]", word):
                continue
            if word in ties or (base not in REDUPLICATING and word not in usual):
                found.append(match[0])
        if base not in REDUPLICATING:
            found += [match[0] for match in _PHRASE.finditer(text)]
    # A name or a call that the source doubles may be doubled here.
    return [each for each in found if each.lower() not in source.lower()]


def check_doubles(
    source: Side, target: Side, base: str, extra: Collection[str] = ()
) -> Iterator[Finding]:
    """`extra`: words that a community doubles."""
    doubled_source = bool(_DOUBLE.search(source.visible))
    ties = [*_TIES.get(base, "").split(), "the", "of"]
    texts = [re.sub(r"(?<=[^\s]) ?\n ?", " ", piece.text) for piece in target.pieces]
    found = [
        each
        for each in _slips(base, texts, source.visible)
        if each.split()[0].lower() not in extra
        and (not doubled_source or each.split()[0].lower() in ties)
    ]
    if found:
        yield advises("double-word", _TWICE, found=listed(found))
