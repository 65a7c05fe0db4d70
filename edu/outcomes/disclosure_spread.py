"""Do means and spreads of few people tell how many of them moved which way?

People answer in whole points, so the mean, the spread before, afterwards and of the change may
leave one possibility only: twelve people who can move by two points at most, with a mean of 10/12
and this very spread, are ten who improved and two who stayed. Figures are shown only beside
other worlds with the same figures; `disclosure_walk.py` finds them.

Whoever knows this rule learns from silence as well: that a fuller report would have told something.
So a report is compared only with worlds in which it would look the same; and where silence would be
telling, more of them keep it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from edu.outcomes.disclosure_batches import Waiting
from edu.outcomes.disclosure_counts import Cells, Pattern, Statement, statement
from edu.outcomes.disclosure_walk import OneAxis, Walk, sum_of
from edu.outcomes.paired import Counts

#: So many other worlds of each are looked at, and so many of all together.
_WORLDS, _AT_ONCE = 24, 64
_NONE: Cells = (0, 0, 0)
World = tuple[Cells, ...]


class Manner(StrEnum):
    """How much a report says beside means and spreads."""

    #: As many numbers as `disclosure_counts` allows.
    FULL = "full"
    #: No number of people who moved one way.
    SILENT = "silent"
    #: Not even means and spreads.
    NOTHING = "nothing"


@dataclass(frozen=True)
class Known:
    """People whose sums are known: by the report in which they were counted first (0 is the
    oldest), those of the newest last. `possible` are the scores that somebody can have."""

    people: Sequence[tuple[int, Sequence[Waiting]]]
    possible: Collection[int]
    change_only: bool = False
    higher_is_better: bool = True


@dataclass(frozen=True)
class Worlds:
    """How many may have improved, stayed and worsened in each report, where all means and spreads
    are as they are.

    `earlier`: each report before with its true numbers; `cells` are those of now. Each of `found`
    says by how much the numbers differ there, report by report, that of now at the end.
    """

    cells: Cells
    earlier: tuple[tuple[Statement, Cells], ...]
    found: tuple[World, ...]

    @classmethod
    def around(
        cls, cells: Cells, earlier: Sequence[tuple[Statement, Cells]], known: Known
    ) -> "Worlds":
        """Those that are found around the true one, which is the first."""
        of = len(earlier) + 1
        moves = [
            (first, each) for first, some in known.people for each in _differences(some, known)
        ]
        late = [each for each in moves if each[0] == len(earlier)]
        worlds = [_world([], of), *(_world([each], of) for each in moves)]
        worlds += [
            _world([one, two], of)
            for one in moves
            for two in late
            if one[0] < two[0] and _is_opposite(one[1], two[1])
        ]
        agreed = (world for world in worlds if _agrees(world, earlier))
        return cls(cells, tuple(earlier), tuple(dict.fromkeys(agreed))[:_AT_ONCE])

    def leave_open(self) -> bool:
        """Whether a report that says no number leaves every number open."""
        return self._are_open(self._silence, self.found)

    def manner(self) -> Manner:
        """How much may be said now. It follows from what all these worlds have in common, and so
        is the same in each of them that would look the same."""
        shown: dict[Statement, list[World]] = {}
        for world in self.found:
            shown.setdefault(self._fullest(world), []).append(world)
        told = [said for said, worlds in shown.items() if self._may_be_told(said, worlds)]
        # The smallest at the end: where silence would be telling, they keep it too.
        told.sort(key=lambda said: (-len(shown[said]), repr(said)))
        silent = [world for said, worlds in shown.items() if said not in told for world in worlds]
        while silent and told and not self._are_open(self._silence, silent):
            silent += shown[told.pop()]
        if self._fullest(self.found[0]) in told:
            return Manner.FULL
        return Manner.SILENT if self._are_open(self._silence, silent) else Manner.NOTHING

    @property
    def _silence(self) -> Statement:
        return Statement(sum(self.cells))

    def _fullest(self, world: World) -> Statement:
        """What a report would say there, as far as it can be seen."""
        said = statement(
            Counts(*sum_of(self.cells, world[-1])), [each for each, _cells in self.earlier]
        )
        return replace(said, few=(False, False, said.few[2]))

    def _may_be_told(self, said: Statement, worlds: Sequence[World]) -> bool:
        return said.pattern is not Pattern.NONE and self._are_open(said, worlds)

    def _are_open(self, said: Statement, worlds: Sequence[World]) -> bool:
        every = [each for each, _cells in self.earlier] + [said]
        return all(
            len({world[report][place] for world in worlds}) > 1
            for report, each in enumerate(every)
            for place, number in enumerate(each.said)
            if number is None
        )


def _world(moves: Sequence[tuple[int, Cells]], reports: int) -> World:
    """Whoever was counted in a report is in all later ones."""
    return tuple(
        sum_of(_NONE, *(cells for first, cells in moves if first <= report))
        for report in range(reports)
    )


def _agrees(world: World, earlier: Sequence[tuple[Statement, Cells]]) -> bool:
    return all(
        said.agrees(sum_of(cells, moved))
        for (said, cells), moved in zip(earlier, world[:-1], strict=True)
    )


def _is_opposite(one: Cells, two: Cells) -> bool:
    return any(one) and any(a and a == -b for a, b in zip(one, two, strict=True))


def _differences(people: Sequence[Waiting], known: Known) -> list[Cells]:
    """By how much the numbers of those who improved, stayed and worsened would differ in other
    worlds in which all of these people have the same sums; the smallest ones."""
    pairs = [(each.before, each.after) for each in people]
    walk = OneAxis if known.change_only else Walk
    found = walk(known.possible).walk(pairs) - {_NONE}
    if not known.higher_is_better:
        found = {(c, b, a) for a, b, c in found}
    return sorted(found, key=lambda each: (sum(map(abs, each)), each))[:_WORLDS]
