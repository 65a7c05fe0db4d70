"""A TOML file as a table and its lines, or the place where it stops being one."""

import re
import tomllib
from pathlib import Path as FilePath
from typing import Any

from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_
from edu.quizzes.keys import Opened


def open_toml(path: FilePath) -> tuple[dict[str, Any], Opened] | list[Mistake]:
    """The table in a file, with what tells lines; or why it cannot be read."""
    file = str(path)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return [Mistake(file, line, Message(N_("the file is not UTF-8 text")))]
    text = text.replace("\r\n", "\n")
    try:
        return tomllib.loads(text), Opened(file, text)
    except tomllib.TOMLDecodeError as error:
        return [_syntax_mistake(file, text, error)]


def _syntax_mistake(file: str, text: str, error: tomllib.TOMLDecodeError) -> Mistake:
    message = str(error)
    place = re.search(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$", message)
    if place is None:
        return Mistake(file, 1, message)
    line = int(place[1]) if place[1] else max(1, len(text.splitlines()))
    said = Message(N_("not valid TOML: %(problem)s"), problem=message[: place.start()])
    return Mistake(file, line, said)
