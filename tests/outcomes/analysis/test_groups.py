import math
import random

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from edu.outcomes.analysis.clusters import Clusters, clusters, intraclass_correlation
from edu.outcomes.analysis.detectable import (
    detectable_change,
    detectable_difference,
    detectable_in_cohorts,
    power,
)
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.pooling import Pooled, pooled

from ..known import BCG, JUDGED


def log_risk_ratios():
    return [
        (
            math.log(a / (a + b) / (c / (c + d))),
            math.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)),
        )
        for a, b, c, d in BCG
    ]


def test_the_bcg_trials_give_the_published_figures():
    found = pooled(log_risk_ratios())
    assert (round(found.estimate, 4), round(found.tau_squared, 4)) == (-0.7145, 0.3132)
    assert (round(100 * found.i_squared, 2), round(found.q, 4)) == (92.22, 152.2330)
    usual = 1 / math.sqrt(sum(1 / (e * e + found.tau_squared) for _, e in log_risk_ratios()))
    assert round(usual, 4) == 0.1798


def test_the_interval_is_that_of_hartung_and_knapp():
    groups = log_risk_ratios()
    found = pooled(groups)
    y, e = numpy.array(groups).T
    w = 1 / (e**2 + found.tau_squared)
    middle = numpy.average(y, weights=w)
    error = math.sqrt((w * (y - middle) ** 2).sum() / 12 / w.sum())
    assert found.error == pytest.approx(error, rel=1e-12)
    assert found.interval.low == pytest.approx(middle - stats.t.ppf(0.975, 12) * error, rel=1e-12)
    half = stats.t.ppf(0.975, 12) * math.sqrt(error**2 + found.tau_squared)
    assert found.prediction.high == pytest.approx(middle + half, rel=1e-12)
    assert not found.few


def test_the_variance_between_groups_is_where_the_restricted_likelihood_is_highest():
    groups = [(1.2, 0.4), (0.1, 0.5), (2.0, 0.3), (0.8, 0.9), (-0.4, 0.5)]
    y, v = numpy.array(groups).T[0], numpy.array(groups).T[1] ** 2

    def cost(tau_squared):
        w = 1 / (v + tau_squared)
        middle = (w * y).sum() / w.sum()
        return -numpy.log(w).sum() + numpy.log(w.sum()) + (w * (y - middle) ** 2).sum()

    best = optimize.minimize_scalar(cost, bounds=(0, 10), method="bounded", options={"xatol": 1e-9})
    assert pooled(groups).tau_squared == pytest.approx(best.x, rel=1e-5)


def test_groups_that_agree_too_well_are_not_surer_than_chance_allows():
    found = pooled([(1.0, 0.5), (1.01, 0.5), (0.99, 0.5)])
    assert (found.tau_squared, found.i_squared) == (0, 0)
    assert found.error == pytest.approx(0.5 / math.sqrt(3))
    assert found.prediction == found.interval
    assert found.few


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(-5, 5), st.floats(0.1, 3)), min_size=3, max_size=9), st.randoms()
)
def test_the_order_of_groups_changes_nothing(groups, chance):
    one, two = pooled(groups), pooled(chance.sample(groups, len(groups)))
    assert isinstance(one, Pooled)
    assert two.estimate == pytest.approx(one.estimate, rel=1e-9, abs=1e-9)
    assert two.interval.high == pytest.approx(one.interval.high, rel=1e-9, abs=1e-9)


def test_two_groups_are_never_put_together():
    assert pooled(log_risk_ratios()[:2]) == NotGiven("fewer than 3 groups can be put together")
    with pytest.raises(ValueError, match="standard error"):
        pooled([(1, 0), (2, 1), (3, 1)])


def test_the_judges_give_the_published_correlation():
    found = intraclass_correlation(JUDGED)
    assert round(found, 2) == 0.17
    table = numpy.array(JUDGED, dtype=float)
    between = 4 * table.mean(axis=1).var(ddof=1)
    within = table.var(axis=1, ddof=1).mean()
    assert found == pytest.approx((between - within) / (between + 3 * within), rel=1e-12)


def in_groups(sizes, seed=3, spread=0.7):
    chance = random.Random(seed)
    return [
        (name, own + chance.gauss(0, 1))
        for name, size in enumerate(sizes)
        for own in [chance.gauss(0.5, spread)]
        for _ in range(size)
    ]


