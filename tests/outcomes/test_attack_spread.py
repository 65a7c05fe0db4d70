"""The attack of somebody who knows the rule: she has means and spreads, goes through everything
that people may have answered, asks of each what a report would look like, and keeps what looks
like hers.
"""

from collections.abc import Callable
from functools import cache
from random import Random

import pytest

from edu.outcomes.disclosure_batches import Waiting, are_alike
from edu.outcomes.disclosure_counts import Cells, Statement, statement
from edu.outcomes.disclosure_spread import Known, Manner, Worlds
from edu.outcomes.paired import Counts
from tests.outcomes.whole_numbers import Pair, Sums, cells, everybody, possible_cells, sums

People = tuple[Pair, ...]
SCORES = (0, 1, 2)
#: What somebody sees of who moved which way: three numbers or None, and whether she reads that
#: few worsened.
Seen = tuple[tuple[int | None, int | None, int | None], bool]
Earlier = tuple[tuple[Statement, Cells], ...]


@cache
def by_sums(people: int) -> dict[Sums, list[People]]:
    """All worlds of so many people, by what means and spreads tell of them."""
    found: dict[Sums, list[People]] = {}
    for some in everybody(people, SCORES):
        found.setdefault(sums(some), []).append(some)
    return found


def waiting(people: People) -> list[Waiting]:
    return [Waiting(f"{place:02}", False, *pair) for place, pair in enumerate(people)]


def said_of(*reports: People) -> Statement | None:
    """What the last of these reports says; each counts some people more. None: nothing of it, or
    of one before, is shown."""
    earlier: Earlier = ()
    known: list[tuple[int, list[Waiting]]] = []
    everyone: People = ()
    said = None
    for number, new in enumerate(reports):
        everyone = (*everyone, *new)
        known.append((number, waiting(new)))
        worlds = Worlds.around(cells(everyone), earlier, Known(known, SCORES))
        manner = worlds.manner()
        if manner is Manner.NOTHING:
            return None
        said = statement(Counts(*cells(everyone)), [each for each, _cells in earlier])
        if manner is Manner.SILENT:
            said = Statement(len(everyone))
        earlier = (*earlier, (said, cells(everyone)))
    return said


def seen(said: Statement | None) -> Seen | None:
    return None if said is None else (said.said, said.few[2])


def closed(possible: set[Cells], said: Seen) -> bool:
    """Whether one of the numbers that are withheld is the same in all that is possible."""
    return any(
        number is None and len({each[place] for each in possible}) < 2
        for place, number in enumerate(said[0])
    )


def one_report(seed: int, number: int) -> int:
    """In how many of so many reports of ten people a number is found."""
    found = 0
    for key in Random(seed).sample(sorted(by_sums(10)), number):
        classes: dict[Seen, set[Cells]] = {}
        for world in by_sums(10)[key]:
            shown = seen(said_of(world))
            if shown is not None:
                classes.setdefault(shown, set()).add(cells(world))
        found += any(closed(possible, shown) for shown, possible in classes.items())
    return found


def two_reports(seed: int, number: int) -> tuple[int, int]:
    """Ten people, and then five more: how often something is shown, and how often a number is
    found that one of the two reports withholds."""
    chance, shown, found = Random(seed), 0, 0
    firsts = sorted(key for key, worlds in by_sums(10).items() if 1 < len(worlds) < 6)
    seconds = sorted(key for key in by_sums(5) if not are_alike(waiting(by_sums(5)[key][0])))
    for _ in range(number):
        one, two = by_sums(10)[chance.choice(firsts)], by_sums(5)[chance.choice(seconds)]
        classes: dict[tuple[Seen, Seen], list[tuple[Cells, Cells]]] = {}
        for first in one:
            for second in two:
                early, late = seen(said_of(first)), seen(said_of(first, second))
                if early is not None and late is not None:
                    both = cells(first), cells((*first, *second))
                    classes.setdefault((early, late), []).append(both)
        shown += bool(classes)
        found += any(
            closed({each[place] for each in possible}, key[place])
            for key, possible in classes.items()
            for place in (0, 1)
        )
    return shown, found


