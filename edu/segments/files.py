"""Files of lessons, pages, modules and instruments as segments, whatever their format."""

import re
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from edu.lessons.mistakes import Broken, Mistake
from edu.lessons.words import N_
from edu.segments import markdown, toml
from edu.segments.entry import Catalogue
from edu.segments.segment import Segment
from edu.segments.structure import StructureChanged

Words = Callable[[Segment], str | None]

_NUMBERED = re.compile(r"(\d+)-")
_MARKDOWN = frozenset({".md", ".mdx", ".markdown"})


def file_id(path: Path) -> str:
    """The id under which a file's segments are known: `m1.3`, `m1`, `pages.support`."""
    folder = path.parent.name
    if path.name == "module.toml" and folder:
        return folder
    if path.suffix in _MARKDOWN and folder == "pages":
        return f"pages.{path.stem}"
    number = _NUMBERED.match(path.name)
    if path.suffix in _MARKDOWN and number and folder:
        return f"{folder}.{int(number.group(1))}"
    return path.stem


def whole_context(identity: str, context: str) -> str:
    """A segment's context in a catalogue: the file's id and, where there is one, its own.

    An instrument's contexts open with its id already.
    """
    if not context:
        return identity
    return context if context.startswith(f"{identity}|") else f"{identity}|{context}"


def read(path: Path) -> str:
    """The text of a file with its line ends as they are; Broken when it is not UTF-8."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Broken(
            [Mistake(str(path), line, N_("This is not UTF-8. Save the file as UTF-8."))]
        ) from error


def extract_file(path: Path) -> list[Segment]:
    """The segments of a file in order, with their whole context."""
    identity = file_id(path)
    extract = toml.extract if _is_toml(path) else markdown.extract
    try:
        found = extract(read(path))
    except Broken as broken:
        raise _named(path, broken) from broken
    return [replace(each, context=whole_context(identity, each.context)) for each in found]


def weave_file(path: Path, words: Words) -> str:
    """The text of a file with `words` in place of each segment (which has its whole context).

    Raises Broken when a translation would change the blocks of the page.
    """
    identity = file_id(path)

    def with_context(segment: Segment) -> str | None:
        return words(replace(segment, context=whole_context(identity, segment.context)))

    weave = toml.weave if _is_toml(path) else markdown.weave
    try:
        return weave(read(path), with_context)
    except StructureChanged as changed:
        raise Broken([Mistake(str(path), changed.line, changed.message)]) from changed
    except Broken as broken:
        raise _named(path, broken) from broken


def weave_with_catalogue(path: Path, catalogue: Catalogue) -> str:
    """The text of a file in a catalogue's words; stale ones are left in the source language."""
    return weave_file(path, catalogue.words)


def segments_as_json(path: Path) -> list[dict[str, Any]]:
    """The segments of a file as plain values, for `flask segments`."""
    return [{"key": segment.key, **asdict(segment)} for segment in extract_file(path)]


def _is_toml(path: Path) -> bool:
    if path.suffix == ".toml":
        return True
    if path.suffix in _MARKDOWN:
        return False
    raise Broken([Mistake(str(path), 1, N_("This is neither a Markdown nor a TOML file."))])


def _named(path: Path, broken: Broken) -> Broken:
    return Broken([replace(mistake, file=str(path)) for mistake in broken.mistakes])
