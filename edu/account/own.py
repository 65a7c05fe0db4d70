"""One's own account: password, second step, printed codes, mail, devices, place of work."""

from typing import TypeVar

from flask import Blueprint, abort, make_response, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup

from edu.account.forms import (
    AddressForm,
    ChangePasswordForm,
    ChooseAppForm,
    ConfirmForm,
    PasswordForm,
    PlaceForm,
)
from edu.account.scopes import roles_in_words
from edu.account.signed_in import must_choose, sign_off, staff, token
from edu.account.trying import tried
from edu.doors import address, db, settings, show
from edu.pages.qr import qr_picture
from edu.partners import second_step
from edu.partners.actors import Actor
from edu.partners.members import address_is_taken, homes, keep_password
from edu.partners.passwords import hashed, is_right
from edu.partners.sessions import end_all, end_session, is_fresh, sessions_of, sign_out
from edu.partners.trail import Deed, Kind, write_down

Asking = TypeVar("Asking", bound=FlaskForm)

bp = Blueprint("own", __name__, url_prefix="/<tag>/staff/account")


@bp.get("")
@staff()
def account(by: Actor) -> ResponseReturnValue:
    """What there is to one's account."""
    places = homes(db(), by.member)
    place = PlaceForm(organisation=by.organisation_id)
    place.offer([(each.id, each.name) for each in places])
    return show(
        "account/own.html",
        by=by,
        roles=roles_in_words(by.grants),
        places=places,
        place=place,
        devices=sessions_of(db(), by.member),
        codes_left=second_step.codes_left(db(), by.member),
        few=second_step.FEW_CODES,
        has_passkey=second_step.has_passkey(db(), by.member),
        elsewhere=bool(settings().oidc_issuer),
        changed="changed" in request.args,
        form=ConfirmForm(),
        here="/staff/account",
    )


@bp.post("/place")
@staff()
def move(by: Actor) -> ResponseReturnValue:
    """Work for another of one's organisations."""
    form = PlaceForm()
    form.offer([(each.id, each.name) for each in homes(db(), by.member)])
    if not form.validate_on_submit():
        abort(400)
    by.device.organisation_id = form.organisation.data
    return redirect(address("staff"), 303)


@bp.route("/password", methods=["GET", "POST"])
@staff()
def password(by: Actor) -> ResponseReturnValue:
    """Another password. All other devices are signed out."""
    form = ask_again(by, ChangePasswordForm())
    form.about = (by.login, by.organisation.name)
    if form.validate_on_submit() and knows(by, form):
        kept = hashed(form.password.data)
        keep_password(db(), by.member, kept, but=by.device.digest)
        _tell(by, Deed.CHOSE_PASSWORD)
        return redirect(address("staff", "account") + "?changed", 303)
    return _page("account/password.html", form, here="/staff/account/password")


def ask_again(by: Actor, form: Asking) -> Asking:
    """A form that asks for her password once more, unless she has none. Then she must have signed
    in a moment ago, and is led to do so otherwise."""
    if by.member.password_hash is not None:
        return form
    if not is_fresh(by.device):
        sign_out(db(), token())
        abort(sign_off(make_response(redirect(address("staff", "sign-in"), 303))))
    del form.now
    return form


def knows(by: Actor, form: FlaskForm) -> bool:
    """Whether the password given with a form is hers; a form that must be sent again says so."""
    kept = by.member.password_hash
    if kept is None or tried(
        "wrong password", f"own:{by.login}", lambda: is_right(kept, form.now.data)
    ):
        return True
    form.now.errors = [_("This is not your password.")]
    return False


def _tell(by: Actor, deed: Deed) -> None:
    write_down(db(), by.organisation_id, by.login, deed, Kind.ACCOUNT)


def tell_own(by: Actor, detail: str) -> None:
    """Write into the trail that she changed her account."""
    write_down(db(), by.organisation_id, by.login, Deed.SET, Kind.ACCOUNT, by.login, detail)


