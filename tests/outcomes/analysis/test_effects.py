import pytest
from scipy import optimize, stats

from edu.outcomes.analysis.effects import effect_sizes
from edu.outcomes.paired import Interval, PairedChange
from edu.quizzes.instrument import HigherMeans

from ..known import SLEEP_TENTHS


def effects(pairs, units=1):
    return effect_sizes(
        PairedChange.from_pairs(pairs, higher_means=HigherMeans.BETTER, units=units)
    )


def test_the_sleep_data_give_what_other_programs_call_d():
    # effectsize: d_z 1.285, d_av 0.832, d_rm 0.822, d_b 0.883, g_av 0.761; metafor SMCR: 0.807.
    found = effects(SLEEP_TENTHS, 10)
    rounded = {name: round(getattr(found, name), 3) for name in ("d_z", "d_av", "d_rm", "d_b")}
    assert rounded == {"d_z": 1.285, "d_av": 0.832, "d_rm": 0.822, "d_b": 0.883}
    assert (round(found.g_av, 3), round(found.g_b, 3)) == (0.761, 0.807)


def test_the_interval_of_g_av_is_that_of_the_noncentral_t():
    found = effects(SLEEP_TENTHS, 10)
    t, df = 4.062127683382037, 9
    low = optimize.brentq(lambda nc: stats.nct.sf(t, df, nc) - 0.025, 0.5, 4)
    high = optimize.brentq(lambda nc: stats.nct.cdf(t, df, nc) - 0.025, 4, 8)
    by = found.g_av / t
    assert found.g_av_interval.low == pytest.approx(low * by, rel=1e-6)
    assert found.g_av_interval.high == pytest.approx(high * by, rel=1e-6)


def test_where_everybody_was_equal_before_the_change_has_no_size_in_sds_of_before():
    found = effects([(0, y) for y in range(1, 13)])
    assert (found.d_b, found.g_b, found.d_rm) == (None, None, None)
    assert found.g_av_interval.low < found.g_av < found.g_av_interval.high


def test_no_effect_lies_in_the_middle_of_its_interval():
    found = effects([(x, x + (-1) ** x) for x in range(20)])
    assert found.g_av == 0
    assert found.g_av_interval == Interval(
        pytest.approx(-found.g_av_interval.high, rel=1e-9), found.g_av_interval.high
    )


@pytest.mark.parametrize("pairs", [[], [(1, 2)], [(x, x * x) for x in range(9)], [(5, 5)] * 30])
def test_without_an_interval_there_is_no_size(pairs):
    assert effects(pairs) is None
