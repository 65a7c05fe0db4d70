"""Somebody who reads every report of a group and knows how it is decided what they say.

She has all means and spreads. She goes through everything that people may have answered, asks the
program itself what would have been shown, and keeps what looks like hers.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache

from edu.outcomes import disclosure_saying
from edu.outcomes.disclosure_batches import Waiting, are_alike
from edu.outcomes.disclosure_counts import Cells, Statement
from edu.outcomes.disclosure_worlds import Scores, worlds_around
from tests.outcomes.whole_numbers import Pair, Sums, cells, everybody, sums

People = tuple[Pair, ...]
#: What each report said; None: nothing was shown, and whoever came new waits on.
Told = tuple[Statement | None, ...]
FIRST, MORE = 10, 5


def waiting(people: Iterable[Pair]) -> list[Waiting]:
    return [Waiting(f"{place:02}", False, *pair) for place, pair in enumerate(people)]


@lru_cache(20_000)
def told_of(scores: Scores, *comers: People, first: int = FIRST) -> Told:
    """What the program tells of a group, each time after some people more have come; its first
    report is of `first` people at least."""
    told: list[Statement | None] = []
    counted: People = ()
    coming: People = ()
    for some in comers:
        coming = (*coming, *some)
        earlier = [each for each in told if each is not None]
        said = None
        if len(coming) >= (MORE if earlier else first) and not are_alike(waiting(coming)):
            around = worlds_around(waiting(coming), scores)
            # Looked up at its place, where a test may have put another one.
            said = disclosure_saying.said_of(cells((*counted, *coming)), around, earlier)
        told.append(said)
        if said is not None:
            counted, coming = (*counted, *coming), ()
    return tuple(told)


@cache
def by_sums(people: int, top: int = 2) -> dict[Sums, list[People]]:
    """All that so many people can have answered with scores from 0 to `top`, by the sums that
    means and spreads tell of them."""
    found: dict[Sums, list[People]] = {}
    for some in everybody(people, range(top + 1)):
        found.setdefault(sums(some), []).append(some)
    return found


def found_out(scores: Scores, worlds: Iterable[Sequence[People]], first: int = FIRST) -> list[Told]:
    """Of worlds whose means and spreads are the same: what would have to be told for a number to
    follow that is not said. Each world says who came when."""
    alike: dict[Told, list[Sequence[People]]] = {}
    for world in worlds:
        alike.setdefault(told_of(scores, *world, first=first), []).append(world)
    return [
        told
        for told, possible in alike.items()
        if any(
            said is not None and closed(said, {_everybody(each, place) for each in possible})
            for place, said in enumerate(told, 1)
        )
    ]


def is_shown(scores: Scores, world: Sequence[People], first: int = FIRST) -> bool:
    return None not in told_of(scores, *world, first=first)


def forget() -> None:
    """Hold nothing in memory, nor what was told by another rule."""
    told_of.cache_clear()
    by_sums.cache_clear()


def _everybody(world: Sequence[People], reports: int) -> Cells:
    return cells(pair for some in world[:reports] for pair in some)


def closed(said: Statement, possible: Collection[Cells]) -> bool:
    """Whether one of the numbers that are not said is the same in all that is possible."""
    return any(
        number is None and len({each[place] for each in possible}) < 2
        for place, number in enumerate(said.said)
    )
