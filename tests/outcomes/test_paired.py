import math
import random
from dataclasses import fields, replace

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from edu.outcomes.analysis.effects import effect_sizes
from edu.outcomes.paired import (
    Counts,
    Interval,
    PairedChange,
    PairSums,
    Verdict,
    Why,
)
from edu.quizzes.instrument import HigherMeans
from edu.quizzes.scoring import UNITS

from .known import SLEEP_TENTHS

BETTER, WORSE = HigherMeans.BETTER, HigherMeans.WORSE
PAIR = st.tuples(st.integers(-10, 12_600), st.integers(-10, 12_600))
PAIRS = st.lists(PAIR, max_size=40)


def change(pairs, higher_means=BETTER, units=1):
    return PairedChange.from_pairs(pairs, higher_means=higher_means, units=units)


@given(PAIRS, st.randoms())
def test_the_order_of_learners_changes_nothing(pairs, random):
    shuffled = random.sample(pairs, len(pairs))
    assert change(shuffled) == change(pairs)


@given(PAIRS, PAIRS)
def test_sums_are_mergeable_and_reversible(some, others):
    one, two = PairSums.from_pairs(some), PairSums.from_pairs(others)
    both = PairSums.from_pairs(some + others)
    assert one + two == both
    assert both - two == one
    assert both - both == PairSums()


@given(PAIRS, PAIRS, st.sampled_from(HigherMeans))
def test_counts_are_mergeable(some, others, higher_means):
    one, two = Counts.from_pairs(some, higher_means), Counts.from_pairs(others, higher_means)
    assert one + two == Counts.from_pairs(some + others, higher_means)
    assert one.n == len(some)


def test_more_learners_than_there_are_cannot_withdraw():
    with pytest.raises(ValueError, match="cannot take 1 pairs from 0"):
        PairSums() - PairSums.from_pairs([(1, 2)])


def test_counts_of_other_learners_are_refused():
    sums = PairSums.from_pairs([(1, 2)] * 6)
    with pytest.raises(ValueError, match="counts of 5 learners beside sums of 6"):
        PairedChange.from_sums(sums, higher_means=BETTER, counts=Counts(5))


def test_sums_alone_give_everything_but_the_counts():
    sums = PairSums.from_pairs(SLEEP_TENTHS)
    alone = PairedChange.from_sums(sums, higher_means=BETTER, units=10)
    assert alone.counts is None
    assert replace(alone, counts=Counts(9, 1, 0)) == change(SLEEP_TENTHS, units=10)


def test_the_sleep_data_give_the_published_figures():
    found = change(SLEEP_TENTHS, units=10)
    assert (found.n, found.mean_change, found.counts) == (10, 1.58, Counts(9, 1, 0))
    assert round(found.mean_change / found.standard_error, 4) == 4.0621
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (0.7001, 2.4599)
    effects = effect_sizes(found)
    assert (round(effects.g_av, 3), round(effects.d_z, 3)) == (0.761, 1.285)
    assert (round(effects.d_av, 3), round(effects.j, 4)) == (0.832, 0.9139)
    assert found.verdict is Verdict.CLEAR_IMPROVEMENT


@given(st.lists(PAIR, min_size=10, max_size=60))
def test_every_figure_agrees_with_scipy(pairs):
    before, after = numpy.array(pairs, dtype=float).T / UNITS
    if min(before.std(), after.std(), (after - before).std()) < 0.01:
        return  # scipy has trouble there, and warns of it
    found = change(pairs, units=UNITS)
    expected = stats.ttest_rel(after, before)
    low, high = expected.confidence_interval(0.95)
    assert found.mean_before == pytest.approx(before.mean(), rel=1e-12, abs=1e-12)
    assert found.mean_after == pytest.approx(after.mean(), rel=1e-12, abs=1e-12)
    assert found.sd_before == pytest.approx(before.std(ddof=1), rel=1e-12)
    assert found.sd_after == pytest.approx(after.std(ddof=1), rel=1e-12)
    assert found.sd_change == pytest.approx((after - before).std(ddof=1), rel=1e-12)
    assert found.standard_error == pytest.approx(stats.sem(after - before), rel=1e-12)
    correlation = numpy.corrcoef(before, after)[0, 1]
    assert found.correlation == pytest.approx(correlation, rel=1e-10, abs=1e-10)
    assert found.interval.low == pytest.approx(low, rel=1e-11, abs=1e-11)
    assert found.interval.high == pytest.approx(high, rel=1e-11, abs=1e-11)
    statistic = found.mean_change / found.standard_error
    assert statistic == pytest.approx(expected.statistic, rel=1e-11, abs=1e-11)


