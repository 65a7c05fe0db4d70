"""Numbers written as words: a translation may write out what its source has in digits.

English is read exactly, because a source is compared. Of the other languages only stems are
kept: whoever finds the stem of a number in a translation does not call that number lost.
"""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

from edu.checks.letters import word_list, words

_UNITS = word_list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = word_list("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = word_list(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
)
_VALUES = {word: value for value, word in enumerate(_UNITS)}
_VALUES |= {word: value for value, word in enumerate(_ORDINALS)}
_VALUES |= {word: 10 * value for value, word in enumerate(_TENS, start=2)}
_VALUES |= {"once": 1, "twice": 2, "both": 2, "pair": 2, "couple": 2, "double": 2, "dozen": 12}
_VALUES |= {"noon": 12, "midnight": 12, "fortnight": 14, "single": 1, "triple": 3}
_VALUES |= {"quarter": 4, "thirds": 3, "quarters": 4, "fifths": 5, "tenths": 10, "half": 2}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_ENGLISH = re.compile(r"[a-z]+", re.IGNORECASE)
_NAMES_OF_MONTHS = word_list(
    "january february march april may june july august september october november december"
)
_MONTHS = {name: number for number, name in enumerate(_NAMES_OF_MONTHS, start=1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items() if name != "may"}
_MONTHS |= {"sept": 9}


def english_numbers(text: str) -> list[int]:
    """The values that English words of a text may stand for; compounds give all their readings."""
    found: list[int] = []
    last: int | None = None
    for word in _ENGLISH.findall(text.lower()):
        value = _VALUES.get(word)
        scale = _SCALES.get(word)
        if value is not None:
            found.append(value)
            if last is not None and last >= 20 and 0 < value < 10:
                found.append(last + value)
                last = last + value
            else:
                last = value
        elif scale is not None:
            found += [scale, scale * (last or 1)]
            last = scale * (last or 1)
        elif word not in ("and", "a"):
            last = None
    if re.search(r"\bhalf\b", text, re.IGNORECASE):
        found += [1, 50]
    if re.search(r"\b(?:a|one) quarter\b", text, re.IGNORECASE):
        found += [1, 25]
    if re.search(r"\b(?:an?|each|every|per) (?:hour|minute|day|week|month|year)\b", text, re.I):
        found.append(1)
    return found


def cardinals(text: str) -> set[int]:
    """The numbers from three on that a text says in plain English words, such as `forty-three`."""
    found: set[int] = set()
    for match in _CARDINAL.finditer(text.lower()):
        found.add(sum(_VALUES[word] for word in match.groups() if word))
    return found


def exact_words(text: str, base: str) -> set[int]:
    """The numbers that words of a text say for sure, in the languages listed for it."""
    known = _exact(base)
    return {known[word] for word in words(text.lower()) if word in known}


def months(text: str) -> list[int]:
    """The numbers of the months that English words of a text name."""
    return [_MONTHS[word] for word in _ENGLISH.findall(text.lower()) if word in _MONTHS]


_TONES = ("yo", "ig")
_CARDINAL = re.compile(
    rf"(?<![\w-])(?:(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<unit>{'|'.join(_UNITS[1:10])}))?"
    rf"|(?P<small>{'|'.join(_UNITS[3:])}))(?![\w-])"
)


@cache
def _lists() -> dict[str, dict[str, dict[str, str]]]:
    path = Path(__file__).with_name("number_words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _stems(base: str) -> dict[int, tuple[str, ...]]:
    """The stems of a language by number; those of tonal languages without their tones."""
    plain = _without_tones if base in _TONES else str
    listed = _lists()["stems"].get(base, {})
    return {int(number): tuple(plain(stems).split()) for number, stems in listed.items()}


@cache
def _exact(base: str) -> dict[str, int]:
    listed = _lists()["exact"].get(base, {})
    return {word: int(number) for number, said in listed.items() for word in said.split()}


def knows(base: str) -> bool:
    """Whether the number words of a language are listed."""
    return bool(_stems(base))


def may_be_written(value: int, text: str, base: str) -> bool:
    """Whether the text, in lower case, may have this number written as words."""
    if value == 1 and base == "ar":
        return True  # the word alone says that it is one
    table = _stems(base)
    if base in _TONES:
        text = _without_tones(text)
    return _is_said(value, text, table)


def _is_said(value: int, text: str, table: dict[int, tuple[str, ...]]) -> bool:
    """Whether the stems of a number stand in a text, or those of its parts: 40 is 4 and 10."""
    if any(stem in text for stem in table.get(value, ())):
        return True
    for scale in (1000, 100, 10):
        if scale < value < scale * 10 or (scale == 1000 and value <= 100_000 and value > scale):
            whole, rest = divmod(value, scale)
            times = whole == 1 or _is_said(whole, text, table)
            scaled = _is_said(scale, text, table) and times
            if scale == 10 and rest:
                scaled = scaled or _is_said(whole * scale, text, table)
            return scaled and (rest == 0 or _is_said(rest, text, table))
    return False


def _without_tones(text: str) -> str:
    """Tones are often left out; here they tell no number from another."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
