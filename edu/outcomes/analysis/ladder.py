"""How much may be said of so many people. The same ladder for every report.

The threshold of privacy stands above it: see `edu/outcomes/disclosure.py`.
"""

from enum import StrEnum

from edu.outcomes.analysis import alpha, mantel_haenszel, reliable
from edu.outcomes.paired import DESCRIBE_FROM, INTERVAL_FROM


class Step(StrEnum):
    """By the number of matched people; each step also allows what stands above it."""

    COUNTED = "counted"
    DESCRIBED = "described"
    ESTIMATED = "estimated"
    RELIABLE = "reliable"
    ITEMS = "items"


_FROM = {
    Step.ITEMS: alpha.FROM,
    Step.RELIABLE: reliable.FROM,
    Step.ESTIMATED: INTERVAL_FROM,
    Step.DESCRIBED: DESCRIBE_FROM,
}

ALLOWS = {
    Step.COUNTED: "how many answered, and nothing else",
    Step.DESCRIBED: "means, and how many moved which way; no interval",
    Step.ESTIMATED: "the mean change with its interval, the signed-rank test, effect sizes",
    Step.RELIABLE: "reliable change of persons, where the scale's reliability is known",
    Step.ITEMS: "the reliability of the scale here, and each item beside the rest",
}


def step(matched: int) -> Step:
    """The highest step for so many matched people."""
    return next((each for each, least in _FROM.items() if matched >= least), Step.COUNTED)


def languages_may_be_compared(*people: int) -> bool:
    """Whether every language has enough people for tests of its items; else means side by side."""
    return len(people) > 1 and min(people) >= mantel_haenszel.FROM
