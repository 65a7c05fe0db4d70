"""The page as learners will see it, with the words that are on the desk at this moment.

It is made by the same templates and the same renderer as the finished pages, in the language of
the edition, and may be shown in a frame by our own pages only.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response, current_app, make_response
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from edu.account.signed_in import staff
from edu.doors import db, settings, show, today
from edu.editions.parts import Sort
from edu.editions.workplace.lines import Sheet
from edu.editions.workplace.preview import CannotBeShown, Preview, preview
from edu.editions.workplace.unsaved import typed_in
from edu.interface import Interface
from edu.languages import language
from edu.lessons.brought import Brought
from edu.pages.headers import FRAMED
from edu.pages.place import SUPPORT, place_view
from edu.pages.site import BEHIND_THE_SCENES
from edu.pages.speaking import speaking
from edu.pages.views import ModuleView, lesson_view, page_view, stored_text
from edu.pages.voices import page_with_voices, with_voices
from edu.partner.form_preview import questionnaire
from edu.partner.media_access import shown_at_desk
from edu.partner.places import READERS, Desk, at_desk, sheet_at
from edu.partners.actors import Actor
from edu.recordings.heard import voices, voices_on, voices_on_page

bp = Blueprint("preview", __name__, url_prefix="/<tag>/staff/editions")


@bp.get("/<edition>/<name:module>/<part>/preview")
@staff(*READERS)
def page(by: Actor, edition: str, module: str, part: str) -> ResponseReturnValue:
    """One part as it would be if it were released now; with what she has typed and not saved."""
    desk = at_desk(by, edition)
    found = sheet_at(desk, module, part)
    try:
        made = preview(db(), settings().root, found, _typed(desk, found))
    except CannotBeShown:
        return _framed(show("partner/desk_broken.html")), 200
    brought = shown_at_desk(desk.tag, [made.payload["markdown"]])
    with speaking(desk.tag):
        return _framed(_render(found, made, brought))


def _typed(desk: Desk, found: Sheet) -> dict[str, str]:
    """What she has typed and not saved, by segment."""
    if found.edition is None:
        return {}
    kept = typed_in(db(), found.edition.id, desk.by.member.id)
    return {
        line.segment.key: kept[line.rendering.id].text
        for line in found.lines
        if line.rendering is not None and line.rendering.id in kept
    }


def _framed(html: str) -> Response:
    response = make_response(html)
    response.headers.extend(FRAMED)
    return response


def _render(found: Sheet, made: Preview, brought: Mapping[str, Brought]) -> str:
    draws: Mapping[Sort, Callable[[Sheet, Preview], tuple[str, dict[str, Any]]]] = {
        Sort.LESSON: partial(_lesson, brought),
        Sort.PAGE: _page,
        Sort.MODULE: _module,
        Sort.INSTRUMENT: questionnaire,
    }
    template, context = draws[found.part.sort](found, made)
    found_template = current_app.jinja_env.get_template(template)
    return found_template.render(language=language(found.tag), offered=[], here=None, **context)


def _words(tag: str) -> Any:
    interface: Interface = current_app.extensions["interface"]
    return interface.translations(tag).gettext


def _lesson(
    brought: Mapping[str, Brought], found: Sheet, made: Preview
) -> tuple[str, dict[str, Any]]:
    view = lesson_view(made.payload, found.tag)
    left_out = view.hidden(today()).union(BEHIND_THE_SCENES)
    words = _words(found.tag)
    heard = voices_on(voices(db(), today(), view.id), found.tag, view.id, view.markdown)
    blocks = with_voices(view.blocks(found.tag, words, {}, brought=brought), heard, words)
    shown = [block for block in blocks if block.name not in left_out]
    return "pages/lesson.html", {
        "lesson": view,
        "module": _head(found, made),
        "blocks": [Markup(block.html) for block in shown],  # noqa: S704 (our own renderer's)
        "last": view.number == made.lessons,
        "board": False,
    }


def _head(found: Sheet, made: Preview) -> dict[str, Any]:
    """What a lesson's page says of its module: what it is called, and how many lessons it has."""
    return {
        "id": found.part.module,
        "title": stored_text(made.module, found.tag),
        "lessons": range(made.lessons),
        "release_id": 0,
    }


def _page(found: Sheet, made: Preview) -> tuple[str, dict[str, Any]]:
    words = _words(found.tag)
    view = page_view(made.payload, found.tag, words)
    spoken = voices(db(), today(), found.part.id)
    heard = voices_on_page(spoken, found.tag, view.slug, made.payload["markdown"])
    view = page_with_voices(view, heard, words)
    place = place_view(db(), found.tag, today()) if view.slug == SUPPORT else None
    return "pages/plain.html", {"page": view, "place": place}


def _module(found: Sheet, made: Preview) -> tuple[str, dict[str, Any]]:
    empty = {"text": "", "tag": found.tag, "state": "original"}
    texts = {
        name: stored_text(made.words.get(f"{found.part.id}|{name}", empty), found.tag)
        for name in ("title", "summary", "content_note")
    }
    view = ModuleView(
        id=found.part.id,
        release_id=0,
        minutes=0,
        state=made.payload["state"],
        complete=True,
        lessons=[],
        credits=(),
        changes=[],
        **texts,
    )
    return "partner/desk_module_head.html", {"module": view}
