"""Signing in with a passkey: instead of password and second step, or as the second step.

A device shows a passkey only after it has looked at who holds it, so it stands for both steps. What
a device is asked is the same for everybody: nobody learns from it who has an account.
"""

from functools import partial

from flask import Blueprint, Response, abort, make_response, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.enter import after_second, awaited, let_in, second_page, sign_in_page
from edu.account.forms import ConfirmForm, PasskeyForm, SecondStepForm, SignInForm
from edu.account.passkey_site import forget_asked, keep_asked, site_here, use_asked
from edu.account.signed_in import actor
from edu.doors import address, afterwards, brake, count, db, settings, spend, today
from edu.partners.members import plain_login
from edu.partners.models import Member
from edu.partners.passkey_proof import Refused, wish_to_see
from edu.partners.passkeys import Purpose, Stopped, ask, known_keys, stop_passkey, who_shows

bp = Blueprint("passkey", __name__, url_prefix="/<tag>/staff/sign-in")

#: The brake on asking; what was shown rightly is not counted.
_BRAKE = "wrong passkey"


@bp.post("/passkey/begin")
def begin() -> ResponseReturnValue:
    """Ask a device for any passkey of this site."""
    return _asking(Purpose.SIGN_IN)


@bp.post("/passkey")
def enter() -> ResponseReturnValue:
    """Sign in with the passkey that was shown, and nothing else."""
    if actor() is not None:
        return redirect(address("staff"), 303)
    form = PasskeyForm()
    if not form.validate_on_submit():
        return sign_in_page(SignInForm(), _why_incomplete(form))
    try:
        found = _who(form, Purpose.SIGN_IN)
    except Refused as error:
        return forget_asked(make_response(sign_in_page(SignInForm(), _why_refused(error))))
    if form.login.data and plain_login(form.login.data) != found.login:
        return forget_asked(make_response(sign_in_page(SignInForm(), _why_other_name())))
    count(_BRAKE, amount=-1)
    return forget_asked(let_in(found))


@bp.post("/second/passkey/begin")
def begin_second() -> ResponseReturnValue:
    """Ask for a passkey of whoever has just typed her password."""
    return _asking(Purpose.SECOND_STEP)


@bp.post("/second/passkey")
def second() -> ResponseReturnValue:
    """Take the passkey that was shown as the second step."""
    begun, form = awaited(), PasskeyForm()
    if begun is None:
        return redirect(address("staff", "sign-in"), 303)
    member = begun.member
    if not form.validate_on_submit():
        return second_page(member, SecondStepForm(), _why_incomplete(form))
    try:
        if _who(form, Purpose.SECOND_STEP) is not member:
            raise Refused("somebody else's")
    except Refused as error:
        page = second_page(member, SecondStepForm(), _why_refused(error))
        return forget_asked(make_response(page))
    count(_BRAKE, amount=-1)
    return forget_asked(after_second(member))


def _asking(purpose: Purpose) -> Response:
    """What the browser is to ask a device for. Each asking counts as a try until it is answered
    rightly, so that nobody can fill the database with them."""
    site = site_here()
    if site is None or not ConfirmForm().validate_on_submit():
        abort(400)
    spend(_BRAKE)
    begun = awaited() if purpose is Purpose.SECOND_STEP else None
    if begun is None and purpose is Purpose.SECOND_STEP:
        abort(400)
    member = begun.member if begun is not None else None
    known = known_keys(db(), member) if member is not None else []
    token, challenge = ask(db(), purpose, member)
    answer = Response(wish_to_see(site, known, challenge), mimetype="application/json")
    return keep_asked(answer, token)


def _who(form: PasskeyForm, purpose: Purpose) -> Member:
    """Whose passkey was shown. Raises Refused."""
    site, asked = site_here(), use_asked(purpose)
    if site is None or asked is None:
        raise Refused("not asked")
    return who_shows(db(), settings().secret_key, site, asked, form.passkey.data, today())


def _why_incomplete(form: PasskeyForm) -> str:
    """Why nothing came of it: the page was too old, or too many have asked."""
    brake(_BRAKE)
    if form.csrf_token.errors:
        return _("This page was open for too long. Send it once more, please.")
    return _why_refused(Refused("incomplete"))


def _why_refused(error: Refused) -> str:
    """The same words for whatever is wrong, except where the device has proved whose key it is."""
    if isinstance(error, Stopped):
        # Afterwards, because nothing of a refused form is kept.
        afterwards(partial(stop_passkey, credential=error.credential, today=today()))
        return _(
            "This passkey is stopped, because somebody may have a copy of it. Sign in with your "
            "password and second step. Then open “Your account” and take the passkey away."
        )
    return _("This passkey opens nothing here. Try again, or go on without a passkey.")


def _why_other_name() -> str:
    return _(
        "This passkey belongs to another name than the one you typed. Empty the name, or choose "
        "the passkey that belongs to it."
    )
