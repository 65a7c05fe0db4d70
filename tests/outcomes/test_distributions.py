import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from edu.outcomes.distributions import (
    beta_tails,
    log_beta,
    small_sample_factor,
    t_cdf,
    t_quantile,
    t_sf,
)

DEGREES = [0.5, 1, 1.5, 2, 2.7, 3, 4, 5, 9, 10, 10.5, 19, 20, 21, 24, 49, 99, 250.25, 500, 1000]
TAILS = [1e-6, 1e-5, 1e-3, 0.01, 0.025, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.45]


@pytest.mark.parametrize("df", DEGREES)
def test_the_distribution_of_t_agrees_with_scipy(df):
    for t in [-1e6, -300, -40, -4.0621, -2, -1, -0.1, -1e-5, 0, 1e-5, 0.3, 1, 2.2, 5, 60, 1e6]:
        assert t_cdf(t, df) == pytest.approx(stats.t.cdf(t, df), rel=1e-11, abs=1e-300)
        assert t_sf(t, df) == pytest.approx(stats.t.sf(t, df), rel=1e-11, abs=1e-300)


@pytest.mark.parametrize("df", DEGREES)
def test_the_quantiles_of_t_agree_with_scipy(df):
    for tail in TAILS:
        for p in (tail, 1 - tail):
            assert t_quantile(p, df) == pytest.approx(stats.t.ppf(p, df), rel=1e-12, abs=0)


@given(st.floats(0.3, 1000), st.floats(1e-6, 1 - 1e-6))
def test_a_quantile_leaves_the_wanted_share_below_it(df, p):
    assert t_cdf(t_quantile(p, df), df) == pytest.approx(p, rel=1e-12, abs=0)


def test_quantiles_close_to_the_middle_keep_their_digits():
    # In the middle t is (p - 1/2) / density; for 4 degrees of freedom the density is 3/8, and
    # the next term is of the order of 1e-18. (scipy 1.17 is wrong in the fifth digit here.)
    for p in (0.5 + 1e-9, 0.5 + 3e-8, 0.5 - 7e-9):
        assert t_quantile(p, 4) == pytest.approx((p - 0.5) / 0.375, rel=1e-13, abs=0)


def test_quantiles_with_a_closed_form_are_met():
    # One degree of freedom is Cauchy's distribution; two have t = a sqrt(2 / (1 - a a)).
    assert t_quantile(0.75, 1) == pytest.approx(1, rel=1e-15)
    assert t_quantile(0.975, 1) == pytest.approx(math.tan(0.475 * math.pi), rel=1e-14)
    assert t_quantile(0.975, 2) == pytest.approx(0.95 * math.sqrt(2 / (1 - 0.95**2)), rel=1e-14)
    assert t_quantile(0.5, 7) == 0


def test_the_tables_that_every_textbook_prints_are_met():
    assert [round(t_quantile(0.975, df), 3) for df in (1, 4, 9, 29, 120)] == [
        12.706,
        2.776,
        2.262,
        2.045,
        1.980,
    ]


def test_a_million_degrees_of_freedom_are_close_to_normal():
    assert t_quantile(0.975, 1e6) == pytest.approx(stats.t.ppf(0.975, 1e6), rel=1e-10)


def test_the_far_ends_are_words_of_probability_and_no_nan():
    assert [t_cdf(-math.inf, 3), t_cdf(math.inf, 3), t_sf(1e200, 2)] == [0, 1, 0]


@pytest.mark.parametrize("p", [0, 1, -0.1, 1.1, math.nan])
def test_a_quantile_of_no_probability_is_refused(p):
    with pytest.raises(ValueError, match="between 0 and 1"):
        t_quantile(p, 9)


@pytest.mark.parametrize("df", [0, -1, math.nan])
def test_no_degrees_of_freedom_are_refused(df):
    for call in (lambda: t_quantile(0.975, df), lambda: t_cdf(1, df)):
        with pytest.raises(ValueError, match="degrees of freedom"):
            call()


@given(st.floats(0.1, 1e4), st.floats(0.1, 1e4))
def test_the_logarithm_of_beta_agrees_with_scipy(a, b):
    # scipy itself is off by 3e-11 at (9759.25, 0.1), against Stirling's series in 50 digits.
    assert log_beta(a, b) == pytest.approx(special.betaln(a, b), rel=1e-10, abs=1e-10)


@given(st.floats(0.1, 500), st.floats(0.1, 500), st.integers(1, 2**20 - 1))
def test_both_tails_of_beta_agree_with_scipy(a, b, part):
    x = part / 2**20
    lower, upper = beta_tails(x, 1 - x, a, b)
    assert lower == pytest.approx(special.betainc(a, b, x), rel=1e-10, abs=1e-14)
    assert upper == pytest.approx(special.betainc(b, a, 1 - x), rel=1e-10, abs=1e-14)


def test_a_large_beta_close_to_one_keeps_its_digits():
    x, y = 1 - 1e-9, 1e-9
    expected = pytest.approx(special.betainc(0.5, 1e6, y), rel=1e-12)
    assert beta_tails(x, y, 1e6, 0.5)[1] == expected
    assert beta_tails(y, x, 0.5, 1e6)[0] == expected


@pytest.mark.parametrize("df", [2, 3, 9, 24, 99, 342])
def test_the_small_sample_factor_is_exact(df):
    exact = math.gamma(df / 2) / (math.sqrt(df / 2) * math.gamma((df - 1) / 2))
    assert small_sample_factor(df) == pytest.approx(exact, rel=1e-13)


def test_the_small_sample_factor_of_a_country_is_almost_one():
    m = 100_000
    assert small_sample_factor(m) == pytest.approx(1 - 3 / (4 * m) - 7 / (32 * m * m), rel=1e-14)
    with pytest.raises(ValueError, match="more than 1 degree"):
        small_sample_factor(1)
