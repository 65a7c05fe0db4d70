"""What a child answers to its parent: a line of JSON, and the bytes that passed.

Never a pickle: that would be a program, written by whoever sent the file.
"""

import json
import re
from collections.abc import Sequence
from typing import IO, Any

from edu.gate.refused import Admitted, Refused, refuse
from edu.lessons.mistakes import Broken, Message, Mistake
from edu.lessons.words import N_

#: The longest answer of a child, in bytes: what the largest pack unpacks to, and some more.
LONGEST_ANSWER = 160 * 1024 * 1024
_LONGEST_HEAD = 32 * 1024 * 1024
_MOST_REASONS, _LONGEST_REASON, _LONGEST_VALUE = 100, 500, 200
#: A sentence with places in it for words and numbers, and for nothing that is reckoned with.
_TEMPLATE = re.compile(r"(?:[^%]|%%|%\([a-z_]{1,30}\)[sd])*")


def from_answer(answer: IO[bytes], kind: str, name: str) -> Admitted:
    """In the parent: what the child said. It read a stranger's file, so this is checked too."""
    try:
        head = json.loads(answer.readline(_LONGEST_HEAD))
        if head["mistakes"]:
            raise Refused(_mistakes(head["mistakes"], name, blocks=True))
        return Admitted(
            kind,
            name,
            answer.read(int(head["length"])),
            {str(path): answer.read(int(length)) for path, length in head["files"]},
            head["tables"],
            head["facts"],
            tuple(_mistakes(head["advice"], name, blocks=False)),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise refuse(name, N_("This file cannot be read: it is damaged.")) from error


def _mistakes(said: list[list[Any]], name: str, *, blocks: bool) -> list[Mistake]:
    return [
        Mistake(str(file)[:300], int(line), _message(template, values), blocks)
        for file, line, template, values in said[:_MOST_REASONS]
    ] or [Mistake(name, 1, N_("This file cannot be read."), blocks)][: int(blocks)]


def _message(template: str, values: dict[str, Any]) -> str:
    """The reason, so that a page can say it in its reader's language. A child that was taken over
    may say what it likes, but have nothing worked out: the parts are put in as they are."""
    short = str(template)[:_LONGEST_REASON]
    if not values:
        return short
    if not _TEMPLATE.fullmatch(short):
        raise ValueError("no template")
    known = {
        str(name): value if type(value) is int else str(value)[:_LONGEST_VALUE]
        for name, value in dict(values).items()
    }
    return Message(short, **known)


def as_answer(admitted: Admitted) -> bytes:
    """In the child: what passed, as bytes for the parent."""
    return _head(
        mistakes=[],
        length=len(admitted.content),
        files=[[path, len(body)] for path, body in admitted.files.items()],
        tables=admitted.tables,
        facts=admitted.facts,
        advice=_said(admitted.advice),
    ) + b"".join([admitted.content, *admitted.files.values()])


def as_refusal(refused: Broken) -> bytes:
    """In the child: the reasons, as bytes for the parent."""
    return _head(mistakes=_said(refused.mistakes))


def _said(mistakes: Sequence[Mistake]) -> list[list[Any]]:
    """Each with its place, its sentence, and what stands in that."""
    return [[each.file, each.line, *_parts(each.message)] for each in mistakes[:_MOST_REASONS]]


def _parts(message: str) -> tuple[str, dict[str, Any]]:
    if not isinstance(message, Message) or not message.values:
        return str(message), {}
    values = message.values.items()
    return message.template, {
        name: value if isinstance(value, int) else str(value) for name, value in values
    }


def _head(**said: Any) -> bytes:
    return json.dumps(said).encode("ascii") + b"\n"
