"""Accounts for whoever looks after the server: letting somebody back in, keepers' own role."""

from functools import partial

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.wording import role_name
from edu.admin.member import last_one
from edu.admin.telling import houses_of, tell_server
from edu.admin.way_back import new_password, without_second_step
from edu.doors import address, day_in_words, db, show
from edu.partners.actors import Actor
from edu.partners.looking_after import (
    may_help,
    member_anywhere,
    take_away,
    with_second_step,
)
from edu.partners.members import LastOne
from edu.partners.models import Grant, Member
from edu.partners.roles import Right, Role
from edu.partners.trail import Deed, Kind

bp = Blueprint(
    "accounts", __name__, url_prefix="/<tag>/staff/server/accounts/<int(max=2147483647):member_id>"
)


@bp.get("")
@staff(Right.LOOK_AFTER_SERVER)
def account(by: Actor, member_id: int) -> ResponseReturnValue:
    """One account, with the roles it holds anywhere."""
    return _page(by, _found(member_id))


def _found(member_id: int) -> Member:
    found = member_anywhere(db(), member_id)
    if found is None:
        abort(404)
    return found


def _page(by: Actor, found: Member, problem: str = "") -> str:
    return show(
        "admin/account.html",
        by=by,
        member=found,
        role_name=lambda grant: role_name(Role(grant.role)),
        is_keeper=lambda grant: grant.role == Role.KEEPER,
        may_help=may_help(by, found),
        has_second_step=found.id in with_second_step(db(), [found]),
        ended=day_in_words(found.ended_on) if found.ended_on else "",
        problem=problem,
        confirm=ConfirmForm(),
        here=f"/staff/server/accounts/{found.id}",
    )


@bp.post("/reset")
@staff(Right.LOOK_AFTER_SERVER)
def reset(by: Actor, member_id: int) -> ResponseReturnValue:
    """A link by which she chooses a new password; her organisations can read that it was made."""
    found = _found(member_id)
    return new_password(by, found, _here(found), partial(_tell, by, found))


def _here(found: Member) -> str:
    return address("staff", "server", "accounts", found.id)


def _tell(by: Actor, found: Member, deed: Deed) -> None:
    tell_server(by, deed, Kind.ACCOUNT, found.login, houses=houses_of(found))


@bp.route("/second-step", methods=["GET", "POST"])
@staff(Right.LOOK_AFTER_SERVER)
def second_step(by: Actor, member_id: int) -> ResponseReturnValue:
    """Take a lost second step away, once that was confirmed."""
    found = _found(member_id)
    return without_second_step(by, found, _here(found), partial(_tell, by, found))


@bp.post("/roles/<int(max=2147483647):grant_id>/take")
@staff(Right.LOOK_AFTER_SERVER)
def take(by: Actor, member_id: int, grant_id: int) -> ResponseReturnValue:
    """Take the server out of somebody's hands. Other roles are her organisation's to take."""
    found = _found(member_id)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    grant = next((each for each in found.grants if each.id == grant_id), None)
    if grant is None or grant.role != Role.KEEPER:
        abort(404)
    return _take(by, found, grant)


def _take(by: Actor, found: Member, grant: Grant) -> ResponseReturnValue:
    home = grant.organisation_id
    try:
        take_away(db(), grant)
    except LastOne:
        return _page(by, found, last_one(Role.KEEPER)), 409
    tell_server(by, Deed.TOOK_ROLE, Kind.ACCOUNT, found.login, Role.KEEPER.value, houses=[home])
    where = address("staff") if found.id == by.member.id else address("staff", "server")
    return redirect(where, 303)
