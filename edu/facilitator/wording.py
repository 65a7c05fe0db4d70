"""What facilitators read of modes, incidents and the parts of a lesson."""

from babel.numbers import format_decimal
from flask_babel import gettext as _

from edu.languages import language
from edu.lessons.words import BLOCK_TITLES
from edu.pages.speaking import spoken
from edu.partners.trail import Deed


def mode_name(mode: str) -> str:
    """How a group learns, in a few words."""
    return {
        "phones": _("Phones"),
        "paper": _("Paper only"),
        "mixed": _("Phones and paper"),
        "round": _("One device that goes round"),
    }[mode]


def kind_name(kind: str) -> str:
    """Of which kind an incident is."""
    return {
        "upset": _("Somebody was upset"),
        "hostile": _("A hostile remark"),
        "disclosure": _("Somebody told something heavy"),
        "safety": _("A worry about somebody's safety"),
        "technical": _("Something technical"),
        "other": _("Something else"),
    }[kind]


def size_words(size: int) -> str:
    """How large a file is."""
    number = format_decimal(max(1, round(size / 1000)), locale=language(spoken()).formatting)
    return _("%(size)s kB", size=number)


def part_name(part: str) -> str:
    """A part of a lesson, named `m1.1/do`: the lesson's number and what the part is called."""
    lesson, _slash, block = part.partition("/")
    return f"{lesson} · {block_name(block)}"


def block_name(block: str) -> str:
    """What a block of a lesson is usually called."""
    usual = BLOCK_TITLES.get(block)
    return _(usual) if usual else block


#: What is done to a row, by whether it was there before.
SAVED = {False: Deed.MADE, True: Deed.SET}
