"""Real trials with a waiting list give the figures that were published of them.

Both are asked for as a researcher asks, by the analysis of a CSV; and every figure is worked out
a second time by statsmodels.
"""

import numpy
import pytest
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from edu.outcomes.analysis.comparing import Learner, compare
from edu.outcomes.analysis.least_squares import fit
from edu.outcomes.change_csv import change
from edu.quizzes.instrument import HigherMeans

from .known import trial
from .waiting_lists import DIDGERIDOO, WEIGHTS, Pairs, lines


def asked(rows: list[str], comparison: str) -> dict:
    """A file of two arms, as `flask change` answers."""
    return change(
        rows,
        before="before",
        after="after",
        arm="arm",
        comparison=comparison,
        higher_is=HigherMeans.WORSE,
    )


def rounded(estimate: dict, digits: int) -> tuple[float, ...]:
    low, high = estimate["interval"]
    return tuple(round(each, digits) for each in (estimate["value"], low, high))


@pytest.fixture
def few_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours infers nothing from eleven people in an arm. The published analyses did."""
    monkeypatch.setattr("edu.outcomes.analysis.comparing.PEOPLE_FROM", 11)


def test_a_trial_with_too_few_who_waited_is_described_and_nothing_is_inferred():
    found = asked(lines(DIDGERIDOO, "waiting list", "didgeridoo"), "waiting list")
    comparison = found["comparison"]
    assert [(arm["arm"], arm["matched"]) for arm in comparison["arms"]] == [
        ("didgeridoo", 14),
        ("waiting list", 11),
    ]
    means = [round(arm["mean_change"], 6) for arm in comparison["arms"]]
    assert means == [-4.428571, -1.454545]
    assert (comparison["how"], comparison["adjusted"]["value"]) == ("description", None)
    assert found["not_given"]["comparison"] == "fewer than 15 people could be matched in an arm"


@pytest.mark.usefixtures("few_are_compared")
def test_the_didgeridoo_and_the_waiting_list_differ_in_their_changes_as_published():
    found = asked(lines(DIDGERIDOO, "waiting list", "didgeridoo"), "waiting list")
    plain = found["comparison"]["difference_in_differences"]
    assert rounded(plain, 6) == (-2.974026, -5.678494, -0.269558)
    assert (plain["df"], round(plain["value"] / plain["standard_error"], 4)) == (23, -2.2748)
    assert rounded(plain, 1) == (-3.0, -5.7, -0.3)


@pytest.mark.usefixtures("few_are_compared")
def test_the_didgeridoo_and_the_waiting_list_differ_as_published_when_adjusted_for_before():
    found = asked(lines(DIDGERIDOO, "waiting list", "didgeridoo"), "waiting list")
    assert rounded(found["comparison"]["adjusted"], 2) == (-2.74, -5.14, -0.35)


def test_a_delayed_treatment_gives_the_published_adjusted_difference():
    found = asked(lines(WEIGHTS, "delayed", "reinforced"), "delayed")
    comparison = found["comparison"]
    adjusted = comparison["adjusted"]
    assert (comparison["how"], adjusted["df"]) == ("learners", 38)
    assert rounded(adjusted, 2) == (-4.57, -8.63, -0.52)
    assert round(adjusted["value"], 5) == -4.57237
    assert round(adjusted["standard_error"], 5) == 2.00226
    assert round(adjusted["value"] / adjusted["standard_error"], 3) == -2.284
    course, waited = comparison["arms"]
    assert [round(waited[name]) for name in ("mean_after", "matched")] == [154, 22]
    assert [round(course[name]) for name in ("mean_after", "matched")] == [151, 19]
    assert [round(arm["sd_after"], 1) for arm in (waited, course)] == [16.3, 18.3]


def test_a_delayed_treatment_gives_the_published_slope_and_correlations():
    waited, course = WEIGHTS["delayed"], WEIGHTS["reinforced"]
    rows = waited + course
    found = fit(
        [y for _, y in rows],
        [[1.0] * 41, [0.0] * 22 + [1.0] * 19, [x for x, _ in rows]],
    )
    assert (round(found.coefficients[2], 5), round(found.error(2), 5)) == (0.90845, 0.05784)
    alone = [
        change(["before,after", *(f"{x},{y}" for x, y in arm)], before="before", after="after")[
            "change"
        ]["correlation"]
        for arm in (waited, course)
    ]
    assert [round(each, 3) for each in alone] == [0.955, 0.909]


def test_the_three_arms_that_agree_with_the_paper_change_as_it_says():
    """To the second digit behind the point they do not: see `WEIGHTS`."""
    means = {name: sum(y - x for x, y in arm) / len(arm) for name, arm in WEIGHTS.items()}
    assert [len(arm) for arm in WEIGHTS.values()] == [22, 20, 19, 19]
    published = {"delayed": 0.02, "informed": -3.13, "scheduled": -2.72}
    assert {name: means[name] for name in published} == pytest.approx(published, abs=0.06)
    assert round(means["reinforced"], 2) == -4.74


def test_one_arm_before_and_after_gives_the_published_interval():
    """Not a trial with a waiting list: the family therapy of `known.TRIAL`. Published (Moon, R's
    meanCI): mean change 7.264706, t = 4.1849, p = .0007003, 95 % interval 3.58470 to 10.94471."""
    rows = ["before,after", *(f"{x},{y}" for x, y in trial("family"))]
    found = change(rows, before="before", after="after")["change"]
    assert round(found["mean"], 6) == 7.264706
    assert [round(end, 5) for end in found["interval"]] == [3.5847, 10.94471]
    assert (round(found["t"], 4), found["df"], round(found["p"], 7)) == (4.1849, 16, 0.0007003)


TWO_ARMS = {
    "didgeridoo": (DIDGERIDOO["didgeridoo"], DIDGERIDOO["waiting list"]),
    "informed": (WEIGHTS["informed"], WEIGHTS["delayed"]),
    "scheduled": (WEIGHTS["scheduled"], WEIGHTS["delayed"]),
    "reinforced": (WEIGHTS["reinforced"], WEIGHTS["delayed"]),
    "family": (trial("family"), trial("control")),
    "behaviour": (trial("behaviour"), trial("control")),
}


@pytest.mark.usefixtures("few_are_compared")
@pytest.mark.parametrize("name", TWO_ARMS)
def test_statsmodels_finds_the_same_differences(name: str):
    course, other = TWO_ARMS[name]
    found = compare([Learner(arm is course, x, y) for arm in (course, other) for x, y in arm])
    before, after = numpy.array(course + other).T
    arm = numpy.repeat([1.0, 0.0], [len(course), len(other)])
    model = OLS(after, numpy.column_stack([numpy.ones(len(arm)), arm, before])).fit()
    assert found.adjusted.value == pytest.approx(model.params[1], abs=1e-9)
    assert found.adjusted.error == pytest.approx(model.bse[1], abs=1e-9)
    assert found.adjusted.df == model.df_resid
    ends = (found.adjusted.interval.low, found.adjusted.interval.high)
    assert ends == pytest.approx(tuple(model.conf_int()[1]), abs=1e-8)
    plain = found.difference_in_differences
    means = CompareMeans(DescrStatsW(changes(course)), DescrStatsW(changes(other)))
    statistic, _p, df = means.ttest_ind(usevar="pooled")
    assert (plain.value / plain.error, plain.df) == pytest.approx((statistic, df), rel=1e-9)
    ends = (plain.interval.low, plain.interval.high)
    assert ends == pytest.approx(means.tconfint_diff(usevar="pooled"), abs=1e-8)


@pytest.mark.parametrize("name", TWO_ARMS)
def test_statsmodels_finds_the_same_change_in_each_arm(name: str):
    for arm in TWO_ARMS[name]:
        rows = ["before,after", *(f"{x},{y}" for x, y in arm)]
        found = change(rows, before="before", after="after")["change"]
        expected = DescrStatsW(changes(arm))
        statistic, p, df = expected.ttest_mean(0)
        assert (found["mean"], found["t"]) == pytest.approx((expected.mean, statistic), abs=1e-9)
        assert (found["p"], found["df"]) == pytest.approx((p, df), abs=1e-9)
        assert found["interval"] == pytest.approx(list(expected.tconfint_mean()), abs=1e-8)


def changes(pairs: Pairs) -> numpy.ndarray:
    before, after = numpy.array(pairs).T
    return after - before
