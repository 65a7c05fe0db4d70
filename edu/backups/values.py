"""A row as a line of JSON and back, each value held to the type of its column."""

import base64
import json
import math
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    String,
)

#: Bytes of the longest row: a release of a whole module has less than one hundredth of it.
LONGEST_ROW = 32 * 1024 * 1024
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


class Misfit(ValueError):
    """A value that its column does not take; names the column, never the value."""


def line_of(columns: Sequence[Column[Any]], row: Sequence[Any]) -> bytes:
    """A row as one line, its end included."""
    values = [_plain(column, value) for column, value in zip(columns, row, strict=True)]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def row_of(columns: Sequence[Column[Any]], line: bytes) -> dict[str, Any]:
    """The row of a line, by columns. Raises Misfit where a value is not of its column's type."""
    try:
        values = json.loads(line.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Misfit("a row that is not JSON") from None
    if not isinstance(values, list) or len(values) != len(columns):
        raise Misfit("a row with too few or too many values")
    return {
        column.name: _typed(column, value) for column, value in zip(columns, values, strict=True)
    }


def _no_number(_name: str) -> Any:
    raise ValueError("not a number")


def _plain(column: Column[Any], value: Any) -> Any:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(column.type, Numeric) and not isinstance(column.type, Float):
        return None if value is None else str(value)
    return value


def _typed(column: Column[Any], value: Any) -> Any:
    kind = column.type
    if isinstance(kind, JSON):
        _refuse_odd_texts(value, column)
        return value
    if value is None:
        if not column.nullable:
            raise Misfit(f"{column.name}: nothing, where something is needed")
        return None
    try:
        return _simple(kind, value)
    except (ValueError, TypeError, OverflowError):
        raise Misfit(f"{column.name}: not of its kind") from None


def _simple(kind: Any, value: Any) -> Any:
    if isinstance(kind, Boolean):
        return _must(value, type(value) is bool)
    if isinstance(kind, Integer):
        return _must(value, type(value) is int and _SMALLEST <= value <= _LARGEST)
    if isinstance(kind, Float):
        return _must(value, type(value) in (int, float) and math.isfinite(value))
    if isinstance(kind, DateTime):
        return _without_zone(datetime.fromisoformat(_must(value, isinstance(value, str))))
    if isinstance(kind, Date):
        return date.fromisoformat(_must(value, isinstance(value, str)))
    if isinstance(kind, LargeBinary):
        return base64.b64decode(_must(value, isinstance(value, str)), validate=True)
    if isinstance(kind, String):
        return _must(value, isinstance(value, str) and _is_sound(value))
    raise ValueError("a kind of column that no backup holds")


def _must(value: Any, right: bool) -> Any:
    if not right:
        raise ValueError("not of its kind")
    return value


def _without_zone(value: datetime) -> datetime:
    return _must(value, value.tzinfo is None)


def _is_sound(text: str) -> bool:
    """No NUL, which PostgreSQL refuses, and no half of a sign, which is no text at all."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _refuse_odd_texts(value: Any, column: Column[Any]) -> None:
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str) and not _is_sound(each):
            raise Misfit(f"{column.name}: a text with signs that are none")
        if isinstance(each, dict):
            waiting += [*each, *each.values()]
        elif isinstance(each, list):
            waiting += each
