from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.outcomes.disclosure import (
    MINIMUM_GROUP,
    Shown,
    Withheld,
    may_refresh,
    may_show_both,
    shown,
)
from edu.outcomes.paired import PairedChange, PairSums
from edu.quizzes.instrument import HigherMeans

ALL = Shown(None, None)
SMALL = Shown(Withheld.SMALL_GROUP, Withheld.SMALL_GROUP)
ALIKE = Shown(Withheld.ALL_ALIKE, Withheld.ALL_ALIKE)


def change(pairs, higher_means=HigherMeans.BETTER):
    return PairedChange.from_pairs(pairs, higher_means=higher_means, units=1)


def spread(n):
    """So many learners of whom some improved, some stayed and some worsened."""
    return change([(x % 4, (x * x) % 5) for x in range(n)])


def test_nine_people_are_shown_nothing_and_ten_everything():
    assert MINIMUM_GROUP == 10
    assert [shown(spread(n)) for n in (0, 1, 4, 5, 9)] == [SMALL] * 5
    assert [shown(spread(n)) for n in (10, 11, 300)] == [ALL] * 3


def test_a_programme_may_ask_for_more_people_or_for_fewer_but_never_for_four():
    assert shown(spread(19), minimum=20) == SMALL
    assert shown(spread(5), minimum=5) == ALL
    for call in (
        lambda: shown(spread(10), minimum=4),
        lambda: may_refresh(0, 10, minimum=4),
        lambda: may_show_both(10, 10, minimum=4),
    ):
        with pytest.raises(ValueError, match="figures of 4 people would tell on them"):
            call()


@pytest.mark.parametrize("higher_means", HigherMeans)
@pytest.mark.parametrize("sign", [1, -1])
def test_where_all_moved_the_same_way_the_counts_are_withheld_and_the_mean_stays(
    sign, higher_means
):
    pairs = [(x % 4, x % 4 + sign * (1 + x % 3)) for x in range(12)]
    assert shown(change(pairs, higher_means)) == Shown(Withheld.ALL_ALIKE, None)


def test_where_one_moved_another_way_the_counts_are_shown():
    pairs = [(x % 4, x % 4 + 1 + x % 3) for x in range(12)]
    assert shown(change([*pairs, (3, 0)])) == ALL


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
    assert shown(change(pairs)) == ALIKE


def test_without_counts_there_are_none_to_withhold():
    pairs = [(x % 4, x % 4 + 1 + x % 3) for x in range(12)]
    sums = PairSums.from_pairs(pairs)
    assert shown(PairedChange.from_sums(sums, higher_means=HigherMeans.BETTER, units=1)) == ALL


@pytest.mark.parametrize(
    ("old", "new", "allowed"),
    [
        (0, 9, False),
        (0, 10, True),
        (8, 10, True),  # eight were never shown, so nothing can be subtracted
        (10, 10, False),
        (10, 14, False),
        (10, 15, True),
        (30, 29, False),
        (30, 9, False),
        (30, 34, False),
        (30, 35, True),
    ],
)
def test_a_report_is_renewed_only_when_five_people_were_added(old, new, allowed):
    assert may_refresh(old, new) is allowed


@pytest.mark.parametrize(
    ("everybody", "without_drafts", "allowed"),
    [
        (9, 9, False),
        (10, 10, True),
        (11, 10, False),
        (14, 10, False),
        (15, 10, True),
        (15, 9, False),
        (40, 36, False),
        (40, 35, True),
        (40, 0, False),
    ],
)
def test_both_figures_are_shown_only_when_their_difference_is_nobody_or_five(
    everybody, without_drafts, allowed
):
    assert may_show_both(everybody, without_drafts) is allowed


def test_a_part_larger_than_the_whole_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="11 learners cannot be part of 10"):
        may_show_both(10, 11)


@given(st.lists(st.integers(0, 60), max_size=30))
def test_no_two_reports_in_a_row_differ_by_one_to_four_people(sizes):
    reports = [0]
    for size in sizes:
        if may_refresh(reports[-1], size):
            reports.append(size)
    steps = [new - old for old, new in pairwise(reports)]
    assert all(step >= 5 for step in steps)
    assert all(size >= MINIMUM_GROUP for size in reports[1:])
