"""Does the likely range hold the truth as often as it says? Simulated groups, some at a ceiling.

Each person has a true attitude; a questionnaire of four items, each from 1 to 5, shows it in whole
steps and not beyond its ends. The truth is the mean change of a large population; a group is drawn
from it. 95 % intervals should hold it in 93 to 97 of 100 groups.

The shares that were found go into the record (`--junitxml FILE -o junit_family=legacy`), and from
there into docs/measuring.md.
"""

import random

import pytest

from edu.outcomes.analysis.comparing import How, Learner, compare
from edu.outcomes.analysis.moments import mean, sd, t_interval
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.paired import INTERVAL_FROM, PairedChange
from edu.quizzes.instrument import HigherMeans

pytestmark = pytest.mark.thorough

#: How far the average person is from the middle of the scale, in SDs: the last is at a ceiling.
PLACES = {"middle": 0.0, "high": 0.8, "ceiling": 1.4}
TIMES = 4000


def score(attitude, chance):
    return sum(min(5, max(1, round(3 + attitude + chance.gauss(0, 0.7)))) for _ in range(4))


def population(place, effect=0.35, size=20_000):
    """Pairs of before and after."""
    chance = random.Random(place)
    found = []
    for _ in range(size):
        attitude = chance.gauss(PLACES[place], 1)
        moved = attitude + effect + chance.gauss(0, 0.6)
        found.append((score(attitude, chance), score(moved, chance)))
    return found


def interval(pairs):
    """As in a report; below ten people, where reports give none, by the same formula."""
    if len(pairs) >= INTERVAL_FROM:
        found = PairedChange.from_pairs(pairs, higher_means=HigherMeans.BETTER, units=1)
        return found.interval
    changes = [float(y - x) for x, y in pairs]
    spread = sd(changes)
    return t_interval(mean(changes), spread / len(pairs) ** 0.5, len(pairs) - 1) if spread else None


@pytest.mark.parametrize("n", [5, 8, 12, 25, 50, 100, 250, 500])
@pytest.mark.parametrize("place", PLACES)
def test_the_likely_range_of_a_mean_change_holds_the_truth(place, n, record_property):
    people = population(place)
    truth = mean([float(y - x) for x, y in people])
    chance = random.Random(n)
    times = TIMES if n <= 100 else TIMES // 2
    ranges = [interval(chance.choices(people, k=n)) for _ in range(times)]
    given = [each for each in ranges if each is not None]
    held = sum(each.low <= truth <= each.high for each in given) / len(given)
    record_property("held", held)
    assert len(given) > 0.99 * times
    assert 0.93 <= held <= 0.97


@pytest.mark.parametrize(
    ("groups", "how", "estimate"),
    [
        (2, How.GROUP_MEANS, "adjusted"),
        (4, How.GROUP_MEANS, "adjusted"),
        (5, How.LEARNERS_IN_GROUPS, "adjusted_of_means"),
        (8, How.LEARNERS_IN_GROUPS, "adjusted"),
    ],
)
def test_the_likely_range_of_a_difference_holds_the_truth(
    groups, how, estimate, monkeypatch, record_property
):
    """Groups whose members are alike (ICC .1), and a course that does nothing."""
    # The slowest estimate is not looked at here.
    monkeypatch.setattr("edu.outcomes.analysis.comparing.fit_intercepts", lambda *_: NotGiven("-"))
    chance = random.Random(groups)
    held = 0
    for _ in range(2000):
        learners = []
        for arm in (True, False):
            for group in range(groups):
                own = chance.gauss(0, 0.33)
                for _ in range(12):
                    before = chance.gauss(0, 1)
                    after = 0.6 * before + own + chance.gauss(0, 1)
                    learners.append(Learner(arm, before, after, group))
        found = compare(learners)
        assert found.how is how
        likely = getattr(found, estimate).interval
        held += likely.low <= 0 <= likely.high
    record_property("held", held / 2000)
    assert 0.93 <= held / 2000 <= 0.97
