"""What is in a sealed letter: one person's answers of one wave. It comes from a phone that anybody
may have changed, so nothing in it is believed before it is looked at."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from edu.learning.codes import read_code
from edu.learning.waves import is_wave

_NUMBER = re.compile(r"[0-9a-f]{16}")
_ID = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
_MOST_FORMS, _LONGEST_ROW, _LONGEST_TEXT = 20, 4000, 1000
_KEYS = {"f", "p", "c", "m", "w", "d", "l", "r", "a", "t"}


class Malformed(Exception):
    """It is not what a file of ours seals."""


@dataclass(frozen=True)
class Slip:
    """One person's answers. `id` is random and tells one slip from another, `code` the number on
    her card, `made` whether the phone gave it to her; `day` as the phone told it. `rows` are
    answers as a sitting keeps them, by questionnaire, `texts` words of her own."""

    file: str
    id: str
    code: str
    made: bool
    wave: str
    day: date
    read_all: bool
    aloud: bool
    rows: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]]


def read_slip(text: bytes) -> Slip:
    """A slip from a letter's text. Raises Malformed."""
    try:
        given = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Malformed from error
    if not isinstance(given, dict) or given.keys() != _KEYS:
        raise Malformed
    code = read_code(_text(given["c"], 20))
    if code is None or not is_wave(_text(given["w"], 20)):
        raise Malformed
    return Slip(
        file=_shaped(given["f"], _NUMBER),
        id=_shaped(given["p"], _ID),
        code=code,
        made=_flag(given["m"]),
        wave=given["w"],
        day=_day(given["d"]),
        read_all=_flag(given["l"]),
        aloud=_flag(given["r"]),
        rows=_rows(given["a"]),
        texts={name: _texts(each) for name, each in _named(given["t"]).items()},
    )


def _rows(given: object) -> dict[str, str]:
    rows = {name: _text(row, _LONGEST_ROW) for name, row in _named(given).items()}
    if not rows:
        raise Malformed
    return rows


def _texts(given: object) -> dict[str, str]:
    return {name: _text(each, _LONGEST_TEXT) for name, each in _named(given).items()}


def _named(given: object) -> dict[str, Any]:
    """An object whose names could be those of questionnaires or questions."""
    if not isinstance(given, dict) or len(given) > 10 * _MOST_FORMS:
        raise Malformed
    if not all(_NAME.fullmatch(name) for name in given):
        raise Malformed
    return given


def _text(given: object, longest: int) -> str:
    if not isinstance(given, str) or len(given) > longest:
        raise Malformed
    try:
        # Half of a surrogate pair is text in JSON, and nothing that a database keeps.
        given.encode()
    except UnicodeEncodeError as error:
        raise Malformed from error
    return given


def _shaped(given: object, shape: re.Pattern[str]) -> str:
    if not isinstance(given, str) or not shape.fullmatch(given):
        raise Malformed
    return given


def _flag(given: object) -> bool:
    if given not in (0, 1):
        raise Malformed
    return bool(given)


def _day(given: object) -> date:
    try:
        return date.fromisoformat(_text(given, 10))
    except ValueError as error:
        raise Malformed from error
