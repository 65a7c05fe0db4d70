"""What a check says: how bad it is, what it is, and what to do about it."""

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How bad; the number is the doctor's exit code."""

    FINE = 0
    DO = 1
    SERIOUS = 2


@dataclass(frozen=True)
class Finding:
    """One thing a check found. `todo` is a step that can be taken offline; empty when fine."""

    level: Level
    about: str
    what: str
    todo: str = ""


def fine(about: str, what: str) -> Finding:
    """All is well."""
    return Finding(Level.FINE, about, what)


def do(about: str, what: str, todo: str) -> Finding:
    """Something should be done soon."""
    return Finding(Level.DO, about, what, todo)


def serious(about: str, what: str, todo: str) -> Finding:
    """Something must be done now: answers, cards or the site are in danger."""
    return Finding(Level.SERIOUS, about, what, todo)
