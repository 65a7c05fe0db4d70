import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from edu.outcomes.analysis.attrition import Attrition, Side, attrition
from edu.outcomes.analysis.ends import ends
from edu.outcomes.analysis.holm import holm
from edu.outcomes.analysis.ladder import ALLOWS, Step, languages_may_be_compared, step
from edu.outcomes.analysis.mcnemar import mcnemar
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.reliable import (
    Reliability,
    error_of_measurement,
    reliable_change,
)
from edu.outcomes.paired import Counts
from edu.quizzes.instrument import HigherMeans

BETTER, WORSE = HigherMeans.BETTER, HigherMeans.WORSE
KNOWN = Reliability(0.80, "Jacobson & Truax (1991)")


def test_the_worked_example_of_jacobson_and_truax():
    # An SD of 7.5 and a reliability of .80: standard error 3.35, of a difference 4.74, and a
    # person who went from 32.5 to 47.5 has a reliable change index of 3.16.
    error = error_of_measurement(7.5, 0.80)
    assert (round(error.sem, 2), round(error.difference, 2)) == (3.35, 4.74)
    assert round((47.5 - 32.5) / error.difference, 2) == 3.16
    assert error.mdc95 == pytest.approx(1.959963984540054 * math.sqrt(2) * error.sem, rel=1e-12)


def test_who_moved_beyond_error_is_counted_both_ways():
    limit = error_of_measurement(7.5, 0.80).mdc95
    changes = [limit + 0.01] * 4 + [limit - 0.01] * 20 + [-limit - 0.01] * 2 + [0.0] * 4
    found = reliable_change(changes, 7.5, KNOWN, BETTER)
    assert (found.counts, found.alert) == (Counts(4, 24, 2), True)
    assert found.reliability == KNOWN
    turned = reliable_change(changes, 7.5, KNOWN, WORSE)
    assert (turned.counts, turned.alert) == (Counts(2, 24, 4), True)
    calm = reliable_change(changes + [0.0] * 10, 7.5, KNOWN, BETTER)
    assert (calm.counts, calm.alert) == (Counts(4, 34, 2), False)


@pytest.mark.parametrize(
    ("n", "sd", "reliability", "why"),
    [
        (30, 7.5, None, "no reliability of this scale was given"),
        (29, 7.5, KNOWN, "fewer than 30 people could be matched"),
        (
            30,
            0.0,
            KNOWN,
            "everybody had the same score before, so there is no spread to judge by",
        ),
    ],
)
def test_without_reliability_people_or_spread_it_is_said_in_words(n, sd, reliability, why):
    assert reliable_change([1.0] * n, sd, reliability, BETTER) == NotGiven(why)


@pytest.mark.parametrize("value", [1, 1.2, -0.1, math.nan, math.inf])
def test_a_reliability_is_from_zero_to_below_one(value):
    with pytest.raises(ValueError, match="from 0 to below 1"):
        Reliability(value, "somewhere")


def test_who_was_lost_is_compared_as_they_began():
    stayed, lost = [4.0, 5, 6, 7, 8, 8, 9], [2.0, 3, 3, 5, 6]
    found = attrition(stayed, lost)
    expected = stats.ttest_ind(lost, stayed, equal_var=False).confidence_interval()
    assert found.interval.low == pytest.approx(expected.low, rel=1e-9)
    assert found.interval.high == pytest.approx(expected.high, rel=1e-9)
    pooled = math.sqrt((4 * stats.tvar(lost) + 6 * stats.tvar(stayed)) / 10)
    j = math.gamma(5) / (math.sqrt(5) * math.gamma(4.5))
    assert found.g == pytest.approx(j * (3.8 - 47 / 7) / pooled, rel=1e-12)


