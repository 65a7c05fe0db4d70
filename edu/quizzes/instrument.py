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

from edu.quizzes.scale import HigherMeans, Scale

__all__ = ["HigherMeans", "Instrument", "Item", "Kind", "Option", "Scale"]


class Kind(StrEnum):
    ATTITUDE = "attitude"
    KNOWLEDGE = "knowledge"
    OPEN = "open"


@dataclass(frozen=True)
class Option:
    """One answer to choose. Attitude options have a score, knowledge options are correct or not."""

    code: str
    label: str
    score: int | None = None
    correct: bool | None = None


@dataclass(frozen=True)
class Item:
    """One question. `options` is empty when the instrument's shared options apply;
    `not_applicable` lets somebody say that it does not apply to her."""

    id: str
    text: str
    scale: str | None = None
    reverse: bool = False
    several: bool = False
    lesson: str | None = None
    options: tuple[Option, ...] = ()
    not_applicable: bool = False


@dataclass(frozen=True)
class Instrument:
    """`variant` tells forms of one name apart: a short form, another order of items."""

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
    variant: str = ""

    def items_of(self, scale: str) -> tuple[Item, ...]:
        """The items that are scored together as this scale, in the order of the form; those of
        a total are the items of the scales that it is made of."""
        found = self.scale(scale)
        names = found.of if found is not None and found.of else (scale,)
        return tuple(item for item in self.items if item.scale in names)

    def scale(self, id: str) -> Scale | None:
        """The scale of this id, if there is one."""
        return next((scale for scale in self.scales if scale.id == id), None)

    def higher_is(self, scale: str) -> HigherMeans:
        """What a higher score on a scale says: its own word, or else the instrument's."""
        found = self.scale(scale)
        own = found.higher_means if found is not None else None
        return own or self.higher_means

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
        return item.reverse == (self.higher_is(item.scale) is HigherMeans.BETTER)

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
        measured: dict[str, Any] = {
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
        } | self._newer()
        canonical = json.dumps(measured, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()

    def _newer(self) -> dict[str, Any]:
        """What instruments could not have at first: left out where it is not used, so that the
        digests of older ones stay."""
        rules = {scale.id: found for scale in self.scales if (found := scale.rules())}
        applies = [item.id for item in self.items if item.not_applicable]
        newer = {"variant": self.variant, "rules": rules, "not_applicable": applies}
        return {name: value for name, value in newer.items() if value}

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
                "scales": tuple(Scale.stored(scale) for scale in stored["scales"]),
                "options": _options(stored["options"]),
                "items": tuple(
                    Item(**item | {"options": _options(item["options"])})
                    for item in stored["items"]
                ),
            }
        )


def _options(stored: list[dict[str, Any]]) -> tuple[Option, ...]:
    return tuple(Option(**option) for option in stored)
