import math
import random

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, special, stats

from edu.outcomes.analysis.alpha import Alpha, alpha, alpha_of, covariances, items_of
from edu.outcomes.analysis.fairness import fairness
from edu.outcomes.analysis.mantel_haenszel import (
    Answer,
    item_difference,
    mantel_haenszel,
    tables,
)
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.omega import Omega, omega, omega_of
from edu.outcomes.analysis.ordinal import fit_ordinal, solve

from ..known import AGREEABLENESS, ATTITUDE, HOLZINGER_SWINEFORD, RABBITS


def part(matrix, first, last):
    return [row[first:last] for row in matrix[first:last]]


@pytest.mark.parametrize(("first", "published"), [(0, 0.6261171), (3, 0.8827069), (6, 0.6884550)])
def test_the_school_children_give_the_published_alphas(first, published):
    found = alpha_of(part(HOLZINGER_SWINEFORD, first, first + 3))
    assert found == pytest.approx(published, abs=1e-7)


def test_the_departments_give_the_published_alpha():
    assert round(alpha_of(covariances(ATTITUDE)), 2) == 0.84


def test_agreeableness_gives_the_published_alphas_turned_round_and_not():
    turned = [
        [value * (-1 if (row == 0) != (column == 0) else 1) for column, value in enumerate(values)]
        for row, values in enumerate(AGREEABLENESS)
    ]
    assert round(alpha_of(AGREEABLENESS), 2) == 0.43
    assert round(alpha_of(turned), 2) == 0.70
    suspects = [[item.suspect for item in items_of(each)] for each in (AGREEABLENESS, turned)]
    assert suspects == [[True, *[False] * 4], [False] * 5]
    assert round(items_of(turned)[0].alpha_without, 2) == 0.72


@pytest.mark.parametrize("first", [0, 3, 6])
def test_one_factor_of_three_tests_has_one_solution(first):
    s = part(HOLZINGER_SWINEFORD, first, first + 3)
    loadings = [
        math.sqrt(s[a][b] * s[a][c] / s[b][c]) for a, b, c in ((0, 1, 2), (1, 0, 2), (2, 0, 1))
    ]
    found = omega_of(s)
    assert found.loadings == pytest.approx(loadings, rel=1e-8)
    whole = sum(map(sum, s))
    assert found.omega == pytest.approx(sum(loadings) ** 2 / whole, rel=1e-8)


def test_one_factor_of_nine_tests_is_where_the_likelihood_is_highest():
    s = numpy.array(HOLZINGER_SWINEFORD)

    def cost(point):
        loadings, own = point[:9], numpy.exp(point[9:])
        model = numpy.outer(loadings, loadings) + numpy.diag(own)
        return numpy.linalg.slogdet(model)[1] + numpy.trace(numpy.linalg.solve(model, s))

    start = numpy.concatenate([numpy.full(9, 0.5), numpy.log(numpy.diag(s) / 2)])
    best = optimize.minimize(cost, start, method="BFGS", options={"gtol": 1e-9}).x
    found = omega_of(HOLZINGER_SWINEFORD)
    assert found.loadings == pytest.approx(best[:9], abs=1e-6)
    assert found.uniquenesses == pytest.approx(numpy.exp(best[9:]), abs=1e-6)


def scale(n=120, items=6, seed=4, options=5):
    """Answers of people to items that share one thing."""
    chance = random.Random(seed)
    return [
        [min(options, max(1, round(3 + own + chance.gauss(0, 0.9)))) for _ in range(items)]
        for own in (chance.gauss(0, 1) for _ in range(n))
    ]


def test_the_interval_of_alpha_is_feldts():
    rows = scale()
    found = alpha(rows)
    matrix = numpy.cov(numpy.array(rows).T)
    value = 6 / 5 * (1 - numpy.trace(matrix) / matrix.sum())
    assert found.alpha == pytest.approx(value, rel=1e-12)
    low = 1 - (1 - value) * stats.f.ppf(0.975, 119, 595)
    high = 1 - (1 - value) * stats.f.ppf(0.025, 119, 595)
    assert (found.interval.low, found.interval.high) == (
        pytest.approx(low, rel=1e-9),
        pytest.approx(high, rel=1e-9),
    )
    assert found.n == 120


def test_each_item_is_set_beside_the_rest():
    rows = scale()
    table = numpy.array(rows, dtype=float)
    found = alpha(rows)
    for place, item in enumerate(found.items):
        others = numpy.delete(table, place, axis=1)
        rest = numpy.corrcoef(table[:, place], others.sum(axis=1))[0, 1]
        assert item.rest == pytest.approx(rest, rel=1e-10)
        assert item.alpha_without == pytest.approx(alpha(others.tolist()).alpha, rel=1e-10)
        assert not item.suspect


