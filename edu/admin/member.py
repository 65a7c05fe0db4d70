"""One member of an organisation: her roles, the way back in, and the end of her work here."""

from functools import partial

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.scopes import role_for_trail
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.account.wording import role_meaning, role_name
from edu.admin.choosing import programme_names, role_form
from edu.admin.forms import RoleForm
from edu.admin.way_back import new_password, without_second_step
from edu.admin.wording import scope_words
from edu.doors import address, day_in_words, db, show, today
from edu.partners.actors import Actor
from edu.partners.looking_after import (
    dismiss,
    may_dismiss,
    may_help,
    roles_to_give,
    take_away,
    with_second_step,
)
from edu.partners.members import LastOne, give_role, grants_in, member_in
from edu.partners.models import Grant, Member
from edu.partners.roles import Right, Role, may_give
from edu.partners.trail import Deed, Kind

bp = Blueprint(
    "member", __name__, url_prefix="/<tag>/staff/members/<int(max=2147483647):member_id>"
)


@bp.get("")
@staff(Right.LOOK_AFTER_MEMBERS)
def member(by: Actor, member_id: int) -> ResponseReturnValue:
    """What she holds here, and what can be done for her."""
    return _page(by, _own(by, member_id), role_form(by))


def _own(by: Actor, member_id: int) -> Member:
    """A member of the organisation for which somebody works; nobody else is there for her."""
    found = member_in(db(), by.organisation_id, member_id)
    if found is None:
        abort(404)
    return found


def _page(by: Actor, found: Member, form: RoleForm, problem: str = "") -> str:
    held = grants_in(found, by.organisation_id)
    programmes = programme_names(by.organisation_id)
    return show(
        "admin/member.html",
        by=by,
        member=found,
        held=held,
        may_take=lambda grant: len(held) > 1 and may_give(by.grants, Role(grant.role)),
        may_help=may_help(by, found),
        may_dismiss=may_dismiss(by, found),
        has_second_step=found.id in with_second_step(db(), [found]),
        elsewhere=len(found.grants) > len(held),
        role_name=lambda grant: role_name(Role(grant.role)),
        scope=lambda grant: scope_words(grant, programmes),
        meanings=[(role_name(role), role_meaning(role)) for role in roles_to_give(by.grants)],
        ended=day_in_words(found.ended_on) if found.ended_on else "",
        problem=problem,
        form=form,
        confirm=ConfirmForm(),
        here=f"/staff/members/{found.id}",
    )


@bp.post("/roles")
@staff(Right.LOOK_AFTER_MEMBERS)
def give(by: Actor, member_id: int) -> ResponseReturnValue:
    """One more role."""
    found, form = _own(by, member_id), role_form(by)
    if not form.validate_on_submit():
        return _page(by, found, form), 422
    given = give_role(
        db(),
        found,
        by.organisation,
        Role(form.role.data),
        language=form.language.data,
        programme_id=form.programme_id,
    )
    if given:
        tell(by, Deed.GAVE_ROLE, Kind.ACCOUNT, found.login, role_for_trail(found.grants[-1]))
    return redirect(address("staff", "members", member_id), 303)


@bp.post("/roles/<int(max=2147483647):grant_id>/take")
@staff(Right.LOOK_AFTER_MEMBERS)
def take(by: Actor, member_id: int, grant_id: int) -> ResponseReturnValue:
    """One role less; it can be given again. The last one ends her work here, which is asked."""
    found = _own(by, member_id)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    held = grants_in(found, by.organisation_id)
    grant = next((each for each in held if each.id == grant_id), None)
    if grant is None:
        abort(404)
    if len(held) == 1:
        return redirect(address("staff", "members", member_id, "remove"), 303)
    return _take(by, found, grant)


def _take(by: Actor, found: Member, grant: Grant) -> ResponseReturnValue:
    role, told = grant.role, role_for_trail(grant)
    if not may_give(by.grants, Role(role)):
        abort(403)
    try:
        take_away(db(), grant)
    except LastOne:
        return _page(by, found, role_form(by), last_one(Role(role))), 409
    tell(by, Deed.TOOK_ROLE, Kind.ACCOUNT, found.login, told)
    return redirect(_on(by, found, found.id), 303)


def _on(by: Actor, found: Member, *then: object) -> str:
    """Where to go on: not to pages that somebody has just closed to herself."""
    return address("staff") if found.id == by.member.id else address("staff", "members", *then)


def last_one(role: Role) -> str:
    """Why a role cannot be taken."""
    if role is Role.KEEPER:
        return _("Nobody else could look after this server. First give somebody that role.")
    return _("Nobody else could look after this organisation. First make somebody administrator.")


@bp.post("/reset")
@staff(Right.LOOK_AFTER_MEMBERS)
def reset(by: Actor, member_id: int) -> ResponseReturnValue:
    """A link by which she chooses a new password."""
    found = _own(by, member_id)
    return new_password(by, found, _here(found), partial(_tell, by, found))


def _here(found: Member) -> str:
    return address("staff", "members", found.id)


def _tell(by: Actor, found: Member, deed: Deed) -> None:
    tell(by, deed, Kind.ACCOUNT, found.login)


@bp.route("/second-step", methods=["GET", "POST"])
@staff(Right.LOOK_AFTER_MEMBERS)
def second_step(by: Actor, member_id: int) -> ResponseReturnValue:
    """Take a lost second step away, once that was confirmed."""
    found = _own(by, member_id)
    return without_second_step(by, found, _here(found), partial(_tell, by, found))


@bp.route("/remove", methods=["GET", "POST"])
@staff(Right.LOOK_AFTER_MEMBERS)
def remove(by: Actor, member_id: int) -> ResponseReturnValue:
    """The end of her work here, once that was confirmed."""
    found = _own(by, member_id)
    if not may_dismiss(by, found):
        abort(403)
    if ConfirmForm().validate_on_submit():
        try:
            dismiss(db(), found, by.organisation_id, today())
        except LastOne:
            roles = {each.role for each in grants_in(found, by.organisation_id)}
            role = Role.KEEPER if Role.KEEPER in roles else Role.ADMINISTRATOR
            return _page(by, found, role_form(by), last_one(role)), 409
        tell(by, Deed.REMOVED, Kind.ACCOUNT, found.login)
        return redirect(_on(by, found), 303)
    return confirm_page(
        _("Remove from the organisation?"),
        found.login,
        [
            _("This person loses all roles in this organisation, at once and on all devices."),
            _("Groups, cards and reports stay. To undo this, invite the person again."),
            *(
                []
                if len(found.grants) > len(grants_in(found, by.organisation_id))
                else [
                    _("No other organisation is left, so the account ends. Its name stays taken.")
                ]
            ),
        ],
        action=_("Remove from the organisation"),
        back=_here(found),
    )
