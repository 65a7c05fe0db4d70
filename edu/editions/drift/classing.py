"""What an edit of a source does to what was made from it. Pure.

An edit is trivial where a translation of the old text is one of the new text: an address, letter
case, punctuation or white space that changes nothing for a reader. It is carried over by machine.
Everything else needs a person, and what touches safety or a fact needs her first. In doubt an
edit is not trivial: a needless look costs a minute, a wrong carrying over may cost more.
"""

import re
from collections import Counter
from difflib import SequenceMatcher
from enum import StrEnum

from edu.editions.drift import weighty
from edu.editions.drift.punctuation import same_case, same_stop, weighed
from edu.editions.drift.wording import BARE, Word, Wording, wording
from edu.languages import SOURCE
from edu.segments.segment import fold


class Edit(StrEnum):
    """How much an edit changes, the heaviest first."""

    SAFETY = "safety"
    FACT = "fact"
    WORDING = "wording"
    TRIVIAL = "trivial"


#: An address in the raw text: where a link or a picture leads, or written out.
_PLACE = re.compile(
    r"\]\([ \t\n]*<?(?P<link>[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)|(?P<bare>" + BARE + ")",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[^\s<>()\\]*(?:\([^\s<>()\\]*\)[^\s<>()\\]*)*")
#: What an address begins with when it is a person or a number to reach.
_REACHES_SOMEBODY = ("tel:", "sms:", "mailto:", "whatsapp:", "https://wa.me/", "geo:")
_DIGITS_OF_A_PHONE = 5


def classify(old: str, new: str, *, safety: str = "", tag: str = SOURCE) -> Edit:
    """How much an edit from `old` to `new` changes. `safety` is the mark of the segment's block,
    `tag` the language in which both stand: outside English less counts as trivial."""
    if fold(old) == fold(new):
        return Edit.TRIVIAL
    before, now = wording(old), wording(new)
    weight = _weight(before, now, tag)
    if weight is Edit.TRIVIAL:
        return weight
    return Edit.SAFETY if safety or _touches_safety(before, now, weight) else weight


def carry(old: str, new: str, target: str, *, tag: str = SOURCE) -> str | None:
    """What was made from `old`, as it is right for `new`; None where a person must look.

    An address that was swapped is swapped in the target, where it stands as often as in `old`.
    """
    if classify(old, new, tag=tag) is not Edit.TRIVIAL:
        return None
    swaps = _swaps(old, new)
    if swaps is None:
        return None
    if not swaps:
        return target
    theirs = Counter(_addresses(target))
    mine = Counter(_addresses(old))
    if any(theirs[address] != mine[address] for address in swaps):
        return None
    swapped = _PLACE.sub(lambda found: _swapped(found, swaps), target)
    return swapped if _only_addresses_differ(target, swapped, old, new) else None


def _weight(before: Wording, now: Wording, tag: str) -> Edit:
    """The same without a look at safety."""
    if _reached(before) != _reached(now):
        return Edit.SAFETY
    gone, come = _changed(before, now)
    if gone or come:
        return _weight_of_words(before, now, gone, come)
    if len(before.addresses) != len(now.addresses):
        return Edit.FACT
    for index, (old, new) in enumerate(zip(before.words, now.words, strict=True)):
        if old.text != new.text and not same_case(before, now, index, tag):
            return Edit.FACT
        if old.style != new.style:
            return Edit.FACT if old.in_link or new.in_link else Edit.WORDING
    if _questions(before) != _questions(now):
        return Edit.FACT
    if same_stop(before, now, tag):
        return Edit.TRIVIAL
    return Edit.WORDING if weighed(before) == weighed(now) else Edit.FACT


def _changed(before: Wording, now: Wording) -> tuple[list[int], list[int]]:
    """Which words went and which came, by their numbers; their case does not count."""
    left, right = _texts(before), _texts(now)
    if left == right:
        return [], []
    gone: list[int] = []
    come: list[int] = []
    for step, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if step != "equal":
            gone += range(a, b)
            come += range(c, d)
    return gone, come


def _texts(text: Wording) -> list[str]:
    return [word.text if "code" in word.style else word.text.lower() for word in text.words]


def _weight_of_words(before: Wording, now: Wording, gone: list[int], come: list[int]) -> Edit:
    if _questions(before) != _questions(now):
        return Edit.FACT
    for text, places in ((before, gone), (now, come)):
        if any(_is_fact(text, place) for place in places):
            return Edit.FACT
    return Edit.WORDING


def _is_fact(text: Wording, place: int) -> bool:
    word = text.words[place]
    if word.in_link or "code" in word.style or not word.text[0].isalpha():
        return True
    small = word.text.lower()
    if weighty.turns(small) or small in weighty.NUMBERS:
        return True
    return word.text != small and small != "i" and not text.opens_sentence(place)


def _touches_safety(before: Wording, now: Wording, weight: Edit) -> bool:
    """Whether the words that changed are about safety, or a fact beside such words changed."""
    if weight is Edit.SAFETY:
        return True
    gone, come = _changed(before, now)
    changed = [*(before.words[place] for place in gone), *(now.words[place] for place in come)]
    if any(weighty.is_about_safety(word.text.lower()) or _is_phone(word) for word in changed):
        return True
    around = (*before.words, *now.words)
    return weight is Edit.FACT and any(
        weighty.is_about_safety(word.text.lower()) for word in around
    )


def _is_phone(word: Word) -> bool:
    return sum(sign.isdecimal() for sign in word.text) >= _DIGITS_OF_A_PHONE


def _reached(text: Wording) -> list[str]:
    """The numbers and mailboxes that the links of a text reach."""
    return [each for each in text.addresses if each.lower().startswith(_REACHES_SOMEBODY)]


def _questions(text: Wording) -> list[int]:
    """Behind which words a question ends."""
    return [index for index, gap in enumerate(text.gaps) if "?" in gap]


def _swaps(old: str, new: str) -> dict[str, str] | None:
    """Which address took the place of which; None where that cannot be said."""
    before, now = _addresses(old), _addresses(new)
    if len(before) != len(now):
        return None
    swaps: dict[str, str] = {}
    for left, right in zip(before, now, strict=True):
        if swaps.setdefault(left, right) != right:
            return None
    swaps = {left: right for left, right in swaps.items() if left != right}
    return swaps if all(_PLAIN.fullmatch(right) for right in swaps.values()) else None


def _addresses(text: str) -> list[str]:
    return [found["link"] or found["bare"] or "" for found in _PLACE.finditer(text)]


def _swapped(found: re.Match[str], swaps: dict[str, str]) -> str:
    group = "link" if found["link"] is not None else "bare"
    whole, (start, end) = found[0], found.span(group)
    start, end = start - found.start(), end - found.start()
    address = found[group]
    return whole[:start] + swaps.get(address, address) + whole[end:]


def _only_addresses_differ(target: str, swapped: str, old: str, new: str) -> bool:
    """Whether the parser reads the target as before, with the new addresses in their places."""
    before, now = wording(target), wording(swapped)
    was, is_now = wording(old).addresses, wording(new).addresses
    swaps = dict(zip(was, is_now, strict=True))
    wanted = tuple(swaps.get(address, address) for address in before.addresses)
    return (before.words, before.gaps, wanted) == (now.words, now.gaps, now.addresses)
