"""What a translator works in: entries, and the catalogue that holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from edu.lessons.mistakes import Mistake
from edu.segments.segment import Segment, fold

State = Literal["translated", "stale", "untranslated"]


@dataclass(frozen=True)
class Entry:
    """One segment and what a translator made of it.

    `stale`: the target was made from `previous_source` and nobody has looked at it since.
    `adaptation` names the record that says why the target is not a plain translation.
    """

    context: str
    source: str
    target: str = ""
    state: State = "untranslated"
    previous_source: str | None = None
    notes: str = ""
    remarks: tuple[str, ...] = ()
    places: tuple[tuple[str, int], ...] = ()
    adaptation: str = ""
    reviewed: bool = False
    flags: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> tuple[str, str]:
        """The identity that it shares with its segment."""
        return self.context, fold(self.source)


@dataclass(frozen=True)
class Catalogue:
    """The entries of one language for one file of translations, in the order of the file."""

    entries: tuple[Entry, ...] = ()
    obsolete: tuple[Entry, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    mistakes: tuple[Mistake, ...] = ()

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Entry]:
        # The first of two entries with one key counts; the second is reported as a mistake.
        return {entry.key: entry for entry in reversed(self.entries)}

    def find(self, context: str, source: str) -> Entry | None:
        """The entry of a segment with this whole context and text."""
        return self._by_key.get((context, fold(source)))

    def words(self, segment: Segment) -> str | None:
        """What to weave for a segment; stale and missing translations give None."""
        entry = self.find(segment.context, segment.text)
        return entry.target if entry is not None and entry.state == "translated" else None
