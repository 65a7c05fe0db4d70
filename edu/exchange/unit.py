"""What travels between this house and other tools: one unit for each segment, in a parcel.

Pure. Every format writes and reads these, so that a round trip through any of them is the same
question: does the unit come back as it left?
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from edu.exchange.notices import Notice
from edu.segments.segment import clean, fold


class State(StrEnum):
    """How far the words of a unit have come."""

    UNTRANSLATED = "untranslated"
    DRAFT = "draft"
    STALE = "stale"
    REVIEWED = "reviewed"
    RELEASED = "released"
    """Reviewed, and what learners meet."""


class Operation(StrEnum):
    """What an edition does with a segment."""

    INHERIT = "inherit"
    TRANSLATE = "translate"
    ADAPT = "adapt"
    ADD = "add"
    """It is a text of a block that the edition put in."""
    REPLACE = "replace"
    """The same, where the block stands in the place of another one."""


@dataclass(frozen=True)
class Unit:
    """One segment, what an edition says for it, and what its translator should know.

    `id` is the segment's key. `made_from` is the text that the target was made from, where that
    is no longer the source. `change` names the adaptation's record, `record` holds it whole.
    `left_with` is the digest of the target when it went out, "" where nobody wrote it down.
    A text with plural forms has `plural` and one of `forms` for each; lessons have none.
    """

    id: str
    context: str
    source: str
    target: str = ""
    state: State = State.UNTRANSLATED
    operation: Operation = Operation.INHERIT
    variant: str = ""
    made_from: str = ""
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    back: str = ""
    block: str = ""
    safety: str = ""
    places: tuple[tuple[str, int], ...] = ()
    change: str = ""
    record: Mapping[str, Any] | None = None
    plural: str = ""
    forms: tuple[str, ...] = ()
    source_hash: str = ""
    left_with: str = ""
    #: Where it stands in the file that it was read from: a line, a row, a unit's id.
    at: str = field(default="", compare=False)

    @property
    def part(self) -> str:
        """The part it stands in: its context opens with that."""
        return self.context.partition("|")[0]

    @property
    def of_own_block(self) -> bool:
        """Whether it is a text of a block of the edition's own; it has no English."""
        return self.operation in (Operation.ADD, Operation.REPLACE)

    @property
    def reason(self) -> str:
        """Why it was adapted, in its record's words."""
        return str((self.record or {}).get("why", ""))


@dataclass(frozen=True)
class Parcel:
    """The units of one edition, or of one part of it; `notices` tell what reading it met, `blocks`
    are the records of blocks that are left out or moved, which have no words."""

    tag: str
    module: str
    units: tuple[Unit, ...] = ()
    part: str = ""
    notices: tuple[Notice, ...] = ()
    blocks: tuple[Mapping[str, Any], ...] = ()


def tidy(text: str) -> str:
    """Words as they are compared and kept: white space and what no text may hold make no
    difference to a page."""
    return fold(clean(text))


def digest(*texts: str) -> str:
    """A short name for texts, the same everywhere; their white space does not count."""
    joined = "\x1f".join(map(tidy, texts)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=8).hexdigest()


def digest_of(unit: Unit) -> str:
    """The digest of a unit's words and of the record that they name."""
    return digest(unit.change, unit.target, *unit.forms)
