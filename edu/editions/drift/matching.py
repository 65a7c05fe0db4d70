"""Which segment a vanished text became, where there is no doubt about it. Pure."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from edu.editions.drift.wording import wording
from edu.segments.pairing import likenesses
from edu.segments.segment import Segment


@dataclass(frozen=True)
class Moved:
    """A text that no longer stands in the content, and the one it had become meanwhile."""

    context: str
    source: str
    follows: str = ""


@dataclass(frozen=True)
class _Text:
    context: str
    source: str


def matches(gone: Sequence[Moved], new: Sequence[Segment]) -> dict[int, Segment]:
    """By the number of the vanished text, the segment it became.

    Texts that read the same come first, then the most alike. Where two are equally close,
    neither is taken: a wrong pair would put words where nobody said them.
    """
    found: dict[int, Segment] = {}
    used: set[int] = set()
    for old, number in _that_read_the_same(gone, new, used):
        found[old] = new[number]
    used |= {number for number, segment in enumerate(new) if segment in found.values()}
    left = [number for number in range(len(new)) if number not in used]
    searching = [old for old in range(len(gone)) if old not in found and -old - 1 not in used]
    for old, number in _most_alike(
        [gone[old] for old in searching], [new[number] for number in left]
    ):
        found[searching[old]] = new[left[number]]
    return found


def _that_read_the_same(
    gone: Sequence[Moved], new: Sequence[Segment], doubtful: set[int]
) -> list[tuple[int, int]]:
    """Pairs that differ in nothing but signs and addresses. Of texts that cannot be told apart
    the new ones are noted by their numbers, the vanished ones by -1 - number."""
    old_by, new_by = _grouped(gone), _grouped(_Text(each.context, each.text) for each in new)
    pairs = []
    for key in old_by.keys() & new_by.keys():
        if len(old_by[key]) == len(new_by[key]) == 1:
            pairs.append((old_by[key][0], new_by[key][0]))
        else:
            doubtful |= {-1 - old for old in old_by[key]} | set(new_by[key])
    return sorted(pairs)


def _grouped(texts: Iterable[Moved | _Text]) -> dict[Hashable, list[int]]:
    grouped: dict[Hashable, list[int]] = {}
    for number, each in enumerate(texts):
        sources = {each.source, each.follows} if isinstance(each, Moved) else {each.source}
        keys = {(_heard(each.context), _heard(source)) for source in sources if source}
        for key in keys:
            grouped.setdefault(key, []).append(number)
    return grouped


def _heard(text: str) -> tuple[str, ...]:
    return tuple(word.text.lower() for word in wording(text).words)


def _most_alike(gone: Sequence[Moved], new: Sequence[Segment]) -> list[tuple[int, int]]:
    texts = [_Text(segment.context, segment.text) for segment in new]
    best: dict[tuple[int, int], float] = {}
    for sources in ([each.source for each in gone], [each.follows for each in gone]):
        olds = [_Text(each.context, text) for each, text in zip(gone, sources, strict=True)]
        for closeness, number, old in likenesses(olds, texts):
            if olds[old].source:
                best[old, number] = max(closeness, best.get((old, number), 0.0))
    pairs: list[tuple[int, int]] = []
    taken: set[int] = set()
    ranked = sorted(best, key=lambda pair: -best[pair])
    for _, group in groupby(ranked, key=lambda pair: best[pair]):
        free = [(old, number) for old, number in group if not {-1 - old, number} & taken]
        olds_here = Counter(old for old, _ in free)
        news_here = Counter(number for _, number in free)
        pairs += [pair for pair in free if olds_here[pair[0]] == news_here[pair[1]] == 1]
        # Whoever could not be told apart is left alone, also by less alike ones.
        taken |= {sign for old, number in free for sign in (-1 - old, number)}
    return pairs