def test_figures_far_from_zero_lose_no_digits():
    near = change(SLEEP_TENTHS, units=10)
    far = change([(x + 10**15, y + 10**15) for x, y in SLEEP_TENTHS], units=10)
    same = ("mean_change", "sd_before", "sd_after", "sd_change", "correlation", "interval")
    assert [getattr(far, name) for name in same] == [getattr(near, name) for name in same]


GIVEN_FROM = {
    **dict.fromkeys(["n", "higher_means", "counts"], 0),
    **dict.fromkeys(["mean_before", "mean_after", "sd_before", "sd_after"], 5),
    **dict.fromkeys(["mean_change", "sd_change", "correlation"], 5),
    **dict.fromkeys(["standard_error", "interval"], 10),
}


@pytest.mark.parametrize("n", [0, 1, 2, 4, 5, 9, 10, 11])
def test_each_figure_begins_where_there_are_enough_people_for_it(n):
    found = change([(x, x * x) for x in range(n)])
    given_fields = {f.name for f in fields(PairedChange) if getattr(found, f.name) is not None}
    assert given_fields == {name for name, least in GIVEN_FROM.items() if n >= least}
    assert found.n == n
    assert found.why_no_means == (Why.TOO_FEW_TO_DESCRIBE if n < 5 else None)
    assert found.why_no_correlation == (Why.TOO_FEW_TO_DESCRIBE if n < 5 else None)
    assert found.why_no_interval == (Why.TOO_FEW_FOR_INTERVAL if n < 10 else None)
    assert (found.verdict is Verdict.TOO_FEW) == (n < 10)
    assert (effect_sizes(found) is None) == (n < 10)


@pytest.mark.parametrize("by", [0, 1, -3])
def test_the_same_change_of_everybody_is_not_estimable(by):
    found = change([(x, x + by) for x in range(12)])
    assert (found.mean_change, found.sd_change, found.correlation) == (by, 0, 1)
    assert (found.standard_error, found.interval, effect_sizes(found)) == (None, None, None)
    assert (found.verdict, found.why_no_interval) == (Verdict.NOT_ESTIMABLE, Why.CONSTANT_CHANGE)


