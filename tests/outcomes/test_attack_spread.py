"""The attack of somebody who knows the rule, with the means and spreads of whole-number answers.

In each attack she is told more than anybody is: the sums of those who came each time by themselves.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product
from random import Random

import pytest

from edu.outcomes import disclosure_saying
from edu.outcomes.disclosure_batches import Waiting, are_alike
from edu.outcomes.disclosure_counts import Cells, Statement, are_open, statements
from edu.outcomes.disclosure_saying import sums_of
from edu.outcomes.disclosure_worlds import Scores, worlds_around
from tests.outcomes.reading import (
    People,
    by_sums,
    forget,
    found_out,
    is_shown,
    told_of,
    waiting,
)
from tests.outcomes.whole_numbers import cells, possible_cells, sums


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    forget()
    yield
    forget()


THREE, FOUR = Scores(range(3)), Scores(range(4))


def one_report(seed: int, number: int) -> tuple[int, int]:
    """Of so many reports of ten people: how often something is shown, and a number found."""
    shown = found = 0
    for key in Random(seed).sample(sorted(by_sums(10)), number):
        worlds = [(people,) for people in by_sums(10)[key]]
        shown += any(is_shown(THREE, world) for world in worlds)
        found += bool(found_out(THREE, worlds))
    return shown, found


def several_reports(
    seed: int, number: int, *people: int, scores: Scores = THREE
) -> tuple[int, int]:
    """The same of so many people, and then so many more, and so on."""
    chance, top = Random(seed), len(scores.possible) - 1
    keys = [_worth_a_look(size, top) for size in people]
    shown = found = 0
    for _ in range(number):
        some = [
            by_sums(size, top)[chance.choice(own)] for size, own in zip(people, keys, strict=True)
        ]
        # Where a report is not shown, nobody has the sums of those it would have been about.
        worlds = [world for world in product(*some) if is_shown(scores, world, people[0])]
        shown += bool(worlds)
        found += bool(found_out(scores, worlds, people[0]))
    return shown, found


def _worth_a_look(people: int, top: int) -> list[tuple[int, ...]]:
    """Sums that leave a few worlds, where the first of several reports is about these people."""
    return sorted(
        key
        for key, worlds in by_sums(people, top).items()
        if not are_alike(waiting(worlds[0])) and len(worlds) < 6 and (len(worlds) > 1 or people < 6)
    )


def after_waiting(seed: int, number: int, first: int) -> tuple[int, int]:
    """Some people of whom nothing is shown, and five more; then something is. She knows who was
    first, and that they waited."""
    shown = found = 0
    for place in range(number):
        worlds = [
            (some, five)
            for people in by_sums(first + 5)[sums(drawn(seed + place, first + 5))]
            for some, five in _parted(people, first)
            if told_of(THREE, some, first=first) == (None,)
        ]
        shown += any(told_of(THREE, *world, first=first)[1] is not None for world in worlds)
        found += bool(found_out(THREE, worlds, first))
    return shown, found


def _parted(people: People, first: int) -> Iterator[tuple[People, People]]:
    for some in sorted(set(combinations(people, first))):
        rest = list(people)
        for each in some:
            rest.remove(each)
        yield some, tuple(rest)


def drawn(seed: int, people: int, top: int = 2) -> People:
    """So many people, of whom most improve."""
    chance = Random(seed)
    found = []
    for _ in range(people):
        before = min(top, chance.choice((0, 0, 1, 1, 2, top)))
        found.append((before, min(top, max(0, before + chance.choice((-1, 0, 0, 1, 1, 2))))))
    return tuple(found)


@pytest.mark.parametrize(
    ("seed", "number"), [(1, 200), pytest.param(2, 2500, marks=pytest.mark.thorough)]
)
def test_whoever_knows_the_rule_finds_no_number_in_one_report(seed: int, number: int) -> None:
    shown, found = one_report(seed, number)
    assert found == 0
    assert shown > number / 8


@pytest.mark.parametrize(
    ("people", "number"),
    [
        ((10, 5), 80),
        ((10, 5, 5), 25),
        pytest.param((10, 5), 4000, marks=pytest.mark.thorough),
        pytest.param((10, 6), 1000, marks=pytest.mark.thorough),
        pytest.param((10, 5, 5), 1000, marks=pytest.mark.thorough),
        pytest.param((10, 10), 200, marks=pytest.mark.thorough),
        pytest.param((7, 5, 5, 5), 300, marks=pytest.mark.thorough),
    ],
)
def test_whoever_knows_the_rule_finds_no_number_in_several_reports(
    people: Sequence[int], number: int
) -> None:
    shown, found = several_reports(1, number, *people)
    assert found == 0
    assert shown > number / 8


@pytest.mark.thorough
def test_nor_on_a_scale_of_four_values() -> None:
    shown, found = several_reports(1, 400, 7, 5, scores=FOUR)
    assert found == 0
    assert shown > 50


@pytest.mark.parametrize(
    ("first", "number"), [(7, 5), pytest.param(10, 40, marks=pytest.mark.thorough)]
)
def test_whoever_saw_people_wait_finds_no_number_once_they_are_shown(
    first: int, number: int
) -> None:
    shown, found = after_waiting(1, number, first)
    assert found == 0
    assert shown > number / 4


ATTACKS = [lambda: one_report(1, 40)[1], lambda: several_reports(1, 20, 10, 5)[1]]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_attacker_finds_numbers_where_all_is_said_that_numbers_alone_allow(
    attack: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without a look at means and spreads."""
    monkeypatch.setattr(disclosure_saying, "_stay_open", lambda *_: True)
    assert attack() > 0


