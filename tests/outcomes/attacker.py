"""Somebody who has every report that was ever shown, and knows who was counted in which.

Only the scores are unknown to her. Each figure is an equation over them, and she solves the whole
system. Whatever she finds out is about some people; what matters is about how few.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations

#: Sums are taken modulo a large prime: exact, quick, and no rounding hides anything.
PRIME = 2**61 - 1

#: One figure: how often each unknown score of each person is in it.
Equation = Mapping[tuple[Hashable, str], int]


def rank(rows: Iterable[Sequence[int]]) -> int:
    """How many of these equations say something that the others do not."""
    left = [[value % PRIME for value in row] for row in rows]
    found = 0
    for place in range(len(left[0]) if left else 0):
        pivot = next((row for row in range(found, len(left)) if left[row][place]), None)
        if pivot is None:
            continue
        left[found], left[pivot] = left[pivot], left[found]
        by = pow(left[found][place], -1, PRIME)
        left[found] = [value * by % PRIME for value in left[found]]
        for row in range(len(left)):
            if row != found and left[row][place]:
                times = left[row][place]
                left[row] = [
                    (one - times * two) % PRIME
                    for one, two in zip(left[row], left[found], strict=True)
                ]
        found += 1
    return found


def told_of_few(equations: Sequence[Equation], fewer_than: int = 5) -> list[set[Hashable]]:
    """The groups of fewer people of whom something can be worked out.

    Something is known of these people alone when the equations, without their scores, say less
    than before: some combination of them has nobody else's scores in it. People who are in all the
    same figures cannot be told apart, so only whole classes of them need be tried.
    """
    unknown = sorted({each for equation in equations for each in equation}, key=repr)
    rows = [[equation.get(each, 0) for each in unknown] for equation in equations]
    whole = rank(rows)
    classes: dict[Hashable, set[Hashable]] = {}
    for person in {person for person, _ in unknown}:
        signature = tuple(
            sorted((name, value) for (who, name), value in equation.items() if who == person)
            for equation in equations
        )
        classes.setdefault(repr(signature), set()).add(person)
    small = [people for people in classes.values() if len(people) < fewer_than]
    found = []
    for number in range(1, fewer_than):
        for some in combinations(small, number):
            people = set().union(*some)
            if len(people) < fewer_than:
                kept = [place for place, (who, _) in enumerate(unknown) if who not in people]
                if rank([row[place] for place in kept] for row in rows) < whole:
                    found.append(people)
    return found


def is_told(equations: Sequence[Equation], wanted: Equation) -> bool:
    """Whether a figure that nobody was shown follows from those that were."""
    unknown = sorted({each for one in (*equations, wanted) for each in one}, key=repr)
    rows = [[equation.get(each, 0) for each in unknown] for equation in equations]
    more = [*rows, [wanted.get(each, 0) for each in unknown]]
    return rank(more) == rank(rows)
