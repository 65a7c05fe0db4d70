"""What whoever leads takes along to a place without a network: big screens and handbook, each as
one file. Anybody may: what is in them is public."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.doors import day_in_words, public_address, settings, show, today
from edu.editions.models import Release
from edu.facilitator.finished import Finished, finished, kept
from edu.facilitator.one_file import one_file
from edu.facilitator.printing import handbook_page, of_release, released, view
from edu.facilitator.wording import size_words
from edu.pages.speaking import spoken
from edu.pages.store import Page, etag
from edu.pages.sums import Sums
from edu.pages.views import LessonView, Text

bp = Blueprint("files", __name__, url_prefix="/<tag>/<name:module>/files")


@dataclass(frozen=True)
class _Offer:
    """One file that may be taken along."""

    title: Text
    name: str
    size: str


@bp.get("")
def index(module: str) -> ResponseReturnValue:
    """Every file with its size."""
    release = released(module)
    found = view(release)
    handbook = _Offer(
        Text(_("Handbook")), "handbook.html", size_words(len(_handbook(release).body))
    )
    screens = [
        _Offer(each.title, f"{each.number}.html", size_words(len(page.body)))
        for each in found.lessons
        if (page := _screen(release, each)) is not None
    ]
    return show(
        "facilitator/files.html",
        module=found,
        handbook=handbook,
        screens=screens,
        here=f"/{module}/files",
    )


@bp.get("/handbook.html")
def handbook(module: str) -> ResponseReturnValue:
    """The handbook of the module."""
    return _download(_handbook(released(module)), f"{module}-handbook-{spoken()}.html")


@bp.get("/<int:number>.html")
def screen(module: str, number: int) -> ResponseReturnValue:
    """The big screen of one lesson."""
    release = released(module)
    lesson = next((each for each in view(release).lessons if each.number == number), None)
    page = _screen(release, lesson) if lesson is not None else None
    if page is None:
        abort(404)
    return _download(page, f"{module}-{number}-{spoken()}.html")


def _handbook(release: Release) -> Finished:
    here = f"/{release.module}/handbook"
    return kept(
        (*of_release(here, release), public_address()),
        lambda: one_file(handbook_page(release, here), _published, _told(here)),
    )


def _screen(release: Release, lesson: LessonView) -> Finished | None:
    """None while its finished page is not there."""
    here = f"/{release.module}/{lesson.number}/show/"
    page = _published(f"/{spoken()}{here}")
    if page is None:
        return None
    body = page.decode()
    return kept(
        (*of_release(here, release), public_address(), etag(page)),
        lambda: one_file(body, _published, _told(here)),
    )


def _published(address: str) -> bytes | None:
    """A finished page or what belongs to one, unless a worn-out card has changed it."""
    folder = settings().published
    file = folder / Page(address.removeprefix("/"), b"").file
    try:
        body, changed = file.read_bytes(), file.stat().st_mtime_ns
    except OSError:
        return None
    return body if Sums(folder).fits(file.relative_to(folder).as_posix(), body, changed) else None


def _told(here: str) -> str:
    """Where the file is from, and where the newest one is."""
    return render_template(
        "facilitator/file_told.html",
        day=day_in_words(today()),
        site=f"{public_address()}/{spoken()}{here}",
    )


def _download(page: Finished, name: str) -> Response:
    answer = finished(page)
    # The file names the address under which somebody asked, which is nobody else's business.
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
