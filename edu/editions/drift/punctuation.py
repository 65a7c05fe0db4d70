"""Which changes of letter case and punctuation change nothing for a reader. Pure.

The lists and rules are of English, the language of the sources. In other languages only what is
written the same way everywhere counts: the last full stop, the order of signs, the first letter
of a sentence.
"""

from collections import Counter

from edu.editions.drift import weighty
from edu.editions.drift.wording import Wording
from edu.languages import SOURCE

#: Signs that part two thoughts; one of them says what another says.
_PARTING = frozenset(";:\u2014.")
_AT_THE_END = str.maketrans("", "", ".:;,")
_BEFORE_A_NAME_FOR_A_PROGRAM = ("{", "[", "%", "$", "<", "/")
_YES_OR_NO = ("yes", "no", "not", "never")
_LONGEST_OPENING = 10
_LONGEST_ABBREVIATION = 5
_LONGEST_UNIT = 3


def _is_english(tag: str) -> bool:
    return tag.partition("-")[0] == SOURCE


def same_case(before: Wording, now: Wording, index: int, tag: str) -> bool:
    """Whether a word that differs in its letters' case alone is the same word."""
    old, new = before.words[index].text, now.words[index].text
    opens = before.opens_sentence(index) or now.opens_sentence(index)
    small = old.lower()
    if {old, new} == {small, small.capitalize()} and opens:
        return True
    if not _is_english(tag) or any(sign.isdecimal() for sign in old):
        return False
    if index and before.words[index - 1].text in _BEFORE_A_NAME_FOR_A_PROGRAM:
        return False
    if index and before.words[index - 1].is_number and len(old) <= _LONGEST_UNIT:
        return False
    if len(old) == 1:
        return small == "i"
    if old.isupper() != new.isupper():
        return len(old) > _LONGEST_ABBREVIATION and small not in weighty.CASE_TELLS
    return small not in weighty.CASE_TELLS


def same_stop(before: Wording, now: Wording, tag: str) -> bool:
    """Whether the signs between the same words say the same."""
    english = _is_english(tag)
    commas = set()
    for index, (old, new) in enumerate(zip(before.gaps, now.gaps, strict=True)):
        if Counter(old) == Counter(new):
            continue
        if index == len(now.words):
            if Counter(old.translate(_AT_THE_END)) != Counter(new.translate(_AT_THE_END)):
                return False
            continue
        if not english or _beside_a_number(before, index):
            return False
        gone, come = _difference(old, new), _difference(new, old)
        if {gone, come} == {"", ","}:
            commas.add(bool(gone))
            if not _comma_is_free(before, now, index):
                return False
        elif not _says_the_same(gone, come, before, index):
            return False
    # A comma that moved may bind other words together than before.
    return len(commas) < len((True, False))


def weighed(text: Wording) -> list[str]:
    """The signs beside numbers and beside a no: another one there changes what is said."""
    return [
        "".join(sorted(gap))
        for index, gap in enumerate(text.gaps[:-1])
        if _beside_a_number(text, index) or _beside_a_no(text, index)
    ]


def _beside_a_no(text: Wording, index: int) -> bool:
    around = (word.text.lower() for word in text.words[max(0, index - 1) : index + 1])
    return any(word in _YES_OR_NO or word.endswith("n't") for word in around)


def _difference(left: str, right: str) -> str:
    return "".join((Counter(left) - Counter(right)).elements())


def _beside_a_number(text: Wording, index: int) -> bool:
    around = text.words[max(0, index - 1) : index + 1]
    return any(word.is_number or word.text.lower() in weighty.NUMBERS for word in around)


def _says_the_same(gone: str, come: str, text: Wording, index: int) -> bool:
    if index == 0:
        return False
    if gone in _PARTING and come in _PARTING and gone and come:
        return True
    if {gone, come} == {",", "\u2014"}:
        return True
    before = text.words[index - 1].text.lower()
    return {gone, come} == {"", "."} and before in weighty.ABBREVIATIONS


def _comma_is_free(before: Wording, now: Wording, index: int) -> bool:
    """Whether a comma may stand before a word or not, without a change of what is said."""
    if index == 0:
        return False
    if _beside_a_no(now, index):
        return False
    if now.words[index].text.lower() in weighty.JOINING:
        return True
    return _closes_an_opening(before, now, index)


def _closes_an_opening(before: Wording, now: Wording, index: int) -> bool:
    """Whether everything from the head of the sentence to here is a phrase that leads in."""
    head = index - 1
    while head > 0 and not now.opens_sentence(head):
        # A comma on the way would make this one the end of something else.
        if "," in now.gaps[head] or "," in before.gaps[head]:
            return False
        head -= 1
    first, length = now.words[head].text.lower(), index - head
    if length == 1:
        return first in weighty.OPENING_ADVERBS
    return first in weighty.OPENING and length <= _LONGEST_OPENING
