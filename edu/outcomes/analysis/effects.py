"""How large is the change? Standardised mean changes, named as in Lakens (2013).

Lakens (2013), Frontiers in Psychology 4, 863. Six figures go by the name of "Cohen's d" for
before and after, so each has its own name here, and SDs and the correlation stand beside them so
that anybody can convert. The one to report is g_av; its interval is that of the noncentral t:
Algina & Keselman (2003), Educational and Psychological Measurement 63, 537-553, times J.
"""

from dataclasses import dataclass
from math import sqrt

from edu.outcomes.analysis.noncentral import noncentrality_interval
from edu.outcomes.distributions import small_sample_factor
from edu.outcomes.paired import Interval, PairedChange


@dataclass(frozen=True)
class EffectSizes:
    """In the direction of the scores.

    `d_z`: by the SD of the change, for planning how many people are needed. `d_av`: by the root
    of the mean of both variances. `g_av`: d_av times `j`, Hedges' exact small-sample factor with
    n - 1 degrees of freedom. `d_b`: by the SD before, for when the SD shrinks at a ceiling (None
    where everybody was equal before); `g_b` is it times `j`. `d_rm`: d_z times sqrt(2 (1 - r)).
    """

    d_z: float
    d_av: float
    j: float
    g_av: float
    g_av_interval: Interval
    d_b: float | None
    g_b: float | None
    d_rm: float | None


def effect_sizes(change: PairedChange) -> EffectSizes | None:
    """None where there is no interval, as an effect needs at least as many people as one."""
    if (
        change.interval is None
        or change.mean_change is None
        or change.sd_change is None
        or change.sd_before is None
        or change.sd_after is None
    ):
        return None
    # An SD of the change above 0 means that at least one of these two is above 0.
    average_sd = sqrt((change.sd_before**2 + change.sd_after**2) / 2)
    j = small_sample_factor(change.n - 1)
    d_z = change.mean_change / change.sd_change
    d_av = change.mean_change / average_sd
    d_b = change.mean_change / change.sd_before if change.sd_before else None
    r = change.correlation
    likely = noncentrality_interval(d_z * sqrt(change.n), change.n - 1)
    by = j * change.sd_change / (average_sd * sqrt(change.n))
    return EffectSizes(
        d_z=d_z,
        d_av=d_av,
        j=j,
        g_av=d_av * j,
        g_av_interval=Interval(likely.low * by, likely.high * by),
        d_b=d_b,
        g_b=None if d_b is None else d_b * j,
        d_rm=None if r is None else d_z * sqrt(2 * (1 - r)),
    )
