"""What is printed of a released module: all of it for whoever leads, one sheet for everybody."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from edu.lessons.brought import Brought
from edu.lessons.on_paper import ON_A_HANDOUT, ON_PAPER
from edu.pages.site import BEHIND_THE_SCENES
from edu.pages.views import LessonView, ModuleView, Words

_HEADING = re.compile(r"<(/?)h([2-5])\b")
_OWN_NAME = re.compile(r' (id|name|for|aria-labelledby|aria-describedby)="([^"]*)"')
_FOLDED = re.compile(r'<details(?: name="[^"]*")?')


@dataclass(frozen=True)
class Chapter:
    """One lesson of a handbook: what whoever leads must know, and then the lesson."""

    lesson: LessonView
    notes: Markup
    blocks: Markup


def chapters(
    module: ModuleView, page: str, words: Words, today: date, brought: Mapping[str, Brought]
) -> list[Chapter]:
    """A module's lessons for a handbook, with everything unfolded."""
    return [_chapter(lesson, page, words, today, brought) for lesson in module.lessons]


def _chapter(
    lesson: LessonView, page: str, words: Words, today: date, brought: Mapping[str, Brought]
) -> Chapter:
    hidden = lesson.hidden(today)
    found = lesson.blocks(page, words, {}, brought=brought)
    blocks = [each for each in found if each.name not in hidden]
    notes = [each.html for each in blocks if each.name in BEHIND_THE_SCENES]
    shown = [each.html for each in blocks if each.name not in BEHIND_THE_SCENES]
    return Chapter(lesson, in_a_handbook(lesson.number, notes), in_a_handbook(lesson.number, shown))


def in_a_handbook(number: int, pieces: Sequence[str]) -> Markup:
    """Blocks of one lesson on a page of many: one level lower, with names of their own, nothing
    folded. In text our renderer writes every angle bracket and quotation mark as an entity, so
    only real tags are met here."""
    html = "".join(pieces)
    html = _FOLDED.sub("<details open", html)
    html = _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}", html)
    html = _OWN_NAME.sub(lambda found: f' {found[1]}="{_own(number, found[2])}"', html)
    return Markup(html)  # noqa: S704 (our own renderer's)


def _own(number: int, names: str) -> str:
    """The names in an attribute, each of this lesson; some attributes point to several."""
    return " ".join(f"l{number}-{name}" for name in names.split())


def handout(
    lesson: LessonView, page: str, words: Words, today: date, brought: Mapping[str, Brought]
) -> Markup:
    """One sheet for everybody: the idea, something to do, questions without their answers."""
    hidden = lesson.hidden(today)
    blocks = lesson.blocks(page, words, {}, ON_PAPER, brought)
    kept = [each.html for each in blocks if each.name in ON_A_HANDOUT and each.name not in hidden]
    return Markup("".join(kept))  # noqa: S704 (our own renderer's)
