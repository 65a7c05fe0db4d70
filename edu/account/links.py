"""One-time links: taking a role by invitation, choosing a new password, asking for a letter."""

from flask import Blueprint, make_response, redirect, request
from flask.typing import ResponseReturnValue

from edu.account.enter import let_in
from edu.account.forms import ConfirmForm, JoinForm, NewPasswordForm
from edu.account.signed_in import actor, sign_off
from edu.account.wording import role_name
from edu.doors import address, brake, count, db, show
from edu.partners.links import invitation, reset_for
from edu.partners.members import give_role, make_member, new_password
from edu.partners.models import Invitation, Member
from edu.partners.roles import Role
from edu.partners.trail import Deed, Kind, write_down

bp = Blueprint("links", __name__, url_prefix="/<tag>/staff")


@bp.route("/invitation/<secret>", methods=["GET", "POST"])
def join(secret: str) -> ResponseReturnValue:
    """Take the role that is waiting: with a new account, or with the one signed in."""
    brake("wrong link")
    found = invitation(db(), secret)
    if found is None:
        count("wrong link")
        return show("account/link_over.html"), 404
    by = actor()
    form = JoinForm() if by is None else ConfirmForm()
    if form.validate_on_submit():
        if by is not None:
            _take(found, by.member)
            by.device.organisation_id = found.organisation_id
            return redirect(address("staff"), 303)
        member = make_member(db(), login=form.login.data, password=form.password.data)
        _take(found, member)
        return let_in(member)
    page = show(
        "account/invitation.html",
        form=form,
        login=by.login if by is not None else None,
        organisation=found.organisation.name,
        role=role_name(Role(found.role)),
        language_tag=found.language,
    )
    return page, (422 if request.method == "POST" else 200)


def _take(found: Invitation, member: Member) -> None:
    give_role(
        db(),
        member,
        found.organisation,
        Role(found.role),
        language=found.language,
        programme_id=found.programme_id,
    )
    write_down(
        db(), found.organisation_id, member.login, Deed.JOINED, Kind.ORGANISATION, detail=found.role
    )
    db().delete(found)
    db().flush()


@bp.route("/reset/<secret>", methods=["GET", "POST"])
def reset(secret: str) -> ResponseReturnValue:
    """Choose a new password. A second step, if there is one, is asked for as ever."""
    brake("wrong link")
    member = reset_for(db(), secret)
    if member is None:
        count("wrong link")
        return show("account/link_over.html"), 404
    form = NewPasswordForm()
    if form.validate_on_submit():
        new_password(db(), member, form.password.data)
        for home in {grant.organisation_id for grant in member.grants}:
            write_down(db(), home, member.login, Deed.CHOSE_PASSWORD, Kind.ACCOUNT)
        return sign_off(make_response(redirect(address("staff", "sign-in"), 303)))
    page = show("account/reset.html", form=form, login=member.login)
    return page, (422 if request.method == "POST" else 200)
