"""What changed between two releases: block by block, and word by word within a block."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

#: The shape that a release's payload has for a lesson, a page and a questionnaire's words.
Payload = Mapping[str, Any]


class Sort(StrEnum):
    """How a block differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Part:
    """Some words of a block; `new` of those that differ between the two."""

    text: str
    new: bool


@dataclass(frozen=True)
class Difference:
    """One block that differs, before and now."""

    place: str
    sort: Sort
    before: Sequence[Part]
    now: Sequence[Part]


def differences(before: Payload | None, now: Payload) -> list[Difference]:
    """Every block that differs; with nothing before, every block is added."""
    old = dict(_places(before)) if before is not None else {}
    new = dict(_places(now))
    found: list[Difference] = []
    for place in [*new, *(each for each in old if each not in new)]:
        found += _in_place(place, old.get(place, []), new.get(place, []))
    return found


def _places(payload: Payload) -> Iterator[tuple[str, list[str]]]:
    """The blocks of a release by the place where they stand: a lesson, a page, a question."""
    for name in ("title", "summary", "content_note"):
        if name in payload:
            yield name, [payload[name]["text"]]
    for lesson in payload.get("lessons", ()):
        yield lesson["id"], _blocks(lesson["markdown"])
    for page in payload.get("pages", ()):
        yield page["slug"], _blocks(page["markdown"])
    for name, described in payload.get("instruments", {}).items():
        for place, words in described["words"].items():
            if words["text"]:
                yield place if place.startswith(name) else f"{name}|{place}", [words["text"]]


def _blocks(markdown: str) -> list[str]:
    return [block for block in re.split(r"\n[ \t]*\n", markdown.strip("\n")) if block.strip()]


def _in_place(place: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    # A line that is only broken elsewhere reads the same.
    matcher = SequenceMatcher(None, _plain(old), _plain(new), autojunk=False)
    for step, a, b, c, d in matcher.get_opcodes():
        if step == "equal":
            continue
        gone, come = list(old[a:b]), list(new[c:d])
        # Pairs are compared word by word; what is left over on one side came or went whole.
        for left, right in zip(gone, come, strict=False):
            yield Difference(place, Sort.CHANGED, *_words(left, right))
        for text in come[len(gone) :]:
            yield Difference(place, Sort.ADDED, [], [Part(text, True)])
        for text in gone[len(come) :]:
            yield Difference(place, Sort.REMOVED, [Part(text, True)], [])


def _plain(texts: Iterable[str]) -> list[str]:
    return [" ".join(text.split()) for text in texts]


def _words(left: str, right: str) -> tuple[list[Part], list[Part]]:
    a, b = re.findall(r"\S+\s*", left), re.findall(r"\S+\s*", right)
    old, new = [], []
    for step, a1, a2, b1, b2 in _compared(a, b):
        differs = step != "equal"
        old += _part(a[a1:a2], differs)
        new += _part(b[b1:b2], differs)
    return old, new


def _compared(a: Iterable[str], b: Iterable[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, _plain(a), _plain(b), autojunk=False).get_opcodes()


def _part(words: Iterable[str], differs: bool) -> list[Part]:
    text = "".join(words)
    return [Part(text, differs)] if text else []
