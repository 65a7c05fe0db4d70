"""Signing in and out, and the first administrator."""

from flask import Blueprint, Response, abort, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from edu.account.forms import ConfirmForm, FirstForm, SecondStepForm, SignInForm
from edu.account.signed_in import (
    KNOWN,
    actor,
    keep_signed_in,
    know_device,
    sign_off,
    staff,
    token,
)
from edu.doors import address, afterwards, brake, count, db, settings, show
from edu.pages.cookies import drop_cookie, read_cookie, set_cookie
from edu.partners import second_step
from edu.partners.actors import Actor
from edu.partners.members import homes, make_first_administrator, member_named, setup_is_open
from edu.partners.models import Member
from edu.partners.sessions import sign_out
from edu.partners.signing_in import device_mark, open_session, who_signs_in, whose_tries
from edu.partners.trail import Deed, Kind, write_down

bp = Blueprint("account", __name__, url_prefix="/<tag>/staff")

#: The cookie between the two steps.
_BETWEEN = "between"
_BETWEEN_SECONDS = int(second_step.FIRST_STEP_LASTS.total_seconds())


@bp.route("/sign-in", methods=["GET", "POST"])
def enter() -> ResponseReturnValue:
    """The first step: name and password."""
    if actor() is not None:
        return redirect(address("staff"), 303)
    form = SignInForm()
    if form.validate_on_submit():
        mark = read_cookie(request, KNOWN) or ""
        tries = whose_tries(settings().secret_key, form.login.data, mark)
        brake("wrong password", tries)
        found = who_signs_in(db(), form.login.data, form.password.data)
        if found is not None:
            return _after_password(found)
        count("wrong password", tries)
        _tell_wrong(form.login.data, Deed.PASSWORD_WRONG)
        form.login.errors = [_("The name or the password is not right.")]
    page = show("account/sign_in.html", form=form, here="/staff/sign-in")
    return page, (422 if request.method == "POST" else 200)


def _after_password(found: Member) -> ResponseReturnValue:
    if not second_step.has_second_step(db(), found):
        return let_in(found)
    response = make_response(redirect(address("staff", "sign-in", "second"), 303))
    secret = second_step.begin(db(), found)
    set_cookie(request, response, _BETWEEN, secret, seconds=_BETWEEN_SECONDS)
    return response


@bp.route("/sign-in/second", methods=["GET", "POST"])
def second() -> ResponseReturnValue:
    """The second step: digits of an authenticator, or a code of the printed list."""
    begun = second_step.begun(db(), read_cookie(request, _BETWEEN) or "")
    if begun is None:
        return redirect(address("staff", "sign-in"), 303)
    form, member = SecondStepForm(), begun.member
    if form.validate_on_submit():
        tries = str(member.id)
        brake("wrong second step", tries)
        if second_step.is_right(db(), settings().secret_key, member, form.code.data):
            db().delete(begun)
            response = let_in(member)
            drop_cookie(request, response, _BETWEEN)
            return response
        count("wrong second step", tries)
        _tell_wrong(member.login, Deed.SECOND_STEP_WRONG)
        form.code.errors = [_why_wrong(member, form.code.data)]
    page = show(
        "account/second.html",
        form=form,
        has_app=member.totp_seed is not None,
        here="/staff/sign-in/second",
    )
    return page, (422 if request.method == "POST" else 200)


def _why_wrong(member: Member, typed: str) -> str:
    if second_step.is_off(settings().secret_key, member, typed):
        return _(
            "These digits belong to another time. Look at the clocks: the phone's and the "
            "server's must be right to the minute. A code from your printed list works too."
        )
    return _("This is not right, or it was used before. Wait for new digits and try again.")


def let_in(member: Member) -> Response:
    """Sign a member in on this device. Whoever was signed in here before is not any more."""
    if token():
        sign_out(db(), token())
    secret = open_session(db(), member, request.user_agent.string)
    home = homes(db(), member)[0]
    write_down(db(), home.id, member.login, Deed.SIGNED_IN, Kind.ACCOUNT)
    response = make_response(redirect(address("staff"), 303))
    know_device(response, device_mark(settings().secret_key, member))
    return keep_signed_in(response, secret)


def _tell_wrong(login: str, deed: Deed) -> None:
    """Write a wrong try on somebody who exists into her organisations' trails. Nothing is written
    about other names: people type a password there, or a name of somebody else."""

    def write(session: Session) -> None:
        member = member_named(session, login)
        for home in homes(session, member) if member is not None else ():
            write_down(session, home.id, member.login if member else "", deed, Kind.ACCOUNT)

    afterwards(write)


@bp.post("/sign-out")
@staff(unfinished=True)
def leave(by: Actor) -> ResponseReturnValue:
    """Sign out on this device."""
    if not ConfirmForm().validate_on_submit():
        abort(400)
    write_down(db(), by.organisation_id, by.login, Deed.SIGNED_OUT, Kind.ACCOUNT)
    sign_out(db(), token())
    return sign_off(make_response(redirect(address("staff", "sign-in"), 303)))


@bp.route("/first/<secret>", methods=["GET", "POST"])
def first(secret: str) -> ResponseReturnValue:
    """Make the first administrator with the link printed at the first start."""
    brake("wrong link")
    if not setup_is_open(db(), secret):
        count("wrong link")
        abort(404)
    form = FirstForm()
    if form.validate_on_submit():
        made = make_first_administrator(
            db(),
            token=secret,
            organisation=form.organisation.data,
            login=form.login.data,
            password=form.password.data,
        )
        if made is None:
            abort(404)
        home = made.grants[0].organisation_id
        write_down(db(), home, made.login, Deed.MADE, Kind.ORGANISATION, form.organisation.data)
        return let_in(made)
    page = show("account/first.html", form=form)
    return page, (422 if request.method == "POST" else 200)
