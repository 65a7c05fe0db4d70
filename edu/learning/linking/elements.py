"""The questions by whose answers papers can be linked, read from elements.toml."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import ceil
from pathlib import Path

from edu.languages import language

#: Fewer questions do not tell people apart; more are not answered twice alike.
FEWEST, MOST = 5, 8
#: This share of them must agree, unless a group says otherwise; and never less than the other.
_USUAL_SHARE, _LEAST_SHARE = 0.8, 0.6


class Sort(StrEnum):
    """What is written down for an answer."""

    NUMBER = "number"
    LETTERS = "letters"
    DAY = "day"


@dataclass(frozen=True)
class Element:
    """One question: why it is asked, what to think of before, and where it is never asked."""

    id: str
    kind: Sort
    reason: str
    care: str
    not_for: tuple[str, ...]
    usual: bool


@cache
def all_elements() -> dict[str, Element]:
    """Every question there is, by its name."""
    file = Path(__file__).with_name("elements.toml")
    read = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        each["id"]: Element(
            each["id"],
            Sort(each["kind"]),
            each["reason"],
            each["care"],
            tuple(each["not_for"]),
            each["usual"],
        )
        for each in read["element"]
    }


def elements_for(tags: Iterable[str]) -> list[Element]:
    """What may be asked of people who read in these languages."""
    spoken = {step for tag in tags for step in language(tag).chain[:-1] or (tag,)}
    return [each for each in all_elements().values() if spoken.isdisjoint(each.not_for)]


def usual_elements(tags: Iterable[str]) -> list[str]:
    """What is asked unless a trainer chooses otherwise."""
    return [each.id for each in elements_for(tags) if each.usual]


def usual_needed(count: int) -> int:
    """How many of so many must agree, unless a group says otherwise."""
    return ceil(count * _USUAL_SHARE)


def least_needed(count: int) -> int:
    """With fewer agreeing than this, strangers would be taken for one another."""
    return ceil(count * _LEAST_SHARE)