def test_people_in_groups_count_for_fewer():
    changes = in_groups([5, 8, 12, 3, 9, 9, 6, 10])
    found = clusters(changes)
    assert (found.groups, found.people, found.smallest, found.largest) == (8, 62, 3, 12)
    values = numpy.array([value for _, value in changes])
    names = numpy.array([name for name, _ in changes])
    means = [values[names == name].mean() for name in range(8)]
    assert found.of_means.value == pytest.approx(numpy.mean(means))
    assert found.of_means.interval.low == pytest.approx(
        stats.ttest_1samp(means, 0).confidence_interval().low
    )
    sums = [(values[names == name] - values.mean()).sum() for name in range(8)]
    assert found.robust.error == pytest.approx(math.sqrt(8 / 7 * sum(s * s for s in sums)) / 62)
    assert (found.robust.value, found.robust.df) == (pytest.approx(values.mean()), 7)
    sizes = [5, 8, 12, 3, 9, 9, 6, 10]
    kish = sum(size * size for size in sizes) / 62
    assert found.design_effect == pytest.approx(1 + (kish - 1) * found.icc)
    assert found.robust.error > numpy.std(values, ddof=1) / math.sqrt(62)
    assert min(means) < found.intercept.value < max(means)
    assert not found.few


@settings(deadline=None)
@given(st.randoms())
def test_the_order_of_people_changes_nothing(chance):
    changes = in_groups([4, 6, 5])
    one, two = clusters(changes), clusters(chance.sample(changes, len(changes)))
    assert isinstance(one, Clusters)
    assert two.icc == pytest.approx(one.icc, rel=1e-9)
    assert two.intercept.value == pytest.approx(one.intercept.value, rel=1e-6)
    assert two.of_means.error == pytest.approx(one.of_means.error, rel=1e-9)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (in_groups([30, 30]), "fewer than 3 groups have matched people"),
        (
            [(name, 2.0) for name in (1, 2, 3) for _ in range(5)],
            "everybody changed by the same amount, so there is no spread to judge by",
        ),
        (
            [(name, value) for name in (1, 2, 3) for value in (0.0, 1.0)],
            "every group changed by the same amount, so there is no spread to judge by",
        ),
        (
            [(name, float(name)) for name in range(4)],
            "every group has one person, so groups and people are the same",
        ),
    ],
)
def test_what_cannot_be_said_of_groups_is_said_in_words(changes, why):
    assert clusters(changes) == NotGiven(why)


@pytest.mark.parametrize(
    ("n", "expected"), [(12, 0.89), (25, 0.58), (50, 0.40), (100, 0.28), (250, 0.18), (500, 0.13)]
)
def test_the_change_that_so_many_people_can_show(n, expected):
    # The table of power for one group of matched people, as R's power.t.test gives it.
    found = detectable_change(n)
    assert round(found, 2) == expected
    assert power(found * math.sqrt(n), n - 1) == pytest.approx(0.8, rel=1e-9)
    edge = stats.t.ppf(0.975, n - 1)
    seen = stats.nct.sf(edge, n - 1, found * math.sqrt(n))
    assert seen == pytest.approx(0.8, abs=1e-6)


def test_power_agrees_with_the_textbook():
    # Cohen (1988), table 2.3.5: d = .5 with 64 in each of two groups has a power of .80.
    assert round(power(0.5 * math.sqrt(32), 126), 3) == 0.801


def test_groups_of_people_who_are_alike_need_more_people():
    alone = detectable_difference(10, 20, 0.0)
    alike = detectable_difference(10, 20, 0.1)
    assert alike == pytest.approx(alone * math.sqrt(1 + 19 * 0.1), rel=1e-9)
    adjusted = detectable_difference(10, 20, 0.1, correlation=0.6)
    assert adjusted == pytest.approx(alike * 0.8, rel=1e-9)
    assert detectable_in_cohorts(5, 20, 0.05) > detectable_change(100)


def power_by_scipy(noncentrality, df):
    edge = stats.t.ppf(0.975, df)
    return stats.nct.sf(edge, df, noncentrality) + stats.nct.cdf(-edge, df, noncentrality)


def test_degrees_of_freedom_are_those_of_groups():
    error = math.sqrt(2 * (1 + 11 * 0.08) / (4 * 12))
    found = detectable_difference(4, 12, 0.08)
    assert power_by_scipy(found / error, 6) == pytest.approx(0.8, abs=1e-6)
    error = math.sqrt((1 + 11 * 0.08) / (6 * 12))
    found = detectable_in_cohorts(6, 12, 0.08)
    assert power_by_scipy(found / error, 5) == pytest.approx(0.8, abs=1e-6)


def test_too_few_to_plan_with_is_said_in_words():
    assert isinstance(detectable_change(1), NotGiven)
    assert isinstance(detectable_in_cohorts(1, 20, 0.1), NotGiven)
    assert isinstance(detectable_difference(1, 20, 0.1), NotGiven)
