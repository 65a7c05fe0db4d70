"""A lost password: a letter with a link, where this server can send one."""

from functools import partial

from flask import Blueprint, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.forms import ForgottenForm
from edu.account.trying import later
from edu.doors import address, public_address, settings, show, spend
from edu.partners.digests import new_token
from edu.partners.mail import Letter, mail_server, send_reset
from edu.partners.members import plain_login

bp = Blueprint("forgotten", __name__, url_prefix="/<tag>/staff/forgotten")


@bp.route("", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """Ask for a letter; without a mail server, read whom to ask instead."""
    here = "/staff/forgotten"
    if not sends_letters():
        return show("account/forgotten.html", form=None, here=here)
    form = ForgottenForm()
    if form.validate_on_submit():
        login = plain_login(form.login.data)
        spend("letter", login)
        _write(login)
        return redirect(address("staff", "forgotten", "sent"), 303)
    page = show("account/forgotten.html", form=form, here=here)
    return page, (422 if request.method == "POST" else 200)


@bp.get("/sent")
def sent() -> ResponseReturnValue:
    """The same for everybody, whether there is such an account or not."""
    return show("account/forgotten_sent.html", here="/staff/forgotten")


def sends_letters() -> bool:
    """Whether letters can be sent whose link leads here and nowhere else."""
    return bool(settings().smtp_url) and settings().knows_its_address


def _write(login: str) -> None:
    """Write the letter before anybody looks whether there is somebody to get it."""
    token = new_token()
    link = public_address() + address("staff", "reset", token)
    said = (
        _("Somebody asked for a new password for your account. If it was you, open this link:"),
        link,
        _("It works once, within one hour."),
        _("If it was not you, there is nothing to do: your password stays as it is."),
    )
    letter = Letter(_("A link for a new password"), "\n\n".join(said) + "\n")
    server = mail_server(settings().smtp_url)
    sender, database = settings().mail_from, current_app.extensions["database"]
    later().do(partial(send_reset, database, server, sender, login, token, letter))
