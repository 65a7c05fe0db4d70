"""Content updates: what was released when, what changed in it, and what is waiting."""

from flask import Blueprint, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.admin.jobs import jobs, pages_anew
from edu.admin.wording import sort_name, state_name
from edu.database import Database
from edu.doors import day_in_words, db, settings, show
from edu.editions.drift.differences import differences
from edu.editions.shelf import release_before, release_of, releases
from edu.health import published
from edu.languages import language
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.server.jobs import Work

bp = Blueprint("content", __name__, url_prefix="/<tag>/staff/server/content")

#: Releases on one page.
_PAGE = 50


@bp.get("")
@staff(Right.LOOK_AFTER_SERVER)
def index(_by: Actor) -> ResponseReturnValue:
    """The releases, newest first, and whether something new is waiting on the disk."""
    before = request.args.get("before", type=int)
    before = None if before is None else max(0, min(before, 2**31 - 1))
    found = releases(db(), before=before, limit=_PAGE + 1)
    return show(
        "admin/content.html",
        releases=found[:_PAGE],
        older=found[_PAGE - 1].id if len(found) > _PAGE else None,
        first=before is None,
        waiting=before is None and _is_waiting(),
        last=jobs().newest(Work.PUBLISH),
        day=day_in_words,
        known=language,
        state_name=state_name,
        form=ConfirmForm(),
        here="/staff/server/content",
    )


def _is_waiting() -> bool:
    """Whether the finished pages are older than what they are made of."""
    database: Database = current_app.extensions["database"]
    files = published.digest_of_files(settings())
    return not published.are_fresh(database, settings(), files)


@bp.post("")
@staff(Right.LOOK_AFTER_SERVER)
def release(by: Actor) -> ResponseReturnValue:
    """Check what is on the disk and release it."""
    if not ConfirmForm().validate_on_submit():
        abort(400)
    return pages_anew(by)


@bp.get("/<int(max=2147483647):release_id>")
@staff(Right.LOOK_AFTER_SERVER)
def changed(_by: Actor, release_id: int) -> ResponseReturnValue:
    """What one release changed, block by block."""
    found = release_of(db(), release_id)
    if found is None:
        abort(404)
    before = release_before(db(), found)
    return show(
        "admin/release.html",
        release=found,
        spoken=language(found.tag),
        day=day_in_words(found.made_at.date()),
        state=state_name(found.state),
        before=before,
        differences=differences(before.payload if before else None, found.payload),
        sort_name=sort_name,
        place_name=_place_name,
        here=f"/staff/server/content/{release_id}",
    )


def _place_name(place: str) -> str:
    """What a part of a module's head is called; empty for a lesson, a page or a question, which
    have names of their own."""
    names = {
        "title": _("title of the module"),
        "summary": _("what the module is about, one or two sentences"),
        "content_note": _("what a reader may want to know before"),
    }
    return names.get(place, "")
