"""The mean change over several groups, when one group alone is too small to tell.

Random effects: the groups' true changes differ. Their variance (tau squared) by restricted maximum
likelihood: Viechtbauer (2005), Journal of Educational and Behavioral Statistics 30, 261-293.
Standard error and t interval: Hartung & Knapp (2001), Statistics in Medicine 20, 3875-3889, never
smaller than the usual one, as groups that agree by chance would else look too sure: Röver, Knapp &
Friede (2015), BMC Medical Research Methodology 15, 99. Prediction interval with k - 1 degrees of
freedom: IntHout et al. (2016), BMJ Open 6, e010247. I squared: Higgins & Thompson (2002),
Statistics in Medicine 21, 1539-1558, as R's metafor computes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from edu.outcomes.analysis.moments import t_interval
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.tails import chi_square_sf, root
from edu.outcomes.paired import Interval

#: Never fewer groups than this, and a warning below that.
POOLED_FROM = 3
POOLED_ENOUGH = 5


@dataclass(frozen=True)
class Pooled:
    """`prediction`: where the true change of one more such group is likely to lie."""

    k: int
    estimate: float
    error: float
    interval: Interval
    prediction: Interval
    tau_squared: float
    i_squared: float
    q: float
    q_p: float
    #: Whether there are fewer than five groups.
    few: bool


def pooled(groups: Sequence[tuple[float, float]]) -> Pooled | NotGiven:
    """From each group's estimate and its standard error."""
    if any(not error > 0 for _, error in groups):
        raise ValueError("a group without a standard error above 0 cannot be pooled")
    k = len(groups)
    if k < POOLED_FROM:
        return NotGiven(f"fewer than {POOLED_FROM} groups can be put together")
    tau_squared = _tau_squared(groups)
    weights = [1 / (error * error + tau_squared) for _, error in groups]
    estimate = _weighted(groups, weights)
    usual = 1 / fsum(weights)
    spread = fsum(
        weight * (value - estimate) ** 2 for weight, (value, _) in zip(weights, groups, strict=True)
    )
    error = sqrt(usual * max(1.0, spread / (k - 1)))
    plain = [1 / (each * each) for _, each in groups]
    common = _weighted(groups, plain)
    q = fsum(
        weight * (value - common) ** 2 for weight, (value, _) in zip(plain, groups, strict=True)
    )
    whole = fsum(plain)
    typical = (k - 1) * whole / (whole**2 - fsum(weight * weight for weight in plain))
    return Pooled(
        k=k,
        estimate=estimate,
        error=error,
        interval=t_interval(estimate, error, k - 1),
        prediction=t_interval(estimate, sqrt(error * error + tau_squared), k - 1),
        tau_squared=tau_squared,
        i_squared=tau_squared / (tau_squared + typical),
        q=q,
        q_p=chi_square_sf(q, k - 1),
        few=k < POOLED_ENOUGH,
    )


def _weighted(groups: Sequence[tuple[float, float]], weights: Sequence[float]) -> float:
    products = (weight * value for weight, (value, _) in zip(weights, groups, strict=True))
    return fsum(products) / fsum(weights)


def _tau_squared(groups: Sequence[tuple[float, float]]) -> float:
    """Where the restricted likelihood is flat; 0 where it falls from the start."""

    def slope(tau_squared: float) -> float:
        weights = [1 / (error * error + tau_squared) for _, error in groups]
        middle = _weighted(groups, weights)
        squares = fsum(
            (weight * (value - middle)) ** 2
            for weight, (value, _) in zip(weights, groups, strict=True)
        )
        whole = fsum(weights)
        return whole - squares - fsum(weight * weight for weight in weights) / whole

    if slope(0.0) >= 0:
        return 0.0
    high = max(error * error for _, error in groups)
    while slope(high) < 0:
        high *= 2
    return root(slope, 0.0, high)
