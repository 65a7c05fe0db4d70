"""How many improved, stayed and worsened: what a report may say of the three numbers.

A number from 0 to 4 is never said, nor what would tell it from the size of the group. Which of the
statements that are left is made, if any, is decided in `disclosure_saying.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

#: No number of people below this is said of a part of a group.
MINIMUM_CELL = 5

Cells = tuple[int, int, int]


class Pattern(StrEnum):
    """What is said of the three numbers; what is left out is only known to be below five."""

    ALL = "all"
    #: One number; of the other two, which are five or more together, the sum.
    WORSENED = "worsened"
    IMPROVED = "improved"
    #: Only that this one is below five.
    FEW_WORSENED = "few_worsened"
    NONE = "none"


@dataclass(frozen=True)
class Statement:
    """What one report said: `n` people, and of each of the three numbers itself or None.

    `few`: for each, whether it was said to be below five. `new` and `open` are never shown: see
    `disclosure_saying.py`.
    """

    n: int
    improved: int | None = None
    same: int | None = None
    worsened: int | None = None
    few: tuple[bool, bool, bool] = (False, False, False)
    #: What the numbers of those who came new can be, and those of everybody, for a reader who
    #: knows everything that was ever said. Empty: nobody has worked it out.
    new: frozenset[Cells] = field(default=frozenset(), compare=False, repr=False)
    open: frozenset[Cells] = field(default=frozenset(), compare=False, repr=False)

    @property
    def pattern(self) -> Pattern:
        said = tuple(each is not None for each in self.said)
        return {
            (True, True, True): Pattern.ALL,
            (True, False, False): Pattern.IMPROVED,
            (False, False, True): Pattern.WORSENED,
            (False, False, False): Pattern.FEW_WORSENED if self.few[2] else Pattern.NONE,
        }[said]  # type: ignore[index]  # only these are made

    @property
    def said(self) -> tuple[int | None, int | None, int | None]:
        return self.improved, self.same, self.worsened

    @property
    def others(self) -> int | None:
        """The two numbers that are not said, together; None where all or none are said."""
        left = [each for each in self.said if each is None]
        return self.n - sum(each or 0 for each in self.said) if len(left) == 2 else None

    def to_json(self) -> dict[str, Any]:
        stored = asdict(self) | {"few": list(self.few)}
        return stored | {name: sorted(stored[name]) for name in _POSSIBLE}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Statement":
        """What `to_json` gave, now or before a program knew what stays open."""
        possible = {name: frozenset(map(tuple, stored.get(name, ()))) for name in _POSSIBLE}
        return cls(**stored | possible | {"few": tuple(stored["few"])})


_POSSIBLE = ("new", "open")


def statements(cells: Cells) -> Sequence[Statement | None]:
    """What may be said of these numbers, from the fullest to the barest, each in its place; None:
    this may not. Harm is said before gain where only one can be."""
    improved, same, worsened = cells
    n = sum(cells)
    few = improved < MINIMUM_CELL, same < MINIMUM_CELL, worsened < MINIMUM_CELL
    few_worsened = (False, False, True)
    harm = not few[2] and n - worsened >= MINIMUM_CELL
    gain = not few[0] and n - improved >= MINIMUM_CELL
    return (
        None if any(few) else Statement(n, improved, same, worsened),
        Statement(n, worsened=worsened) if harm else None,
        Statement(n, improved=improved, few=few_worsened) if gain and few[2] else None,
        Statement(n, improved=improved) if gain else None,
        Statement(n, few=few_worsened) if few[2] else None,
        Statement(n),
    )


def are_open(said: Statement, possible: Iterable[Cells]) -> bool:
    """Whether every number that is not said can be more than one."""
    each_number = zip(*possible, strict=True)
    return all(
        number is not None or len(set(numbers)) > 1
        for number, numbers in zip(said.said, each_number, strict=True)
    )
