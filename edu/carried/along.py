"""A module as one file, for anybody: what is in it is public."""

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from edu.carried.book import House, Wanted, book, file_name
from edu.carried.withdrawn import withdrawn_until_now
from edu.doors import db, show, today
from edu.editions.models import Release
from edu.editions.releasing import current_release
from edu.facilitator.finished import Finished, Shelf
from edu.lessons.lesson import read_lesson
from edu.pages.place import place_view
from edu.pages.speaking import spoken
from edu.pages.views import module_view
from edu.recordings.heard import voices, voices_on

PAGE = "text/html; charset=utf-8"
bp = Blueprint("along", __name__, url_prefix="/<tag>/<name:module>/along")
#: Files that were asked for last stay in memory: those with recordings are heavy.
LIGHT, HEAVY = "carried", "carried with sound"


def house() -> House:
    """What files are made with."""
    app = current_app
    return House(app.jinja_env, app.extensions["interface"], app.extensions["settings"])


@bp.get("")
def along(module: str) -> ResponseReturnValue:
    """What such a file is, how large it is, and the way to it."""
    release = _released(module)
    sizes = [(sounds, len(_file(release, sounds=sounds).body)) for sounds in _offered(release)]
    return show(
        "carried/along.html",
        module=module_view(release.payload, release.id, spoken()),
        number=release.number,
        files=[(sounds, -(-size // 1024)) for sounds, size in sizes],
        here=f"/{module}/along",
    )


@bp.get("/<any(plain, sound):kind>")
def take(module: str, kind: str) -> ResponseReturnValue:
    """The file."""
    release = _released(module)
    sounds = kind == "sound"
    if sounds not in _offered(release):
        abort(404)
    found = _file(release, sounds=sounds)
    wanted = Wanted(spoken(), [release], sounds)
    packed = request.accept_encodings["gzip"] > 0
    answer = Response(found.packed if packed else found.body, content_type=PAGE)
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers.set("Content-Disposition", "attachment", filename=file_name(wanted))
    answer.set_etag(found.tag)
    return answer


def _released(module: str) -> Release:
    release = current_release(db(), spoken(), module)
    if release is None or "lessons" not in release.payload:
        abort(404)
    return release


def _offered(release: Release) -> list[bool]:
    """Without recordings; and with them, where there are any."""
    found = voices(db(), today())
    lessons = release.payload["lessons"]
    heard = any(
        voice is not None
        for each in lessons
        for voice in voices_on(found, spoken(), each["id"], each["markdown"])
    )
    told = any(_story_is_recorded(each["markdown"]) for each in lessons)
    return [False, True] if heard or told else [False]


def _story_is_recorded(markdown: str) -> bool:
    lesson, _mistakes = read_lesson(markdown, file="", id="")
    return bool(lesson and lesson.story and lesson.story.audio)


def _file(release: Release, *, sounds: bool) -> Finished:
    """The file, made once for as long as nothing in it changes."""
    shelf: Shelf = current_app.extensions[HEAVY if sounds else LIGHT]
    place = place_view(db(), spoken(), today())
    pages = current_release(db(), spoken(), "pages")
    of = (
        spoken(),
        release.id,
        pages.id if pages is not None else None,
        today(),
        repr(place),
        withdrawn_until_now(db()),
    )
    wanted = Wanted(spoken(), [release], sounds)
    return shelf.page(of, lambda: book(db(), house(), wanted, today()).decode())
