"""Adaptation records in `translations/<tag>/<module>.toml`: read, with every mistake in them."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from edu.editions.models import OPERATIONS, SHOWING
from edu.editions.records import DIMENSIONS, faults_of_reasons, read_reasons
from edu.lessons.brought import names_in
from edu.lessons.lesson import split_blocks
from edu.lessons.markdown import BLOCKS
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_

_HEADING = re.compile(r"^[ \t]*\[\[[ \t]*change[ \t]*\]\]", re.MULTILINE)
#: What names the place of a change of whole blocks.
_PLACES = {
    "replace": ("block",),
    "omit": ("block",),
    "add": ("after",),
    "reorder": ("block", "after"),
    "picture": ("block",),
    "film": ("block",),
}


@dataclass(frozen=True)
class Record:
    """An adaptation record as its file gives it."""

    id: str
    operation: str
    lesson: str
    block: str
    after: str
    text: str
    why: str
    dimensions: tuple[str, ...]
    core_touched: bool
    proposed_by: str
    made_on: date
    #: The rest of the record, as `records.Reasons` stores it.
    reasons: Mapping[str, Any] = field(default_factory=dict)


def read_records(text: str, file: str) -> tuple[tuple[Record, ...], list[Mistake]]:
    """The adaptation records of a file, and what is wrong with them."""
    try:
        tables = tomllib.loads(text).get("change", [])
    except tomllib.TOMLDecodeError as error:
        return (), [Mistake(file, 1, Message(N_("not TOML: %(why)s"), why=str(error)))]
    if not isinstance(tables, list):
        return (), [Mistake(file, 1, N_("adaptation records are tables headed [[change]]"))]
    lines = [text.count("\n", 0, heading.end()) + 1 for heading in _HEADING.finditer(text)]
    lines += [1] * (len(tables) - len(lines))
    records: list[Record] = []
    mistakes: list[Mistake] = []
    for table, line in zip(tables, lines[: len(tables)], strict=True):
        wrong = list(_faults(table))
        mistakes.extend(Mistake(file, line, message) for message in wrong)
        if not wrong:
            records.append(_record(table))
    ids = [record.id for record in records]
    mistakes.extend(
        Mistake(file, 1, Message(N_("the id %(name)s is used twice"), name=repr(name)))
        for name in sorted({name for name in ids if ids.count(name) > 1})
    )
    return tuple(records), mistakes


def _faults(table: Any) -> Iterable[str]:
    if not isinstance(table, dict):
        yield N_("an adaptation record is a table")
        return
    texts = ("id", "operation", "lesson", "block", "after", "kind", "text", "why", "proposed_by")
    wrong = [key for key in texts if not isinstance(table.get(key, ""), str)]
    wrong += [key for key in ("dimensions",) if not _is_list_of_texts(table.get(key, []))]
    for key in wrong:
        yield (
            Message(N_("`%(key)s` is a text"), key=key)
            if key in texts
            else Message(N_("`%(key)s` is a list of texts"), key=key)
        )
    if not wrong:
        yield from _faults_of_words(table)


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _faults_of_words(table: dict[str, Any]) -> Iterable[str]:
    for key in ("id", "operation", "lesson", "why", "proposed_by", "date"):
        if not table.get(key):
            yield Message(N_("an adaptation record needs `%(key)s`"), key=key)
    operation = table.get("operation", "")
    if operation not in OPERATIONS:
        yield Message(
            N_("`operation` is one of %(known)s, not %(operation)s"),
            known=", ".join(OPERATIONS),
            operation=repr(operation),
        )
    if not isinstance(table.get("date"), date):
        yield N_("`date` is a day, such as 2026-11-21")
    unknown = sorted(set(table.get("dimensions", [])) - set(DIMENSIONS))
    if unknown or not table.get("dimensions"):
        yield Message(
            N_("`%(key)s` are some of %(known)s"), key="dimensions", known=", ".join(DIMENSIONS)
        )
    yield from faults_of_reasons(table)
    for place in _PLACES.get(operation, ()):
        if table.get(place) not in BLOCKS:
            yield Message(N_("`%(key)s` names a block of the lesson"), key=place)
    if operation in ("replace", "add"):
        blocks = [piece.block for piece in split_blocks(table.get("text", "")) if piece.block]
        if len(blocks) != 1:
            yield N_("`text` is one block, from its opening colons to its closing ones")
    if operation in SHOWING and not names_in(table.get("text", "")):
        yield N_("`text` names a picture or film of this server, media/own-…")


def _record(table: dict[str, Any]) -> Record:
    return Record(
        id=table["id"],
        operation=table["operation"],
        lesson=table["lesson"],
        block=table.get("block", ""),
        after=table.get("after", ""),
        text=table.get("text", ""),
        why=table["why"],
        dimensions=tuple(table["dimensions"]),
        core_touched=bool(table.get("core_touched", False)),
        proposed_by=table["proposed_by"],
        made_on=table["date"],
        reasons=read_reasons(table).stored(),
    )