def test_an_item_that_was_not_turned_round_is_suspect():
    rows = scale()
    forgotten = [[6 - row[0], *row[1:]] for row in rows]
    found = alpha(forgotten)
    assert [item.suspect for item in found.items] == [True, *[False] * 5]
    assert found.alpha < alpha(rows).alpha


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=50, max_size=60))
def test_turning_the_whole_scale_round_is_nothing(rows):
    found, turned = alpha(rows), alpha([[6 - answer for answer in row] for row in rows])
    if isinstance(found, Alpha):
        assert turned.alpha == pytest.approx(found.alpha, rel=1e-9, abs=1e-9)
        assert [item.suspect for item in turned.items] == [item.suspect for item in found.items]
    else:
        assert turned == found


@settings(deadline=None)
@given(st.randoms())
def test_the_order_of_people_changes_nothing(chance):
    rows = scale(60)
    one, two = alpha(rows), alpha(chance.sample(rows, 60))
    assert isinstance(one, Alpha)
    assert two.alpha == pytest.approx(one.alpha, rel=1e-12)


def test_an_item_everybody_answered_alike_stays_and_is_named():
    rows = [[*row, 5] for row in scale()]
    found = alpha(rows)
    assert (found.constant, found.items[6].rest) == ((6,), None)
    assert found.alpha < alpha(scale()).alpha
    assert omega(rows) == NotGiven(
        "everybody answered an item alike, so there is no spread to judge by"
    )


def test_too_little_for_reliability_is_said_in_words():
    few = NotGiven("fewer than 50 people answered every item")
    assert (alpha(scale(49)), omega(scale(49))) == (few, few)
    no_alpha = NotGiven("a scale of one item, or one that does not vary, has no alpha")
    assert alpha([[row[0]] for row in scale()]) == no_alpha
    assert alpha([[5, 5, 5]] * 60) == no_alpha
    assert omega([row[:2] for row in scale()]) == NotGiven(
        "one factor cannot be told from fewer than three items"
    )


def test_items_of_which_one_leaves_nothing_to_itself_have_no_omega():
    matrix = [[1.0, 0.9, 0.9], [0.9, 1.0, 0.3], [0.9, 0.3, 1.0]]
    assert omega_of(matrix) == NotGiven("one factor does not fit these items")
    assert isinstance(omega(scale()), Omega)


def test_the_rabbits_give_the_published_p():
    found = mantel_haenszel(RABBITS)
    assert round(found.p, 3) == 0.047
    assert found.odds == pytest.approx(7, rel=1e-12)


def test_mantel_haenszel_agrees_with_scipy():
    chance = random.Random(8)
    strata = [tuple(chance.randrange(3, 30) for _ in range(4)) for _ in range(6)]
    found = mantel_haenszel(strata)
    expected = [numpy.array(table).reshape(2, 2) for table in strata]
    r = sum(t[0, 0] * t[1, 1] / t.sum() for t in expected)
    s = sum(t[0, 1] * t[1, 0] / t.sum() for t in expected)
    assert found.odds == pytest.approx(r / s, rel=1e-12)
    hyper = [stats.hypergeom(t.sum(), t[0].sum(), t[:, 0].sum()) for t in expected]
    excess = abs(sum(t[0, 0] - h.mean() for t, h in zip(expected, hyper, strict=True))) - 0.5
    chi_square = max(0, excess) ** 2 / sum(h.var() for h in hyper)
    assert found.chi_square == pytest.approx(chi_square, rel=1e-9)
    assert found.p == pytest.approx(stats.chi2.sf(chi_square, 1), rel=1e-9)


def test_with_one_table_the_error_is_woolfs():
    # Robins, Breslow and Greenland's error is 1/a + 1/b + 1/c + 1/d when there is one table.
    a, b, c, d = 40, 12, 25, 30
    found = mantel_haenszel([(a, b, c, d)])
    error = math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    assert found.delta_error == pytest.approx(2.35 * error, rel=1e-9)
    assert math.log(found.interval.high / found.odds) == pytest.approx(
        stats.norm.ppf(0.975) * error, rel=1e-9
    )


def knowledge(n, harder=0.0, seed=9):
    chance = random.Random(seed)
    return [
        Answer(
            score, first, chance.random() < special.expit((score - 5) / 2 - harder * (not first))
        )
        for first in (True, False)
        for score in (min(10, max(0, round(chance.gauss(5, 2)))) for _ in range(n))
    ]


def test_a_question_that_is_harder_in_one_language_is_found():
    assert item_difference(knowledge(400, harder=1.5)).category == "C"
    assert item_difference(knowledge(400)).category == "A"
    found = item_difference(knowledge(400, harder=0.4))
    assert found.category == "B"
    assert found.odds > 1
    assert found.delta < -1


@pytest.mark.parametrize(
    ("table", "category"),
    [
        ((120, 80, 80, 120), "C"),  # delta -1.9, well beyond 1
        ((60, 40, 40, 60), "B"),  # the same odds from fewer people
        ((6200, 3800, 5000, 5000), "B"),  # delta -1.2: beyond 1 and sure, but not large
        ((5200, 4800, 5000, 5000), "A"),  # sure, and very small
        ((6, 4, 4, 6), "A"),  # large, and nobody can tell
    ],
)
def test_a_difference_is_large_when_it_is_large_and_sure(table, category):
    assert mantel_haenszel([table]).category == category


