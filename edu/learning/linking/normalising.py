"""What somebody wrote for an element as what she meant: letter case, marks, digits of any script.

Pure. Two papers of one person are months apart, perhaps in another hand or keyboard.
"""

import unicodedata

from edu.languages import digits
from edu.learning.linking.elements import Sort

#: So many letters are kept of a name or a place; more would begin to tell who it is.
LETTERS = 2
_MOST = 40
#: Letters with a stroke or hook, which Unicode does not take apart, and Arabic ones that are
#: written either way.
_ALIKE = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
        "ƴ": "y",
        "ə": "e",
        "ɛ": "e",
        "ɔ": "o",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ى": "ي",
        "ة": "ه",
        "ی": "ي",
        "ک": "ك",
        "ٱ": "ا",
        "ـ": "",
    }
)
_UNKNOWN = ("", "?", "؟", "-", "–")


class NotReadable(ValueError):
    """What was typed cannot be an answer of this sort."""


def normal(sort: Sort, typed: str) -> str | None:
    """The answer as it is digested; None for *I don't know* and for nothing. Raises NotReadable."""
    text = typed.strip()
    if text in _UNKNOWN:
        return None
    return _letters(text) if sort is Sort.LETTERS else _number(text, 31 if sort is Sort.DAY else 0)


def _letters(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_ALIKE)
    # Marks above, below and beside: accents, vowel signs, short vowels.
    found = "".join(sign for sign in apart if unicodedata.category(sign)[0] == "L")
    if not found:
        raise NotReadable(text)
    return found[:LETTERS]


def _number(text: str, most: int) -> str:
    plain = digits(text)
    if not (plain.isascii() and plain.isdecimal() and len(plain) < 4):
        raise NotReadable(text)
    number = int(plain)
    if number > (most or _MOST) or (most and number == 0):
        raise NotReadable(text)
    return str(number)
