import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from edu.outcomes.analysis.noncentral import (
    noncentral_t_cdf,
    noncentral_t_sf,
    noncentrality_interval,
)
from edu.outcomes.analysis.tails import (
    chi_square_sf,
    f_quantile,
    f_sf,
    normal_quantile,
    normal_sf,
    root,
)


@settings(deadline=None)
@given(st.floats(0.01, 300), st.integers(1, 200))
def test_chi_square_agrees_with_scipy(x, df):
    assert chi_square_sf(x, df) == pytest.approx(stats.chi2.sf(x, df), rel=1e-10, abs=1e-14)


@settings(deadline=None)
@given(st.floats(0.01, 100), st.integers(1, 60), st.integers(1, 600))
def test_f_agrees_with_scipy(x, numerator, denominator):
    found = f_sf(x, numerator, denominator)
    assert found == pytest.approx(stats.f.sf(x, numerator, denominator), rel=1e-9, abs=1e-14)


@pytest.mark.parametrize("p", [0.025, 0.05, 0.5, 0.95, 0.975])
@pytest.mark.parametrize(("numerator", "denominator"), [(1, 1), (49, 98), (299, 2691), (2, 7)])
def test_quantiles_of_f_agree_with_scipy(p, numerator, denominator):
    expected = stats.f.ppf(p, numerator, denominator)
    assert f_quantile(p, numerator, denominator) == pytest.approx(expected, rel=1e-10)


def test_the_normal_distribution_agrees_with_scipy():
    for z in (-8, -1.96, 0, 0.3, 5, 20):
        assert normal_sf(z) == pytest.approx(stats.norm.sf(z), rel=1e-12)
    assert normal_quantile(0.975) == pytest.approx(stats.norm.ppf(0.975), rel=1e-14)


def test_nothing_is_below_zero_in_a_sum_of_squares():
    assert (chi_square_sf(0, 3), chi_square_sf(-1, 3), f_sf(0, 2, 3)) == (1, 1, 1)
    with pytest.raises(ValueError, match="degrees of freedom"):
        chi_square_sf(1, 0)


def test_a_root_is_found_to_the_last_digit():
    assert root(lambda x: x * x - 2, 0, 2) == pytest.approx(2**0.5, rel=1e-15)


@settings(deadline=None)
@given(st.floats(-8, 12), st.integers(1, 500), st.floats(-6, 8))
def test_the_noncentral_t_agrees_with_scipy(t, df, noncentrality):
    expected = stats.nct.cdf(t, df, noncentrality)
    if expected == expected:  # scipy gives NaN in places
        # scipy's own figures differ from an integral in 30 digits by up to some 1e-9.
        assert noncentral_t_cdf(t, df, noncentrality) == pytest.approx(expected, abs=2e-8)


@settings(deadline=None)
@given(st.floats(-30, 30), st.integers(1, 500), st.floats(-30, 30))
def test_both_sides_of_the_noncentral_t_make_one(t, df, noncentrality):
    both = noncentral_t_cdf(t, df, noncentrality) + noncentral_t_sf(t, df, noncentrality)
    assert both == pytest.approx(1, abs=1e-12)


@settings(deadline=None)
@given(st.floats(-8, 8), st.integers(1, 500))
def test_without_noncentrality_it_is_students_t(t, df):
    assert noncentral_t_cdf(t, df, 0) == pytest.approx(stats.t.cdf(t, df), rel=1e-9, abs=1e-12)


def test_where_scipy_has_no_answer_there_is_one():
    # A value below the noncentrality by twelve standard errors: all but impossible, and no NaN.
    assert 0 <= noncentral_t_cdf(-2.262, 9, 10) < 1e-12


@pytest.mark.parametrize(("t", "df"), [(4.062128, 9), (0.0, 20), (-2.5, 4), (44.0, 499)])
def test_an_interval_of_noncentrality_leaves_two_and_a_half_percent_at_each_end(t, df):
    found = noncentrality_interval(t, df)
    assert noncentral_t_sf(t, df, found.low) == pytest.approx(0.025, rel=1e-9)
    assert noncentral_t_cdf(t, df, found.high) == pytest.approx(0.025, rel=1e-9)


def test_one_degree_of_freedom_is_the_least():
    with pytest.raises(ValueError, match="1 or more"):
        noncentral_t_cdf(1, 0.5, 0)
