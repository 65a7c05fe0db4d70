"""Everything as small pages in one zip, for a memory card or a hotspot: lessons in the languages
that are wanted, whom to ask for help, and the questions on paper. The same content on the same day
gives the same bytes. Every page is signed by itself, so that any one of them can be checked."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from edu.carried.book import FRESH_FOR, House, in_words, last_day, support_page
from edu.carried.dress import policy, script_of, style
from edu.carried.lessons import SUPPORT, Chapter, Reading, Section, place_of, within
from edu.carried.manifest import Manifest, Part, sign
from edu.carried.media import Media
from edu.carried.withdrawn import withdrawn_until_now
from edu.editions.models import Release
from edu.languages import language
from edu.learning.courses import course_in
from edu.learning.paper.columns import questionnaires_on_paper
from edu.learning.waves import AFTER, BEFORE
from edu.lessons.words import N_
from edu.pages.assets import FOLDER
from edu.pages.place import place_view
from edu.pages.speaking import speaking
from edu.pages.views import module_view
from edu.recordings.heard import voices
from edu.trainer.paper_views import printed

CARD = "lessons.zip"
HOW = N_(
    "Lessons, where to find help, and questions on paper. Open them in any browser; no network is"
    " needed."
)
_STYLE = "style.css"
#: Where a page's style comes from: the card, or the hotspot that serves it.
_STYLES = "'self' file:"
#: No clock is in the file: every entry has the earliest day that a zip knows.
_NO_DAY = (1980, 1, 1, 0, 0, 0)

Wishes = Sequence[tuple[str, Sequence[Release]]]


def card(session: Session, house: House, wanted: Wishes, today: date, *, sounds: bool) -> bytes:
    """The zip. `wanted` are the releases of each language."""
    files = {_STYLE: style().encode() + (FOLDER / "paper.css").read_bytes()}
    withdrawn = withdrawn_until_now(session)
    for tag, releases in wanted:
        with speaking(tag):
            drawing = _Drawing(session, house, tag, releases, today, sounds, withdrawn)
            files |= {f"{tag}/{name}": body for name, body in drawing.pages()}
    about = Manifest(today.isoformat(), (), "", "", withdrawn=withdrawn)
    first = _render(
        house,
        "carried/card_first.html",
        languages=[language(tag) for tag, _releases in wanted],
        words=lambda tag, text: house.interface.translations(tag).gettext(text),
        how=HOW,
        style=_STYLE,
    )
    files["index.html"] = sign(first, house.settings.secret_key, about)
    return _zipped(files)


@dataclass(frozen=True)
class _Drawing:
    """The pages of one language."""

    session: Session
    house: House
    tag: str
    releases: Sequence[Release]
    today: date
    sounds: bool
    withdrawn: Sequence[str]

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """Each page by its name."""
        reading = self._reading()
        sections = reading.sections(
            [module_view(each.payload, each.id, self.tag) for each in self.releases]
        )
        yield "index.html", self._page("carried/card_index.html", sections=sections)
        chapters = [(each, one) for each in sections for one in each.chapters]
        for number, (section, chapter) in enumerate(chapters):
            after = chapters[number + 1][1] if number + 1 < len(chapters) else None
            yield f"{chapter.place}.html", self._lesson(section, chapter, after)
        yield "support.html", self._support(reading)
        for wave in (BEFORE, AFTER):
            yield f"paper-{wave}.html", self._paper(wave)

    def _reading(self) -> Reading:
        words = self.house.interface.translations(self.tag).gettext
        lessons = [one for each in self.releases for one in each.payload["lessons"]]
        known = {SUPPORT, *(place_of(each["id"]) for each in lessons)}
        heard = voices(self.session, self.today) if self.sounds else ()
        media = Media(self.house.fetch, self.sounds)
        return Reading(words, self.today, media, heard, known, "{}.html".format, lower=False)

    def _lesson(self, section: Section, chapter: Chapter, after: Chapter | None) -> bytes:
        scripts = ["board.js", "book.js"] if chapter.board else ["book.js"]
        return self._page(
            "carried/card_lesson.html", scripts, section=section, each=chapter, after=after
        )

    def _support(self, reading: Reading) -> bytes:
        page = support_page(self.session, self.tag, reading.words)
        place = place_view(self.session, self.tag, self.today)
        return self._page(
            "carried/card_support.html",
            page=page,
            html=within(SUPPORT, reading.led(str(page.html)), lower=False) if page else "",
            place=place,
            numbers_until=last_day(place, self.today),
        )

    def _paper(self, wave: str) -> bytes:
        modules = [each.module for each in self.releases]
        course = course_in(self.session, self.tag, modules)
        forms = [printed(each, self.tag) for each in questionnaires_on_paper(course, wave)]
        return self._page("carried/card_paper.html", wave=wave, forms=forms)

    def _page(self, template: str, scripts: Sequence[str] = ("book.js",), **context: Any) -> bytes:
        body = _render(
            self.house,
            template,
            scripts,
            language=language(self.tag),
            style=f"../{_STYLE}",
            made_on=self.today,
            until=self.today + FRESH_FOR,
            day=lambda day: in_words(day, self.tag),
            numbers={each.module: each.number for each in self.releases},
            **context,
        )
        parts = [Part(each.id, each.module, each.tag, each.number) for each in self.releases]
        about = Manifest(self.today.isoformat(), parts, "", "", withdrawn=self.withdrawn)
        return sign(body, self.house.settings.secret_key, about)


def _render(house: House, template: str, scripts: Sequence[str] = (), **context: Any) -> bytes:
    page = house.environment.get_template(template)
    html = page.render(
        policy=policy(scripts, _STYLES),
        scripts=[script_of(name) for name in scripts],
        **context,
    )
    return html.encode()


def _zipped(files: dict[str, bytes]) -> bytes:
    """The files in the order of their names, with nothing of this machine in the zip."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            pack.writestr(entry, files[name])
    return whole.getvalue()
