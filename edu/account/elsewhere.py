"""Signing in with an account of another house: going there, coming back, going on."""

from flask import Blueprint, Flask, make_response, redirect
from flask.typing import ResponseReturnValue

from edu.account import linking
from edu.account.enter import enter_from_there
from edu.account.forms import ConfirmForm
from edu.account.house import (
    BACK,
    JOIN,
    LINK,
    SIGN_IN,
    came_back,
    forget,
    house,
    keep,
    keep_known,
    on_the_way_there,
    refused,
    way_there,
    who_came_back,
)
from edu.account.signed_in import actor
from edu.doors import address, db, show
from edu.pages.speaking import speak
from edu.partners.members import homes, member_known_as
from edu.partners.openid import Client, House, Refused
from edu.settings import Settings

bp = Blueprint("elsewhere", __name__, url_prefix="/<tag>/staff/sign-in/elsewhere")
back_bp = Blueprint("elsewhere_back", __name__)

#: Where each purpose goes on.
_GO_ON = {
    SIGN_IN: ("staff", "sign-in", "elsewhere", "on"),
    LINK: ("staff", "account", "elsewhere", "on"),
    JOIN: ("staff", "invited", "elsewhere"),
}


def join_elsewhere(app: Flask, given: Settings) -> None:
    """Open this way in; only where the settings name another house."""
    client = Client(given.oidc_issuer, given.oidc_client_id, given.oidc_client_secret)
    app.extensions["house"] = House(client)
    for blueprint in (bp, back_bp, linking.bp, linking.invited_bp):
        app.register_blueprint(blueprint)


@bp.get("")
def go() -> ResponseReturnValue:
    """Go there to sign in."""
    if actor() is not None:
        return redirect(address("staff"), 303)
    try:
        where, kept = way_there(SIGN_IN)
    except Refused as error:
        return refused(error)
    return keep(make_response(redirect(where, 303)), kept)


@back_bp.get(BACK)
def back() -> ResponseReturnValue:
    """Somebody comes back, for whatever she went."""
    kept = on_the_way_there()
    if kept is None:
        return refused(Refused("cookie: none"))
    speak(kept["tag"])
    try:
        known = who_came_back(kept)
    except Refused as error:
        return refused(error)
    return keep_known(make_response(redirect(address(*_GO_ON[kept["purpose"]]), 303)), known, kept)


@bp.route("/on", methods=["GET", "POST"])
def go_on() -> ResponseReturnValue:
    """Sign in as whoever is linked with the account there."""
    told = came_back()
    if told is None or told["purpose"] != SIGN_IN:
        return redirect(address("staff", "sign-in"), 303)
    member = member_known_as(db(), told["subject"])
    if member is None or not homes(db(), member):
        return forget(make_response(show("account/elsewhere_unknown.html", house=house().name)))
    form = ConfirmForm()
    if form.validate_on_submit():
        return forget(make_response(enter_from_there(member, two_steps=told["two_steps"])))
    return show("account/elsewhere_on.html", form=form, login=member.login, house=house().name)
