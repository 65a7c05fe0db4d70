"""Every finished page of the site, made from the newest releases."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from sqlalchemy.orm import Session

from edu.communities.glossary import words_for_learners
from edu.editions.models import Release
from edu.editions.releasing import (
    current_release,
    offered_tags,
    reachable_tags,
    released_modules,
    withdrawn_releases,
)
from edu.editions.resolve import SOURCE
from edu.gate.gate import clean_media
from edu.interface import Interface
from edu.languages import Language, language
from edu.media.shown import files_for_learners, shown_to_learners
from edu.pages.assets import asset_pages
from edu.pages.differs import told_changes
from edu.pages.glossary import HERE as GLOSSARY
from edu.pages.glossary import words_view
from edu.pages.maps import MAPS, own_two_lines
from edu.pages.offline import HERE, Shelf, browser_files
from edu.pages.place import SUPPORT, place_view
from edu.pages.speaking import speaking
from edu.pages.store import Page
from edu.pages.views import LessonView, ModuleView, lesson_view, module_view, page_view
from edu.pages.voices import page_with_voices, with_voices
from edu.recordings.heard import sounds, voices, voices_on, voices_on_page

#: Blocks that are for whoever leads a group, not for the learner's page.
BEHIND_THE_SCENES = ("facilitator",)


class Site:
    """Renders pages in any language on offer; made for one publication and thrown away."""

    def __init__(
        self,
        session: Session,
        environment: Environment,
        interface: Interface,
        content: Path,
        today: date,
        kept: Sequence[Release] = (),
    ) -> None:
        """`kept` are older releases with which groups under way go on."""
        self.content = content
        self.today = today
        self.session = session
        self.environment = environment
        self.interface = interface
        self.offered = [language(tag) for tag in offered_tags(session)]
        #: Language and lesson, where a lesson says anything in words of that language.
        self._told: set[tuple[str, str]] | None = None
        self.sizes: dict[str, dict[str, int]] = {}
        self.voices = voices(session, today)
        self.kept = kept
        self.brought = shown_to_learners(session, today, self._texts())

    def pages(self) -> Iterator[Page]:
        """All of them, assets included."""
        yield from asset_pages()
        yield from browser_files()
        yield from self._media()
        for name, body in sounds(self.session, self.voices):
            yield Page(f"sound/{name}", body)
        for path, body in files_for_learners(self.session, self.brought):
            yield Page(path, body)
        for tag in reachable_tags(self.session):
            with speaking(tag):
                shelf = Shelf(tag, self._sizes_of_media())
                yield from self._pages_in(tag, shelf)
                yield from self._kept_pages(tag, shelf)
                yield from self._offline(tag, shelf)

    def _media(self) -> Iterator[Page]:
        """Recordings and pictures, without the data about their making; a recording ends with the
        consent of whoever is heard in it. Notes what each will cost a learner to load."""
        for file in sorted(self.content.glob("*/media/*")):
            name = f"{file.parent.parent.name}/{file.name}"
            if name not in self._withdrawn():
                body = clean_media(file)
                sizes = self.sizes.setdefault(file.parent.parent.name, {})
                sizes[f"media/{file.name}"] = len(body)
                yield Page(f"media/{name}", body)

    def _sizes_of_media(self) -> dict[str, int]:
        """The bytes of each recording and picture, by its address."""
        return {
            f"/media/{module}/{name.removeprefix('media/')}": size
            for module, sizes in self.sizes.items()
            for name, size in sizes.items()
        }

    def _texts(self) -> Iterator[str]:
        """The words of every lesson that has a page."""
        for tag in reachable_tags(self.session):
            for release in released_modules(self.session, tag):
                yield from (lesson["markdown"] for lesson in release.payload["lessons"])
        for release in self.kept:
            yield from (lesson["markdown"] for lesson in release.payload.get("lessons", ()))

    def _withdrawn(self) -> set[str]:
        return {
            f"{release.module}/{Path(name).name}"
            for release in released_modules(self.session, SOURCE)
            for stored in release.payload["lessons"]
            for name in lesson_view(stored, SOURCE).withdrawn(self.today)
        }

    def _pages_in(self, tag: str, shelf: Shelf) -> Iterator[Page]:
        releases = released_modules(self.session, tag)
        modules = [module_view(release.payload, release.id, tag) for release in releases]
        yield self._page(tag, "/", "pages/home.html", modules=modules)
        drawn = own_two_lines(self.interface.translations(tag).gettext)
        yield self._page(tag, MAPS, "pages/maps.html", two_lines=drawn)
        told = self._glossary(tag)
        yield from told
        for module in modules:
            pages = list(self._module_pages(tag, module, glossary=bool(told)))
            yield from pages
            yield self._on_shelf(shelf, module.id, module, pages)
        plain = current_release(self.session, tag, "pages")
        if plain is not None:
            yield from self._plain_pages(tag, plain, shelf)

    def _on_shelf(self, shelf: Shelf, name: str, module: ModuleView, pages: Sequence[Page]) -> Page:
        """What a phone keeps of a module: its own page and its lessons, in their order."""
        here = f"{shelf.tag}/{name}/"
        paths = {here, *(f"{here}{lesson.number}/" for lesson in module.lessons)}
        hidden = {
            f"{lesson.id} {block}"
            for lesson in module.lessons
            for block in lesson.hidden(self.today)
        }
        return shelf.module(name, module, [page for page in pages if page.path in paths], hidden)

    def _offline(self, tag: str, shelf: Shelf) -> Iterator[Page]:
        """The page on which a learner chooses what to keep, and what is published now."""
        current = [each for each in shelf.kept if each.name == each.module.id]
        page = self._page(tag, HERE, "pages/offline.html", shelf=shelf, modules=current)
        yield page
        shelf.frame([page, *shelf.always])
        yield shelf.index(withdrawn_releases(self.session, tag))

    def _kept_pages(self, tag: str, shelf: Shelf) -> Iterator[Page]:
        """The lessons of older releases, each under the number of its release. Another language
        is chosen for the lesson as it is now."""
        for release in self.kept:
            if release.tag == tag:
                module = module_view(release.payload, release.id, tag)
                at = f"/r{release.id}"
                pages: list[Page] = []
                for lesson in module.lessons:
                    pages += self._lesson_pages(tag, f"/{module.id}/", module, lesson, at)
                yield from pages
                yield self._on_shelf(shelf, f"r{release.id}/{module.id}", module, pages)

    def _glossary(self, tag: str) -> list[Page]:
        """The words of a place, where its profile has any that learners may read."""
        words = self.interface.translations(tag).gettext
        found = words_view(self.session, tag, self.voices, words)
        if not found:
            return []
        others = [each for each in self.offered if words_for_learners(self.session, each.tag)]
        return [self._page(tag, GLOSSARY, "pages/glossary.html", words=found, offered=others)]

    def _module_pages(self, tag: str, module: ModuleView, *, glossary: bool) -> Iterator[Page]:
        here = f"/{module.id}/"
        told = told_changes(module, tag, self.interface.translations(tag).gettext)
        yield self._page(
            tag,
            here,
            "pages/module.html",
            module=module,
            differs=bool(told),
            glossary=GLOSSARY if glossary else "",
        )
        if told:
            yield self._page(
                tag, f"{here}differs/", "pages/differs.html", module=module, sections=told
            )
        for lesson in module.lessons:
            yield from self._lesson_pages(tag, here, module, lesson)

    def _lesson_pages(
        self, tag: str, here: str, module: ModuleView, lesson: LessonView, at: str = ""
    ) -> Iterator[Page]:
        sizes = self.sizes.get(module.id, {})
        words = self.interface.translations(tag).gettext
        heard = voices_on(self.voices, tag, lesson.id, lesson.markdown)
        blocks = with_voices(lesson.blocks(tag, words, sizes, brought=self.brought), heard, words)
        left_out = lesson.hidden(self.today).union(BEHIND_THE_SCENES)
        shown = [block for block in blocks if block.name not in left_out]
        notes = [block.html for block in blocks if block.name in BEHIND_THE_SCENES]
        about = {
            "module": module,
            "lesson": lesson,
            "root": f"{at}{here}{lesson.number}/",
            "offered": self._offered_for(lesson.id),
        }
        # On the learner's page and on the big screen.
        both = {
            "blocks": [Markup(block.html) for block in shown],  # noqa: S704 (our own renderer's)
            "board": any('class="square"' in block.html for block in shown),
        }
        place = f"{here}{lesson.number}/"
        last = lesson is module.lessons[-1]
        yield self._page(tag, place, "pages/lesson.html", at, last=last, **both, **about)
        yield self._page(tag, f"{place}show/", "pages/show.html", at, **both, **about)
        yield self._page(
            tag,
            f"{place}notes/",
            "pages/notes.html",
            at,
            notes=Markup("".join(notes)),  # noqa: S704 (our own renderer's)
            **about,
        )

    def _offered_for(self, lesson: str) -> list[Language]:
        """The languages that say anything of a lesson in words of their own, and English. Others
        would only show the same English again, and each one named is weight on every page."""
        if self._told is None:
            self._told = {
                (each.tag, stored["id"])
                for each in self.offered
                for release in released_modules(self.session, each.tag)
                for stored in release.payload["lessons"]
                if stored["state"] != "original"
            }
        return [
            each for each in self.offered if each.tag == SOURCE or (each.tag, lesson) in self._told
        ]

    def _plain_pages(self, tag: str, release: Release, shelf: Shelf) -> Iterator[Page]:
        words = self.interface.translations(tag).gettext
        for stored in release.payload["pages"]:
            page = page_view(stored, tag, words)
            heard = voices_on_page(self.voices, tag, page.slug, stored["markdown"])
            page = page_with_voices(page, heard, words)
            place = place_view(self.session, tag, self.today) if page.slug == SUPPORT else None
            made = self._page(tag, f"/{page.slug}/", "pages/plain.html", page=page, place=place)
            if page.slug == SUPPORT:
                shelf.always.append(made)
            yield made

    def _page(self, tag: str, here: str, template: str, at: str = "", **context: Any) -> Page:
        html = self.environment.get_template(template).render(
            **{"language": language(tag), "offered": self.offered, "here": here} | context
        )
        return Page(f"{tag}{at}{here}", html.encode())
