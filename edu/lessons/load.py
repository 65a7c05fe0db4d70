"""All that authors wrote, read from a folder at start: every mistake at once, or a library."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from edu.lessons.checks import check_lesson, check_minutes, check_module, check_page
from edu.lessons.lesson import Lesson, Module, Page, read_lesson, read_module, read_page
from edu.lessons.mistakes import Broken, Message, Mistake
from edu.lessons.words import N_

_LESSON_FILE = re.compile(r"(\d\d)-[a-z0-9]+(?:-[a-z0-9]+)*\.md")
_MODULE_NAME = re.compile(r"[a-z][a-z0-9]*")
_PAGE_FILE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)\.md")
#: The folder beside the modules that holds the profiles of communities; see edu/communities.
PROFILES = "communities"
_TAKEN = N_("'order' %(number)s is taken by %(module)s.")


@dataclass(frozen=True)
class Library:
    """Modules in the order of their `order`, and plain pages, each by id."""

    modules: Mapping[str, Module]
    pages: Mapping[str, Page]

    def lesson(self, id: str) -> Lesson:
        """The lesson with this id; KeyError if there is none."""
        for lesson in self.modules[id.rpartition(".")[0]].lessons:
            if lesson.id == id:
                return lesson
        raise KeyError(id)


@dataclass(frozen=True)
class _Source:
    """One file: its path, how mistakes name it, and the id of what it holds."""

    path: Path
    file: str
    id: str
    text: str


def load_content(folder: Path) -> Library:
    """The library in `content/`; raises Broken with every mistake that blocks, of all files."""
    library, mistakes = _read_folder(folder)
    blocking = [mistake for mistake in mistakes if mistake.blocks]
    if blocking:
        raise Broken(blocking)
    return library


def check_content(folder: Path) -> list[Mistake]:
    """Every mistake and every piece of advice, sorted by file and line."""
    return _read_folder(folder)[1]


def _read_folder(folder: Path) -> tuple[Library, list[Mistake]]:
    found: list[Mistake] = []
    if not folder.is_dir():
        return Library({}, {}), [Mistake(folder.name, 1, Message(N_("This folder is missing.")))]
    sources = {
        part: list(_sources(part, folder.parent, found))
        for part in sorted(folder.iterdir())
        if part.is_dir() and not part.name.startswith(".") and part.name != PROFILES
    }
    ids = {source.id for group in sources.values() for source in group}
    modules: list[Module] = []
    pages: dict[str, Page] = {}
    for part, group in sources.items():
        if part.name == "pages":
            pages = _pages(group, ids, found)
        elif module := _module(part, group, ids, found, folder.parent):
            modules.append(module)
    modules.sort(key=lambda module: (module.order, module.id))
    for first, second in pairwise(modules):
        if first.order == second.order:
            file = f"{folder.name}/{second.id}/module.toml"
            message = Message(_TAKEN, number=str(second.order), module=first.id)
            found.append(Mistake(file, 1, message))
    return Library({module.id: module for module in modules}, pages), sorted(set(found))


def _sources(part: Path, root: Path, found: list[Mistake]) -> Iterator[_Source]:
    pages = part.name == "pages"
    if not pages and not _MODULE_NAME.fullmatch(part.name):
        found.append(Mistake(_named(part, root), 1, Message(N_("A module is named like m1."))))
    expected = 1
    for path in sorted(part.glob("*.md")):
        file = _named(path, root)
        match = (_PAGE_FILE if pages else _LESSON_FILE).fullmatch(path.name)
        if not match:
            shape = "support.md" if pages else "03-some-words.md"
            message = Message(N_("The file must be named like %(name)s."), name=shape)
            found.append(Mistake(file, 1, message))
            continue
        if not pages and int(match[1]) != expected:
            message = Message(
                N_("The next lesson's number is %(number)s."), number=f"{expected:02}"
            )
            found.append(Mistake(file, 1, message))
        expected = expected if pages else int(match[1]) + 1
        text = _read(path, file, found)
        id = f"pages.{match[1]}" if pages else f"{part.name}.{int(match[1])}"
        if text is not None:
            yield _Source(path, file, id, text)


def _read(path: Path, file: str, found: list[Mistake]) -> str | None:
    try:
        # newline="" keeps the file's own line ends: a text is kept byte by byte.
        with path.open(encoding="utf-8", newline="") as opened:
            return opened.read()
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        found.append(Mistake(file, line, Message(N_("This is not UTF-8 text."))))
        return None


def _module(
    part: Path, group: list[_Source], ids: set[str], found: list[Mistake], root: Path
) -> Module | None:
    path = part / "module.toml"
    file = _named(path, root)
    lessons = []
    for source in group:
        found += check_lesson(source.text, source.file, source.id, ids, part)
        lesson, _ = read_lesson(source.text, file=source.file, id=source.id)
        if lesson:
            lessons.append(lesson)
    if not path.is_file():
        found.append(Mistake(file, 1, Message(N_("The module file is missing."))))
        return None
    text = _read(path, file, found)
    if text is None:
        return None
    found += check_module(text, file, part.name, ids, part)
    module, _ = read_module(text, file=file, id=part.name)
    if module is None:
        return None
    if not group:
        found.append(Mistake(file, 1, Message(N_("The module has no lesson."))))
    module = replace(module, lessons=tuple(lessons))
    found += check_minutes(module, file)
    return module


def _pages(group: list[_Source], ids: set[str], found: list[Mistake]) -> dict[str, Page]:
    pages = {}
    for source in group:
        found += check_page(source.text, source.file, source.id, ids, source.path.parent)
        page, _ = read_page(source.text, file=source.file, id=source.id)
        if page:
            pages[page.id] = page
    return pages


def _named(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
