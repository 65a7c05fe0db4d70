"""Where staff begin: what there is to do for whoever is signed in."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.scopes import roles_in_words
from edu.account.signed_in import staff
from edu.communities.lookup import services_to_call
from edu.communities.models import ProfileEntry
from edu.doors import db, show, today
from edu.pages.speaking import spoken
from edu.partners.actors import Actor
from edu.partners.passkeys import has_stopped_one
from edu.partners.roles import Right
from edu.server.announcements import announcements

bp = Blueprint("home", __name__, url_prefix="/<tag>/staff")


@bp.get("")
@staff()
def home(by: Actor) -> ResponseReturnValue:
    """What she may do here."""
    return show(
        "account/home.html",
        by=by,
        may=by.may,
        Right=Right,
        roles=roles_in_words(by.grants),
        to_call=_to_call(by),
        stopped_passkey=has_stopped_one(db(), by.member),
        announcements=announcements(db(), today(), ("staff", "everybody"), spoken()),
        form=ConfirmForm(),
        here="/staff",
    )


def _to_call(by: Actor) -> list[tuple[str, ProfileEntry]]:
    """The services she may confirm that wait for a call."""
    if not by.may(Right.CONFIRM_SERVICES):
        return []
    found = services_to_call(db(), today())
    return [each for each in found if by.may(Right.CONFIRM_SERVICES, tag=each[0])]