@pytest.mark.parametrize("attack", [lambda: one_report(1, 400)[1], ATTACKS[1]])
def test_the_attacker_learns_from_what_is_kept_only_by_whom_it_protects(
    attack: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: each report asks which worlds agree with its words, and not in which of them
    it would have been the same."""

    def for_its_own_sake(
        true: Cells, new: frozenset[Cells], earlier: Sequence[Statement]
    ) -> Statement | None:
        before = earlier[-1].open if earlier else frozenset([(0, 0, 0)])
        for said in filter(None, statements(true)):
            agreed = {each for each in sums_of(before, new) if said in statements(each)}
            if are_open(said, agreed):
                return replace(said, new=new, open=frozenset(agreed))
        return None

    monkeypatch.setattr(disclosure_saying, "said_of", for_its_own_sake)
    assert attack() > 0


def test_whoever_begins_in_another_world_finds_the_same_ones() -> None:
    for key in Random(3).sample(sorted(by_sums(10)), 200):
        around = {worlds_around(waiting(people), THREE) for people in by_sums(10)[key]}
        assert around == {frozenset(map(cells, by_sums(10)[key]))}


@pytest.mark.parametrize(("size", "found"), [(12, True), (60, True), (200, False)])
def test_on_a_long_scale_and_among_many_as_well(size: int, found: bool) -> None:
    """Three people have other scores, their sums are the same; beyond the first few people nobody
    looks any more."""
    others = [(place % 13, place * 5 % 13) for place in range(size - 3)]
    one, two = ([(5, y) for y in afters] for afters in ((0, 8, 10), (2, 4, 12)))
    scores = Scores(range(13))
    here, there = (
        worlds_around(
            waiting([*(() if found else others), *some, *(others if found else ())]), scores
        )
        for some in (one, two)
    )
    assert (here == there) is found
    assert cells([*one, *others]) in here


def test_what_is_held_to_be_open_is_open() -> None:
    """Whoever goes through all possibilities finds every world that is looked at."""
    for (top, people), seed in product(((2, 12), (4, 8)), range(12)):
        true = drawn(seed, people, top)
        around = worlds_around(waiting(true), Scores(range(top + 1)))
        assert cells(true) in around <= possible_cells(sums(true), people, range(top + 1))


def test_people_of_whom_one_possibility_is_left_are_not_shown() -> None:
    """Ten rise by one point and two stay, and nothing else has this mean and SD."""
    true = ((0, 1),) * 6 + ((1, 2),) * 4 + ((0, 0), (1, 1))
    assert possible_cells(sums(true), 12, (0, 1, 2)) == {(10, 2, 0)}
    assert told_of(THREE, true) == (None,)


def test_where_only_the_change_is_shown_more_is_open() -> None:
    true = waiting(drawn(9, 12, 4))
    whole, change = (worlds_around(true, Scores(range(5), change_only=x)) for x in (False, True))
    assert whole < change


def test_where_less_is_better_who_went_down_improved() -> None:
    true = waiting(drawn(4, 12))
    turned = worlds_around(true, Scores(range(3), higher_is_better=False))
    assert turned == {(c, b, a) for a, b, c in worlds_around(true, THREE)}


def test_who_has_a_score_that_few_have_keeps_it() -> None:
    """As whoever left a question out."""
    true = waiting(drawn(4, 12))
    more = [*true, Waiting("99", False, 0, 17), Waiting("98", False, 1, -3)]
    assert worlds_around(more, THREE) == {
        (a + 1, b, c + 1) for a, b, c in worlds_around(true, THREE)
    }
