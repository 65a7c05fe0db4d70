"""People who were taught together: how alike are they, and for how many do they count?

Intraclass correlation from the one-way analysis of variance with groups of unequal sizes: Donner
(1986), International Statistical Review 54, 67-82. Design effect with unequal sizes: Kish (1965),
Survey Sampling, 5.4, with the size that a person's own group has on average.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from edu.outcomes.analysis.intercepts import fit_intercepts
from edu.outcomes.analysis.least_squares import fit
from edu.outcomes.analysis.moments import mean, sd, t_interval, variance
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.paired import Interval

#: From so many groups an interval over groups is given, and from so many it may be leaned on.
GROUPS_FROM = 3
GROUPS_ENOUGH = 8


@dataclass(frozen=True)
class Estimate:
    """A figure with its standard error and 95 % interval."""

    value: float
    error: float
    df: float
    interval: Interval


@dataclass(frozen=True)
class Clusters:
    """The mean change in three ways that take groups into account, and how alike people are."""

    groups: int
    people: int
    smallest: int
    largest: int
    icc: float
    design_effect: float
    #: The mean of the groups' means, each counting once.
    of_means: Estimate
    #: The mean of all people, with the CR1 standard error.
    robust: Estimate
    #: With an intercept for each group, by REML.
    intercept: Estimate
    icc_reml: float
    #: Whether there are fewer groups than a spread between groups needs.
    few: bool


def by_group(
    values: Iterable[tuple[Hashable, float]],
) -> dict[Hashable, list[float]]:
    """The values of each group."""
    found: dict[Hashable, list[float]] = {}
    for group, value in values:
        found.setdefault(group, []).append(value)
    return found


def clusters(changes: Sequence[tuple[Hashable, float]]) -> Clusters | NotGiven:
    """The changes of people in groups."""
    groups = by_group(changes)
    number, people = len(groups), len(changes)
    if number < GROUPS_FROM:
        return NotGiven(f"fewer than {GROUPS_FROM} groups have matched people")
    values = [value for _, value in changes]
    names = [name for name, _ in changes]
    if not variance(values):
        return NotGiven("everybody changed by the same amount, so there is no spread to judge by")
    means = [mean(group) for group in groups.values()]
    spread = sd(means)
    if not spread:
        return NotGiven("every group changed by the same amount, so there is no spread to judge by")
    ones = [1.0] * people
    plain, reml = fit(values, [ones]), fit_intercepts(values, [ones], names)
    if isinstance(plain, NotGiven) or isinstance(reml, NotGiven):
        return NotGiven("every group has one person, so groups and people are the same")
    sizes = [len(group) for group in groups.values()]
    icc = intraclass_correlation(groups.values())
    df = number - 1
    return Clusters(
        groups=number,
        people=people,
        smallest=min(sizes),
        largest=max(sizes),
        icc=icc,
        design_effect=1 + (sum(size * size for size in sizes) / people - 1) * icc,
        of_means=_estimate(mean(means), spread / sqrt(number), df),
        robust=_estimate(mean(values), plain.error_by_groups(0, names), df),
        intercept=_estimate(reml.coefficients[0], reml.errors[0], df),
        icc_reml=reml.icc,
        few=number < GROUPS_ENOUGH,
    )


def _estimate(value: float, error: float, df: float) -> Estimate:
    return Estimate(value, error, df, t_interval(value, error, df))


def intraclass_correlation(groups: Iterable[Sequence[float]]) -> float:
    """From the analysis of variance; below 0 where groups are more alike than chance makes them.

    For at least two groups, one of which has more than one person.
    """
    found = list(groups)
    number, people = len(found), sum(map(len, found))
    middle = mean([value for group in found for value in group])
    means = [mean(group) for group in found]
    between = fsum(
        len(group) * (own - middle) ** 2 for group, own in zip(found, means, strict=True)
    )
    within = fsum(
        (value - own) ** 2 for group, own in zip(found, means, strict=True) for value in group
    )
    between, within = between / (number - 1), within / (people - number)
    size = (people - sum(len(group) ** 2 for group in found) / people) / (number - 1)
    whole = between + (size - 1) * within
    return (between - within) / whole if whole else 0.0
