"""The pictures and films that addresses name, and what pages of the desk show of them."""

import re
from collections.abc import Callable, Iterable

from flask import Response, abort, current_app, request

from edu.doors import address, afterwards, db
from edu.languages import language
from edu.lessons.brought import ENDINGS, Brought
from edu.media.keeping import body_of, medium_named
from edu.media.models import Medium
from edu.media.shown import shown_at_work
from edu.partners.actors import Actor
from edu.partners.trail import Deed, Kind, write_down
from edu.server.jobs import Jobs, UnderWay, Work

_FILE = re.compile(r"(own-[a-z]{16})-([a-z]+)(\.[a-z0-9]+)")
_TYPES = {".jpg": "image/jpeg", ".mp4": "video/mp4", ".vtt": "text/vtt"}


def shown_at_desk(tag: str, texts: Iterable[str]) -> dict[str, Brought]:
    """The pictures and films of drafts, for whoever works on a language."""
    return shown_at_work(db(), texts, address("staff", "media", tag, "file", ""))


def medium_at(tag: str, name: str) -> Medium:
    """A picture or film of a language; 404 where there is none such."""
    found = medium_named(db(), name)
    if found is None or found.tag != tag:
        abort(404)
    return found


def medium_along(tag: str, name: str) -> Medium:
    """One that a language shows: its own, or one of a language it falls back to."""
    found = medium_named(db(), name)
    if found is None or found.tag not in language(tag).chain:
        abort(404)
    return found


def file_answer(file: str, medium: Callable[[str], Medium]) -> Response:
    """One file of a picture or film, by its name; 404 where there is none such. `medium` finds
    what whoever asks may see."""
    asked = _FILE.fullmatch(file)
    if asked is None or ENDINGS.get(asked[2]) != asked[3]:
        abort(404)
    body = body_of(db(), medium(asked[1]), asked[2])
    if body is None:
        abort(404)
    answer = Response(body, mimetype=_TYPES[asked[3]])
    answer.headers["Cache-Control"] = "private, max-age=300"
    # Players ask for parts of a film, to know how long it is.
    answer.make_conditional(request, accept_ranges=True, complete_length=len(body))
    return answer


def films_soon() -> None:
    """Begin to pack films once this request is committed; a job that runs takes them along."""
    jobs: Jobs = current_app.extensions["jobs"]
    try:
        _number, begin = jobs.start(db(), Work.FILMS)
    except UnderWay:
        return
    afterwards(lambda _session: begin())


def tell(by: Actor, deed: Deed, medium: Medium) -> None:
    """Into the trail: of which lesson, never who is seen."""
    name, kind = f"{medium.tag} {medium.part}", Kind(medium.kind)
    write_down(db(), by.organisation_id, by.login, deed, kind, name, str(medium.id))
