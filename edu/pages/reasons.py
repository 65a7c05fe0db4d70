"""Why a file was not taken, in the language of the page. The gate and the checks write English, as
a whole sentence or as one with what stands in it; what nobody has translated is marked as English.
"""

import re
from collections.abc import Iterable

from flask_babel import gettext as _
from markupsafe import Markup, escape

from edu.languages import SOURCE
from edu.lessons.mistakes import Message, Mistake
from edu.pages.set_apart import set_apart
from edu.pages.speaking import spoken
from edu.pages.views import foreign

_PLACE = re.compile(r"%\(\w+\)[sd]")
_LETTER = re.compile(r"[^\W\d_]")


def in_words(said: str) -> str:
    """A message in the language of the page, with whatever stands in it."""
    if isinstance(said, Message):
        inner = {
            name: in_words(value) if isinstance(value, Message) else str(value)
            for name, value in said.values.items()
        }
        return _looked_up(said.template) % set_apart(inner)
    return _looked_up(said)


def is_english(said: str) -> bool:
    """Whether a message has no words in the language of the page."""
    if foreign(SOURCE, spoken()) is None:
        return False
    if not isinstance(said, Message):
        return _looked_up(said) == said
    if _LETTER.search(_PLACE.sub("", said.template)):
        return _looked_up(said.template) == said.template
    inner = [value for value in said.values.values() if isinstance(value, Message)]
    return all(map(is_english, inner))


def _looked_up(english: str) -> str:
    # Of no words at all a catalogue tells its own head.
    return str(_(str(english))) if english else ""


def reason(said: str) -> Markup:
    """One message as it stands in a list."""
    if is_english(said):
        return Markup('<bdi lang="en" dir="ltr">{}</bdi>').format(str(said))
    return escape(in_words(said))


def reasons(mistakes: Iterable[Mistake]) -> list[Markup]:
    """Every mistake with its place: the file, and the line where it is not the first."""
    return [
        Markup('<bdi dir="ltr">{}</bdi> {}').format(_place(each), reason(each.message))
        for each in mistakes
    ]


def _place(mistake: Mistake) -> str:
    return f"{mistake.file}:{mistake.line}:" if mistake.line > 1 else f"{mistake.file}:"
