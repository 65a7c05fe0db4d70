"""Module and instrument files cut into segments, and woven again.

What may be translated stands in one table; a value that is not in it is for the program.
Instruments may only be translated, never adapted, so each text has its own context.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from edu.lessons.mistakes import Broken, Message, Mistake
from edu.lessons.words import N_
from edu.segments.escape import one_line
from edu.segments.segment import Segment, clean, fold, fold_to_line

Words = Callable[[Segment], str | None]


@dataclass(frozen=True)
class Field:
    """One translatable value. `where` is the path of tables to it; `{0}` and `{1}` in the
    context stand for the `names` of those tables, and `{id}` for the instrument's id."""

    where: tuple[str, ...]
    key: str
    kind: str
    context: str
    note: str
    names: tuple[str, ...] = ()


MODULE = (
    Field((), "title", "module", "title", "title of the module"),
    Field((), "summary", "module", "summary", "what the module is about, one or two sentences"),
    Field((), "content_note", "module", "content_note", "what a reader may want to know before"),
)
_NEUTRAL = "read in a shared room, so it must not tell what the questions are about"
INSTRUMENT = (
    Field((), "title", "instrument", "{id}|title", f"title of the questionnaire; {_NEUTRAL}"),
    Field((), "introduction", "instrument", "{id}|introduction", "before the first question"),
    Field((), "closing", "instrument", "{id}|closing", "after the last question; neutral"),
    Field(("scales",), "title", "scale", "{id}|scale|{0}|title", "what a scale measures", ("id",)),
    Field(("scales",), "more", "scale", "{id}|scale|{0}|more", "what moving up means", ("id",)),
    Field(("scales",), "less", "scale", "{id}|scale|{0}|less", "what moving down means", ("id",)),
    Field(
        ("options",),
        "label",
        "option-label",
        "{id}|option|{0}",
        "an answer that every item offers; the steps between answers must stay even",
        ("code",),
    ),
    Field(("items",), "text", "item", "{id}|{0}", "one item; translate, never adapt", ("id",)),
    Field(
        ("items", "options"),
        "label",
        "option-label",
        "{id}|{0}|{1}",
        "an answer to: {question}",
        ("id", "code"),
    ),
)


@dataclass
class _Lines:
    """Finds the line of a value by its own text, because the TOML library tells no places."""

    source: str
    taken: set[int] = field(default_factory=set)

    def of(self, key: str, value: Any) -> int:
        raw = value.as_string() if hasattr(value, "as_string") else str(value)
        name = f"(?<![\\w-])[\"']?{re.escape(key)}[\"']?[ \\t]*=[ \\t]*"
        for match in re.finditer(name + re.escape(raw), self.source):
            if match.start() not in self.taken:
                self.taken.add(match.start())
                return self.source.count("\n", 0, match.start()) + 1
        return 1


def _rows(
    table: Any, where: tuple[str, ...], names: tuple[str, ...]
) -> Iterator[tuple[Any, list[str], str]]:
    """Each table at a path, with the names of the tables on the way and the item's text."""
    if not where:
        yield table, [], ""
        return
    below = table.get(where[0])
    for row in below if isinstance(below, list) else []:
        if not isinstance(row, dict):
            continue
        for found, more, text in _rows(row, where[1:], names[1:]):
            yield found, [str(row.get(names[0], "")), *more], text or str(row.get("text", ""))


def _fields(document: Any) -> tuple[Field, ...]:
    return INSTRUMENT if "items" in document or "scales" in document else MODULE


def _segments(source: str, document: Any) -> Iterator[tuple[Segment, Any, str]]:
    lines = _Lines(source)
    identity = str(document.get("id", ""))
    for each in _fields(document):
        for table, names, question in _rows(document, each.where, each.names):
            value = table.get(each.key)
            if not isinstance(value, str) or not fold_to_line(value):
                continue
            context = each.context.format(*names, id=identity)
            note = each.note.format(question=fold(question))
            line = lines.of(each.key, value)
            text = fold_to_line(clean(str(value)))
            yield Segment(context, text, each.kind, line, note), table, each.key


def _parse(source: str) -> Any:
    try:
        return tomlkit.parse(source.removeprefix("\ufeff"))
    except (TOMLKitError, ValueError, RecursionError) as error:
        line = int(getattr(error, "line", 1))
        raise Broken(
            [Mistake("", line, Message(N_("This is not valid TOML: %(why)s"), why=str(error)))]
        ) from error


def extract(source: str) -> list[Segment]:
    """The segments of a module or instrument file, in the order of the file.

    Raises Broken, with the line, when the file is not TOML.
    """
    return list(_extracted(source))


@lru_cache(maxsize=64)
def _extracted(source: str) -> tuple[Segment, ...]:
    # Reading TOML with its places is slow, and every page of the desk asks for the same few files.
    found = [segment for segment, _, _ in _segments(source, _parse(source))]
    return tuple(sorted(found, key=lambda segment: segment.line))


def weave(source: str, words: Words) -> str:
    """The file with `words` in place of each segment; None keeps the segment as it is."""
    document = _parse(source)
    changed = False
    for segment, table, key in list(_segments(source, document)):
        translated = words(segment)
        folded = one_line(fold(clean(translated or "")))
        if folded and folded != segment.text:
            table[key] = folded
            changed = True
    if not changed:
        return source
    mark = "\ufeff" if source.startswith("\ufeff") else ""
    return mark + tomlkit.dumps(document)
