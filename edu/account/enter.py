"""Signing in and out, and the first administrator."""

from flask import Blueprint, Response, abort, make_response, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.forms import ConfirmForm, FirstForm, SecondStepForm, SignInForm
from edu.account.passkey_site import site_here
from edu.account.signed_in import (
    KNOWN,
    actor,
    keep_signed_in,
    know_device,
    sign_off,
    staff,
    token,
)
from edu.account.trying import tell, tried
from edu.doors import address, brake, count, db, settings, show
from edu.pages.cookies import drop_cookie, read_cookie, set_cookie
from edu.partners import second_step
from edu.partners.actors import Actor
from edu.partners.members import homes, make_first_administrator, setup_is_open
from edu.partners.models import FirstStep, Member
from edu.partners.sessions import sign_out
from edu.partners.signing_in import (
    device_mark,
    is_known,
    open_session,
    who_signs_in,
    whose_tries,
)
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
        name, password = form.login.data, form.password.data
        tries = whose_tries(settings().secret_key, name, _mark())
        found = tried("wrong password", tries, lambda: who_signs_in(db(), name, password))
        if found is not None:
            return _after_password(found)
        tell(name, Deed.PASSWORD_WRONG)
        form.login.errors = [_("The name or the password is not right.")]
    return sign_in_page(form)


def sign_in_page(form: SignInForm, problem: str = "") -> ResponseReturnValue:
    """The first step; `problem`: why a passkey did not open it."""
    page = show(
        "account/sign_in.html",
        form=form,
        elsewhere=bool(settings().oidc_issuer),
        passkey=site_here() is not None,
        problem=problem,
        changed="changed" in request.args,
        here="/staff/sign-in",
    )
    return page, (422 if request.method == "POST" else 200)


def _mark() -> str:
    return read_cookie(request, KNOWN) or ""


def _after_password(found: Member) -> ResponseReturnValue:
    if not second_step.has_second_step(db(), found):
        return let_in(found)
    return await_second(found)


def await_second(found: Member) -> Response:
    """Remember on this device whose second step is awaited, and ask for it."""
    response = make_response(redirect(address("staff", "sign-in", "second"), 303))
    secret = second_step.begin(db(), found)
    set_cookie(request, response, _BETWEEN, secret, seconds=_BETWEEN_SECONDS)
    return response


@bp.route("/sign-in/second", methods=["GET", "POST"])
def second() -> ResponseReturnValue:
    """The second step: digits of an authenticator, or a code of the printed list."""
    begun = awaited()
    if begun is None:
        return redirect(address("staff", "sign-in"), 303)
    form, member = SecondStepForm(), begun.member
    if form.validate_on_submit():
        secret, typed = settings().secret_key, form.code.data
        tries = whose_tries(secret, member.login, _mark())
        if tried(
            "wrong second step", tries, lambda: second_step.is_right(db(), secret, member, typed)
        ):
            return after_second(member)
        tell(member.login, Deed.SECOND_STEP_WRONG)
        form.code.errors = [_why_wrong(member, form.code.data)]
    return second_page(member, form)


def awaited() -> FirstStep | None:
    """Whose second step is awaited from this browser."""
    return second_step.begun(db(), read_cookie(request, _BETWEEN) or "")


def second_page(member: Member, form: SecondStepForm, problem: str = "") -> ResponseReturnValue:
    """The second step; `problem`: why a passkey was not taken for it."""
    page = show(
        "account/second.html",
        form=form,
        has_app=member.totp_seed is not None,
        has_code=second_step.has_way_back(db(), member),
        passkey=site_here() is not None and second_step.has_passkey(db(), member),
        problem=problem,
        here="/staff/sign-in/second",
    )
    return page, (422 if request.method == "POST" else 200)


def after_second(member: Member) -> Response:
    """The second step was right: sign in, once."""
    if not second_step.end(db(), read_cookie(request, _BETWEEN) or ""):
        return make_response(redirect(address("staff", "sign-in"), 303))
    response = let_in(member)
    drop_cookie(request, response, _BETWEEN)
    return response


def _why_wrong(member: Member, typed: str) -> str:
    secret = settings().secret_key
    if is_known(secret, member.login, _mark()) and second_step.is_off(secret, member, typed):
        return _(
            "These digits belong to another time. Look at the clocks: the phone's and the "
            "server's must be right to the minute. A code from your printed list works too."
        )
    return _(
        "This is not right, or it was used before. Wait for new digits and try again. If it goes "
        "on: is the phone's clock right?"
    )


def let_in(member: Member, *, elsewhere: bool = False) -> Response:
    """Sign a member in on this device. Whoever was signed in here before is not any more, and
    nothing that was in this browser before goes on. `elsewhere`: with a second step there."""
    if token():
        sign_out(db(), token())
    session.clear()
    agent = request.user_agent.string
    try:
        secret = open_session(db(), member, agent, elsewhere=elsewhere)
    except LookupError:
        # Her last role was taken away between the two steps.
        return make_response(redirect(address("staff", "sign-in"), 303))
    home = homes(db(), member)[0]
    write_down(db(), home.id, member.login, Deed.SIGNED_IN, Kind.ACCOUNT)
    response = make_response(redirect(address("staff"), 303))
    know_device(response, device_mark(settings().secret_key, member))
    return keep_signed_in(response, secret)


def enter_from_there(member: Member, *, two_steps: bool) -> Response:
    """For whoever comes from another house: who has shown two things there is in; for everybody
    else our own rule holds."""
    if not two_steps and second_step.has_second_step(db(), member):
        return await_second(member)
    return let_in(member, elsewhere=two_steps)


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
