"""What a check says: how bad it is, what it is, and what to do about it."""

from dataclasses import dataclass
from enum import IntEnum

from edu.lessons.mistakes import Message, Value


class Level(IntEnum):
    """How bad; the number is the doctor's exit code."""

    FINE = 0
    DO = 1
    SERIOUS = 2


class Size(int):
    """A number of bytes; the command line says it in whole megabytes."""

    def __str__(self) -> str:
        return f"{self // 1_000_000} MB"


@dataclass(frozen=True)
class Finding:
    """One thing a check found. `todo` is a step that can be taken offline; empty when fine. Both
    are a `Message`, which a page can say in its reader's language."""

    level: Level
    about: str
    what: str
    todo: str = ""


def fine(about: str, what: str, **values: Value) -> Finding:
    """All is well."""
    return Finding(Level.FINE, about, Message(what, **values))


def do(about: str, what: str, todo: str, **values: Value) -> Finding:
    """Something should be done soon. The values stand in either sentence."""
    return Finding(Level.DO, about, Message(what, **values), Message(todo, **values))


def serious(about: str, what: str, todo: str, **values: Value) -> Finding:
    """Something must be done now: answers, cards or the site are in danger."""
    return Finding(Level.SERIOUS, about, Message(what, **values), Message(todo, **values))
