"""Letters, marks and words in any script: what a word is made of, and where it ends.

Python's `\\b` takes a vowel sign for the end of a word. Here letters, marks, digits and the two
joiners all belong to the word they stand in.
"""

import re
import unicodedata
from functools import cache, lru_cache

JOINERS = "\u200c\u200d"


@cache
def _marks() -> str:
    """The marks of the first plane, as ranges for a character class."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x10000):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


#: What may stand inside a word, for use inside a character class.
INSIDE = r"\w" + _marks() + JOINERS
START = rf"(?<![{INSIDE}])"
END = rf"(?![{INSIDE}])"
WORD = re.compile(rf"[{INSIDE}]+(?:['’ʼ\-][{INSIDE}]+)*")

_SCRIPTS = (
    "LATIN", "GREEK", "CYRILLIC", "ARABIC", "DEVANAGARI", "TAMIL", "SINHALA", "HEBREW", "BENGALI",
    "TELUGU", "KANNADA", "MALAYALAM", "GUJARATI", "GURMUKHI", "ETHIOPIC", "ARMENIAN", "GEORGIAN",
    "THAI", "HANGUL", "HIRAGANA", "KATAKANA", "CJK", "ORIYA", "CHEROKEE", "COPTIC", "TIFINAGH",
    "NKO", "ADLAM", "MYANMAR", "KHMER", "LAO",
)  # fmt: skip


@lru_cache(maxsize=8192)
def script(letter: str) -> str:
    """The script of a letter by its Unicode name; "" for marks, digits and signs."""
    if unicodedata.category(letter)[0] != "L":
        return ""
    first = unicodedata.name(letter, "").partition(" ")[0].partition("-")[0]
    if first in ("FEMININE", "MASCULINE", "MICRO", "MODIFIER"):
        return ""
    return first if first in _SCRIPTS else first and "OTHER"


def scripts(text: str) -> set[str]:
    """The scripts of all letters of a text."""
    return {script(letter) for letter in set(text)} - {""}


def word_list(text: str) -> list[str]:
    """Words for a table, written with spaces between them."""
    return text.split()


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    return WORD.findall(text)


def plain_digits(text: str) -> str:
    """The digits of every script as 0-9, one for one."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(letter)) if not letter.isascii() and letter.isdecimal() else letter
        for letter in text
    )
