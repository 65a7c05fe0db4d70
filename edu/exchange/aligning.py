"""Which piece of a translated lesson belongs to which text of ours. Pure.

Where both have the same blocks in the same order, they pair one to one. Otherwise the best way
through both is looked for, in their order, by what a translation keeps: the kind of block, its
length in relation to the others, numbers, links, marks, and names.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from edu.languages import digits
from edu.segments.segment import Segment, fold

#: Below this, two pieces are rather nothing than a pair.
LEAST = 0.5
#: From this on, a pair needs no more than the look that every draft gets.
SURE = 0.75

#: A way that is worse by so much is no longer thought of.
_ENOUGH = 0.3
_Step = tuple[int, int]

_NUMBER = re.compile(r"\d+")
_LINK = re.compile(r"\]\(([^)\s]+)")
_NAME = re.compile(r"\b[A-Z][\w'-]{2,}")
_MARKS = re.compile(r"\*\*|[*_`]|\{[a-z_.0-9]+\}")


@dataclass(frozen=True)
class Pair:
    """A text of ours and the words for it; `confidence` from 0 to 1."""

    source: Segment
    words: Segment
    confidence: float


@dataclass(frozen=True)
class Aligned:
    """The pairs, the words for which there is no place, and the texts without words."""

    pairs: tuple[Pair, ...]
    left_over: tuple[Segment, ...]
    without: tuple[Segment, ...]


@dataclass(frozen=True)
class _Look:
    """What is compared of a piece."""

    kind: str
    block: str
    own: str
    length: float
    numbers: tuple[str, ...]
    links: tuple[str, ...]
    marks: tuple[str, ...]
    names: frozenset[str]


def align(sources: Sequence[Segment], words: Sequence[Segment]) -> Aligned:
    """Pair a lesson's texts with those of its translation, each in its order."""
    before, after = [_look(each) for each in sources], [_look(each) for each in words]
    if [(each.kind, each.block) for each in before] == [(each.kind, each.block) for each in after]:
        steps = [(at, at, 1.0) for at in range(len(sources))]
    else:
        steps = _best_way(before, after)
    used_sources, used_words = {a for a, _b, _c in steps}, {b for _a, b, _c in steps}
    return Aligned(
        tuple(Pair(sources[a], words[b], round(sure, 2)) for a, b, sure in steps),
        tuple(each for at, each in enumerate(words) if at not in used_words),
        tuple(each for at, each in enumerate(sources) if at not in used_sources),
    )


def _look(segment: Segment) -> _Look:
    text = fold(segment.text)
    own = segment.context.rpartition("|")[2] if segment.kind == "front-matter" else ""
    return _Look(
        segment.kind,
        segment.block,
        own,
        math.log(len(text) + 5),
        tuple(sorted(_NUMBER.findall(digits(text)))),
        tuple(sorted(_LINK.findall(text))),
        tuple(sorted(_MARKS.findall(text))),
        frozenset(_NAME.findall(text)),
    )


def _best_way(before: Sequence[_Look], after: Sequence[_Look]) -> list[tuple[int, int, float]]:
    """The pairs of the way through both with the highest sum, by dynamic programming."""
    if not before or not after:
        return []
    # Some languages need more letters than others: lengths are compared after that.
    usual = median(each.length for each in after) - median(each.length for each in before)
    gains = [[_likeness(a, b, usual) - LEAST for b in after] for a in before]
    behind = _sums(gains)
    turned = _sums([row[::-1] for row in gains[::-1]])
    ahead = [row[::-1] for row in turned[::-1]]
    return [(a, b, _confidence(a, b, gains, ahead, behind)) for a, b in _followed(behind, gains)]


def _sums(gains: Sequence[Sequence[float]]) -> list[list[float]]:
    """The highest sum from each place to the end of both."""
    rows, columns = len(gains), len(gains[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for a in range(rows - 1, -1, -1):
        for b in range(columns - 1, -1, -1):
            paired = best[a + 1][b + 1] + gains[a][b]
            best[a][b] = max(paired, best[a + 1][b], best[a][b + 1])
    return best


def _followed(best: Sequence[Sequence[float]], gains: Sequence[Sequence[float]]) -> list[_Step]:
    found, a, b = [], 0, 0
    while a < len(gains) and b < len(gains[0]):
        if gains[a][b] > 0 and math.isclose(best[a][b], best[a + 1][b + 1] + gains[a][b]):
            found.append((a, b))
            a, b = a + 1, b + 1
        elif best[a + 1][b] >= best[a][b + 1]:
            a += 1
        else:
            b += 1
    return found


def _confidence(
    a: int,
    b: int,
    gains: Sequence[Sequence[float]],
    ahead: Sequence[Sequence[float]],
    behind: Sequence[Sequence[float]],
) -> float:
    """How much worse the best way is that pairs this text with other words, or with none; that
    the two are alike says little where their neighbours are as much alike."""
    total = behind[0][0]
    others = (
        ahead[a][c] + gains[a][c] + behind[a + 1][c + 1] for c in range(len(gains[0])) if c != b
    )
    without = max(ahead[a][c] + behind[a + 1][c] for c in range(len(gains[0]) + 1))
    margin = total - max(without, *others, 0.0)
    return min(gains[a][b] + LEAST, LEAST + margin / _ENOUGH * (1 - LEAST))


def _likeness(one: _Look, other: _Look, usual: float) -> float:
    """From 0 to 1. A piece of another kind is never the same; in another block, hardly ever."""
    if one.kind != other.kind or one.own != other.own:
        return 0.0
    if one.own:
        return 1.0
    apart = abs(other.length - one.length - usual)
    score = 0.35 if one.block == other.block else 0.1
    score += 0.3 * math.exp(-2.5 * apart * apart)
    score += 0.15 if one.numbers == other.numbers else 0.0
    score += 0.05 if one.links == other.links else 0.0
    score += 0.05 if one.marks == other.marks else 0.0
    return score + 0.1 * _shared(one.names, other.names)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """How many of the names come back; without a name, nothing speaks against it."""
    return len(one & other) / len(one) if one else 0.7
