"""A text file as the parser reads it, with the way back to its exact characters."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from edu.lessons.markdown import make_parser
from edu.segments.segment import clean

_LINE_ENDS = re.compile(r"\r\n?|\n")
_BYTE_ORDER_MARK = "\ufeff"

# The same grammar as everywhere; only the reading of words inside a block is left out,
# which no question about places or structure needs.
_BLOCKS = make_parser()
_BLOCKS.disable("inline")


@dataclass(frozen=True)
class Source:
    """`raw` as it came; `text` with plain newlines, so that line numbers are the parser's."""

    raw: str

    @cached_property
    def _start(self) -> int:
        return 1 if self.raw.startswith(_BYTE_ORDER_MARK) else 0

    @cached_property
    def text(self) -> str:
        return clean(_LINE_ENDS.sub("\n", self.raw[self._start :]))

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def starts(self) -> list[int]:
        """Where each line starts in `text`."""
        starts = [0]
        for line in self.lines[:-1]:
            starts.append(starts[-1] + len(line) + 1)
        return starts

    @cached_property
    def _raw_starts(self) -> list[int]:
        found = _LINE_ENDS.finditer(self.raw, self._start)
        return [self._start, *(match.end() for match in found)]

    @cached_property
    def newline(self) -> str:
        """The line end of this file."""
        match = _LINE_ENDS.search(self.raw)
        return match.group() if match else "\n"

    @cached_property
    def _parsed(self) -> tuple[list[Any], dict[str, Any]]:
        environment: dict[str, Any] = {}
        # A last line without its newline makes some block rules read past the end.
        text = self.text if self.text.endswith("\n") else self.text + "\n"
        return list(_BLOCKS.parse(text, environment)), environment

    @property
    def tokens(self) -> list[Any]:
        """The block tokens."""
        return self._parsed[0]

    @property
    def references(self) -> dict[str, Any]:
        """The link reference definitions that the parser found."""
        found: dict[str, Any] = self._parsed[1].get("references", {})
        return found

    def line_of(self, offset: int) -> int:
        """The line, from 0, that holds a place in `text`."""
        return bisect_right(self.starts, offset) - 1

    def raw_offset(self, offset: int) -> int:
        """The place in `raw` of a place in `text`."""
        line = self.line_of(offset)
        return self._raw_starts[line] + offset - self.starts[line]

    def splice(self, replacements: list[tuple[int, int, str]]) -> str:
        """`raw` with the given places of `text` replaced; every other character stays."""
        pieces: list[str] = []
        cursor = 0
        for start, end, words in sorted(replacements):
            pieces += [self.raw[cursor : self.raw_offset(start)], words]
            cursor = self.raw_offset(end)
        return "".join([*pieces, self.raw[cursor:]])
