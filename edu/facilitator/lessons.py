"""The lessons of a group as they are released, with the parts that may be done in a meeting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from edu.editions.models import Release
from edu.editions.releasing import current_release, releases_of
from edu.groups.models import Group
from edu.lessons.asked import Asked, asked_in
from edu.lessons.lesson import split_blocks
from edu.pages.site import BEHIND_THE_SCENES
from edu.pages.speaking import spoken
from edu.pages.views import LessonView, Text, lesson_view, stored_text


@dataclass(frozen=True)
class Lesson:
    """A lesson, and its parts as `m1.1/do`."""

    id: str
    title: Text
    parts: Sequence[str]
    minutes: int = 0
    #: What its module is called; nothing for a lesson that is not released any more.
    module: Text | None = None

    @property
    def path(self) -> str:
        """Where it stands in addresses: `m1/1`."""
        return self.id.replace(".", "/")


@dataclass(frozen=True)
class Module:
    """A module with its lessons."""

    id: str
    title: Text
    lessons: Sequence[Lesson]


def modules_for(session: Session, group: Group) -> list[Module]:
    """What a group takes, as it is released in the language spoken."""
    return [_module(release) for release in releases_of(session, spoken(), group.modules)]


def _module(release: Release) -> Module:
    title = stored_text(release.payload["title"], spoken())
    found = [lesson_view(each, spoken()) for each in release.payload["lessons"]]
    return Module(release.module, title, [_lesson(each, title) for each in found])


def lesson_named(session: Session, id: str) -> Lesson | None:
    """One lesson, named as `m9.2`, if it is released in the language spoken."""
    release = current_release(session, spoken(), id.partition(".")[0])
    lessons = _module(release).lessons if release is not None else []
    return next((each for each in lessons if each.id == id), None)


def _lesson(view: LessonView, module: Text) -> Lesson:
    blocks = [piece.block.name for piece in split_blocks(view.markdown) if piece.block]
    parts = [f"{view.id}/{each}" for each in blocks if each not in BEHIND_THE_SCENES]
    return Lesson(view.id, view.title, parts, view.minutes, module)


def lessons_for(session: Session, group: Group, kept: Iterable[str] = ()) -> list[Lesson]:
    """All lessons of a group; and of those that were kept earlier, what is not released any more,
    so that nothing is lost when somebody only mends a number."""
    found = [each for module in modules_for(session, group) for each in module.lessons]
    offered = {part for each in found for part in each.parts}
    gone: dict[str, list[str]] = {}
    for part in kept:
        if part not in offered:
            gone.setdefault(part.partition("/")[0], []).append(part)
    return found + [Lesson(id, Text(id), parts) for id, parts in gone.items()]


def questions_for(session: Session, group: Group) -> dict[str, tuple[str, Asked]]:
    """The questions in a group's lessons by a key, `m1.1/2`, each with its lesson's title."""
    found = {}
    for release in releases_of(session, spoken(), group.modules):
        for stored in release.payload["lessons"]:
            title = lesson_view(stored, spoken()).title.text
            for number, asked in enumerate(asked_in(stored["markdown"]), start=1):
                found[f"{stored['id']}/{number}"] = (title, asked)
    return found
