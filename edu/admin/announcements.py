"""Announcements: making, changing and taking them back."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.admin.choosing import language_choices
from edu.admin.forms import AnnouncementForm
from edu.admin.telling import tell_server
from edu.doors import address, day_in_words, db, show, today
from edu.pages.speaking import spoken
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.server.announcements import (
    all_announcements,
    announce,
    announcement_of,
    rewrite,
    withdraw,
)
from edu.server.models import Announcement

bp = Blueprint("announcements", __name__, url_prefix="/<tag>/staff/server/announcements")

_ONE = "/<int(max=2147483647):number>"
_BACK = ("staff", "server", "announcements")


@bp.get("")
@staff(Right.LOOK_AFTER_SERVER)
def index(_by: Actor) -> ResponseReturnValue:
    """What is announced now, and what will be."""
    return show(
        "admin/announcements.html",
        announcements=all_announcements(db()),
        audience=dict(_audiences()),
        day=day_in_words,
        here="/staff/server/announcements",
    )


def _audiences() -> list[tuple[str, str]]:
    return [
        ("staff", _("Only people who work here")),
        ("everybody", _("Everybody, learners too")),
    ]


def _form(found: Announcement | None = None) -> AnnouncementForm:
    if found is None:
        form = AnnouncementForm(language=spoken(), audience="staff", starts_on=today())
    else:
        form = AnnouncementForm(
            text=found.text,
            language=found.tag,
            audience=found.audience,
            starts_on=found.starts_on,
            ends_on=found.ends_on,
        )
    form.offer(language_choices(), _audiences())
    return form


@bp.route("/new", methods=["GET", "POST"])
@staff(Right.LOOK_AFTER_SERVER)
def new(by: Actor) -> ResponseReturnValue:
    """Announce something."""
    form = _form()
    if form.validate_on_submit():
        made = announce(db(), form.draft)
        tell_server(by, Deed.MADE, Kind.ANNOUNCEMENT, str(made.id), made.audience)
        return redirect(address(*_BACK), 303)
    page = show("admin/announcement.html", form=form, here="/staff/server/announcements/new")
    return page, (422 if form.is_submitted() else 200)


@bp.route(_ONE, methods=["GET", "POST"])
@staff(Right.LOOK_AFTER_SERVER)
def change(by: Actor, number: int) -> ResponseReturnValue:
    """Other words or days."""
    found = _found(number)
    form = _form(found)
    if form.validate_on_submit():
        rewrite(db(), found, form.draft)
        tell_server(by, Deed.SET, Kind.ANNOUNCEMENT, str(number), found.audience)
        return redirect(address(*_BACK), 303)
    page = show(
        "admin/announcement.html",
        form=form,
        number=number,
        here=f"/staff/server/announcements/{number}",
    )
    return page, (422 if form.is_submitted() else 200)


def _found(number: int) -> Announcement:
    found = announcement_of(db(), number)
    if found is None:
        abort(404)
    return found


@bp.route(_ONE + "/delete", methods=["GET", "POST"])
@staff(Right.LOOK_AFTER_SERVER)
def delete(by: Actor, number: int) -> ResponseReturnValue:
    """Take an announcement back, once that was confirmed."""
    found = _found(number)
    if ConfirmForm().validate_on_submit():
        withdraw(db(), found)
        tell_server(by, Deed.TOOK_BACK, Kind.ANNOUNCEMENT, str(number), found.audience)
        return redirect(address(*_BACK), 303)
    return confirm_page(
        _("Delete this announcement?"),
        found.text,
        [_("Nobody will see it any more. To have it back you must write it again.")],
        action=_("Delete it"),
        back=address(*_BACK),
    )
