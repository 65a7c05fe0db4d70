import random

import numpy
import pytest
from scipy import optimize

from edu.outcomes.analysis.intercepts import Intercepts, fit_intercepts
from edu.outcomes.analysis.least_squares import Fit, fit
from edu.outcomes.analysis.not_given import NotGiven


def taught(n=60, groups=8, seed=1):
    """People of groups: an outcome, columns, and the groups, of unequal sizes."""
    chance = random.Random(seed)
    own = [chance.gauss(0, 0.8) for _ in range(groups)]
    names = [min(chance.randrange(groups), chance.randrange(groups)) for _ in range(n)]
    x = [chance.gauss(0, 2) for _ in range(n)]
    arm = [float(name % 2) for name in names]
    outcome = [
        1 + 0.5 * a + 0.7 * b + own[name] + chance.gauss(0, 1)
        for a, b, name in zip(arm, x, names, strict=True)
    ]
    return outcome, [[1.0] * n, arm, x], names


def test_coefficients_and_errors_agree_with_numpy():
    outcome, columns, _ = taught()
    found = fit(outcome, columns)
    x, y = numpy.array(columns).T, numpy.array(outcome)
    expected, rss, _, _ = numpy.linalg.lstsq(x, y, rcond=None)
    assert found.coefficients == pytest.approx(expected, rel=1e-12)
    assert found.rss == pytest.approx(rss[0], rel=1e-12)
    variance = rss[0] / found.df * numpy.linalg.inv(x.T @ x)
    assert [found.error(k) for k in range(3)] == pytest.approx(numpy.sqrt(numpy.diag(variance)))
    assert found.log_determinant == pytest.approx(numpy.linalg.slogdet(x.T @ x)[1], rel=1e-12)


def test_errors_of_people_in_groups_are_the_sandwich():
    outcome, columns, names = taught()
    found = fit(outcome, columns)
    x, groups = numpy.array(columns).T, numpy.array(names)
    bread = numpy.linalg.inv(x.T @ x)
    e = numpy.array(found.residuals)
    scores = [x[groups == name].T @ e[groups == name] for name in sorted(set(names))]
    g, n, k = len(scores), *x.shape
    meat = sum(numpy.outer(score, score) for score in scores)
    variance = g / (g - 1) * (n - 1) / (n - k) * bread @ meat @ bread
    errors = [found.error_by_groups(place, names) for place in range(3)]
    assert errors == pytest.approx(numpy.sqrt(numpy.diag(variance)), rel=1e-11)


def test_figures_far_from_zero_lose_no_digits():
    near, far = [1.0, 2.0, 4.0, 7.0], [x + 1e9 for x in (1.0, 2.0, 4.0, 7.0)]
    one = fit([3.0, 5.0, 4.0, 9.0], [[1.0] * 4, near])
    two = fit([3.0, 5.0, 4.0, 9.0], [[1.0] * 4, far])
    assert two.coefficients[1] == pytest.approx(one.coefficients[1], rel=1e-7)


@pytest.mark.parametrize(
    ("outcome", "columns", "why"),
    [
        ([], [[]], "there are not more people than figures to estimate"),
        ([1.0], [[1.0]], "there are not more people than figures to estimate"),
        (
            [1.0, 2.0, 4.0],
            [[1.0] * 3, [2.0] * 3],
            "one of the columns says nothing that the others do not say",
        ),
    ],
)
def test_what_cannot_be_fitted_is_said_in_words(outcome, columns, why):
    assert fit(outcome, columns) == NotGiven(why)


def restricted(outcome, columns, names):
    """Both variances and the coefficients, by REML with whole matrices."""
    x, y = numpy.array(columns).T, numpy.array(outcome)
    same = numpy.equal.outer(names, names).astype(float)

    def parts(log_variances):
        between, within = numpy.exp(log_variances)
        v = between * same + within * numpy.eye(len(y))
        inverse = numpy.linalg.inv(v)
        information = x.T @ inverse @ x
        b = numpy.linalg.solve(information, x.T @ inverse @ y)
        e = y - x @ b
        cost = numpy.linalg.slogdet(v)[1] + numpy.linalg.slogdet(information)[1] + e @ inverse @ e
        return cost, b, numpy.sqrt(numpy.diag(numpy.linalg.inv(information)))

    best = optimize.minimize(
        lambda p: parts(p)[0],
        [0.0, 0.0],
        method="Nelder-Mead",
        options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": 4000},
    )
    return numpy.exp(best.x), *parts(best.x)[1:]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_intercepts_agree_with_reml_by_whole_matrices(seed):
    outcome, columns, names = taught(seed=seed)
    variances, coefficients, errors = restricted(outcome, columns, names)
    found = fit_intercepts(outcome, columns, names)
    assert found.coefficients == pytest.approx(coefficients, abs=1e-6)
    assert found.errors == pytest.approx(errors, rel=1e-5)
    assert (found.between, found.within) == pytest.approx(variances, rel=1e-5)


def test_groups_that_do_not_differ_leave_least_squares():
    outcome, columns, names = taught()
    outcome = [1.0 + (-1) ** place for place in range(len(outcome))]
    names = [place // 2 for place in range(len(outcome))]
    found, plain = fit_intercepts(outcome, columns[:1], names), fit(outcome, columns[:1])
    assert (found.between, found.icc) == (0, 0)
    assert found.coefficients == plain.coefficients
    assert found.errors == (plain.error(0),)


def test_balanced_groups_give_the_analysis_of_variance():
    outcome = [1.0, 2, 3, 5, 6, 7, 2, 4, 6, 9, 9, 12]
    names = [place // 3 for place in range(12)]
    found = fit_intercepts(outcome, [[1.0] * 12], names)
    table = numpy.array(outcome).reshape(4, 3)
    within = table.var(axis=1, ddof=1).mean()
    between = table.mean(axis=1).var(ddof=1) - within / 3
    assert isinstance(found, Intercepts)
    assert (found.between, found.within) == (
        pytest.approx(between, rel=1e-7),
        pytest.approx(within, rel=1e-7),
    )
    assert found.errors[0] == pytest.approx((table.mean(axis=1).var(ddof=1) / 4) ** 0.5, rel=1e-7)


@pytest.mark.parametrize("names", [[1] * 6, [1, 2, 3, 4, 5, 6]])
def test_one_group_or_groups_of_one_have_no_spread_between_them(names):
    found = fit_intercepts([1.0, 2, 4, 3, 2, 5], [[1.0] * 6], names)
    assert found == NotGiven("groups of more than one, and more than one group, are needed")


def test_what_is_wholly_explained_is_said_in_words():
    found = fit_intercepts([2.0] * 6, [[1.0] * 6], [1, 1, 2, 2, 3, 3])
    assert found == NotGiven(
        "nothing varies but what is explained, so there is nothing to judge by"
    )
    assert isinstance(fit([1.0, 2, 4], [[1.0] * 3]), Fit)
