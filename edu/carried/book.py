"""A file of lessons: one page that holds everything, opens without a network, and is signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from jinja2 import Environment
from markupsafe import Markup
from sqlalchemy.orm import Session

from edu.carried.dress import policy, script_of, style
from edu.carried.lessons import SUPPORT, Reading, place_of, within
from edu.carried.manifest import Manifest, Part, sign
from edu.carried.media import Fetch, Media, published
from edu.carried.withdrawn import withdrawn_until_now
from edu.communities.services import SHOWN_FOR
from edu.editions.models import Release
from edu.editions.releasing import current_release
from edu.interface import Interface
from edu.languages import language
from edu.pages.place import PlaceView, place_view
from edu.pages.speaking import speaking
from edu.pages.views import PageView, Words, module_view, page_view
from edu.recordings.heard import voices
from edu.settings import Settings

#: After so many days the file itself says that a newer one should be looked for.
FRESH_FOR = timedelta(days=180)


@dataclass(frozen=True)
class House:
    """What a file is made with: the templates, the interface's words, the settings."""

    environment: Environment
    interface: Interface
    settings: Settings

    @property
    def fetch(self) -> Fetch:
        """Where pictures and sounds are read from."""
        return published(self.settings.published)


@dataclass(frozen=True)
class Wanted:
    """Which lessons a file is to hold, with sounds or without. `file` is the number of a group's
    file, `asking` what its template needs for the questions, `scripts` the scripts for them."""

    tag: str
    releases: Sequence[Release]
    sounds: bool = False
    file: str = ""
    asking: Mapping[str, Any] = field(default_factory=dict)
    scripts: Sequence[str] = ()


def book(session: Session, house: House, wanted: Wanted, today: date) -> bytes:
    """The file, signed. The same wishes on the same day give the same bytes."""
    with speaking(wanted.tag):
        body = _body(session, house, wanted, today)
    parts = [Part(each.id, each.module, each.tag, each.number) for each in wanted.releases]
    about = Manifest(
        made_on=today.isoformat(),
        parts=parts,
        digest="",
        by="",
        file=wanted.file,
        withdrawn=withdrawn_until_now(session),
    )
    return sign(body, house.settings.secret_key, about)


def file_name(wanted: Wanted) -> str:
    """A name that tells a stranger nothing but that there are lessons."""
    which = "-".join(f"{each.module}-{each.number}" for each in wanted.releases[:3])
    return f"lessons-{wanted.tag}-{which}{'-sound' if wanted.sounds else ''}.html"


def _body(session: Session, house: House, wanted: Wanted, today: date) -> bytes:
    tag = wanted.tag
    words: Words = house.interface.translations(tag).gettext
    modules = [module_view(each.payload, each.id, tag) for each in wanted.releases]
    known = {SUPPORT, *(place_of(one.id) for each in modules for one in each.lessons)}
    media = Media(house.fetch, wanted.sounds)
    heard = voices(session, today) if wanted.sounds else ()
    reading = Reading(words, today, media, heard, known)
    sections = reading.sections(modules)
    support = support_page(session, tag, words)
    place = place_view(session, tag, today)
    board = any(one.board for each in sections for one in each.chapters)
    scripts = [*(["board.js"] if board else ()), "book.js", *wanted.scripts]
    html = house.environment.get_template("carried/book.html").render(
        language=language(tag),
        sections=sections,
        numbers={each.module: each.number for each in wanted.releases},
        count=sum(len(each.chapters) for each in sections),
        support=support,
        support_html=_linked(reading, support) if support else "",
        place=place,
        place_html=_place_part(house, "place_facts", place),
        law_html=_place_part(house, "law_of", place),
        until=today + FRESH_FOR,
        numbers_until=last_day(place, today),
        day=lambda day: in_words(day, tag),
        made_on=today,
        withdrawn=withdrawn_until_now(session),
        style=style(),
        scripts=[script_of(name) for name in scripts],
        policy=policy(scripts),
        file=wanted.file,
        **wanted.asking,
    )
    return html.encode()


def support_page(session: Session, tag: str, words: Words) -> PageView | None:
    release = current_release(session, tag, "pages")
    stored = release.payload["pages"] if release is not None else []
    return next((page_view(each, tag, words) for each in stored if each["slug"] == SUPPORT), None)


def _place_part(house: House, part: str, place: PlaceView) -> Markup:
    """What the support page says of a place, one level lower."""
    drawn = getattr(house.environment.get_template("pages/place.html").module, part)
    return within(SUPPORT, str(drawn(place)))


def _linked(reading: Reading, page: PageView) -> Markup:
    return within(SUPPORT, reading.led(str(page.html)))


def last_day(place: PlaceView, today: date) -> date:
    """The last day on which the numbers in the file count: half a year after the oldest call."""
    called = [each.called_on + SHOWN_FOR for each in place.services]
    return min([*called, today + FRESH_FOR])


def in_words(day: date, tag: str) -> str:
    known = language(tag)
    return format_date(day, format=known.dates, locale=known.formatting)
