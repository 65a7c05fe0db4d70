"""From answers to scores: nothing is typed in, so anything can be computed again.

Scores are whole numbers of units, 1/2520 of a point each; `methods` says why, and how each kind
of score is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from edu.quizzes.answers import Answer, State, check_answer
from edu.quizzes.instrument import Instrument, Item, Kind, Scale
from edu.quizzes.methods import (
    UNITS,
    Ends,
    Points,
    ends,
    item_ends,
    needed,
    option_scores,
    score_in_units,
)
from edu.quizzes.scale import Method

__all__ = [
    "UNITS",
    "Ends",
    "Knowledge",
    "Policy",
    "Score",
    "Unscored",
    "Why",
    "ends",
    "knowledge",
    "option_scores",
    "percent",
    "points",
    "score",
    "scored",
    "unscored",
]


@dataclass(frozen=True)
class Score:
    """One learner's score on one scale.

    `units` is the score in 1/2520 point; `answered` of `of` items count; `minimum` and `maximum`
    are the lowest and highest possible score, in points.
    """

    units: int
    answered: int
    of: int
    minimum: Points
    maximum: Points


class Why(StrEnum):
    """Why there is no score."""

    NOTHING_ANSWERED = "nothing answered"
    TOO_FEW_ANSWERED = "too few items answered"


class Policy(StrEnum):
    """What "I don't know" counts as.

    RULE is the rule of the scale, for what is shown. OTHER is the other way, to see whether it
    matters: missing where the rule gives it a score, and the middle of the item's scores where
    the rule calls it missing.
    """

    RULE = "rule"
    OTHER = "other"


@dataclass(frozen=True)
class Unscored:
    """No score, and the reason: `answered` of `of` items, where `needed` were."""

    why: Why
    answered: int
    of: int
    needed: int


@dataclass(frozen=True)
class Knowledge:
    """`right` of the `answered` items, of all the items there are.

    "I don't know" is not an answer here. Somebody who says so twice and guesses later has more
    answers and perhaps a smaller share of right ones: compare `right`, or `right` out of `of`.
    """

    right: int
    answered: int
    of: int


def points(score: Score | int) -> Fraction:
    """A score, or a sum of units, in points; `float()` of it is rounded correctly."""
    return Fraction(score.units if isinstance(score, Score) else score, UNITS)


def percent(score: Score) -> Fraction:
    """Percent of the maximum possible: 100 (score - minimum) / (maximum - minimum)."""
    return 100 * (points(score) - score.minimum) / Fraction(score.maximum - score.minimum)


def score(
    instrument: Instrument, answers: Mapping[str, Answer], policy: Policy = Policy.RULE
) -> dict[str, Score | None]:
    """The score on every scale, or None: `unscored` then says why.

    An item counts when it was answered, and where the rule says so when somebody does not know;
    does not apply, prefer not to say, skipped, not shown and illegible are all missing.
    """
    return {
        scale.id: result if isinstance(result, Score) else None
        for scale in instrument.scales
        for result in [scored(instrument, scale, answers, policy)]
    }


def unscored(
    instrument: Instrument, answers: Mapping[str, Answer], policy: Policy = Policy.RULE
) -> dict[str, Unscored]:
    """The scales without a score, each with the reason."""
    return {
        scale.id: result
        for scale in instrument.scales
        for result in [scored(instrument, scale, answers, policy)]
        if isinstance(result, Unscored)
    }


def knowledge(instrument: Instrument, answers: Mapping[str, Answer]) -> Knowledge:
    """How many items were answered rightly: exactly the correct options, no more and no fewer."""
    if instrument.kind is not Kind.KNOWLEDGE:
        return Knowledge(0, 0, 0)
    right = answered = 0
    for item in instrument.items:
        answer = answers.get(item.id)
        if answer is None or answer.state is not State.ANSWERED:
            continue
        check_answer(instrument, item, answer)
        answered += 1
        correct = {option.code for option in instrument.options_of(item) if option.correct}
        right += correct == set(answer.codes)
    return Knowledge(right, answered, len(instrument.items))


def scored(
    instrument: Instrument,
    scale: Scale,
    answers: Mapping[str, Answer],
    policy: Policy = Policy.RULE,
) -> Score | Unscored:
    """The score on one scale, or why there is none."""
    items = instrument.items_of(scale.id)
    found = [_counts(instrument, scale, item, answers.get(item.id), policy) for item in items]
    given = [value for value in found if value is not None]
    least = needed(instrument, scale)
    if len(given) < least:
        why = Why.TOO_FEW_ANSWERED if given else Why.NOTHING_ANSWERED
        return Unscored(why, len(given), len(items), least)
    possible = ends(instrument, scale)
    units = score_in_units(instrument, scale, given)
    return Score(units, len(given), len(items), possible.minimum, possible.maximum)


def _counts(
    instrument: Instrument, scale: Scale, item: Item, answer: Answer | None, policy: Policy
) -> int | None:
    """What an answer counts, in units; None when it is missing."""
    if answer is None:
        return None
    if answer.state is State.DONT_KNOW:
        return _unknown(instrument, scale, item, policy)
    if answer.state is not State.ANSWERED:
        return None
    check_answer(instrument, item, answer)
    return option_scores(instrument, item)[answer.codes[0]] * UNITS


def _unknown(instrument: Instrument, scale: Scale, item: Item, policy: Policy) -> int | None:
    """What "I don't know" counts. A fixed score stands where an option would, before reversing."""
    one = item_ends(instrument, scale)
    if policy is Policy.OTHER:
        middle = Fraction(one.minimum + one.maximum, 2)
        # A table knows whole sums only, and half a point has no place in it.
        outside = scale.method is Method.LOOKUP and middle.denominator > 1
        return None if scale.dont_know is not None or outside else int(middle * UNITS)
    if scale.dont_know is None:
        return None
    fixed = scale.dont_know
    return int(one.minimum + one.maximum - fixed if item.reverse else fixed) * UNITS
