"""Sessions of trainers that a colleague watched, and the hours a trainer has led."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.account.within_reach import own_group
from edu.doors import address, day_in_words, db, show, today
from edu.groups.models import Group
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.planner.following_forms import ObservedForm
from edu.planner.following_words import skill_words
from edu.programmes.following_models import ObservedSession
from edu.programmes.observing import (
    SKILLS,
    forget_observed,
    keep_observed,
    observed_in,
    observed_one,
    trainers_of,
)

bp = Blueprint(
    "observing",
    __name__,
    url_prefix="/<tag>/staff/groups/<int(max=2147483647):group_id>/observed",
)


@bp.get("")
@staff(Right.LEAD_GROUPS)
def index(by: Actor, group_id: int) -> ResponseReturnValue:
    """What colleagues saw in this group, and the list to fill in or to print."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    form = _form(group)
    form.day.data = today()
    return _page(group, form)


def _form(group: Group) -> ObservedForm:
    form = ObservedForm()
    form.offer([(each.id, each.login) for each in trainers_of(db(), group)])
    return form


def _page(group: Group, form: ObservedForm) -> str:
    return show(
        "planner/observed.html",
        group=group,
        form=form,
        observed=[
            (each, day_in_words(each.day), login, [skill_words(skill) for skill in each.skills])
            for each, login in observed_in(db(), group.id)
        ],
        skills=[skill_words(each) for each in SKILLS],
        here=f"/staff/groups/{group.id}/observed",
    )


@bp.post("")
@staff(Right.LEAD_GROUPS)
@once
def new(by: Actor, group_id: int) -> ResponseReturnValue:
    """Keep what was seen."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    form = _form(group)
    if not form.validate_on_submit():
        return _page(group, form), 422
    keep_observed(db(), group.id, form.seen)
    _tell(by, Deed.MADE, group)
    return _back(group)


def _tell(by: Actor, deed: Deed, group: Group) -> None:
    tell(by, deed, Kind.OBSERVED_SESSION, group.name)


def _back(group: Group) -> ResponseReturnValue:
    return redirect(address("staff", "groups", group.id, "observed"), 303)


def _own(group: Group, observed_id: int) -> ObservedSession:
    found = observed_one(db(), group.id, observed_id)
    if found is None:
        abort(404)
    return found


@bp.route("/<int(max=2147483647):observed_id>/delete", methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
def delete(by: Actor, group_id: int, observed_id: int) -> ResponseReturnValue:
    """Delete what was seen, after a second look."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    found, form = _own(group, observed_id), ConfirmForm()
    if form.validate_on_submit():
        forget_observed(db(), found)
        _tell(by, Deed.DELETED, group)
        return _back(group)
    return confirm_page(
        _("Delete this observed session?"),
        day_in_words(found.day),
        [_("It is gone for good. It is no longer counted for the trainer.")],
        action=_("Delete it"),
        back=address("staff", "groups", group.id, "observed"),
    )
