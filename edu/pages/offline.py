"""What a phone may keep: for each module the pages of its lessons with their digests, for each
language what is published now, and the worker in the browser that keeps them.

A phone that kept something compares at its next contact. A newer version is fetched when nothing
is under way. What must not be shown any more is dropped at once: a module that is no longer there,
a release that was taken back, and words that touch safety.
"""

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from edu.languages import language
from edu.lessons.lesson import split_blocks
from edu.pages.assets import FOLDER, plain_script, stylesheet
from edu.pages.store import Page, etag
from edu.pages.views import ModuleView

#: The parts of the worker, each after those it builds on.
WORKER = (
    *("store", "seal", "outbox", "send", "pages", "way", "forms", "leaving", "contact", "main"),
)
#: The page on which a learner chooses what to keep, and on which she sees it without a network.
HERE = "/offline/"
_PICTURE = re.compile(rb'<img[^>]* src="(/media/[^"]+)"')
#: Bytes of the worker, the stylesheet, the page itself and the quick exit, as they are sent.
_BESIDES = 18_000
#: Opened by the quick exit; Flask makes it in the language of the phone.
_OUT = "/out"


#: Our own drawing: a bridge, which says nothing about why somebody has it.
_ICONS = (("icon.svg", "any"), ("icon-192.png", "192x192"), ("icon-512.png", "512x512"))


def browser_files() -> list[Page]:
    """What a browser needs to keep pages and to put the site on a phone's first screen."""
    icons = [Page(name, (FOLDER / "icons" / name).read_bytes()) for name, _ in _ICONS]
    return [worker(), _manifest(), *icons]


def _manifest() -> Page:
    told = {
        "name": "Daraja",
        "short_name": "Daraja",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fdf7ec",
        "theme_color": "#0d5550",
        "icons": [
            {"src": f"/{name}", "sizes": sizes, "purpose": purpose}
            for name, sizes in _ICONS
            for purpose in ("any", "maskable")
        ],
    }
    return _json("app.webmanifest", told)


def worker() -> Page:
    """The one script that a browser keeps running beside our pages, for whoever asked for it."""
    parts = [plain_script(FOLDER / "worker" / f"{name}.js") for name in WORKER]
    return Page("worker.js", "\n".join(['"use strict";', *parts]).encode())


@dataclass(frozen=True)
class Kept:
    """One module as a phone keeps it. `name` is also its place: `m1`, or `r12/m1` in the words of
    an older release."""

    name: str
    module: ModuleView
    version: str
    must: str
    files: Sequence[tuple[str, str | None, int]]

    @property
    def bytes(self) -> int:
        """What its files cost to load."""
        return sum(size for _, _, size in self.files)


@dataclass
class Shelf:
    """What phones may keep in one language, gathered while its pages are made."""

    tag: str
    #: The bytes of recordings and pictures, by their address.
    sizes: Mapping[str, int]
    kept: list[Kept] = field(default_factory=list)
    #: Pages that are of use in every module: the way to support.
    always: list[Page] = field(default_factory=list)
    shell: list[tuple[str, str | None, int]] = field(default_factory=list)

    def module(
        self, name: str, module: ModuleView, pages: Sequence[Page], hidden: AbstractSet[str]
    ) -> Page:
        """The list of a module's files; `hidden` are blocks that may not be shown today."""
        files = [_file(page) for page in pages]
        pictures = {found.decode() for page in pages for found in _PICTURE.findall(page.body)}
        files += [(name, None, self.sizes.get(name, 0)) for name in sorted(pictures)]
        kept = Kept(
            name, module, _digest(files), _digest([*_safety(module), *sorted(hidden)]), files
        )
        self.kept.append(kept)
        known = language(self.tag)
        told = {
            "tag": self.tag,
            "language": known.autonym,
            "dir": known.direction,
            "name": name,
            "title": module.title.text,
            "release": module.release_id,
            "version": kept.version,
            "must": kept.must,
            "bytes": kept.bytes,
            "files": files,
        }
        return _json(f"{self.tag}/{name}/offline.json", told)

    def frame(self, pages: Iterable[Page]) -> None:
        """What every module needs besides: these pages, how they look, and the quick exit."""
        style = stylesheet()
        body = (FOLDER / "daraja.css").read_bytes()
        self.shell = [
            *(_file(page) for page in pages),
            (style, etag(body), len(zlib.compress(body, 1))),
            (_OUT, None, 1000),
        ]

    def kilobytes(self, kept: Kept) -> int:
        """What a module costs to load where nothing is kept yet: with the frame, the page that
        shows it and the worker. Questions come on top for whoever takes part."""
        always = sum(_file(page)[2] for page in self.always)
        return -(-(kept.bytes + always + _BESIDES) // 1024)

    def index(self, withdrawn: Mapping[str, Sequence[int]]) -> Page:
        """What is published now; `withdrawn` are each module's releases that were taken back."""
        modules = {
            each.name: {
                "version": each.version,
                "must": each.must,
                "withdrawn": withdrawn.get(each.module.id, ()),
            }
            for each in self.kept
        }
        told = {"shell": self.shell, "modules": modules, "questions": withdrawn.get("quizzes", ())}
        return _json(f"{self.tag}/offline.json", told)


def _file(page: Page) -> tuple[str, str | None, int]:
    return f"/{page.path}", etag(page.body), len(zlib.compress(page.body, 1))


def _json(path: str, told: Mapping[str, Any]) -> Page:
    return Page(path, json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())


def _digest(parts: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _safety(module: ModuleView) -> list[tuple[str, str]]:
    """The words of a module that touch safety."""
    return [
        (lesson.id, piece.text)
        for lesson in module.lessons
        for piece in split_blocks(lesson.markdown)
        if piece.block is not None and piece.block.safety
    ]
