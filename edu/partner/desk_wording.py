"""What states, steps and blocks are called at the desk, in the language of the page."""

from datetime import datetime

from babel.dates import format_time
from flask_babel import gettext as _
from flask_babel import ngettext

from edu.doors import day_in_words
from edu.editions.drift.classing import Edit
from edu.editions.parts import Part, Sort
from edu.editions.workplace.dashboard import Cell, State
from edu.editions.workplace.readers import Readers
from edu.editions.workplace.tallies import Stage
from edu.languages import language
from edu.lessons.words import BLOCK_TITLES
from edu.pages.speaking import spoken


def state_words(state: State) -> str:
    """How far an edition or a part is."""
    return {
        State.UNTRANSLATED: _("Not begun"),
        State.INHERITED: _("As its parent"),
        State.DRAFT: _("Draft"),
        State.STALE: _("Source has changed"),
        State.IN_REVIEW: _("With readers"),
        State.READY: _("Ready to release"),
        State.RELEASED: _("Released"),
    }[state]


def stage_words(stage: Stage) -> str:
    """How far one sentence is."""
    return {
        Stage.MISSING: _("No words yet"),
        Stage.INHERITED: _("Taken from the parent"),
        Stage.STALE: _("Source has changed"),
        Stage.DRAFT: _("Draft"),
        Stage.REVIEWED: _("Checked by readers"),
    }[stage]


def operation_words(operation: str) -> str:
    """What a line does with the ancestor's words."""
    return {
        "inherit": _("Nothing of its own"),
        "translate": _("Translated"),
        "adapt": _("Adapted for this place"),
    }.get(operation, operation)


def in_the_way(cell: Cell) -> list[str]:
    """What stands between an edition and its release, in plain words."""
    count = cell.tally.count
    if cell.state in (State.RELEASED, State.INHERITED):
        return []
    told = []
    if count[Stage.STALE]:
        told.append(_("%(number)d to look at again", number=count[Stage.STALE]))
    if count[Stage.MISSING]:
        told.append(_("%(number)d without words", number=count[Stage.MISSING]))
    if count[Stage.DRAFT]:
        told.append(_("%(number)d not signed by readers", number=count[Stage.DRAFT]))
    return told


def readers_words(readers: Readers) -> list[str]:
    """Who has read, and who was only asked."""
    told = []
    if readers.signatures:
        told.append(
            ngettext("%(num)d reader has signed", "%(num)d readers have signed", readers.signatures)
        )
    if readers.readings:
        told.append(ngettext("%(num)d answer by link", "%(num)d answers by link", readers.readings))
    elif readers.links:
        told.append(_("A link for readers is open. Nobody has answered yet."))
    return told


def met_words(cell: Cell) -> str:
    """What learners meet of an edition."""
    if not cell.number:
        return ""
    if cell.met == "original":
        return _("Learners read it in English.")
    if cell.met == "draft":
        return _("Learners read it as a draft.")
    return _("Learners read release %(number)d.", number=cell.number)


def module_name(module: str) -> str:
    """What a module that has no title of its own is called."""
    return {"pages": _("Pages"), "quizzes": _("Questions")}.get(module, module)


def sort_words(part: Part) -> str:
    """What a part is."""
    return {
        Sort.MODULE: _("About the module"),
        Sort.LESSON: _("Lesson"),
        Sort.PAGE: _("Page"),
        Sort.INSTRUMENT: _("Questionnaire"),
    }[part.sort]


def block_words(block: str) -> str:
    """What a block of a lesson is called."""
    return _(BLOCK_TITLES[block]) if block in BLOCK_TITLES else _("Head of the page")


def edit_words(edit: Edit) -> str:
    """How much a source has changed, and what that asks of a translator."""
    return {
        Edit.SAFETY: _("This is about safety: look at it first."),
        Edit.FACT: _("A fact has changed."),
        Edit.WORDING: _("The wording has changed."),
        Edit.TRIVIAL: _("Only signs or an address have changed."),
    }[edit]


def kind_words(kind: str) -> str:
    """How near a remembered text is."""
    return {
        "in context": _("The same sentence, at this place"),
        "exact": _("The same sentence"),
    }.get(kind, _("A like sentence"))


def deed_words(deed: str) -> str:
    """How words came to be what they are."""
    return {
        "saved": _("Saved"),
        "restored": _("Brought back"),
        "emptied": _("Emptied"),
        "carried": _("Carried over by the program"),
        "still right": _("Said to be still right"),
        "imported": _("Brought in from a file"),
        "taken over": _("Taken over from others"),
        "signed": _("Signed by a reader"),
    }.get(deed, deed)


def moment(at: datetime) -> str:
    """A moment as readers of the language spoken write it; the clock is UTC."""
    clock = format_time(at, "short", locale=language(spoken()).formatting)
    return f"{day_in_words(at.date())}, {clock} UTC"
