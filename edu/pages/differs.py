"""What differs here, and why: the adaptations of a module, told to its readers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date

from edu.languages import SOURCE, language
from edu.lessons.words import BLOCK_TITLES
from edu.pages.views import LessonView, ModuleView, Text, in_language

Words = Callable[[str], str]


def N_(message: str) -> str:
    """Mark a message for extraction and leave it as it is."""
    return message


#: What was done, and, where it is known, with which block.
_DONE = {
    "adapt": N_("Some words are different."),
    "replace": N_("One part is different: %(block)s."),
    "add": N_("One part was added."),
    "omit": N_("One part was left out: %(block)s."),
    "picture": N_("A picture was put into this part: %(block)s."),
    "film": N_("A film was put into this part: %(block)s."),
    "reorder": N_("One part stands in another place: %(block)s."),
}


@dataclass(frozen=True)
class Difference:
    """One adaptation as readers are told of it; `why` is marked with its own language."""

    done: str
    why: Text
    day: str


@dataclass(frozen=True)
class Section:
    """The adaptations of one lesson; `title` and `number` are empty for the module itself."""

    title: Text
    number: int
    differences: Sequence[Difference]


def told_changes(module: ModuleView, page: str, words: Words) -> list[Section]:
    """A module's adaptations by its lessons, in their order."""
    lessons: list[LessonView | None] = [None, *module.lessons]
    found = [_section(module, each, page, words) for each in lessons]
    return [section for section in found if section.differences]


def _section(module: ModuleView, lesson: LessonView | None, page: str, words: Words) -> Section:
    known = {each.id for each in module.lessons}
    mine = [
        change
        for change in module.changes
        if (change["lesson"] == lesson.id if lesson else change["lesson"] not in known)
    ]
    return Section(
        lesson.title if lesson else Text(""),
        lesson.number if lesson else 0,
        [_difference(each, page, words) for each in mine],
    )


def _difference(change: Mapping[str, Any], page: str, words: Words) -> Difference:
    block = words(BLOCK_TITLES.get(change["block"], "")) if change["block"] else ""
    done = words(_DONE.get(change["operation"], _DONE["adapt"])) % {"block": block}
    spoken = language(page)
    day = format_date(
        date.fromisoformat(change["made_on"]), format=spoken.dates, locale=spoken.formatting
    )
    why = in_language(change["why"], change.get("why_tag", SOURCE), page)
    return Difference(done, why, day)
