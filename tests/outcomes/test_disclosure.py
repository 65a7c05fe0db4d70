import json
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.outcomes.disclosure import MINIMUM_GROUP, Withheld, withheld
from edu.outcomes.disclosure_batches import (
    Batch,
    Counted,
    Part,
    Waiting,
    are_alike,
    new_batches,
)
from edu.outcomes.disclosure_counts import Pattern, Statement
from edu.outcomes.disclosure_saying import said_of
from edu.outcomes.paired import PairedChange
from edu.quizzes.instrument import HigherMeans


def change(pairs, higher_means=HigherMeans.BETTER):
    return PairedChange.from_pairs(pairs, higher_means=higher_means, units=1)


def spread(n):
    """So many learners of whom some improved, some stayed and some worsened."""
    return change([(x % 4, (x * x) % 5) for x in range(n)])


def people(n, draft=False, first=0):
    """People who differ."""
    return [Waiting(f"{first + x:04}", draft, x % 4, (x * x) % 5) for x in range(n)]


def sizes(batches):
    return sorted((each.part.value, len(each.people)) for each in batches)


def test_nine_people_are_shown_nothing_and_ten_everything():
    assert MINIMUM_GROUP == 10
    assert [withheld(spread(n)) for n in (0, 1, 4, 5, 9)] == [Withheld.SMALL_GROUP] * 5
    assert [withheld(spread(n)) for n in (10, 11, 300)] == [None] * 3


def test_a_programme_may_ask_for_more_people_or_for_fewer_but_never_for_four():
    assert withheld(spread(19), minimum=20) is Withheld.SMALL_GROUP
    assert withheld(spread(5), minimum=5) is None
    for call in (
        lambda: withheld(spread(10), minimum=4),
        lambda: new_batches(Counted(), people(10), minimum=4),
    ):
        with pytest.raises(ValueError, match="figures of 4 people would tell on them"):
            call()


@pytest.mark.parametrize(
    "pairs",
    [
        [(x % 4, x % 4) for x in range(12)],
        [(x % 4, x % 4 + 2) for x in range(12)],
        [(5, 5)] * 12,
        [(5, x % 4) for x in range(12)],
        [(x % 4, 5) for x in range(12)],
    ],
)
def test_where_a_mean_is_each_persons_own_figure_nothing_is_shown(pairs):
    assert withheld(change(pairs)) is Withheld.ALL_ALIKE
    alike = [Waiting(f"{place:02}", False, *pair) for place, pair in enumerate(pairs)]
    assert are_alike(alike)
    assert new_batches(Counted(), alike) == []


@pytest.mark.parametrize(
    ("shown", "new", "added"),
    [
        (0, 9, 0),
        (0, 10, 10),
        (0, 23, 23),
        (10, 0, 0),
        (10, 4, 0),
        (10, 5, 5),
        (30, 4, 0),
        (30, 9, 9),
    ],
)
def test_ten_people_begin_a_report_and_five_more_renew_it(shown, new, added):
    found = new_batches(Counted(clean=shown), people(new))
    assert sum(len(each.people) for each in found) == added
    assert all(len(each.people) >= 5 for each in found)


@pytest.mark.parametrize(
    ("counted", "clean", "draft", "expected"),
    [
        # Each kind of reader is a row of its own, with ten people at first.
        (Counted(), 10, 3, [("clean", 5), ("clean", 5)]),
        (Counted(), 10, 10, [("clean", 5), ("clean", 5), ("draft", 5), ("draft", 5)]),
        # Only both together are ten: nobody will ever tell the eight from the four.
        (Counted(), 8, 4, [("mixed", 6), ("mixed", 6)]),
        (Counted(mixed=12), 3, 2, [("mixed", 5)]),
        # Once a row is begun, its readers wait for four others of their kind.
        (Counted(clean=10), 3, 2, []),
        (Counted(clean=10), 3, 5, [("mixed", 5)]),
        (Counted(clean=10, draft=10), 3, 5, [("draft", 5)]),
        (Counted(clean=10, draft=10), 4, 4, []),
    ],
)
def test_those_who_read_a_draft_are_never_told_from_the_others_by_subtraction(
    counted, clean, draft, expected
):
    waiting = people(clean) + people(draft, draft=True, first=500)
    assert sizes(new_batches(counted, waiting)) == expected


def test_people_too_much_alike_for_a_small_batch_make_a_larger_one():
    waiting = [Waiting(f"{x:02}", False, 1, 2) for x in range(9)]
    waiting += [Waiting("10", False, 2, 4), Waiting("11", False, 3, 1)]
    assert sizes(new_batches(Counted(), waiting)) in ([("clean", 11)], [("clean", 5), ("clean", 6)])
    assert not any(are_alike(each.people) for each in new_batches(Counted(), waiting))


