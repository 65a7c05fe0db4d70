"""Who may be added to what is shown: people come in batches, and a batch is never taken apart.

Every figure that anybody is shown is a sum over whole batches. A batch has at least five people who
are not all alike, and belongs to one group, scale and wave. So whatever is added up or subtracted,
in whatever order reports were made, what comes out is about whole batches again and never about
somebody. Who is in a batch stays in it: when she withdraws or fills in an answer, what was shown
stays as it is.

Those who read no draft, and those who did, are rows of their own, each with at least ten people at
first; where only both together are that many, they are a mixed batch, which counts with everybody
and never with one of the two.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from edu.outcomes.disclosure import MINIMUM_DIFFERENCE, MINIMUM_GROUP, check_minimum


class Part(StrEnum):
    """Whose answers are in a batch."""

    CLEAN = "clean"
    DRAFT = "draft"
    MIXED = "mixed"


@dataclass(frozen=True)
class Waiting:
    """Somebody who was not counted in any report yet; scores in units."""

    id: str
    draft: bool
    before: int
    after: int


@dataclass(frozen=True)
class Counted:
    """How many people are in a report already, by part."""

    clean: int = 0
    draft: int = 0
    mixed: int = 0

    @property
    def everybody(self) -> int:
        return self.clean + self.draft + self.mixed


@dataclass(frozen=True)
class Batch:
    """People who are counted from now on, always together."""

    part: Part
    people: tuple[Waiting, ...] = field(repr=False)


def new_batches(
    counted: Counted,
    waiting: Iterable[Waiting],
    minimum: int = MINIMUM_GROUP,
    *,
    change_only: bool = False,
    units: Mapping[str, str] | None = None,
) -> list[Batch]:
    """The batches that may be added now; whoever is in none of them waits on.

    `minimum` people at least are in the first report of each part, and five more in each later
    one. `change_only`: only the change of these people is ever shown. `units`: who is tied to
    whom by other scales and waves, and stays together; see disclosure_ties.py.
    """
    check_minimum(minimum)
    # In the order of their random ids, which tells nothing about when anybody came.
    everybody = sorted(waiting, key=lambda each: each.id)
    clean = [each for each in everybody if not each.draft]
    draft = [each for each in everybody if each.draft]
    found: list[Batch] = []
    rest: list[Waiting] = []
    for part, people, shown in (
        (Part.CLEAN, clean, counted.clean),
        (Part.DRAFT, draft, counted.draft),
    ):
        if _enough(len(people), shown, minimum):
            found += _cut(part, people, change_only, units or {})
        elif not shown:
            rest += people
    taken = sum(len(each.people) for each in found)
    if _enough(len(rest), counted.everybody + taken, minimum):
        mixed = sorted(rest, key=lambda each: each.id)
        found += _cut(Part.MIXED, mixed, change_only, units or {})
    return found


def _enough(new: int, shown: int, minimum: int) -> bool:
    return new >= (MINIMUM_DIFFERENCE if shown >= minimum else minimum)


def _cut(
    part: Part, people: Sequence[Waiting], change_only: bool, units: Mapping[str, str]
) -> list[Batch]:
    """Batches as small as may be, so that little is lost when somebody withdraws; none where
    people are too much alike."""
    together: dict[str, list[Waiting]] = {}
    for each in people:
        together.setdefault(units.get(each.id, each.id), []).append(each)
    # The largest first: the others fill up what is left of room.
    largest = sorted(together.values(), key=len, reverse=True)
    for number in range(len(people) // MINIMUM_DIFFERENCE, 0, -1):
        batches = _dealt(largest, number)
        if all(
            len(each) >= MINIMUM_DIFFERENCE and not are_alike(each, change_only=change_only)
            for each in batches
        ):
            return [Batch(part, tuple(each)) for each in batches]
    return []


def _dealt(units: Sequence[Sequence[Waiting]], number: int) -> list[list[Waiting]]:
    """Units dealt out to so many batches, each to the smallest one."""
    batches: list[list[Waiting]] = [[] for _ in range(number)]
    for unit in units:
        min(batches, key=len).extend(unit)
    return batches


def are_alike(people: Sequence[Waiting], *, change_only: bool = False) -> bool:
    """Whether a figure of these people would be each one's own: all had the same score before,
    or after, or the same change."""
    changes = {each.after - each.before for each in people}
    if change_only:
        return len(changes) == 1
    before, after = ({each.before for each in people}, {each.after for each in people})
    return 1 in (len(changes), len(before), len(after))
