"""What comes out of the gate: a clean file, or every reason why it stays outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from edu.lessons.mistakes import Broken, Message, Mistake, Value


@dataclass(frozen=True)
class Admitted:
    """A file that passed: what may be stored or read on in place of what was sent.

    `content` is clean: pictures and recordings come without the data about their making.
    `files` holds what a pack held, each clean in the same way, by its path in the pack.
    `tables` holds the rows of a CSV or XLSX file as text, by the name of the sheet ("" for CSV).
    `advice` tells what a person should look at and may leave as it is.
    """

    kind: str
    name: str
    content: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    advice: tuple[Mistake, ...] = ()


class Refused(Broken):
    """Raised with every reason why a file was not let in; nothing of it was kept."""


def refuse(name: str, message: str, line: int = 1, **values: Value) -> Refused:
    """A refusal for one reason; `name` is the file's as it may be shown, `line` counts from 1.
    With values the message is a template, in which they stand by their names."""
    return Refused([Mistake(name, line, Message(message, **values) if values else message)])
