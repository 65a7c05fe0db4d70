"""A questionnaire as its author defined it: an instrument, its scales, items and options.

Everything here is frozen. Other words measure something else, so an edited item is a new
version of the instrument, and a version that has been answered is kept for good.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any, Self


class Kind(StrEnum):
    ATTITUDE = "attitude"
    KNOWLEDGE = "knowledge"
    OPEN = "open"


class HigherMeans(StrEnum):
    """What a higher score says: nothing about a change can be said without knowing this."""

    BETTER = "better"
    WORSE = "worse"


@dataclass(frozen=True)
class Option:
    """One answer to choose. Attitude options have a score, knowledge options are correct or not."""

    code: str
    label: str
    score: int | None = None
    correct: bool | None = None


@dataclass(frozen=True)
class Scale:
    """Items that are scored together; `more` and `less` say what moving up and down mean."""

    id: str
    title: str
    more: str
    less: str


@dataclass(frozen=True)
class Item:
    """One question. `options` is empty when the instrument's shared options apply."""

    id: str
    text: str
    scale: str | None = None
    reverse: bool = False
    several: bool = False
    lesson: str | None = None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Instrument:
    id: str
    version: int
    kind: Kind
    title: str
    introduction: str
    closing: str
    validated: bool
    licence: str
    source: str
    modules: tuple[str, ...]
    on: bool
    higher_means: HigherMeans
    minimum_answered: float
    scales: tuple[Scale, ...]
    options: tuple[Option, ...]
    items: tuple[Item, ...]

    def items_of(self, scale: str) -> tuple[Item, ...]:
        """The items that are scored together as this scale, in the order of the form."""
        return tuple(item for item in self.items if item.scale == scale)

    def options_of(self, item: Item) -> tuple[Option, ...]:
        """The item's own options, or else the shared ones; none in an open instrument."""
        return item.options or self.options

    def is_negative(self, item: Item) -> bool:
        """Whether agreeing with the item is the unfavourable answer.

        That is a reversed item where higher means better, and an item that is *not* reversed
        where higher means worse. An item without a scale has no direction.
        """
        if item.scale is None:
            return False
        return item.reverse == (self.higher_means is HigherMeans.BETTER)

    @property
    def negative_share(self) -> Fraction:
        """Negatively worded items as a share of all items a learner reads; 0 without items."""
        if not self.items:
            return Fraction(0)
        return Fraction(sum(self.is_negative(item) for item in self.items), len(self.items))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything that bears on what is measured, as 64 hexadecimal digits.

        Titles, licence, source and the words of reports may change without it changing.
        """
        measured = {
            "id": self.id,
            "version": self.version,
            "kind": self.kind,
            "higher_means": self.higher_means,
            "minimum_answered": self.minimum_answered,
            "scales": [scale.id for scale in self.scales],
            "items": [
                {
                    "id": item.id,
                    "text": item.text,
                    "scale": item.scale,
                    "reverse": item.reverse,
                    "several": item.several,
                    "options": [asdict(option) for option in self.options_of(item)],
                }
                for item in self.items
            ],
        }
        canonical = json.dumps(measured, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()

    def to_json(self) -> str:
        """The whole definition, losslessly, for the database to freeze."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The instrument that `to_json` wrote. Raises on anything else."""
        stored: dict[str, Any] = json.loads(text)
        return cls(
            **stored
            | {
                "kind": Kind(stored["kind"]),
                "higher_means": HigherMeans(stored["higher_means"]),
                "minimum_answered": float(stored["minimum_answered"]),
                "modules": tuple(stored["modules"]),
                "scales": tuple(Scale(**scale) for scale in stored["scales"]),
                "options": _options(stored["options"]),
                "items": tuple(
                    Item(**item | {"options": _options(item["options"])})
                    for item in stored["items"]
                ),
            }
        )


def _options(stored: list[dict[str, Any]]) -> tuple[Option, ...]:
    return tuple(Option(**option) for option in stored)
