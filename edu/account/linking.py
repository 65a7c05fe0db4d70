"""Tying one's account to one at another house: to an account that is there, or by invitation."""

from flask import Blueprint, Response, abort, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from edu.account.enter import enter_from_there
from edu.account.forms import ConfirmForm, JoinElsewhereForm, PasswordForm
from edu.account.house import (
    JOIN,
    LINK,
    came_back,
    forget,
    house,
    keep,
    refused,
    way_there,
)
from edu.account.links import is_over, take
from edu.account.own import knows, tell_own
from edu.account.scopes import scope_of
from edu.account.signed_in import staff
from edu.account.wording import role_name
from edu.doors import address, brake, db, show
from edu.partners.actors import Actor
from edu.partners.links import invitation
from edu.partners.members import link_account, make_member, member_known_as
from edu.partners.models import Invitation, Member
from edu.partners.openid import Refused
from edu.partners.roles import Role

bp = Blueprint("linking", __name__, url_prefix="/<tag>/staff/account/elsewhere")
invited_bp = Blueprint("invited", __name__, url_prefix="/<tag>/staff")


@bp.route("", methods=["GET", "POST"])
@staff()
def link(by: Actor) -> ResponseReturnValue:
    """Begin to link one's account, or take the link away."""
    if by.member.password_hash is None:
        # Without a password the link is her only way in.
        return show("account/elsewhere_link.html", by=by, form=None, house=house().name)
    form = PasswordForm()
    if form.validate_on_submit() and knows(by, form):
        return _take_away(by) if by.member.subject else _go(by)
    page = show(
        "account/elsewhere_link.html",
        by=by,
        form=form,
        house=house().name,
        here="/staff/account/elsewhere",
    )
    return page, (422 if request.method == "POST" else 200)


def _take_away(by: Actor) -> Response:
    link_account(db(), by.member, None)
    tell_own(by, "link taken away")
    return make_response(redirect(address("staff", "account"), 303))


def _go(by: Actor) -> ResponseReturnValue:
    """A page with the way there: a form of ours may lead nowhere else."""
    try:
        where, kept = way_there(LINK, by.device.number)
    except Refused as error:
        return refused(error)
    page = show("account/elsewhere_go.html", where=where, house=house().name)
    return keep(make_response(page), kept)


@bp.route("/on", methods=["GET", "POST"])
@staff()
def link_on(by: Actor) -> ResponseReturnValue:
    """Link the account of whoever came back."""
    told = came_back()
    if told is None or told["purpose"] != LINK or told["given"] != by.device.number:
        return redirect(address("staff", "account"), 303)
    form = ConfirmForm()
    if form.validate_on_submit():
        if not link_account(db(), by.member, told["subject"]):
            return forget(make_response(show("account/elsewhere_taken.html"), 422))
        tell_own(by, "linked")
        return forget(make_response(redirect(address("staff", "account"), 303)))
    return show("account/elsewhere_on.html", form=form, login=by.login, house=house().name)


@invited_bp.get("/invitation/<secret>/elsewhere")
def go_invited(secret: str) -> ResponseReturnValue:
    """Go there to take a role."""
    brake("wrong link")
    if invitation(db(), secret) is None:
        return is_over()
    try:
        where, kept = way_there(JOIN, secret)
    except Refused as error:
        return refused(error)
    return keep(make_response(redirect(where, 303)), kept)


@invited_bp.route("/invited/elsewhere", methods=["GET", "POST"])
def join_on() -> ResponseReturnValue:
    """Take the role with the account that is linked, or with a new one without a password."""
    told = came_back()
    if told is None or told["purpose"] != JOIN:
        return redirect(address("staff", "sign-in"), 303)
    found = invitation(db(), told["given"])
    if found is None:
        return is_over()
    member = member_known_as(db(), told["subject"])
    form = ConfirmForm() if member is not None else JoinElsewhereForm()
    if form.validate_on_submit():
        done = _join(member, form, told)
        if done is not None:
            return forget(make_response(done))
    return _invited(found, member, form)


def _join(
    member: Member | None, form: ConfirmForm | JoinElsewhereForm, told: dict[str, object]
) -> ResponseReturnValue | None:
    """None, and the form says why, when the name was taken in this very moment."""
    try:
        if member is None:
            member = make_member(db(), login=form.login.data, password=None)
            if not link_account(db(), member, str(told["subject"])):
                abort(403)
        if take(str(told["given"]), member) is None:
            return is_over()
    except IntegrityError:
        db().rollback()
        if "login" in form:
            form.login.errors = [_("Somebody already signs in with this name.")]
        return None
    return enter_from_there(member, two_steps=bool(told["two_steps"]))


def _invited(
    found: Invitation, member: Member | None, form: ConfirmForm | JoinElsewhereForm
) -> ResponseReturnValue:
    page = show(
        "account/elsewhere_invited.html",
        form=form,
        login=member.login if member is not None else None,
        organisation=found.organisation.name,
        role=role_name(Role(found.role)),
        scope=scope_of(found),
    )
    return page, (422 if request.method == "POST" else 200)
