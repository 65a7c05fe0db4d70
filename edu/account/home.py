"""Where staff begin: what there is to do for whoever is signed in."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.scopes import roles_in_words
from edu.account.signed_in import staff
from edu.communities.lookup import services_to_call
from edu.communities.models import ProfileEntry
from edu.doors import day_in_words, db, show, today
from edu.pages.speaking import spoken
from edu.partners.actors import Actor
from edu.partners.passkeys import has_stopped_one
from edu.partners.roles import Right
from edu.programmes.following import Task, to_do
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
        tasks=_tasks(by),
        on_day=day_in_words,
        stopped_passkey=has_stopped_one(db(), by.member),
        announcements=announcements(db(), today(), ("staff", "everybody"), spoken()),
        form=ConfirmForm(),
        here="/staff",
    )


def _tasks(by: Actor) -> list[Task] | None:
    """What to do next in her groups and programmes; None for whoever has none to lead or plan."""
    lead, plan = by.reach(Right.LEAD_GROUPS), by.reach(Right.BEGIN_PROGRAMMES)
    if not (by.may(Right.LEAD_GROUPS) or by.may(Right.PLAN_PROGRAMMES)):
        return None
    return to_do(db(), by.organisation_id, lead, plan, today())


def _to_call(by: Actor) -> list[tuple[str, ProfileEntry]]:
    """The services she may confirm that wait for a call."""
    if not by.may(Right.CONFIRM_SERVICES):
        return []
    found = services_to_call(db(), today())
    return [each for each in found if by.may(Right.CONFIRM_SERVICES, tag=each[0])]
