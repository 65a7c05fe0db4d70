"""Which vanished text a new one was edited from: the same place, and most of the same words."""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Protocol

from edu.segments.segment import fold

#: From this share of equal text on, a new source counts as the old one, edited.
SIMILAR = 0.6

# Shorter texts may be edited in every word and still be the same.
_SENTENCE = 8


class Placed(Protocol):
    """A text, and where it stands."""

    @property
    def context(self) -> str: ...
    @property
    def source(self) -> str: ...


def likenesses(gone: Sequence[Placed], new: Sequence[Placed]) -> list[tuple[float, int, int]]:
    """How close each new text is to each vanished one, where it may be that one, edited.

    Triples of closeness, number of the new text, number of the vanished one.
    """
    files: dict[str, list[int]] = {}
    for number, each in enumerate(new):
        files.setdefault(_file(each), []).append(number)
    words = [Counter(each.source.split()) for each in new]
    found = []
    for old, candidate in enumerate(gone):
        known = Counter(candidate.source.split())
        for number in files.get(_file(candidate), ()):
            if new[number].context == candidate.context and not _share(known, words[number]):
                continue
            closeness = _closeness(candidate, new[number])
            if closeness >= SIMILAR:
                found.append((closeness, number, old))
    return found


def _file(each: Placed) -> str:
    return each.context.partition("|")[0]


def _closeness(old: Placed, new: Placed) -> float:
    if old.context != new.context:
        # An option's context is its question: the same answer to an edited question.
        return SIMILAR if fold(old.source) == fold(new.source) else 0.0
    matcher = SequenceMatcher(None, old.source, new.source, autojunk=False)
    if matcher.real_quick_ratio() < SIMILAR or matcher.quick_ratio() < SIMILAR:
        return 0.0
    return matcher.ratio()


def _share(before: Counter[str], after: Counter[str]) -> bool:
    """A quick look that spares the slow comparison: an edited sentence keeps words."""
    fewer = min(before.total(), after.total())
    return fewer < _SENTENCE or (before & after).total() * 5 >= fewer
