"""A part that nobody has released, as learners would see it: for reviewers, and for communities
that read it by a link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from markupsafe import Markup

from edu.communities.placeholders import Swaps, fill
from edu.editions.parts import Part, Sort
from edu.editions.standing import Standing
from edu.interface import Interface
from edu.lessons.brought import Brought
from edu.pages.views import Text, in_language, lesson_view, page_view


@dataclass(frozen=True)
class DraftPage:
    """The page: a title, and pieces that can be judged one by one. `plain` are words without a
    page of their own: a module's head, a questionnaire."""

    title: Text
    summary: Text
    blocks: Sequence[Markup]
    plain: Sequence[Text]

    @property
    def count(self) -> int:
        """How many pieces there are to judge."""
        return len(self.blocks) or len(self.plain)


def draft_page(
    words: Standing, part: Part, tag: str, swaps: Swaps, brought: Mapping[str, Brought]
) -> DraftPage:
    """How a part stands on the desk, with the words of its place in it; `brought` are its
    pictures and films."""
    return stored_page(
        part.id,
        tag,
        {
            "sort": part.sort.value,
            "markdown": fill(words.markdown, swaps),
            "words": words.words(),
            "tags": [choice.tag for choice in words.choices],
        },
        brought,
    )


def stored_page(
    part: str, tag: str, payload: Mapping[str, Any], brought: Mapping[str, Brought]
) -> DraftPage:
    """The same of a draft that a link keeps. Marks of languages are for a page in `tag`."""
    if payload["sort"] == Sort.LESSON:
        return _lesson(part, tag, payload, brought)
    if payload["sort"] == Sort.PAGE:
        return _plain_page(part, tag, payload)
    words = [in_language(text, stands, tag) for _source, text, stands in payload["words"]]
    return DraftPage(words[0] if words else Text(""), Text(""), (), words)


def _lesson(
    part: str, tag: str, payload: Mapping[str, Any], brought: Mapping[str, Brought]
) -> DraftPage:
    stored = {
        "id": part,
        "number": 0,
        "minutes": 0,
        "sources": (),
        "state": "draft",
        "markdown": payload["markdown"],
        "tags": payload["tags"],
    }
    view = lesson_view(stored, tag)
    blocks = view.blocks(tag, _words(tag), {}, brought=brought)
    html = [Markup(block.html) for block in blocks]  # noqa: S704 (our own renderer's)
    return DraftPage(view.title, view.summary, html, ())


def _plain_page(part: str, tag: str, payload: Mapping[str, Any]) -> DraftPage:
    stored = {
        "slug": part.removeprefix("pages."),
        "state": "draft",
        "markdown": payload["markdown"],
        "tags": payload["tags"],
    }
    view = page_view(stored, tag, _words(tag))
    return DraftPage(view.title, view.summary, (view.html,), ())


def _words(tag: str) -> Any:
    interface: Interface = current_app.extensions["interface"]
    return interface.translations(tag).gettext
