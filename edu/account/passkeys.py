"""One's own passkeys: which there are, one more, one less."""

from flask import Blueprint, abort, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.forms import AddPasskeyForm, KeepPasskeyForm, PasswordForm
from edu.account.own import ask_again, knows
from edu.account.passkey_site import (
    address_for_passkeys,
    forget_asked,
    keep_asked,
    site_here,
    use_asked,
)
from edu.account.signed_in import staff
from edu.doors import address, day_in_words, db, settings, show, today
from edu.partners.actors import Actor
from edu.partners.passkey_proof import Refused, made, wish_to_make
from edu.partners.passkeys import (
    Purpose,
    add_passkey,
    ask,
    handle_of,
    has_room,
    known_keys,
    passkey_of,
    passkeys_of,
    remove_passkey,
)
from edu.partners.second_step import has_way_back
from edu.partners.sessions import device_of, end_all
from edu.partners.trail import Deed, Kind, write_down

bp = Blueprint("passkeys", __name__, url_prefix="/<tag>/staff/account/passkeys")


@bp.get("")
@staff()
def index(by: Actor) -> ResponseReturnValue:
    """Which passkeys she has, and whether she can add one here."""
    return show(
        "account/passkeys.html",
        passkeys=passkeys_of(db(), by.member),
        hindrance=_hindrance(by),
        needs_list=not has_way_back(db(), by.member),
        day=day_in_words,
        here="/staff/account/passkeys",
    )


def _hindrance(by: Actor) -> str:
    """Why she can add no passkey here and now; empty where she can."""
    if not has_way_back(db(), by.member):
        return _(
            "First choose an app or a printed list as your second step. It is your way in when the "
            "device with the passkey is lost."
        )
    if site_here() is None:
        return _where_it_works()
    if not has_room(db(), by.member):
        return _("You have as many passkeys as one person may have. Take one away first.")
    return ""


def _where_it_works() -> str:
    where = address_for_passkeys()
    if where:
        return _(
            "Passkeys work only at %(address)s. Open that address, and sign in there.",
            address=where,
        )
    return _(
        "Passkeys do not work at this address. They need an encrypted connection (https) and a "
        "server with a name. Whoever looks after the server can set that up."
    )


@bp.route("/add", methods=["GET", "POST"])
@staff()
def add(by: Actor) -> ResponseReturnValue:
    """What to call a new passkey, and once more the password; then her device is asked for one."""
    if _hindrance(by):
        return redirect(address("staff", "account", "passkeys"), 303)
    form = ask_again(by, AddPasskeyForm(name=device_of(request.user_agent.string)))
    if form.validate_on_submit() and knows(by, form):
        return _ask_device(by, form)
    return _add_page(form)


def _add_page(form: AddPasskeyForm, problem: str = "") -> ResponseReturnValue:
    page = show(
        "account/passkey_add.html",
        form=form,
        problem=problem,
        here="/staff/account/passkeys/add",
    )
    return page, (422 if request.method == "POST" else 200)


def _ask_device(by: Actor, form: AddPasskeyForm) -> ResponseReturnValue:
    site = site_here()
    assert site is not None  # noqa: S101 (otherwise there was a hindrance)
    token, challenge = ask(db(), Purpose.ADD, by.member)
    handle = handle_of(settings().secret_key, by.member)
    options = wish_to_make(site, by.login, handle, known_keys(db(), by.member), challenge)
    page = show(
        "account/passkey_make.html",
        form=form,
        options=options,
        here="/staff/account/passkeys/add",
    )
    return keep_asked(make_response(page), token)


@bp.post("/keep")
@staff()
def keep(by: Actor) -> ResponseReturnValue:
    """Keep the passkey that her device has made."""
    form = KeepPasskeyForm()
    if not form.validate_on_submit():
        abort(400)
    if not _keep(by, form):
        problem = _("This passkey could not be kept. Please try once more.")
        again = ask_again(by, AddPasskeyForm(name=form.name.data))
        return forget_asked(make_response(_add_page(again, problem)))
    write_down(db(), by.organisation_id, by.login, Deed.ADDED_PASSKEY, Kind.ACCOUNT)
    return forget_asked(make_response(redirect(address("staff", "account", "passkeys"), 303)))


def _keep(by: Actor, form: KeepPasskeyForm) -> bool:
    site, asked = site_here(), use_asked(Purpose.ADD)
    # Asked only after the password, so it stands for that too.
    if site is None or asked is None or asked.member_id != by.member.id:
        return False
    try:
        found = made(site, asked.challenge, form.passkey.data)
    except Refused:
        return False
    return add_passkey(db(), by.member, found, form.name.data, today())


@bp.route("/<random:number>/remove", methods=["GET", "POST"])
@staff()
def remove(by: Actor, number: str) -> ResponseReturnValue:
    """Take a passkey away, once that was confirmed by the password."""
    found = passkey_of(db(), by.member, number)
    if found is None:
        abort(404)
    form = ask_again(by, PasswordForm())
    if form.validate_on_submit() and knows(by, form):
        remove_passkey(db(), found)
        # Whoever has the device may be signed in there.
        end_all(db(), by.member, but=by.device.digest)
        write_down(db(), by.organisation_id, by.login, Deed.TOOK_PASSKEY, Kind.ACCOUNT)
        return redirect(address("staff", "account", "passkeys"), 303)
    page = show(
        "account/passkey_remove.html",
        form=form,
        name=found.name,
        here=f"/staff/account/passkeys/{number}/remove",
    )
    return page, (422 if request.method == "POST" else 200)
