"""TOML and JSON from strangers: read through once, within limits."""

import json
import tomllib
from typing import Any

from edu.gate.refused import Refused, refuse
from edu.gate.text import read_text
from edu.lessons.mistakes import Mistake

_DEEPEST = 20
_MOST_VALUES = 20_000


def check_toml(content: bytes, name: str) -> int:
    """Refused with the line that is no TOML; returns how many values the file holds."""
    text = read_text(content, name)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = str(error).rpartition("(at line ")[2].partition(",")[0]
        line = int(place) if place.isdecimal() else text.rstrip().count("\n") + 1
        raise refuse(name, "This is no TOML here.", line) from None
    return _count(values, name)


def check_json(content: bytes, name: str) -> int:
    """Refused with the line that is no JSON; returns how many values the file holds."""
    text = read_text(content, name, longest_line=1024 * 1024)
    try:
        values = json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise refuse(name, "This is no JSON here.", error.lineno) from None
    except ValueError as error:
        raise refuse(name, f"This JSON cannot be read: {error}.") from None
    return _count(values, name)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name stands twice in one place")
    return dict(pairs)


def _no_number(_written: str) -> Any:
    raise ValueError("NaN and Infinity are no numbers")


def _count(values: Any, name: str) -> int:
    """How many values there are, without calling itself: a file may be nested for that very end."""
    waiting, count = [(values, 1)], 0
    while waiting:
        value, level = waiting.pop()
        count += 1
        inner = value.values() if isinstance(value, dict) else value
        if isinstance(value, (dict, list)):
            waiting += [(each, level + 1) for each in inner]
        if level > _DEEPEST or count > _MOST_VALUES:
            raise Refused(
                [Mistake(name, 1, "The file holds too many values, or nested too deeply.")]
            )
    return count
