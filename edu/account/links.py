"""One-time links: taking a role by invitation, choosing a new password."""

from flask import Blueprint, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from edu.account.enter import let_in
from edu.account.forms import ConfirmForm, JoinForm, NewPasswordForm
from edu.account.scopes import role_for_trail, scope_of
from edu.account.signed_in import actor, sign_off
from edu.account.wording import role_name
from edu.doors import address, brake, count, db, settings, show
from edu.partners.actors import Actor
from edu.partners.links import invitation, reset_for, use_reset, use_up
from edu.partners.members import give_role, keep_password, make_member
from edu.partners.models import Member
from edu.partners.passwords import hashed
from edu.partners.roles import Role
from edu.partners.trail import Deed, Kind, write_down

bp = Blueprint("links", __name__, url_prefix="/<tag>/staff")


@bp.route("/invitation/<secret>", methods=["GET", "POST"])
def join(secret: str) -> ResponseReturnValue:
    """Take the role that is waiting: with a new account, or with the one signed in."""
    brake("wrong link")
    found = invitation(db(), secret)
    if found is None:
        return is_over()
    by = actor()
    form = JoinForm() if by is None else ConfirmForm()
    if form.validate_on_submit():
        if by is not None:
            return take_along(by, secret)
        done = _take_anew(form, secret)
        if done is not None:
            return done
        # The name was taken in this very moment.
        found = invitation(db(), secret)
        if found is None:
            return is_over()
    page = show(
        "account/invitation.html",
        form=form,
        login=by.login if by is not None else None,
        organisation=found.organisation.name,
        role=role_name(Role(found.role)),
        scope=scope_of(found),
        secret=secret,
        elsewhere=bool(settings().oidc_issuer),
    )
    return page, (422 if request.method == "POST" else 200)


def is_over() -> ResponseReturnValue:
    """A link that works no more, or never did."""
    count("wrong link")
    return show("account/link_over.html"), 404


def take_along(by: Actor, secret: str) -> ResponseReturnValue:
    """Whoever is signed in takes the role with her account, and works there from now on."""
    home = take(secret, by.member)
    if home is None:
        return is_over()
    by.device.organisation_id = home
    return redirect(address("staff"), 303)


def _take_anew(form: JoinForm, secret: str) -> ResponseReturnValue | None:
    """Take the role with a new account; None, and the form says why, when its name is taken."""
    try:
        member = make_member(db(), login=form.login.data, password=form.password.data)
        return is_over() if take(secret, member) is None else let_in(member)
    except IntegrityError:
        db().rollback()
        form.login.errors = [_("Somebody already signs in with this name.")]
        return None


def take(secret: str, member: Member) -> int | None:
    """Give what an invitation holds; the number of the organisation, or None when it is over."""
    found = use_up(db(), secret)
    if found is None:
        return None
    give_role(
        db(),
        member,
        found.organisation,
        Role(found.role),
        language=found.language,
        programme_id=found.programme_id,
    )
    told = role_for_trail(found)
    write_down(
        db(), found.organisation_id, member.login, Deed.JOINED, Kind.ORGANISATION, detail=told
    )
    return found.organisation_id


@bp.route("/reset/<secret>", methods=["GET", "POST"])
def reset(secret: str) -> ResponseReturnValue:
    """Choose a new password. A second step, if there is one, is asked for as ever."""
    brake("wrong link")
    member = reset_for(db(), secret)
    if member is None:
        return is_over()
    form = NewPasswordForm()
    form.about = (member.login,)
    if form.validate_on_submit():
        kept = hashed(form.password.data)
        if not use_reset(db(), secret):
            return is_over()
        keep_password(db(), member, kept)
        for home in {grant.organisation_id for grant in member.grants}:
            write_down(db(), home, member.login, Deed.CHOSE_PASSWORD, Kind.ACCOUNT)
        return sign_off(make_response(redirect(address("staff", "sign-in") + "?changed", 303)))
    page = show("account/reset.html", form=form, login=member.login)
    return page, (422 if request.method == "POST" else 200)
