import random
from dataclasses import replace

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from edu.outcomes.analysis.comparing import How, Learner, compare
from edu.outcomes.analysis.least_squares import fit
from edu.outcomes.analysis.not_given import NotGiven

from ..known import trial


def waiting_list(n=24, groups=None, seed=7):
    """A course and a waiting list of n learners each, `groups` groups in each arm."""
    chance = random.Random(seed)
    own = {(arm, g): chance.gauss(0, 0.5) for arm in (True, False) for g in range(groups or 1)}
    learners = []
    for arm in (True, False):
        for place in range(n):
            group = place % groups if groups else None
            before = chance.gauss(10, 3) + own[arm, group or 0]
            after = 4 + 0.6 * before + 1.5 * arm + own[arm, group or 0] + chance.gauss(0, 2)
            learners.append(Learner(arm, before, after, group))
    return learners


def test_a_waiting_list_is_adjusted_as_partial_regression_says():
    """The second way: what the scores before do not explain of either, in numpy and scipy."""
    learners = waiting_list()
    arm = numpy.array([each.course for each in learners], dtype=float)
    before = numpy.array([each.before for each in learners])
    after = numpy.array([each.after for each in learners])
    rest = [
        column - numpy.polyval(numpy.polyfit(before, column, 1), before) for column in (arm, after)
    ]
    slope = (rest[0] @ rest[1]) / (rest[0] @ rest[0])
    left = rest[1] - slope * rest[0]
    error = numpy.sqrt(left @ left / (48 - 3) / (rest[0] @ rest[0]))
    found = compare(learners)
    assert (found.how, found.adjusted.df) == (How.LEARNERS, 45)
    assert found.adjusted.value == pytest.approx(slope, rel=1e-10)
    assert found.adjusted.error == pytest.approx(error, rel=1e-10)
    half = stats.t.ppf(0.975, 45) * error
    assert found.adjusted.interval.low == pytest.approx(slope - half, rel=1e-9)
    assert found.adjusted_intercept is None


def test_a_trial_of_three_arms_gives_the_published_coefficients():
    rows = [(arm, x, y) for arm in ("behaviour", "control", "family") for x, y in trial(arm)]
    change = [y - x for _, x, y in rows]
    columns = [
        [1.0] * 72,
        [x for _, x, _ in rows],
        [float(arm == "control") for arm, _, _ in rows],
        [float(arm == "family") for arm, _, _ in rows],
    ]
    found = fit(change, columns)
    assert [round(value, 4) for value in found.coefficients[1:]] == [-0.5655, -4.0971, 4.5631]
    assert [round(found.error(place), 4) for place in (1, 2, 3)] == [0.1612, 1.8935, 2.1333]


def test_two_arms_of_the_trial_are_compared_as_a_regression_says():
    learners = [
        Learner(arm == "family", x, y) for arm in ("family", "control") for x, y in trial(arm)
    ]
    found = compare(learners)
    x = numpy.array([[1, each.course, each.before] for each in learners], dtype=float)
    y = numpy.array([each.after for each in learners])
    coefficients, rss, _, _ = numpy.linalg.lstsq(x, y, rcond=None)
    error = numpy.sqrt(rss[0] / 40 * numpy.linalg.inv(x.T @ x)[1, 1])
    assert (found.course.n, found.comparison.n) == (17, 26)
    assert (round(found.course.mean_change, 2), round(found.comparison.mean_change, 2)) == (
        7.26,
        -0.45,
    )
    assert found.adjusted.value == pytest.approx(coefficients[1], rel=1e-9)
    assert found.adjusted.error == pytest.approx(error, rel=1e-9)
    changes = [[each.change for each in learners if each.course is arm] for arm in (True, False)]
    expected = stats.ttest_ind(*changes)
    plain = found.difference_in_differences
    assert plain.value / plain.error == pytest.approx(expected.statistic, rel=1e-9)


def test_the_difference_in_differences_is_a_t_test_of_changes():
    learners = waiting_list()
    changes = [[each.change for each in learners if each.course is arm] for arm in (True, False)]
    expected = stats.ttest_ind(*changes)
    found = compare(learners).difference_in_differences
    low, high = expected.confidence_interval()
    assert found.value / found.error == pytest.approx(expected.statistic, rel=1e-10)
    assert (found.df, found.interval.low) == (46, pytest.approx(low, rel=1e-9))
    assert found.interval.high == pytest.approx(high, rel=1e-9)


def test_both_arms_are_described():
    learners = waiting_list()
    found = compare(learners)
    course = [each for each in learners if each.course]
    assert (found.course.n, found.comparison.n, found.course.groups) == (24, 24, None)
    assert found.course.mean_before == pytest.approx(numpy.mean([each.before for each in course]))
    assert found.course.sd_change == pytest.approx(numpy.std([e.change for e in course], ddof=1))
    expected = found.course.mean_change - found.comparison.mean_change
    assert found.difference == expected


