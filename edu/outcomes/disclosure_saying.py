"""What a report says of how many moved which way, to a reader who knows how that is decided.

Whoever knows the rule learns from each report that another world would have had another report. So
what is decided here is decided at once for all worlds in which means and spreads are the same:
which of them look alike. Each lot that looks alike must leave every number open that it does not
say, in this report and in all before. This follows from nothing but what these worlds have in
common, so a reader who goes through all of them as this module does stands where she stood.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from edu.outcomes.disclosure_counts import Cells, Pattern, Statement, are_open, statements

Possible = frozenset[Cells]


def said_of(
    cells: Cells, new: Possible, earlier: Sequence[Statement], *, silent: bool = False
) -> Statement | None:
    """What a report says of everybody, of whom these many improved, stayed and worsened; None:
    even without a number it would tell one, and is not to be made.

    `new`: what the numbers of those who came new can be; `silent`: no number is said in any world.
    """
    before = earlier[-1].open if earlier else frozenset([(0, 0, 0)])
    if not before:
        # Nobody knows what a report of an older program left open: none is said after it.
        return Statement(sum(cells))
    looks = _looks(sorted(sums_of(before, new)), new, earlier, silent=silent)
    return next(
        (
            replace(said, new=new, open=frozenset(possible))
            for said, possible in looks.items()
            if cells in possible
        ),
        None,
    )


def _looks(
    worlds: Collection[Cells], new: Possible, earlier: Sequence[Statement], *, silent: bool
) -> dict[Statement, set[Cells]]:
    """What is said in which worlds; nothing where even silence would tell.

    Each says as much as it may: first those are put together that would say all three numbers,
    then of the others those that would say less. A lot that would be told by it goes on.
    """
    found: dict[Statement, set[Cells]] = {}
    left = set(worlds)
    for degree in () if silent else zip(*(_sayable(each, earlier) for each in worlds), strict=True):
        lots: dict[Statement, set[Cells]] = {}
        for said, each in zip(degree, worlds, strict=True):
            if said is not None and each in left:
                lots.setdefault(said, set()).add(each)
        for said, possible in lots.items():
            if _stay_open(said, possible, new, earlier):
                found[said] = possible
                left -= possible
    return _with_company(found, left, new, earlier)


def _with_company(
    found: dict[Statement, set[Cells]],
    left: set[Cells],
    new: Possible,
    earlier: Sequence[Statement],
) -> dict[Statement, set[Cells]]:
    """Those that are left say nothing. Where that would be telling, others keep silent too, the
    smallest lots first."""
    if not left:
        return found
    nothing = Statement(sum(next(iter(left))))
    smallest = sorted(found, key=lambda said: (-len(found[said]), repr(said)))
    while not _stay_open(nothing, left, new, earlier):
        if not smallest:
            return {}
        left |= found.pop(smallest.pop())
    return found | {nothing: left}


def _sayable(cells: Cells, earlier: Sequence[Statement]) -> list[Statement | None]:
    """What may be said there beside silence, as far as numbers alone tell: not that all who came
    between two reports moved the same way."""
    told = [each for each in earlier if each.pattern is not Pattern.NONE]
    return [
        None if said and told and _all_one_way(told[-1], said) else said
        for said in statements(cells)[:-1]
    ]


def _all_one_way(one: Statement, two: Statement) -> bool:
    steps = [
        after - before
        for before, after in zip(one.said, two.said, strict=True)
        if before is not None and after is not None
    ]
    return two.n > one.n and two.n - one.n in steps


def _stay_open(
    said: Statement, possible: Collection[Cells], new: Possible, earlier: Sequence[Statement]
) -> bool:
    """Whether these worlds leave every number open that was not said, now and earlier."""
    if not are_open(said, possible):
        return False
    late, came = frozenset(possible), new
    for each in reversed(earlier):
        late = each.open & sums_of(late, {(-a, -b, -c) for a, b, c in came})
        if late == each.open:
            # All that was open then still is, and so is all before.
            return True
        if not are_open(each, late):
            return False
        came = each.new
    return True


def sums_of(some: Collection[Cells], others: Collection[Cells]) -> Possible:
    """Each of some and each of others, added up."""
    return frozenset((a + d, b + e, c + f) for a, b, c in some for d, e, f in others)
