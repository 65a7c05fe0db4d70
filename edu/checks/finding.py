"""What a check says: its name, how much it weighs, plain words, and the place it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field

BLOCKS = "blocks"
ADVISES = "advises"


@dataclass(frozen=True)
class Finding:
    """One thing that may be wrong with a translation.

    `template % values` is the message; `gettext(template) % values` is the same in the reader's
    language. `start` and `end` are the place in the target, where it is known.
    """

    check: str
    level: str
    template: str
    values: Mapping[str, str] = field(default_factory=dict)
    start: int | None = None
    end: int | None = None

    @property
    def message(self) -> str:
        return self.template % self.values

    @property
    def blocks(self) -> bool:
        return self.level == BLOCKS


def blocks(check: str, template: str, **values: str) -> Finding:
    """A finding that must be mended before a release."""
    return Finding(check, BLOCKS, template, values)


def advises(check: str, template: str, **values: str) -> Finding:
    """A finding that a person may set aside with a reason."""
    return Finding(check, ADVISES, template, values)


def listed(things: list[str], most: int = 4) -> str:
    """Several found things in one short line."""
    shown = [thing if len(thing) <= 80 else thing[:79] + "…" for thing in things[:most]]
    return ", ".join(shown) + (" …" if len(things) > most else "")
