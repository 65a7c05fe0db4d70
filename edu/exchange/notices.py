"""What a file from elsewhere brings to somebody's attention, by its kind and its place."""

from dataclasses import dataclass
from enum import StrEnum

from edu.lessons.mistakes import Mistake


class Sort(StrEnum):
    """Why something in a file was not simply taken."""

    UNKNOWN_SEGMENT = "UnknownSegment"
    """No text of the module is this one, nor was."""
    SOURCE_CHANGED = "SourceChanged"
    """The text was edited since; the translation is kept with the text it was made from."""
    CONFLICT = "Conflict"
    """The words were changed here and in the file."""
    STATE_NOT_TAKEN = "StateNotTaken"
    """The file says how far the words have come; only a reader of ours can."""
    FORMULA_NEUTRALISED = "FormulaNeutralised"
    """A cell begins as a formula does; it is taken as text."""
    ALREADY_THERE = "AlreadyThere"
    """The same words were written here meanwhile."""
    LEFT_EMPTY = "LeftEmpty"
    """The file has no words where there are some here; those stay."""
    TWICE = "Twice"
    """The file has this text more than once; the first counts."""
    OTHER_LANGUAGE = "OtherLanguage"
    """The words are for another language."""
    OTHER_MODULE = "OtherModule"
    """The file is from another module."""
    NOT_TO_BE_ADAPTED = "NotToBeAdapted"
    """A questionnaire may only be translated."""
    RECORD_MISSING = "RecordMissing"
    """An adaptation without the record that says why."""
    RECORD_NOT_TAKEN = "RecordNotTaken"
    """The record that says why is another one here; ours stays."""
    BACK_NOT_TAKEN = "BackTranslationNotTaken"
    """A back-translation is written here, by somebody who did not translate."""
    SOURCE_EDITED = "SourceEdited"
    """The file's own copy of the source was edited; that changes nothing here."""
    TOO_LONG = "TooLong"
    """A text is longer than any of ours may be."""
    PLURAL = "PluralForms"
    """A lesson's text has no plural forms."""
    BLOCK_GONE = "BlockGone"
    """A text of a block that is not here, or no longer has it: no file can put one in."""
    BLOCK_CHANGED = "BlockChanged"
    """A text of an own block was changed here and in the file; ours stays."""
    BLOCK_SHAPE = "BlockShape"
    """The words would make something else of their block than it is."""
    BLOCK_FAULTY = "BlockFaulty"
    """With these words the block could not be kept; the detail says why."""
    BLOCKS_NOT_TAKEN = "BlocksNotTaken"
    """The file does something else with a whole block than is done here; that stays."""
    REMARK_NOT_TAKEN = "RemarkNotTaken"
    """A remark on a text of an own block: there it has no place."""
    UNSURE = "Unsure"
    """A place that was found by likeness alone."""
    NOT_PLACED = "NotPlaced"
    """Words for which no place was found."""


@dataclass(frozen=True)
class Notice:
    """One such thing: `place` is where it stands in the file, `text` the words it is about.
    `faults` are what is wrong with a block, for whoever can say it in another language."""

    sort: Sort
    place: str
    text: str = ""
    detail: str = ""
    faults: tuple[Mistake, ...] = ()
