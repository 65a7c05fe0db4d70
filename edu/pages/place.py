"""What the support page tells of a reader's own place: whom one can call, and what the law says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from sqlalchemy.orm import Session

from edu.communities.lookup import law_note, services_on_pages
from edu.communities.services import Shown
from edu.languages import SOURCE, language
from edu.pages.views import Text, in_language

#: The page that stands in every head: `content/pages/support.md`.
SUPPORT = "support"


@dataclass(frozen=True)
class LawView:
    """What the law says on suicide, for a reader."""

    text: Text
    dated: str
    #: Whether to say that help can be had without the police.
    is_dangerous: bool


@dataclass(frozen=True)
class PlaceView:
    """The facts of one place; no other place's are ever shown."""

    tag: str
    services: Sequence[Shown]
    law: LawView | None

    def day(self, day: date) -> str:
        """A day as readers write it."""
        return _day(day, self.tag)


def place_view(session: Session, tag: str, today: date) -> PlaceView:
    """What is true of the place of a tag on a day."""
    note = law_note(session, tag)
    law = None
    if note is not None:
        text = Text(note.words) if note.words else in_language(note.text, SOURCE, tag)
        law = LawView(text, _day(note.dated, tag), note.is_dangerous)
    return PlaceView(tag, services_on_pages(session, tag, today), law)


def _day(day: date, tag: str) -> str:
    known = language(tag)
    return format_date(day, format=known.dates, locale=known.formatting)