@pytest.mark.parametrize(
    ("seed", "number"), [(1, 25), pytest.param(2, 1500, marks=pytest.mark.thorough)]
)
def test_whoever_knows_the_rule_finds_no_number_in_one_report(seed: int, number: int) -> None:
    assert one_report(seed, number) == 0


def test_whoever_knows_the_rule_finds_no_number_in_two_reports() -> None:
    shown, found = two_reports(1, 6)
    assert found == 0
    assert shown > 0


@pytest.mark.thorough
def test_of_a_hundred_pairs_of_reports_at_most_one_tells_whoever_knows_the_rule() -> None:
    """Known and open: the second report takes what the first withheld for possible where it agrees
    with its words, though the first might have looked otherwise there."""
    shown, found = two_reports(2, 400)
    assert found * 100 <= shown


@pytest.mark.parametrize("attack", [lambda: one_report(1, 10), lambda: two_reports(1, 4)[1]])
def test_the_attacker_finds_numbers_where_all_is_said_that_counts_allow(
    attack: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without a look at means and spreads."""
    monkeypatch.setattr(Worlds, "manner", lambda _: Manner.FULL)
    assert attack() > 0


def test_the_attacker_learns_from_silence_where_it_is_kept_only_by_whom_it_protects(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: each report asks only whether other worlds agree with what it says."""

    def own_sake(worlds: Worlds) -> Manner:
        said = statement(Counts(*worlds.cells), [each for each, _cells in worlds.earlier])
        agreed = [
            world
            for world in worlds.found
            if said.agrees(tuple(map(sum, zip(worlds.cells, world[-1], strict=True))))  # type: ignore[arg-type]
        ]
        if worlds._are_open(said, agreed):
            return Manner.FULL
        return Manner.SILENT if worlds.leave_open() else Manner.NOTHING

    monkeypatch.setattr(Worlds, "manner", own_sake)
    assert one_report(1, 30) > 0


def drawn(seed: int, people: int) -> People:
    """So many people, of whom most improve."""
    chance = Random(seed)
    found = []
    for _ in range(people):
        before = chance.choice((0, 0, 1, 1, 2))
        found.append((before, min(2, max(0, before + chance.choice((-1, 0, 0, 1, 1, 2))))))
    return tuple(found)


def test_what_is_held_to_be_open_is_open() -> None:
    """Of twelve people: whoever goes through all possibilities finds every world that is looked at,
    and more than one where nothing is said."""
    held = 0
    for seed in range(12):
        true = drawn(seed, 12)
        worlds = Worlds.around(cells(true), (), Known([(0, waiting(true))], SCORES))
        possible = possible_cells(sums(true), 12, SCORES)
        around = {
            tuple(one + two for one, two in zip(cells(true), world[-1], strict=True))
            for world in worlds.found
        }
        assert around <= possible
        if worlds.leave_open():
            held += 1
            assert not closed(possible, ((None, None, None), False))
    assert held >= 3


def test_people_of_whom_one_possibility_is_left_are_not_shown() -> None:
    """The control: ten rise by one point and two stay, and nothing else has this mean and SD."""
    true = ((0, 1),) * 6 + ((1, 2),) * 4 + ((0, 0), (1, 1))
    assert possible_cells(sums(true), 12, SCORES) == {(10, 2, 0)}
    assert said_of(true) is None


def test_where_only_the_change_is_shown_more_is_open() -> None:
    """The same change is open where nobody knows what people said before."""
    true = ((0, 1),) * 5 + ((1, 0),) * 5 + ((1, 1),) * 5
    known = Known([(0, waiting(true))], SCORES, change_only=True)
    assert Worlds.around(cells(true), (), known).leave_open()
