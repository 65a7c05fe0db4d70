import random
from itertools import product
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.pseudomedian import pseudomedian
from edu.outcomes.analysis.signed_rank import (
    EXACT_UP_TO,
    SignedRank,
    doubled_ranks,
    signed_rank,
)

from ..known import SLEEP_TENTHS

CHANGES = st.lists(st.integers(-6, 6), min_size=6, max_size=11)


def by_enumeration(changes):
    """The p by trying every way to give the ranks signs."""
    moved = [change for change in changes if change]
    ranks = stats.rankdata([abs(change) for change in moved])
    seen = sum(rank for rank, change in zip(ranks, moved, strict=True) if change > 0)
    far = abs(seen - sum(ranks) / 2)
    sums = [
        sum(rank for rank, sign in zip(ranks, signs, strict=True) if sign)
        for signs in product((0, 1), repeat=len(moved))
    ]
    return sum(abs(each - sum(ranks) / 2) >= far - 1e-9 for each in sums) / len(sums)


def test_the_sleep_data_give_an_exact_p_of_two_in_512():
    found = signed_rank([(y - x) for x, y in SLEEP_TENTHS])
    assert found == SignedRank(
        n=9,
        zeros=1,
        w_plus=45,
        w_minus=0,
        rank_biserial=1,
        pseudomedian=13,
        p=2 / 512,
        exact=True,
    )


@settings(deadline=None)
@given(CHANGES)
def test_the_exact_p_is_that_of_every_way_to_give_signs(changes):
    found = signed_rank(changes)
    if isinstance(found, SignedRank):
        assert found.p == pytest.approx(by_enumeration(changes), rel=1e-12)


@pytest.mark.parametrize("n", [20, 60, EXACT_UP_TO])
def test_larger_groups_agree_with_scipy(n):
    chance = random.Random(n)
    changes = [chance.gauss(0.2, 1) for _ in range(n)]
    expected = stats.wilcoxon(changes, method="exact")
    assert signed_rank(changes).p == pytest.approx(expected.pvalue, rel=1e-10)


def test_above_the_exact_test_it_is_the_normal_one_with_both_corrections():
    chance = random.Random(1)
    changes = [chance.randint(-4, 5) for _ in range(400)]
    expected = stats.wilcoxon(changes, zero_method="wilcox", correction=True, method="asymptotic")
    found = signed_rank(changes)
    assert not found.exact
    assert found.p == pytest.approx(expected.pvalue, rel=1e-10)
    assert min(found.w_plus, found.w_minus) == expected.statistic


def test_just_below_and_above_the_edge_both_tests_say_the_same():
    chance = random.Random(2)
    changes = [chance.gauss(0.15, 1) for _ in range(EXACT_UP_TO + 1)]
    assert signed_rank(changes[:-1]).exact is not signed_rank(changes).exact
    exact = stats.wilcoxon(changes, method="exact").pvalue
    assert signed_rank(changes).p == pytest.approx(exact, rel=0.01)


@settings(deadline=None)
@given(st.lists(st.integers(-6, 6), max_size=40), st.randoms())
def test_the_order_of_people_changes_nothing(changes, chance):
    assert signed_rank(chance.sample(changes, len(changes))) == signed_rank(changes)


@settings(deadline=None)
@given(st.lists(st.integers(-6, 6), max_size=40))
def test_turning_all_changes_round_turns_the_signs_and_keeps_p(changes):
    found, turned = signed_rank(changes), signed_rank([-change for change in changes])
    if isinstance(found, SignedRank):
        assert (turned.w_plus, turned.w_minus) == (found.w_minus, found.w_plus)
        assert (turned.p, turned.rank_biserial) == (found.p, -found.rank_biserial)
        assert turned.pseudomedian == -found.pseudomedian
    else:
        assert turned == found


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ([], "nobody changed, so there is nothing to rank"),
        ([0] * 30, "nobody changed, so there is nothing to rank"),
        ([1, 2, 3, 4, 5, 0], "fewer than 6 people changed"),
        (
            [2] * 20,
            "everybody changed by the same amount, so there is no spread to judge by",
        ),
    ],
)
def test_what_cannot_be_tested_is_said_in_words(changes, why):
    assert signed_rank(changes) == NotGiven(why)


def test_noise_makes_no_rank_of_its_own():
    exact = [1, 1, 2, -1, 3, 0, 2, 5]
    noisy = [1 + 1e-12, 1, 2, -1 + 1e-12, 3, 1e-13, 2 - 1e-12, 5]
    assert signed_rank(noisy, 1e-9).p == signed_rank(exact).p
    assert signed_rank(noisy, 1e-9).zeros == 1


def test_ties_share_the_mean_of_their_ranks():
    assert doubled_ranks([1, 2, 2, 2, 5]) == [2, 6, 6, 6, 10]


@settings(deadline=None)
@given(
    st.one_of(
        st.lists(st.integers(-3, 3), min_size=1, max_size=25),
        st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=25),
    )
)
def test_the_pseudomedian_is_the_median_of_all_means_of_two(changes):
    sums = [x + y for place, x in enumerate(changes) for y in changes[place:]]
    assert pseudomedian(changes) == pytest.approx(median(sums) / 2, abs=0, rel=1e-15)


def test_the_pseudomedian_of_very_many_needs_no_list_of_their_pairs():
    # Of a hundred thousand people a list of pairs would take more memory than a small box has.
    assert pseudomedian([]) == 0
    assert pseudomedian([0, 1, 5] * 33_334) == 2.5
    assert pseudomedian(range(5_001)) == 2_500
