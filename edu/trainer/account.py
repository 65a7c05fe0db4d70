"""Signing in and out, the first administrator, and further members."""

from flask import Blueprint, abort, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.doors import address, db, show
from edu.partners.accounts import (
    login_is_taken,
    make_first_administrator,
    make_member,
    members_of,
    setup_is_open,
    sign_in,
    sign_out,
    start_session,
)
from edu.partners.models import Member
from edu.trainer.forms import ConfirmForm, FirstForm, MemberForm, SignInForm
from edu.trainer.signed_in import COOKIE, keep_signed_in, member, staff

bp = Blueprint("account", __name__, url_prefix="/<tag>/staff")


@bp.route("/sign-in", methods=["GET", "POST"])
def enter() -> ResponseReturnValue:
    """Sign in."""
    if member() is not None:
        return redirect(address("staff"), 303)
    form = SignInForm()
    if form.validate_on_submit():
        found = sign_in(db(), form.login.data, form.password.data)
        if found is not None:
            return keep_signed_in(make_response(redirect(address("staff"), 303)), found[1])
        form.login.errors = [_("The name or the password is not right.")]
    return _page("trainer/sign_in.html", form, here="/staff/sign-in")


@bp.post("/sign-out")
@staff()
def leave(_member: Member) -> ResponseReturnValue:
    """Sign out on this device."""
    if not ConfirmForm().validate_on_submit():
        abort(400)
    sign_out(db(), request.cookies[COOKIE])
    response = make_response(redirect(address("staff", "sign-in"), 303))
    response.delete_cookie(COOKIE, httponly=True, secure=request.is_secure, samesite="Lax")
    return response


@bp.route("/first/<token>", methods=["GET", "POST"])
def first(token: str) -> ResponseReturnValue:
    """Make the first administrator with the link printed at the first start."""
    if not setup_is_open(db(), token):
        abort(404)
    form = FirstForm()
    if form.validate_on_submit():
        made = make_first_administrator(
            db(),
            token=token,
            organisation=form.organisation.data,
            login=form.login.data,
            password=form.password.data,
        )
        if made is None:
            abort(404)
        return keep_signed_in(
            make_response(redirect(address("staff"), 303)), start_session(db(), made)
        )
    return _page("trainer/first.html", form)


@bp.route("/members", methods=["GET", "POST"])
@staff("administrator")
def members(by: Member) -> ResponseReturnValue:
    """Who may sign in for this organisation, and one more."""
    form = MemberForm()
    if form.validate_on_submit():
        if login_is_taken(db(), form.login.data):
            form.login.errors = [_("Somebody already signs in with this name.")]
        else:
            make_member(
                db(),
                organisation=by.organisation,
                login=form.login.data,
                password=form.password.data,
                role=form.role.data,
            )
            return redirect(address("staff", "members"), 303)
    return _page("trainer/members.html", form, members=members_of(db(), by.organisation_id))


def _page(template: str, form: object, **context: object) -> ResponseReturnValue:
    page = show(template, form=form, **context)
    return page, (422 if request.method == "POST" else 200)
