"""What is different in the next version of a form, in the language of the page."""

from dataclasses import dataclass

from flask_babel import gettext as _

from edu.instruments.interchange.differences import Difference, What
from edu.languages import language
from edu.pages.speaking import spoken
from edu.pages.views import Text, in_language


@dataclass(frozen=True)
class Told:
    """One difference: what it is, and the words before and after where there are such."""

    what: str
    before: Text
    after: Text


def told(found: Difference) -> Told:
    """A difference as a page tells it."""
    return Told(_what(found), _text(found.before, found.tag), _text(found.after, found.tag))


def _text(text: str, tag: str) -> Text:
    return in_language(text, tag, spoken()) if text else Text("")


def _what(found: Difference) -> str:
    return {
        What.NEW_ITEM: _("A new question:"),
        What.NO_ITEM: _("This question is gone:"),
        What.ORDER: _("The questions stand in another order."),
        What.SCORED: _("This question has other answers, or they count otherwise:"),
        What.NEW_SCALE: _("A new scale: “%(name)s”.", name=found.name),
        What.NO_SCALE: _("The scale “%(name)s” is gone.", name=found.name),
        What.RULE: _("The scale “%(name)s” is worked out otherwise.", name=found.name),
        What.WHOLE: _("The form is of another kind."),
        What.NEW_LANGUAGE: _("It can also be asked in: %(name)s.", name=_name(found.name)),
        What.NO_LANGUAGE: _("It can no longer be asked in: %(name)s.", name=_name(found.name)),
        What.WORDS: _("Other words (%(name)s):", name=_name(found.tag)),
    }[found.what]


def _name(tag: str) -> str:
    return language(tag).autonym if tag else ""