def test_morris_divides_by_the_pooled_sd_of_before():
    found = compare(waiting_list())
    pooled = (23 * found.course.sd_before**2 + 23 * found.comparison.sd_before**2) / 46
    # Morris's own factor is an approximation of the exact one.
    approximate = (1 - 3 / (4 * 46 - 1)) * found.difference / pooled**0.5
    assert found.d_ppc2 == pytest.approx(approximate, rel=1e-4)


def test_with_five_groups_an_arm_learners_are_compared_with_their_groups_in_mind():
    found = compare(waiting_list(n=30, groups=5))
    assert (found.how, found.adjusted.df) == (How.LEARNERS_IN_GROUPS, 8)
    assert (found.course.groups, found.comparison.groups) == (5, 5)
    plain = compare([replace(each, group=None) for each in waiting_list(n=30, groups=5)])
    assert found.adjusted.value == pytest.approx(plain.adjusted.value, rel=1e-12)
    assert found.adjusted.error != pytest.approx(plain.adjusted.error, rel=1e-3)
    assert found.adjusted_intercept.df == found.adjusted_of_means.df == 8


@pytest.mark.parametrize("groups", [2, 3, 4])
def test_below_five_groups_an_arm_the_groups_means_are_compared(groups):
    learners = waiting_list(n=24, groups=groups)
    means = [
        [
            numpy.mean([e.change for e in learners if e.course is arm and e.group == group])
            for group in range(groups)
        ]
        for arm in (True, False)
    ]
    expected = stats.ttest_ind(*means)
    found = compare(learners)
    assert (found.how, found.adjusted.df) == (How.GROUP_MEANS, 2 * groups - 2)
    plain = found.difference_in_differences
    assert plain.value / plain.error == pytest.approx(expected.statistic, rel=1e-10)


def test_two_stages_take_the_slope_from_within_the_arms():
    learners = waiting_list(n=24, groups=3)
    x = numpy.array([[1, e.course, e.before] for e in learners], dtype=float)
    slope = numpy.linalg.lstsq(x, numpy.array([e.after for e in learners]), rcond=None)[0][2]
    means = [
        [
            numpy.mean([e.after - slope * e.before for e in learners if (e.course, e.group) == key])
            for key in ((arm, 0), (arm, 1), (arm, 2))
        ]
        for arm in (True, False)
    ]
    expected = stats.ttest_ind(*means)
    found = compare(learners).adjusted
    assert found.value == pytest.approx(numpy.mean(means[0]) - numpy.mean(means[1]), rel=1e-9)
    assert found.value / found.error == pytest.approx(expected.statistic, rel=1e-9)


def test_one_group_in_an_arm_is_described_and_no_more():
    found = compare(waiting_list(groups=1))
    assert (found.how, found.adjusted, found.difference_in_differences) == (
        How.DESCRIPTION,
        None,
        None,
    )
    assert found.why_no_interval == (
        "there is one group in an arm, so nobody can tell the course from the group"
    )


def test_too_few_people_are_described_or_not_even_that():
    found = compare(waiting_list(n=14))
    assert found.adjusted is None
    assert found.why_no_interval == "fewer than 15 people could be matched in an arm"
    assert compare(waiting_list(n=4)) == NotGiven("fewer than 5 people could be matched in an arm")
    assert compare([]) == NotGiven("fewer than 5 people could be matched in an arm")
    one_arm = [each for each in waiting_list() if each.course]
    assert isinstance(compare(one_arm), NotGiven)


@pytest.mark.parametrize("groups", [None, 3, 5])
def test_all_at_the_ceiling_are_not_told_apart(groups):
    learners = [
        Learner(arm, 5.0, 5.0, None if groups is None else place % groups)
        for arm in (True, False)
        for place in range(20)
    ]
    found = compare(learners)
    assert (found.adjusted, found.difference_in_differences) == (None, None)
    assert (found.d_ppc2, found.why_no_interval) == (None, "there is no spread to judge by")


@pytest.mark.parametrize("groups", [None, 3, 5])
@settings(deadline=None)
@given(chance=st.randoms())
def test_the_order_of_rows_changes_nothing(groups, chance):
    learners = waiting_list(n=20, groups=groups)
    one, two = compare(learners), compare(chance.sample(learners, len(learners)))
    assert two.how is one.how
    assert two.adjusted.value == pytest.approx(one.adjusted.value, rel=1e-9)
    assert two.adjusted.error == pytest.approx(one.adjusted.error, rel=1e-9)
    assert two.difference_in_differences.error == pytest.approx(
        one.difference_in_differences.error, rel=1e-9
    )


def test_learners_without_a_group_are_left_out_and_counted():
    learners = waiting_list(n=24, groups=3)
    stray = [Learner(True, 9.0, 19.0), Learner(False, 9.0, 1.0)]
    assert compare(learners + stray) == replace(compare(learners), without_group=2)


def test_turning_the_arms_round_turns_the_difference():
    learners = waiting_list()
    turned = compare([replace(each, course=not each.course) for each in learners])
    found = compare(learners)
    assert turned.adjusted.value == pytest.approx(-found.adjusted.value, rel=1e-9)
    assert turned.adjusted.error == pytest.approx(found.adjusted.error, rel=1e-9)
