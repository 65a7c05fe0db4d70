"""Three ways: a unit as it left, as it stands here now, and as it came back in a file.

Pure. Words that were changed in the file alone are taken as a draft; words that were changed on
both sides are for a person to choose from; nothing else changes anything.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from edu.exchange.marks import record_text
from edu.exchange.notices import Notice, Sort
from edu.exchange.unit import Operation, State, Unit, digest, digest_of, tidy
from edu.languages import normalise

#: Longer than any text of ours.
LONGEST = 20_000


class Deed(StrEnum):
    """What is to be done with a unit."""

    NOTHING = "nothing"
    TAKE = "take"
    ASK = "ask"
    """Changed on both sides: a person chooses."""
    LEAVE = "leave"
    """It cannot be taken; a notice says why."""


@dataclass(frozen=True)
class Here:
    """What stands here for a unit: `text` may be empty. `source` is the text of today."""

    key: str
    source: str
    text: str = ""
    change: str = ""
    state: State = State.UNTRANSLATED
    back: str = ""
    remarks: tuple[str, ...] = ()
    may_be_adapted: bool = True
    #: The text that the words here were made from, where it is no longer that of today.
    made_from: str = ""
    #: The text that a unit has for its source, where that is no longer the one of today.
    moved_from: str = ""
    #: Nobody here has written it: it stands as it shipped.
    as_shipped: bool = False
    #: Of a text of an own block: what is done with the block, and the number of the text in it.
    operation: Operation | None = None
    number: int = 0

    @property
    def digest(self) -> str:
        """Of its words, as `Unit.left_with` was of what went out."""
        return digest(self.change, self.text)


@dataclass(frozen=True)
class Step:
    """What is to be done with one unit, and what somebody should know of it."""

    unit: Unit
    deed: Deed
    here: Here | None = None
    notices: tuple[Notice, ...] = ()
    #: The text that the words in the file were made from.
    source: str = ""
    remarks: tuple[str, ...] = ()
    #: Whether the file's record of the adaptation is to be kept too.
    brings_record: bool = False

    @property
    def home(self) -> Here:
        """What stands here; there is something wherever a step does anything."""
        if self.here is None:
            raise ValueError("this unit has no home")
        return self.here


def compare(unit: Unit, here: Here | None, tag: str, records: Mapping[str, str]) -> Step:
    """What to do with a unit. `records` are the records there are here, as text by their names."""
    if unit.variant and normalise(unit.variant) != tag:
        return _left(unit, Sort.OTHER_LANGUAGE, unit.variant)
    if unit.plural:
        return _left(unit, Sort.PLURAL)
    if len(unit.target) > LONGEST:
        return _left(unit, Sort.TOO_LONG)
    if here is None:
        return _left(unit, Sort.BLOCK_GONE if unit.of_own_block else Sort.UNKNOWN_SEGMENT)
    if here.operation is not None:
        return _of_own_block(unit, here, records)
    deed = _deed(unit, here)
    if deed in (Deed.TAKE, Deed.ASK) and (wrong := _wrong_adaptation(unit, here, records)):
        return Step(unit, Deed.LEAVE, here, (wrong,))
    return Step(
        unit,
        deed,
        here,
        tuple(_notices(unit, here, deed, records)),
        source_of(unit, here),
        tuple(each for each in unit.remarks if each not in here.remarks),
        brings_record=deed is not Deed.NOTHING and bool(unit.change) and unit.change not in records,
    )


def _of_own_block(unit: Unit, here: Here, records: Mapping[str, str]) -> Step:
    """What to do with a text of an own block: its words may change, and nothing else."""
    # A tool may have lost the name of the block; that is no change of the words.
    unit = replace(unit, change=here.change)
    deed, notices = _deed(unit, here), tuple(_notices_of_block(unit, here))
    if deed is Deed.ASK:
        changed = Notice(Sort.BLOCK_CHANGED, unit.at, unit.target, here.text)
        return Step(unit, Deed.LEAVE, here, (changed, *notices))
    told = (*_notices(unit, here, deed, records), *notices)
    return Step(unit, deed, here, told, here.source)


def _notices_of_block(unit: Unit, here: Here) -> Iterator[Notice]:
    if unit.of_own_block and unit.operation is not here.operation:
        yield Notice(Sort.BLOCKS_NOT_TAKEN, unit.at, unit.target, str(unit.operation))
    for remark in unit.remarks:
        yield Notice(Sort.REMARK_NOT_TAKEN, unit.at, remark)


def _left(unit: Unit, sort: Sort, detail: str = "") -> Step:
    return Step(unit, Deed.LEAVE, None, (Notice(sort, unit.at, unit.target, detail),))


def _deed(unit: Unit, here: Here) -> Deed:
    theirs = digest_of(unit)
    if not tidy(unit.target) or theirs in (here.digest, unit.left_with):
        return Deed.NOTHING
    if not here.text or here.digest == unit.left_with:
        return Deed.TAKE
    if not unit.left_with and here.as_shipped:
        # Made elsewhere, and nobody's work here: the shipped words stay in their file.
        return Deed.TAKE
    return Deed.ASK


def source_of(unit: Unit, here: Here) -> str:
    """The text that a unit's words were made from: today's, unless that has moved on since, or
    its translator left it marked as made from an older one."""
    if unit.state is State.STALE:
        return tidy(unit.made_from) or here.moved_from or here.made_from or here.source
    return here.moved_from or here.source


def _wrong_adaptation(unit: Unit, here: Here, records: Mapping[str, str]) -> Notice | None:
    if unit.operation is not Operation.ADAPT and not unit.change:
        return None
    if not here.may_be_adapted:
        return Notice(Sort.NOT_TO_BE_ADAPTED, unit.at, unit.target)
    if unit.change in records or (unit.change and unit.record):
        return None
    return Notice(Sort.RECORD_MISSING, unit.at, unit.target, unit.change)


def _notices(unit: Unit, here: Here, deed: Deed, records: Mapping[str, str]) -> Iterator[Notice]:
    from_elsewhere = digest_of(unit) != unit.left_with
    if deed is Deed.ASK:
        yield Notice(Sort.CONFLICT, unit.at, unit.target, here.text)
    if deed is Deed.NOTHING and unit.left_with and from_elsewhere and tidy(unit.target):
        yield Notice(Sort.ALREADY_THERE, unit.at, unit.target)
    if deed is Deed.NOTHING and here.text and not tidy(unit.target):
        yield Notice(Sort.LEFT_EMPTY, unit.at, here.text)
    known = State.DRAFT if deed in (Deed.TAKE, Deed.ASK) else here.state
    if unit.target and _rank(unit.state) > max(_rank(known), _rank(State.DRAFT)):
        yield Notice(Sort.STATE_NOT_TAKEN, unit.at, unit.target, str(unit.state))
    if unit.source_hash and digest(unit.source) != unit.source_hash:
        yield Notice(Sort.SOURCE_EDITED, unit.at, unit.source, here.source)
    if unit.back and tidy(unit.back) != tidy(here.back):
        yield Notice(Sort.BACK_NOT_TAKEN, unit.at, unit.back)
    if unit.change in records and unit.record and record_text(unit.record) != records[unit.change]:
        yield Notice(Sort.RECORD_NOT_TAKEN, unit.at, unit.target, unit.change)


def _rank(state: State) -> int:
    return (State.UNTRANSLATED, State.STALE, State.DRAFT, State.REVIEWED, State.RELEASED).index(
        state
    )
