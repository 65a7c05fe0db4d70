"""What could be seen at all? The smallest change that so many people can show, before the start.

Power of a two-sided t test by the noncentral t: Cohen (1988), Statistical Power Analysis for the
Behavioral Sciences, chapter 2. People taught together are more alike, so cohorts count for fewer
people: the design effect 1 + (m - 1) ICC, and degrees of freedom from the number of cohorts:
Murray (1998), Design and Analysis of Group-Randomized Trials, chapter 9.
"""

from functools import lru_cache
from math import sqrt

from edu.outcomes.analysis.noncentral import noncentral_t_cdf, noncentral_t_sf
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.tails import root
from edu.outcomes.distributions import t_quantile
from edu.outcomes.paired import CONFIDENCE

POWER = 0.8


def power(noncentrality: float, df: float) -> float:
    """How often a two-sided t test sees this."""
    edge = t_quantile(0.5 + CONFIDENCE / 2, df)
    above = noncentral_t_sf(edge, df, noncentrality)
    return above + noncentral_t_cdf(-edge, df, noncentrality)


# A page that is looked at while somebody plans asks for the same few sizes again and again.
@lru_cache(maxsize=256)
def _noncentrality(df: float, wanted: float) -> float:
    high = 4.0
    while power(high, df) < wanted:
        high *= 2
    return root(lambda nc: power(nc, df) - wanted, 0.0, high)


def detectable_change(n: int, wanted: float = POWER) -> float | NotGiven:
    """The d_z (change in SDs of the change) that `n` matched people show with this power."""
    if n < 2:
        return NotGiven("two people are the least from whom a change can be estimated")
    return _noncentrality(n - 1, wanted) / sqrt(n)


def detectable_in_cohorts(
    cohorts: int, size: float, icc: float, wanted: float = POWER
) -> float | NotGiven:
    """The same in SDs of the change, for one arm of people taught in cohorts of this size."""
    if cohorts < 2:
        return NotGiven("two groups are the least from which their spread can be estimated")
    return _noncentrality(cohorts - 1, wanted) * sqrt(design_effect(size, icc) / (cohorts * size))


def detectable_difference(
    cohorts: int, size: float, icc: float, correlation: float = 0.0, wanted: float = POWER
) -> float | NotGiven:
    """The difference of two arms, in SDs of the scores after, with so many cohorts in each arm.

    `correlation` is that of before and after, which an adjusted comparison makes use of.
    """
    if cohorts < 2:
        return NotGiven("two groups an arm are the least from which their spread can be estimated")
    error = sqrt(2 * design_effect(size, icc) * (1 - correlation**2) / (cohorts * size))
    return _noncentrality(2 * cohorts - 2, wanted) * error


def design_effect(size: float, icc: float) -> float:
    """By how much people taught together count for fewer. Kish (1965), Survey Sampling, 5.4."""
    return 1 + (size - 1) * icc
