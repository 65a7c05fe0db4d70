"""Made-up data of many kinds, the same on every machine: with ties, nobody who moved, a ceiling.

Nothing in it is about anybody. `figures.json` beside it holds what R makes of the same numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Person:
    """One matched learner of a trial."""

    course: bool
    group: str
    before: float
    after: float


def trials() -> Iterator[tuple[str, list[Person]]]:
    """Trials of two arms with six to nine groups each, by name."""
    for seed in range(8):
        chance = Random(1000 + seed)
        people = []
        for course in (True, False):
            for number in range(6 + seed % 4):
                shared = chance.gauss(0, 1.5)
                for _ in range(chance.randint(3, 9)):
                    before = chance.gauss(18, 4)
                    gain = (2.0 if course else 0.3) + shared + chance.gauss(0, 3)
                    people.append(
                        Person(
                            course,
                            f"{'c' if course else 'w'}{number}",
                            _within(before, seed),
                            _within(before + gain, seed),
                        )
                    )
        yield f"trial-{seed}", people


def _within(score: float, seed: int) -> float:
    """Whole points, so that there are ties; in each second trial with a ceiling that many reach."""
    return float(min(20 if seed % 2 else 30, max(5, round(score))))


def scales() -> Iterator[tuple[str, list[list[int]]]]:
    """The answers of many people to the items of a scale, by name."""
    for seed in range(4):
        chance = Random(2000 + seed)
        rows = []
        for _ in range(90 + 25 * seed):
            shared = chance.gauss(0, 1)
            loadings = [0.5 + 0.12 * place for place in range(4 + seed)]
            rows.append(
                [
                    min(5, max(1, round(3 + load * shared + chance.gauss(0, 0.9))))
                    for load in loadings
                ]
            )
        yield f"scale-{seed}", rows


def knowledge() -> Iterator[tuple[str, list[tuple[bool, bool]]]]:
    """Right before and right after, by name."""
    for seed in range(4):
        chance = Random(3000 + seed)
        people = range(20 + 17 * seed)
        yield (
            f"knowledge-{seed}",
            [(chance.random() < 0.4, chance.random() < 0.5 + 0.1 * seed) for _ in people],
        )


def languages() -> Iterator[tuple[str, list[tuple[int, bool, int]]]]:
    """A total score, whether it was the first language, and an answer of 1 to 4, by name."""
    for seed in range(3):
        chance = Random(4000 + seed)
        rows = []
        for number in range(320):
            first, total = number % 2 == 0, chance.randint(2, 7)
            pull = 0.5 * total + (0.6 if first and seed else 0) + chance.gauss(0, 1.2)
            rows.append((total, first, min(4, max(1, round(pull)))))
        yield f"languages-{seed}", rows


def groups() -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """The estimate of each group with its standard error, by name."""
    for seed in range(6):
        chance = Random(5000 + seed)
        spread = (0.0, 0.4, 1.0)[seed % 3]
        found = []
        for _ in range(4 + 2 * seed):
            error = chance.uniform(0.2, 0.9)
            found.append((1.0 + chance.gauss(0, spread) + chance.gauss(0, error), error))
        yield f"groups-{seed}", found
