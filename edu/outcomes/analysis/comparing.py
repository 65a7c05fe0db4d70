"""Did the people of the course change more than those of a waiting list or comparison group?

Adjusted difference (analysis of covariance, after by before and arm): for arms made by chance and
for waiting lists: Vickers & Altman (2001), BMJ 323, 1123-1124. Difference in differences: for arms
that were not made by chance. Both stand side by side; the plan says beforehand which one counts.

People taught together are alike, so the number of groups decides how much may be said: with five
or more groups an arm the learners are analysed with CR1 standard errors and t with G - 2 degrees
of freedom (and, as these are a little too sure with so few groups, the groups' means beside them);
with two to four the groups' means, in two stages (Hayes & Moulton 2017, Cluster
Randomised Trials, chapter 10); with one, the difference is described and nothing is inferred.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import sqrt

from edu.outcomes.analysis.clusters import Estimate, by_group
from edu.outcomes.analysis.intercepts import fit_intercepts
from edu.outcomes.analysis.least_squares import Fit, fit
from edu.outcomes.analysis.moments import NOISE, mean, sd, t_interval, variance
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.distributions import small_sample_factor
from edu.outcomes.paired import DESCRIBE_FROM

PEOPLE_FROM = 15
GROUPS_FOR_LEARNERS = 5
GROUPS_FOR_MEANS = 2


class How(StrEnum):
    """What the comparison rests on."""

    LEARNERS = "learners"
    LEARNERS_IN_GROUPS = "learners_in_groups"
    GROUP_MEANS = "group_means"
    DESCRIPTION = "description"


@dataclass(frozen=True)
class Learner:
    """One matched learner; `course` is whether they were in the arm that had the course."""

    course: bool
    before: float
    after: float
    group: Hashable = None

    @property
    def change(self) -> float:
        return self.after - self.before


@dataclass(frozen=True)
class Arm:
    """One arm: matched learners, groups (None: no groups are known), means."""

    n: int
    groups: int | None
    mean_before: float
    sd_before: float
    mean_after: float
    sd_after: float
    mean_change: float
    sd_change: float


@dataclass(frozen=True)
class Comparison:
    """Differences are course minus comparison, in the direction of the scores."""

    how: How
    course: Arm
    comparison: Arm
    difference: float
    #: Morris's standardised difference, with the exact J; None where nobody differed before.
    d_ppc2: float | None
    adjusted: Estimate | None = None
    difference_in_differences: Estimate | None = None
    #: With an intercept for each group, and of the groups' means; beside learners in groups only.
    adjusted_intercept: Estimate | None = None
    adjusted_of_means: Estimate | None = None
    #: Matched learners who name no group though others do; they are in none of this.
    without_group: int = 0
    why_no_interval: str | None = None


def compare(learners: Sequence[Learner]) -> Comparison | NotGiven:
    """Both arms. Where groups are known, a learner without one is left out, and counted."""
    grouped = any(each.group is not None for each in learners)
    everybody = len(learners)
    learners = [each for each in learners if each.group is not None or not grouped]
    arms = [[each for each in learners if each.course is side] for side in (True, False)]
    if min(map(len, arms)) < DESCRIBE_FROM:
        return NotGiven(f"fewer than {DESCRIBE_FROM} people could be matched in an arm")
    course, comparison = (_arm(arm, grouped) for arm in arms)
    described = Comparison(
        How.DESCRIPTION,
        course,
        comparison,
        course.mean_change - comparison.mean_change,
        d_ppc2(course, comparison),
        without_group=everybody - len(learners),
    )
    fewest = min(len({each.group for each in arm}) for arm in arms) if grouped else None
    if min(map(len, arms)) < PEOPLE_FROM:
        why = f"fewer than {PEOPLE_FROM} people could be matched in an arm"
        return replace(described, why_no_interval=why)
    if fewest is not None and fewest < GROUPS_FOR_MEANS:
        why = "there is one group in an arm, so nobody can tell the course from the group"
        return replace(described, why_no_interval=why)
    if fewest is None or fewest >= GROUPS_FOR_LEARNERS:
        return _of_learners(described, learners, grouped=grouped)
    return _of_means(described, learners)


def _arm(learners: Sequence[Learner], grouped: bool) -> Arm:
    before, after = [each.before for each in learners], [each.after for each in learners]
    changes = [each.change for each in learners]
    return Arm(
        n=len(learners),
        groups=len({each.group for each in learners}) if grouped else None,
        mean_before=mean(before),
        sd_before=sd(before),
        mean_after=mean(after),
        sd_after=sd(after),
        mean_change=mean(changes),
        sd_change=sd(changes),
    )


def d_ppc2(course: Arm, comparison: Arm) -> float | None:
    """Morris (2008), Organizational Research Methods 11, 364-386, formula 8; J by gamma."""
    df = course.n + comparison.n - 2
    squares = (course.n - 1) * course.sd_before**2 + (comparison.n - 1) * comparison.sd_before**2
    if not squares:
        return None
    difference = course.mean_change - comparison.mean_change
    return small_sample_factor(df) * difference / sqrt(squares / df)


def _of_learners(
    described: Comparison, learners: Sequence[Learner], *, grouped: bool
) -> Comparison:
    ones, arm, before = _columns(learners)
    after, changes = [each.after for each in learners], [each.change for each in learners]
    groups = [(each.course, each.group) for each in learners] if grouped else None
    adjusted = fit(after, [ones, arm, before])
    plain = fit(changes, [ones, arm])
    how = How.LEARNERS_IN_GROUPS if grouped else How.LEARNERS
    found = replace(
        described,
        how=how,
        adjusted=_estimate(adjusted, after, groups),
        difference_in_differences=_estimate(plain, changes, groups),
        adjusted_intercept=_intercept(after, [ones, arm, before], groups),
        adjusted_of_means=_adjusted_means(learners, adjusted) if grouped else None,
    )
    return _or_why(found)


def _columns(learners: Sequence[Learner]) -> tuple[list[float], list[float], list[float]]:
    middle = mean([each.before for each in learners])
    ones = [1.0] * len(learners)
    arm = [float(each.course) for each in learners]
    return ones, arm, [each.before - middle for each in learners]


def _estimate(
    found: Fit | NotGiven, outcome: Sequence[float], groups: Sequence[Hashable] | None
) -> Estimate | None:
    if isinstance(found, NotGiven):
        return None
    value = found.coefficients[1]
    error = found.error(1) if groups is None else found.error_by_groups(1, groups)
    df = found.df if groups is None else len(set(groups)) - 2
    if error <= NOISE * max(map(abs, outcome)):
        return None
    return Estimate(value, error, df, t_interval(value, error, df))


def _intercept(
    after: Sequence[float], columns: Sequence[Sequence[float]], groups: Sequence[Hashable] | None
) -> Estimate | None:
    if groups is None:
        return None
    found = fit_intercepts(after, columns, groups)
    if isinstance(found, NotGiven):
        return None
    value, error, df = found.coefficients[1], found.errors[1], len(set(groups)) - 2
    return Estimate(value, error, df, t_interval(value, error, df))


def _of_means(described: Comparison, learners: Sequence[Learner]) -> Comparison:
    """Two stages: what a learner's score before does not explain, then a t test of group means."""
    adjusted = fit([each.after for each in learners], _columns(learners))
    found = replace(
        described,
        how=How.GROUP_MEANS,
        adjusted=_adjusted_means(learners, adjusted),
        difference_in_differences=_means_apart(learners, 1.0),
    )
    return _or_why(found)


def _adjusted_means(learners: Sequence[Learner], adjusted: Fit | NotGiven) -> Estimate | None:
    if isinstance(adjusted, NotGiven):
        return None
    return _means_apart(learners, adjusted.coefficients[2])


def _means_apart(learners: Sequence[Learner], slope: float) -> Estimate | None:
    sides = [
        [
            mean(values)
            for values in by_group(
                (each.group, each.after - slope * each.before)
                for each in learners
                if each.course is side
            ).values()
        ]
        for side in (True, False)
    ]
    n, m = map(len, sides)
    squares = sum((len(side) - 1) * variance(side) for side in sides)
    if not squares:
        return None
    value, df = mean(sides[0]) - mean(sides[1]), n + m - 2
    error = sqrt(squares / df * (1 / n + 1 / m))
    return Estimate(value, error, df, t_interval(value, error, df))


def _or_why(found: Comparison) -> Comparison:
    if found.adjusted is None and found.difference_in_differences is None:
        return replace(found, why_no_interval="there is no spread to judge by")
    return found
