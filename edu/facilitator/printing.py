"""The pages to print of a released module. Anybody may: what is in them is public."""

from collections.abc import Hashable
from functools import partial

from flask import Blueprint, abort, current_app
from flask.typing import ResponseReturnValue

from edu.doors import db, offered, show, today
from edu.editions.models import Release
from edu.editions.releasing import current_release
from edu.facilitator.finished import finished, kept
from edu.facilitator.printed import chapters, handout
from edu.interface import Interface
from edu.lessons.brought import Brought
from edu.media.shown import shown_to_learners
from edu.pages.speaking import spoken
from edu.pages.views import LessonView, ModuleView, Words, module_view

bp = Blueprint("printing", __name__, url_prefix="/<tag>")


def released(module: str) -> Release:
    """A module's release in the language spoken; any other one is not there."""
    release = current_release(db(), spoken(), module)
    if release is None or "lessons" not in release.payload:
        abort(404)
    return release


def view(release: Release) -> ModuleView:
    """A release as templates want it, in the language spoken."""
    return module_view(release.payload, release.id, spoken())


def brought(release: Release) -> dict[str, Brought]:
    """The pictures and films in it that may still be shown."""
    texts = (lesson["markdown"] for lesson in release.payload["lessons"])
    return shown_to_learners(db(), today(), texts)


def of_release(here: str, release: Release) -> tuple[Hashable, ...]:
    """What such a page is made of: a release never changes, but whoever is heard or seen in it
    may withdraw on a day, and other languages may come on offer."""
    tags, shown = tuple(each.tag for each in offered()), tuple(sorted(brought(release)))
    return here, spoken(), release.id, today(), tags, shown


def _words() -> Words:
    interface: Interface = current_app.extensions["interface"]
    found: Words = interface.translations(spoken()).gettext
    return found


@bp.get("/<name:module>/handbook")
def handbook(module: str) -> ResponseReturnValue:
    """All lessons of a module with the notes for whoever leads."""
    release, here = released(module), f"/{module}/handbook"
    return finished(kept(of_release(here, release), partial(handbook_page, release, here)))


def handbook_page(release: Release, here: str) -> str:
    """The page itself."""
    module = view(release)
    found = chapters(module, spoken(), _words(), today(), brought(release))
    return show("facilitator/handbook.html", module=module, chapters=found, here=here)


@bp.get("/<name:module>/<int:number>/handout")
def sheet(module: str, number: int) -> ResponseReturnValue:
    """One lesson on a sheet of paper."""
    release, here = released(module), f"/{module}/{number}/handout"
    found = view(release)
    lesson = next((each for each in found.lessons if each.number == number), None)
    if lesson is None:
        abort(404)
    make = partial(_sheet, release, found, lesson, here)
    return finished(kept(of_release(here, release), make))


def _sheet(release: Release, module: ModuleView, lesson: LessonView, here: str) -> str:
    printed = handout(lesson, spoken(), _words(), today(), brought(release))
    return show("facilitator/handout.html", module=module, lesson=lesson, sheet=printed, here=here)