def _page(template: str, form: object, **context: object) -> ResponseReturnValue:
    page = show(template, form=form, **context)
    return page, (422 if request.method == "POST" else 200)


@bp.get("/second-step")
@staff(unfinished=True)
def choose(by: Actor) -> ResponseReturnValue:
    """Which second step: an app, or a printed list."""
    return show(
        "account/second_step.html",
        must=must_choose(by),
        has_app=by.member.totp_seed is not None,
        codes_left=second_step.codes_left(db(), by.member),
        form=ConfirmForm(),
        here="/staff/account/second-step",
    )


@bp.route("/second-step/app", methods=["GET", "POST"])
@staff(unfinished=True)
def app(by: Actor) -> ResponseReturnValue:
    """An authenticator app: shown once as a picture, taken when its digits are right."""
    form = ask_again(by, ChooseAppForm())
    # Between showing and proving, the seed is in this browser's signed form cookie only. It is
    # no secret: the authenticator's follows from it together with the server's own.
    seed = session.setdefault("seed", second_step.new_seed())
    secret = second_step.totp_secret(settings().secret_key, by.member, seed)
    if form.validate_on_submit() and knows(by, form):
        step = second_step.fitting_step(settings().secret_key, by.member, seed, form.code.data)
        if step is not None:
            second_step.choose_authenticator(by.member, seed, step)
            session.pop("seed")
            _tell(by, Deed.CHOSE_SECOND_STEP)
            return _show_codes(by)
        form.code.errors = [
            _("These are not the digits of this moment. Is the phone's clock right?")
        ]
    link = second_step.authenticator_link(settings().secret_key, by.member, seed, "Daraja")
    return _page(
        "account/second_app.html",
        form,
        qr=Markup(qr_picture(link)),  # noqa: S704 (drawn by segno)
        parts=[secret[at : at + 4] for at in range(0, len(secret), 4)],
        here="/staff/account/second-step/app",
    )


@bp.route("/second-step/list", methods=["GET", "POST"])
@staff(unfinished=True)
def codes(by: Actor) -> ResponseReturnValue:
    """A printed list of codes: the only second step, or for the day when the phone is lost."""
    form = ask_again(by, PasswordForm())
    if form.validate_on_submit() and knows(by, form):
        _tell(by, Deed.CHOSE_SECOND_STEP)
        return _show_codes(by)
    return _page(
        "account/second_list.html",
        form,
        has_app=by.member.totp_seed is not None,
        codes_left=second_step.codes_left(db(), by.member),
        here="/staff/account/second-step/list",
    )


def _show_codes(by: Actor) -> ResponseReturnValue:
    made = second_step.new_codes(db(), settings().secret_key, by.member)
    # Whoever came in before, perhaps with the password alone, has not taken this second step.
    end_all(db(), by.member, but=by.device.digest)
    return show("account/codes.html", codes=made, login=by.login)


@bp.route("/email", methods=["GET", "POST"])
@staff()
def email(by: Actor) -> ResponseReturnValue:
    """Where a letter goes when the password is lost; may be left empty."""
    form = ask_again(by, AddressForm(email=by.member.email or ""))
    if form.validate_on_submit() and knows(by, form):
        wanted = (form.email.data or "").casefold() or None
        if wanted is not None and address_is_taken(db(), wanted, by.member):
            form.email.errors = [_("Another account has this address.")]
        else:
            by.member.email = wanted
            _tell(by, Deed.CHOSE_ADDRESS)
            return redirect(address("staff", "account"), 303)
    return _page("account/email.html", form, here="/staff/account/email")


@bp.post("/devices/<random:number>/end")
@staff()
def end_device(by: Actor, number: str) -> ResponseReturnValue:
    """Sign out on another device."""
    if not ConfirmForm().validate_on_submit():
        abort(400)
    if not end_session(db(), by.member, number):
        abort(404)
    _tell(by, Deed.ENDED_SESSION)
    return redirect(address("staff", "account"), 303)
