"""Organisations: making, naming, closing and opening them, and their first administrators."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.wording import role_meaning, role_name
from edu.admin.choosing import manager_form
from edu.admin.forms import NameForm, RoleForm
from edu.admin.members import one_time_link
from edu.admin.telling import tell_server
from edu.doors import address, day_in_words, db, show, today
from edu.partners.actors import Actor
from edu.partners.links import INVITED_FOR, invite
from edu.partners.looking_after import (
    close_organisation,
    open_organisation,
    organisation_by_number,
    rename_organisation,
    with_second_step,
)
from edu.partners.members import (
    LastOne,
    grants_in,
    make_organisation,
    members_of,
    organisation_named,
    organisations,
)
from edu.partners.models import Organisation
from edu.partners.roles import Right, Role
from edu.partners.trail import Deed, Kind

bp = Blueprint("organisations", __name__, url_prefix="/<tag>/staff/server/organisations")

_ONE = "/<int(max=2147483647):organisation_id>"


@bp.get("")
@staff(Right.LOOK_AFTER_SERVER)
def index(_by: Actor) -> ResponseReturnValue:
    """All organisations, the open ones first."""
    return _index(NameForm())


def _index(form: NameForm) -> str:
    return show(
        "admin/organisations.html",
        organisations=organisations(db()),
        day=day_in_words,
        form=form,
        here="/staff/server/organisations",
    )


@bp.post("")
@staff(Right.LOOK_AFTER_SERVER)
def new(by: Actor) -> ResponseReturnValue:
    """Make an organisation. Nobody works in it until somebody is invited."""
    form = NameForm()
    if form.validate_on_submit() and _is_free(form):
        made = make_organisation(db(), form.name.data)
        db().flush()
        tell_server(by, Deed.MADE, Kind.ORGANISATION, made.name, houses=[made.id])
        return redirect(address("staff", "server", "organisations", made.id), 303)
    return _index(form), 422


def _is_free(form: NameForm, but: Organisation | None = None) -> bool:
    found = organisation_named(db(), form.name.data)
    if found is not None and found is not but:
        form.name.errors = [_("There is an organisation of this name already.")]
        return False
    return True


@bp.get(_ONE)
@staff(Right.LOOK_AFTER_SERVER)
def organisation(_by: Actor, organisation_id: int) -> ResponseReturnValue:
    """One organisation, and who works in it. Nothing of its groups is here."""
    found = _found(organisation_id)
    return _page(found, NameForm(name=found.name), manager_form())


def _found(organisation_id: int) -> Organisation:
    found = organisation_by_number(db(), organisation_id)
    if found is None:
        abort(404)
    return found


def _page(found: Organisation, name: NameForm, invitation: RoleForm, problem: str = "") -> str:
    members = members_of(db(), found.id)
    roles = (Role.ADMINISTRATOR, Role.KEEPER)
    return show(
        "admin/organisation.html",
        organisation=found,
        closed=day_in_words(found.closed_on) if found.closed_on else "",
        members=members,
        roles=lambda member: {role_name(Role(each.role)) for each in grants_in(member, found.id)},
        safe=with_second_step(db(), members),
        meanings=[(role_name(role), role_meaning(role)) for role in roles],
        name=name,
        invitation=invitation,
        confirm=ConfirmForm(),
        problem=problem,
        here=f"/staff/server/organisations/{found.id}",
    )


@bp.post(_ONE + "/name")
@staff(Right.LOOK_AFTER_SERVER)
def rename(by: Actor, organisation_id: int) -> ResponseReturnValue:
    """Call an organisation something else."""
    found, form = _found(organisation_id), NameForm()
    if form.validate_on_submit() and _is_free(form, but=found):
        before = found.name
        rename_organisation(db(), found, form.name.data)
        tell_server(by, Deed.RENAMED, Kind.ORGANISATION, found.name, before, houses=[found.id])
        return redirect(address("staff", "server", "organisations", found.id), 303)
    return _page(found, form, manager_form()), 422


@bp.post(_ONE + "/invite")
@staff(Right.LOOK_AFTER_SERVER)
def ask(by: Actor, organisation_id: int) -> ResponseReturnValue:
    """Invite somebody who will look after an organisation, or the server."""
    found, form = _found(organisation_id), manager_form()
    if found.closed_on is not None:
        abort(404)
    if not form.validate_on_submit():
        return _page(found, NameForm(name=found.name, formdata=None), form), 422
    secret = invite(db(), by.member, found, Role(form.role.data))
    tell_server(by, Deed.INVITED, Kind.INVITATION, found.name, form.role.data, houses=[found.id])
    return one_time_link(
        _("The invitation is ready"),
        address("staff", "invitation", secret),
        _("It works once, within %(days)d days.", days=INVITED_FOR.days),
        back=(address("staff", "server", "organisations", found.id), found.name),
    )


@bp.route(_ONE + "/close", methods=["GET", "POST"])
@staff(Right.LOOK_AFTER_SERVER)
def close(by: Actor, organisation_id: int) -> ResponseReturnValue:
    """Close an organisation, once that was confirmed."""
    found = _found(organisation_id)
    if found.closed_on is not None:
        return redirect(address("staff", "server", "organisations", found.id), 303)
    if ConfirmForm().validate_on_submit():
        try:
            close_organisation(db(), found, today())
        except LastOne:
            problem = _("Nobody who looks after this server could sign in any more.")
            form = NameForm(name=found.name, formdata=None)
            return _page(found, form, manager_form(), problem), 409
        tell_server(by, Deed.CLOSED, Kind.ORGANISATION, found.name, houses=[found.id])
        return redirect(address("staff", "server", "organisations"), 303)
    return confirm_page(
        _("Close this organisation?"),
        found.name,
        [
            _("Nobody can work in it any more, from this moment and on all devices."),
            _("Open invitations into it stop working."),
            _("Its groups, cards and reports are kept. Learners go on with their cards."),
            _("You can open it again at any time."),
        ],
        action=_("Close the organisation"),
        back=address("staff", "server", "organisations", found.id),
    )


@bp.post(_ONE + "/open")
@staff(Right.LOOK_AFTER_SERVER)
def reopen(by: Actor, organisation_id: int) -> ResponseReturnValue:
    """Open an organisation again: its members work there as before."""
    found = _found(organisation_id)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    if open_organisation(db(), found):
        tell_server(by, Deed.OPENED, Kind.ORGANISATION, found.name, houses=[found.id])
    return redirect(address("staff", "server", "organisations", found.id), 303)
