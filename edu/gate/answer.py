"""What a child answers to its parent: a line of JSON, and the bytes that passed.

Never a pickle: that would be a program, written by whoever sent the file.
"""

import json
from typing import IO, Any

from edu.gate.refused import Admitted, Refused, refuse
from edu.lessons.mistakes import Broken, Mistake

#: The longest answer of a child, in bytes: what the largest pack unpacks to, and some more.
LONGEST_ANSWER = 160 * 1024 * 1024
_LONGEST_HEAD = 32 * 1024 * 1024
_MOST_REASONS = 100


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
        raise refuse(name, "This file cannot be read: it is damaged.") from error


def _mistakes(said: list[list[Any]], name: str, *, blocks: bool) -> list[Mistake]:
    return [
        Mistake(str(file)[:300], int(line), str(message)[:500], blocks)
        for file, line, message in said[:_MOST_REASONS]
    ] or [Mistake(name, 1, "This file cannot be read.", blocks)][: int(blocks)]


def as_answer(admitted: Admitted) -> bytes:
    """In the child: what passed, as bytes for the parent."""
    return _head(
        mistakes=[],
        length=len(admitted.content),
        files=[[path, len(body)] for path, body in admitted.files.items()],
        tables=admitted.tables,
        facts=admitted.facts,
        advice=[[each.file, each.line, each.message] for each in admitted.advice[:_MOST_REASONS]],
    ) + b"".join([admitted.content, *admitted.files.values()])


def as_refusal(refused: Broken) -> bytes:
    """In the child: the reasons, as bytes for the parent."""
    said = [[each.file, each.line, each.message] for each in refused.mistakes[:_MOST_REASONS]]
    return _head(mistakes=said)


def _head(**said: Any) -> bytes:
    return json.dumps(said).encode("ascii") + b"\n"