def test_a_few_lost_people_are_counted_and_not_described():
    stayed = [4.0, 5, 6, 7, 8]
    assert attrition(stayed, []).why == "nobody was lost"
    found = attrition(stayed, [1.0] * 4)
    assert (found.lost, found.difference) == (Side(4), None)
    assert found.why == "fewer than 5 people were lost"
    assert attrition([1.0], [1.0] * 5).why == "fewer than 5 people stayed"
    alike = attrition([5.0] * 9, [5.0] * 6)
    assert alike == Attrition(
        Side(9, 5, 0), Side(6, 5, 0), 0, why="there is no spread in either group"
    )


def test_more_than_fifteen_percent_at_an_end_are_flagged():
    pairs = [(5, 5)] * 2 + [(1, 5)] * 1 + [(3, 4)] * 7
    found = ends(pairs, 1, 5, BETTER)
    assert (found.before_at_maximum, found.after_at_maximum) == (0.2, 0.3)
    assert (found.before_at_minimum, found.no_room_to_improve) == (0.1, 0.2)
    assert found.flagged == ("before_at_maximum", "after_at_maximum", "no_room_to_improve")
    assert ends(pairs, 1, 5, WORSE).no_room_to_improve == 0.1
    assert ends(pairs, None, None, BETTER).flagged == ()


def answers(both, learned, forgot, neither):
    return (
        [(True, True)] * both
        + [(False, True)] * learned
        + [(True, False)] * forgot
        + [(False, False)] * neither
    )


def test_knowledge_counts_those_who_changed():
    found = mcnemar(answers(20, 15, 5, 10))
    assert (found.n, found.right_before, found.right_after) == (50, 25, 35)
    assert (found.learned, found.forgot, found.difference, found.few) == (15, 5, 0.2, False)
    assert found.p == pytest.approx(stats.binomtest(5, 20).pvalue, rel=1e-12)
    assert found.mid_p == pytest.approx(found.p - stats.binom.pmf(5, 20, 0.5), rel=1e-12)
    up, down = 16 / 52, 6 / 52
    half = stats.norm.ppf(0.975) * math.sqrt((up + down - (up - down) ** 2) / 52)
    assert found.interval.low == pytest.approx(up - down - half, rel=1e-12)


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 40))
def test_the_exact_p_is_that_of_a_fair_coin(learned, forgot):
    found = mcnemar(answers(10, learned, forgot, 0))
    if learned + forgot:
        expected = stats.binomtest(min(learned, forgot), learned + forgot).pvalue
        assert found.p == pytest.approx(expected, rel=1e-9)
        assert 0 < found.mid_p <= found.p
        assert found.few == (learned + forgot < 10)
    else:
        assert found == NotGiven("everybody answered as before, so there is nothing to test")


def test_nine_people_are_too_few_for_a_question():
    assert mcnemar(answers(9, 0, 0, 0)) == NotGiven("fewer than 10 people could be matched")


def test_holm_is_that_of_r():
    # R: p.adjust(c(.01, .02, .03, .04, .05), "holm") is .05 .08 .09 .09 .09.
    assert holm([0.01, 0.02, 0.03, 0.04, 0.05]) == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])
    assert holm([0.9, 0.04, 0.6]) == pytest.approx([1, 0.12, 1])
    assert holm([]) == []


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.randoms())
def test_holm_does_not_ask_for_an_order(ps, chance):
    order = chance.sample(range(len(ps)), len(ps))
    adjusted = holm(ps)
    assert holm([ps[place] for place in order]) == [adjusted[place] for place in order]
    assert all(p <= new <= 1 for p, new in zip(ps, adjusted, strict=True))


def test_the_ladder_has_five_steps():
    at = [step(n) for n in (0, 4, 5, 9, 10, 29, 30, 49, 50, 5000)]
    assert at == [each for each in Step for _ in range(2)]
    assert ALLOWS.keys() == set(Step)


def test_languages_are_compared_from_a_hundred_people_each():
    assert languages_may_be_compared(100, 250)
    assert not languages_may_be_compared(99, 250)
    assert not languages_may_be_compared(250)