def test_where_only_the_change_is_shown_equal_scores_before_tell_nothing():
    waiting = [Waiting(f"{x:02}", False, 1, x % 3) for x in range(10)]
    assert new_batches(Counted(), waiting) == []
    assert sizes(new_batches(Counted(), waiting, change_only=True)) == [("clean", 5)] * 2


def test_a_batch_does_not_show_its_people_in_a_trace():
    assert repr(Batch(Part.CLEAN, tuple(people(5)))) == "Batch(part=<Part.CLEAN: 'clean'>)"


def anything(n):
    """Of so many people any numbers may have moved any way."""
    return frozenset((up, n - up - down, down) for up in range(n + 1) for down in range(n + 1 - up))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((10, 6, 8), (10, 6, 8)),
        ((15, 6, 3), (15, None, None)),
        ((3, 9, 12), (None, None, 12)),
        ((15, 3, 6), (None, None, 6)),
        ((8, 3, 1), (None, None, None)),
        ((10, 2, 0), (None, None, None)),
        ((12, 0, 0), (None, None, None)),
        ((0, 0, 12), (None, None, None)),
    ],
)
def test_a_number_below_five_is_never_said_nor_what_would_tell_it(counts, said):
    assert said_of(counts, anything(sum(counts)), []).said == said


def test_that_few_worsened_is_said_where_it_is_so():
    assert said_of((12, 0, 0), anything(12), []).pattern is Pattern.FEW_WORSENED
    assert said_of((0, 0, 12), anything(12), []).pattern is Pattern.NONE


def test_what_an_earlier_report_withheld_is_not_told_by_a_later_one():
    first = said_of((20, 5, 4), anything(29), [])
    assert first.said == (20, None, None)
    # All three numbers are five or more now, and would tell that exactly four had worsened: of
    # those who came, the sums say that four did.
    later = said_of((21, 5, 8), frozenset([(1, 0, 4)]), [first])
    assert later.said == (21, None, None)
    assert {each[2] for each in later.open} == {4, 5, 6, 7, 8}


def test_people_who_all_moved_one_way_are_not_told_by_subtraction():
    first = said_of((10, 6, 8), anything(24), [])
    assert said_of((15, 6, 8), anything(5), [first]).pattern is not Pattern.ALL
    assert said_of((12, 8, 9), anything(5), [first]).pattern is Pattern.ALL


def test_where_silence_would_tell_others_keep_it_too():
    """Two worlds: in one all three numbers may be said. Then silence would say that it is the
    other one, so nothing is said in either, and whether it is shown is the same in both."""
    worlds = frozenset([(10, 6, 8), (11, 4, 9)])
    assert [said_of(each, worlds, []).pattern for each in sorted(worlds)] == [Pattern.NONE] * 2
    alike = frozenset([(10, 6, 8), (11, 5, 8)])
    assert [said_of(each, alike, []).pattern for each in sorted(alike)] == [Pattern.ALL] * 2
    assert said_of((11, 4, 9), frozenset([(11, 4, 9)]), []) is None


def test_after_a_report_of_which_nobody_knows_what_it_left_open_no_number_is_said():
    old = Statement(24, 10, 6, 8)
    assert said_of((14, 7, 8), anything(5), [old]) == Statement(29)


def test_what_stays_open_is_kept_and_never_shown():
    said = said_of((15, 6, 3), anything(24), [])
    again = Statement.from_json(json.loads(json.dumps(said.to_json())))
    assert (again, again.new, again.open) == (said, said.new, said.open)
    assert {each[0] for each in said.open} == {15}
    assert "frozenset" not in repr(said)


def steps(size):
    """What the numbers of so many people can be, who came new: a few worlds."""
    return st.frozensets(
        st.tuples(st.integers(0, size), st.integers(0, size))
        .filter(lambda each: sum(each) <= size)
        .map(lambda each: (each[0], size - sum(each), each[1])),
        min_size=1,
        max_size=6,
    )


@given(st.tuples(steps(14), steps(6), steps(7)))
@settings(deadline=None)
def test_no_withheld_number_of_people_can_be_counted_out(comers):
    """A reader goes through all worlds, asks what every report would say there, and keeps those
    that look like hers."""
    alike = {}
    for world in product(*comers):
        told, cells, all_cells = [], (0, 0, 0), []
        for own, new in zip(world, comers, strict=True):
            cells = tuple(one + two for one, two in zip(cells, own, strict=True))
            said = said_of(cells, new, told)
            if said is None:
                break
            told.append(said)
            all_cells.append(cells)
        alike.setdefault(tuple(told), []).append(all_cells)
    for told, worlds in alike.items():
        for place, said in enumerate(told):
            possible = {each[place] for each in worlds}
            assert possible <= said.open
            assert all(number is None or number >= 5 for number in said.said)
            for number, numbers in zip(said.said, zip(*possible, strict=True), strict=True):
                assert set(numbers) == {number} if number is not None else len(set(numbers)) > 1