def test_a_constant_change_of_a_third_of_a_point_is_seen_as_constant():
    found = change([(n * UNITS, n * UNITS + UNITS // 3) for n in range(12)], units=UNITS)
    assert found.verdict is Verdict.NOT_ESTIMABLE
    assert found.sd_change == 0


def test_spread_within_the_noise_is_no_spread_in_any_figure():
    pairs = [(100 + x % 2, 101 - x % 2) for x in range(12)]
    noisy = PairedChange.from_pairs(pairs, higher_means=BETTER, units=1, noise=0.6)
    assert (noisy.sd_before, noisy.sd_after, noisy.sd_change) == (0, 0, 0)
    assert (noisy.correlation, noisy.verdict) == (None, Verdict.NOT_ESTIMABLE)
    assert effect_sizes(noisy) is None
    assert change(pairs).sd_change == pytest.approx(1.0445, abs=1e-4)


def test_everybody_at_the_ceiling_has_means_but_no_correlation_and_no_verdict():
    found = change([(5, 5)] * 20)
    assert (found.mean_before, found.mean_after, found.mean_change) == (5, 5, 0)
    assert (found.sd_before, found.sd_after, found.correlation) == (0, 0, None)
    assert found.why_no_correlation is Why.CONSTANT_SCORES
    assert found.verdict is Verdict.NOT_ESTIMABLE
    assert found.counts == Counts(0, 20, 0)


def test_everybody_equal_before_and_spread_after_still_has_an_interval():
    found = change([(0, y) for y in range(1, 13)])
    assert (found.correlation, found.why_no_correlation) == (None, Why.CONSTANT_SCORES)
    assert found.verdict is Verdict.CLEAR_IMPROVEMENT
    assert effect_sizes(found).d_av == pytest.approx(found.mean_change / math.sqrt(13 / 2))


@pytest.mark.parametrize(
    ("low", "high", "if_better", "if_worse"),
    [
        (0.1, 0.9, Verdict.CLEAR_IMPROVEMENT, Verdict.POSSIBLE_BACKFIRE),
        (-0.9, -0.1, Verdict.POSSIBLE_BACKFIRE, Verdict.CLEAR_IMPROVEMENT),
        (-0.1, 0.9, Verdict.UNCLEAR, Verdict.UNCLEAR),
        (0.0, 0.9, Verdict.UNCLEAR, Verdict.UNCLEAR),
        (-0.9, 0.0, Verdict.UNCLEAR, Verdict.UNCLEAR),
    ],
)
def test_the_verdict_follows_the_interval_and_what_higher_means(low, high, if_better, if_worse):
    interval = Interval(low, high)
    assert PairedChange(20, BETTER, interval=interval).verdict is if_better
    assert PairedChange(20, WORSE, interval=interval).verdict is if_worse


@given(PAIRS)
def test_turning_the_scale_round_turns_the_counts_and_the_verdict_but_no_figure(pairs):
    better, worse = change(pairs, BETTER), change(pairs, WORSE)
    turned = Counts(worse.counts.worsened, worse.counts.same, worse.counts.improved)
    assert replace(worse, higher_means=BETTER, counts=turned) == better
    opposite = {
        Verdict.CLEAR_IMPROVEMENT: Verdict.POSSIBLE_BACKFIRE,
        Verdict.POSSIBLE_BACKFIRE: Verdict.CLEAR_IMPROVEMENT,
    }
    assert worse.verdict == opposite.get(better.verdict, better.verdict)


@given(PAIRS)
def test_no_figure_is_ever_infinite_or_not_a_number(pairs):
    found = change(pairs)
    interval = found.interval or Interval(0, 0)
    figures = [getattr(found, name) for name in GIVEN_FROM if name not in ("counts", "interval")]
    numbers = [x for x in (*figures, interval.low, interval.high) if isinstance(x, float | int)]
    assert all(map(math.isfinite, numbers))
    assert -1 <= (found.correlation or 0) <= 1


# A learner has a score out of 16 and moves by so much, but never above the ceiling: a third of
# the group is so close to it that they cannot move as they would.
BEFORE = [6, 9, 11, 12, 13, 14, 14, 15, 15, 16, 16]
MOVES = [-3, -2, -1, 0, 0, 1, 1, 2, 3, 4]
TRUE_MEAN_CHANGE = sum(min(16, x + m) - x for x in BEFORE for m in MOVES) / 110


@pytest.mark.parametrize("n", [10, 25])
def test_the_interval_covers_the_truth_as_often_as_it_says_even_at_a_ceiling(n):
    chance = random.Random(f"ceiling {n}")
    covered = 0
    for _ in range(4000):
        before = chance.choices(BEFORE, k=n)
        moves = chance.choices(MOVES, k=n)
        pairs = [(x, min(16, x + move)) for x, move in zip(before, moves, strict=True)]
        interval = change(pairs).interval
        covered += interval.low <= TRUE_MEAN_CHANGE <= interval.high
    assert 0.93 <= covered / 4000 <= 0.97