def test_languages_of_too_few_people_are_not_compared():
    few = NotGiven("fewer than 100 people answered in one of the languages")
    assert item_difference(knowledge(99)) == few
    rows = scale(198)
    assert (
        fairness([r[0] for r in rows], [sum(r) for r in rows], [p < 99 for p in range(198)]) == few
    )
    alike = [Answer(3, first, True) for first in (True, False) for _ in range(100)]
    assert item_difference(alike) == NotGiven(
        "too few people of the same score answered differently"
    )
    assert tables([Answer(1, True, True), Answer(1, False, False)]) == [(1, 0, 0, 1)]


def likelihood(answers, columns):
    """Thresholds, slopes and the highest likelihood, by a general search."""
    y = numpy.unique(answers, return_inverse=True)[1]
    x, k = numpy.array(columns).T, y.max()

    def cost(point):
        steps = numpy.concatenate([point[:1], numpy.exp(point[1:k])]).cumsum()
        edges = numpy.concatenate([[-numpy.inf], steps, [numpy.inf]])
        middle = x @ point[k:]
        p = special.expit(edges[y + 1] - middle) - special.expit(edges[y] - middle)
        return -numpy.log(p).sum()

    start = numpy.concatenate([[-1.5], numpy.zeros(k - 1), numpy.zeros(x.shape[1])])
    rough = optimize.minimize(cost, start, method="BFGS", options={"gtol": 1e-6}).x
    exact = {"xatol": 1e-11, "fatol": 1e-13, "maxiter": 20_000, "maxfev": 20_000}
    best = optimize.minimize(cost, rough, method="Nelder-Mead", options=exact)
    return numpy.concatenate([best.x[:1], numpy.exp(best.x[1:k])]).cumsum(), best.x[k:], -best.fun


def test_ordinal_regression_agrees_with_a_general_search():
    rows = scale(300)
    answers = [row[0] for row in rows]
    columns = [[sum(row[1:]) / 5 for row in rows], [float(place % 2) for place in range(300)]]
    thresholds, slopes, value = likelihood(answers, columns)
    found = fit_ordinal(answers, columns)
    assert found.log_likelihood == pytest.approx(value, rel=1e-9)
    assert found.slopes == pytest.approx(slopes, abs=1e-6)
    assert found.thresholds == pytest.approx(thresholds, abs=1e-6)


def test_ordinal_regression_says_what_it_cannot_do():
    assert fit_ordinal([3] * 20, [[1.0] * 20]) == NotGiven(
        "everybody answered alike, so there is nothing to explain"
    )
    assert fit_ordinal([1, 2] * 10, [[0.0, 1.0] * 10]) == NotGiven(
        "the answers are told apart completely, so there is no estimate"
    )
    assert fit_ordinal([1, 2, 2, 1] * 10, [[1.0] * 40, [2.0] * 40]) == NotGiven(
        "one of the columns says nothing that the others do not say"
    )
    assert solve([[2.0, 0.0], [1.0, 3.0]], [4.0, 8.0]) == pytest.approx([2, 2])


def test_an_item_that_is_agreed_with_more_in_one_language_is_found():
    rows = scale(400)
    first = [place % 2 == 0 for place in range(400)]
    moved = [[min(5, row[0] + 2 * each), *row[1:]] for row, each in zip(rows, first, strict=True)]
    scores = [sum(row[1:]) for row in moved]
    found = fairness([row[0] for row in moved], scores, first)
    assert (found.size, found.slope > 0, found.p < 0.001) == ("large", True, True)
    fair = fairness([row[1] for row in rows], [sum(row[2:]) for row in rows], first)
    assert (fair.size, fair.p > 0.01) == ("small", True)
    score = [(each - numpy.mean(scores)) / 4 for each in scores]
    language = [float(each) for each in first]
    product = [x * y for x, y in zip(score, language, strict=True)]
    answers = [row[0] for row in moved]
    one, two, three = (
        likelihood(answers, columns)[2]
        for columns in ([score], [score, language], [score, language, product])
    )
    uniform = stats.chi2.sf(2 * (two - one), 1)
    assert found.uniform_p == pytest.approx(uniform, rel=1e-4, abs=0)
    assert found.non_uniform_p == pytest.approx(stats.chi2.sf(2 * (three - two), 1), rel=1e-4)
    assert found.p == pytest.approx(stats.chi2.sf(2 * (three - one), 2), rel=1e-4, abs=0)
    nothing = sum(answers.count(each) * math.log(answers.count(each) / 400) for each in range(1, 6))
    shares = [
        (1 - math.exp(2 * (nothing - value) / 400)) / (1 - math.exp(2 * nothing / 400))
        for value in (one, three)
    ]
    assert found.r_squared_change == pytest.approx(shares[1] - shares[0], rel=1e-6)


def test_without_spread_of_scores_nothing_is_said_of_fairness():
    found = fairness([1, 2] * 100, [5.0] * 200, [True] * 100 + [False] * 100)
    assert found == NotGiven("everybody had the same score, so there is no spread to judge by")
    same = fairness([3] * 200, list(range(200)), [True] * 100 + [False] * 100)
    assert same == NotGiven("everybody answered alike, so there is nothing to explain")
