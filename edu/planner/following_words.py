"""What tracks, roles, days, skills and faults of a sheet are called, in the page's language."""

from flask_babel import gettext as _
from flask_babel import ngettext

from edu.languages import language
from edu.pages.set_apart import codes_apart, set_apart
from edu.programmes.dates import Entry, Event
from edu.programmes.following_models import CommunityRole, Dimension, State
from edu.programmes.group_sheets import COLUMNS
from edu.programmes.reach import MIXED, PAPER, PHONES
from edu.programmes.sheet_cells import Fault, Wrong


def role_name(role: str) -> str:
    """Who the people of a group are."""
    return {
        "": _("Not said yet"),
        CommunityRole.LAY.value: _("Neighbours and other community members"),
        CommunityRole.LIVED.value: _("People with lived experience"),
        CommunityRole.FAMILY.value: _("Families and carers"),
        CommunityRole.HEALTH.value: _("Health workers"),
        CommunityRole.FAITH.value: _("Faith leaders and healers"),
        CommunityRole.TEACHER.value: _("Teachers"),
        CommunityRole.EMPLOYER.value: _("Employers and people at work"),
        CommunityRole.TRAINER.value: _("Trainers and NGO staff"),
        CommunityRole.OFFICIAL.value: _("Officials and police"),
        CommunityRole.OTHER.value: _("Others"),
    }[role]


def mode_name(mode: str) -> str:
    """How people took part."""
    return {
        PHONES: _("On a phone"),
        PAPER: _("On paper, or read aloud"),
        MIXED: _("Both on a phone and on paper"),
    }[mode]


def dimension_name(dimension: Dimension) -> str:
    """By what people are told apart on a board."""
    return {
        Dimension.PLACE: _("Place"),
        Dimension.LANGUAGE: _("Language"),
        Dimension.ROLE: _("Who they are"),
        Dimension.MODE: _("How they take part"),
    }[dimension]


def cell_name(dimension: Dimension, cell: str) -> str:
    """What a row of a board is called."""
    if dimension is Dimension.LANGUAGE:
        return language(cell).autonym
    if dimension is Dimension.ROLE:
        return role_name(cell)
    if dimension is Dimension.MODE:
        return mode_name(cell)
    return cell or _("Not said yet")


def state_name(state: str) -> str:
    """How an action stands."""
    return {
        State.OPEN.value: _("Open"),
        State.DONE.value: _("Done"),
        State.DROPPED.value: _("Dropped"),
    }[state]


def entry_words(entry: Entry) -> str:
    """What a day of a group is for."""
    if entry.event is Event.MEETING:
        return _("Meeting %(number)d", number=entry.number)
    if entry.event is Event.WAITING_ENDS:
        return _("Waiting ends: the lessons may begin")
    if entry.event is Event.BOOSTER:
        return ngettext(
            "Something new, %(num)d week after the course",
            "Something new, %(num)d weeks after the course",
            entry.number,
        )
    return ngettext(
        "The questions again, %(num)d week after the course",
        "The questions again, %(num)d weeks after the course",
        entry.number,
    )


def calendar_words(entry: Entry) -> str:
    """The same for a calendar that others may see: neutral, and of nobody."""
    return {
        Event.MEETING: _("Daraja: we meet"),
        Event.WAITING_ENDS: _("Daraja: the lessons may begin"),
        Event.BOOSTER: _("Daraja: we meet once more"),
        Event.LATER: _("Daraja: a few questions"),
    }[entry.event]


def skill_words(skill: str) -> str:
    """What a colleague looks for."""
    return {
        "ground-rules": _("Said the ground rules, or made them with the group"),
        "opt-outs": _("Said that everybody may skip, pass or step out, and let them"),
        "pace": _("Kept a calm pace and the time; left room for silence"),
        "plain-words": _("Used plain words and those of the place"),
        "person-first": _("Put the person first; used no word that hurts"),
        "everybody-heard": _("Let quiet people speak, and nobody speak for all"),
        "remarks": _("Met a hurtful remark calmly and kindly"),
        "laughter": _("Met laughter without shaming anybody"),
        "disclosure": _("Paused kindly when somebody told of herself, and offered a private talk"),
        "lived-experience": _(
            "Worked with a partner with lived experience as an equal: prepared, paid, free to stop"
        ),
        "two-leaders": _("Two led together and talked it over afterwards"),
        "support": _("Showed where support is, and how to leave quietly"),
    }[skill]


def fault_words(wrong: Wrong) -> str:
    """What is wrong in a cell, and what to do."""
    column, what = set_apart({"column": wrong.column, "what": wrong.about}).values()
    cell = _("Row %(row)d, column %(column)s:", row=wrong.row, column=column)
    told = {
        Fault.EMPTY: _("This must be filled in."),
        Fault.TOO_LONG: _("This is too long. 80 letters at most."),
        Fault.UNKNOWN: _("“%(what)s” is not one of the words for this column.", what=what),
        Fault.NOT_A_DAY: _("“%(what)s” is no day. Write it as 2026-11-30.", what=what),
        Fault.TWICE: _("“%(what)s” is the name of two rows. Give each its own.", what=what),
        Fault.THERE: _("There is a group called “%(what)s” already.", what=what),
        Fault.NOTHING_TO_TAKE: _("This server has no module for it. Name a track or modules."),
        Fault.NEEDS_DAY: _("Write a day: until then this group waits."),
        Fault.ALONE: _("A lot needs two groups at least. Write “lot” in another row too."),
    }[wrong.fault]
    return codes_apart(f"{cell} {told}")


def column_words() -> list[tuple[str, str]]:
    """What belongs into each column of a sheet of groups."""
    said = (
        _("What learners see. It tells nothing about health."),
        _("Where the group meets. May be empty."),
        _("Tags of languages on offer, the group's own first: sw-KE en"),
        " ".join(each.value for each in CommunityRole),
        _("A track from the list below. May be empty when there are modules."),
        _("Modules, when it is not a whole track: m0 m1"),
        _("lessons, waits, compared or lot. Empty means lessons."),
        _("The first meeting, as 2026-11-30. May be empty."),
        _("For waits, compared and lot: until which day, as 2026-11-30"),
    )
    return list(zip(COLUMNS, map(codes_apart, said), strict=True))
