"""A file of lessons: one page that holds everything, opens without a network, and is signed."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from babel.dates import format_date
from jinja2 import Environment
from markupsafe import Markup
from sqlalchemy.orm import Session

from edu.carried.lessons import SUPPORT, Reading, place_of, within
from edu.carried.manifest import Manifest, Part, sign
from edu.carried.media import Fetch, Media, published
from edu.carried.withdrawn import withdrawn_until_now
from edu.communities.services import SHOWN_FOR
from edu.editions.models import Release
from edu.editions.releasing import current_release
from edu.interface import Interface
from edu.languages import language
from edu.pages.assets import FOLDER, script
from edu.pages.place import PlaceView, place_view
from edu.pages.speaking import speaking
from edu.pages.views import PageView, Words, module_view, page_view
from edu.recordings.heard import voices
from edu.settings import Settings

#: After so many days the file itself says that a newer one should be looked for.
FRESH_FOR = timedelta(days=180)
_OWN = Path(__file__).parent / "phone"


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
    support = _support(session, tag, words)
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
        until=today + FRESH_FOR,
        numbers_until=_last_day(place, today),
        day=lambda day: _day(day, tag),
        made_on=today,
        withdrawn=withdrawn_until_now(session),
        style=_style(),
        scripts=[_script(name) for name in scripts],
        policy=_policy(scripts),
        file=wanted.file,
        **wanted.asking,
    )
    return html.encode()


def _support(session: Session, tag: str, words: Words) -> PageView | None:
    release = current_release(session, tag, "pages")
    stored = release.payload["pages"] if release is not None else []
    return next((page_view(each, tag, words) for each in stored if each["slug"] == SUPPORT), None)


def _linked(reading: Reading, page: PageView) -> Markup:
    return within(SUPPORT, reading.led(str(page.html)))


def _last_day(place: PlaceView, today: date) -> date:
    """The last day on which the numbers in the file count: half a year after the oldest call."""
    called = [each.called_on + SHOWN_FOR for each in place.services]
    return min([*called, today + FRESH_FOR])


def _day(day: date, tag: str) -> str:
    known = language(tag)
    return format_date(day, format=known.dates, locale=known.formatting)


def _style() -> Markup:
    sheets = (FOLDER / "daraja.css", _OWN / "book.css")
    return Markup("".join(each.read_text(encoding="utf-8") for each in sheets))  # noqa: S704


def _script(name: str) -> Markup:
    """A script without its comments and indentation, ours or one of every page."""
    if (FOLDER / name).exists():
        return script(name)
    lines = (_OWN / name).read_text(encoding="utf-8").splitlines()
    kept = [line.strip() for line in lines if line.strip() and not line.strip().startswith("//")]
    return Markup("\n".join(kept))  # noqa: S704 (our own file)


def _policy(scripts: Sequence[str]) -> str:
    """What the file forbids itself: everything from anywhere, and every script but these."""
    allowed = " ".join(_digest(_script(name)) for name in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(_style())}; "
        "img-src data:; media-src data:; form-action 'none'; base-uri 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
