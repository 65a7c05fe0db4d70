"""The lessons of a file: everything a learner reads, on one page, leading nowhere outside."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from edu.carried.media import Media
from edu.pages.site import BEHIND_THE_SCENES
from edu.pages.speaking import spoken
from edu.pages.views import LessonView, ModuleView, Words
from edu.pages.voices import with_voices
from edu.recordings.heard import Voice, voices_on

#: The names that a file has of its own.
SUPPORT = "support"
_HEADING = re.compile(r"<(/?)h([2-5])\b")
_OWN_NAME = re.compile(r' (id|name|for|aria-labelledby|aria-describedby)="([^"]*)"')
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Chapter:
    """One lesson; `place` is its name in the file."""

    lesson: LessonView
    place: str
    blocks: Markup
    board: bool


@dataclass(frozen=True)
class Section:
    """A module with its lessons."""

    module: ModuleView
    chapters: Sequence[Chapter]


@dataclass(frozen=True)
class Reading:
    """What chapters are made with: the interface's words, the media, the voices of the day, and
    the addresses that the file holds itself."""

    words: Words
    today: date
    media: Media
    voices: Sequence[Voice]
    known: Collection[str]
    #: From the name of a place to its address: in one file, or in a file of its own.
    address: Callable[[str], str] = "#{}".format
    #: Whether lessons stand under a heading of the page, one level lower than on their own.
    lower: bool = True

    def sections(self, modules: Sequence[ModuleView]) -> list[Section]:
        """Modules with their lessons as they stand in the file."""
        return [Section(each, [self._chapter(one) for one in each.lessons]) for each in modules]

    def _chapter(self, lesson: LessonView) -> Chapter:
        tag = spoken()
        heard = voices_on(self.voices, tag, lesson.id, lesson.markdown) if self.media.sounds else []
        # A size of 0 bytes is not told: what is heard here is in the file already.
        blocks = with_voices(lesson.blocks(tag, self.words, {}), heard, self.words)
        left_out = lesson.hidden(self.today).union(BEHIND_THE_SCENES)
        html = "".join(each.html for each in blocks if each.name not in left_out)
        html = self.led(self.media.put_in(html))
        place = place_of(lesson.id)
        return Chapter(
            lesson, place, within(place, html, lower=self.lower), 'class="square"' in html
        )

    def led(self, html: str) -> str:
        """Text whose links lead only within the file."""
        return _LINK.sub(self._link, html)

    def _link(self, found: re.Match[str]) -> str:
        """A link to another lesson of the file leads there; of any other its words stay."""
        where = self.known_place(found[1])
        return f'<a href="{self.address(where)}">{found[2]}</a>' if where else found[2]

    def known_place(self, address: str) -> str:
        """The name in the file of what stands at an address; "" where it is not in the file."""
        found = re.fullmatch(r"/[^/]+/(?:([a-z0-9]+)/([1-9][0-9]?)|([a-z0-9-]+))/", address)
        if found is None:
            return ""
        place = found[3] if found[3] else place_of(f"{found[1]}.{found[2]}")
        return place if place in self.known else ""


def place_of(lesson: str) -> str:
    """The name of a lesson in a file: `m1.2` is `m1-2`."""
    return lesson.replace(".", "-")


def within(place: str, html: str, *, lower: bool = True) -> Markup:
    """Blocks of one lesson among those of many: one level lower, with names of their own."""
    if lower:
        html = _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}", html)
    html = _OWN_NAME.sub(lambda found: _named(place, found), html)
    return Markup(html)  # noqa: S704 (our own renderer's)


def _named(place: str, found: re.Match[str]) -> str:
    """A name, or several names that an attribute points to, each as it is in the file."""
    return f' {found[1]}="{" ".join(f"{place}-{each}" for each in found[2].split())}"'
