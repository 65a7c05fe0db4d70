"""The log of what went wrong in a group: for whoever leads it, and never sent anywhere."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.account.within_reach import own_group
from edu.doors import address, day_in_words, db, show, today
from edu.facilitator.forms import IncidentForm
from edu.facilitator.wording import SAVED, kind_name
from edu.groups.models import Group
from edu.outcomes.identifying import Sign
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.programmes.incidents import (
    close_incident,
    incident_of,
    incidents_of,
    is_open,
    keep_incident,
    open_again,
)
from edu.programmes.session_models import Incident
from edu.trainer.evaluation_wording import sign_words

bp = Blueprint(
    "incidents", __name__, url_prefix="/<tag>/staff/groups/<int(max=2147483647):group_id>/incidents"
)

_ONE = "/<int(max=2147483647):number>"


@bp.get("")
@staff(Right.LEAD_GROUPS)
def index(by: Actor, group_id: int) -> ResponseReturnValue:
    """All incidents of a group, those that are open first."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    return show(
        "facilitator/incidents.html",
        group=group,
        incidents=[
            (each, kind_name(each.kind), is_open(each)) for each in incidents_of(db(), group.id)
        ],
        on_day=day_in_words,
        today=today(),
        confirm=ConfirmForm(),
        here=f"/staff/groups/{group.id}/incidents",
    )


@bp.route("/new", methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
@once
def new(by: Actor, group_id: int) -> ResponseReturnValue:
    """Write an incident down."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    return _write(by, group, IncidentForm(day=today()), None)


@bp.route(_ONE, methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
def edit(by: Actor, group_id: int, number: int) -> ResponseReturnValue:
    """Write an incident down anew, as when a name slipped in."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    kept = _incident(group, number)
    return _write(by, group, IncidentForm(obj=kept), kept)


def _incident(group: Group, number: int) -> Incident:
    found = incident_of(db(), group.id, number)
    if found is None:
        abort(404)
    return found


def _write(
    by: Actor, group: Group, form: IncidentForm, kept: Incident | None
) -> ResponseReturnValue:
    posted = request.method == "POST"
    if form.validate_on_submit() and not form.signs:
        row = keep_incident(
            db(),
            group.id,
            kind=form.kind.data,
            day=form.day.data,
            done=form.done.data,
            needs_more=form.needs_more.data,
            due_on=form.due_on.data,
            member_id=by.member.id,
            kept=kept,
        )
        _tell(by, SAVED[kept is not None], group, row)
        return redirect(address("staff", "groups", group.id, "incidents"), 303)
    page = show(
        "facilitator/incident.html",
        group=group,
        form=form,
        signs=[sign_words(Sign(each)) for each in form.signs] if posted and form.done.data else [],
        here=f"/staff/groups/{group.id}/incidents/{kept.id if kept else 'new'}",
    )
    return page, (422 if posted else 200)


def _tell(by: Actor, deed: Deed, group: Group, row: Incident) -> None:
    """Which one it was says its day alone: of what kind it was stays in the log."""
    day = row.day.isoformat()
    tell(by, deed, Kind.INCIDENT, group.name, day)


@bp.post(_ONE + "/close")
@staff(Right.LEAD_GROUPS)
def close(by: Actor, group_id: int, number: int) -> ResponseReturnValue:
    """Nothing more is needed."""
    group, found = _confirmed(by, group_id, number)
    if close_incident(db(), found, today()):
        _tell(by, Deed.CLOSED, group, found)
    return redirect(address("staff", "groups", group.id, "incidents"), 303)


@bp.post(_ONE + "/again")
@staff(Right.LEAD_GROUPS)
def again(by: Actor, group_id: int, number: int) -> ResponseReturnValue:
    """Something more is needed after all."""
    group, found = _confirmed(by, group_id, number)
    if open_again(db(), found):
        _tell(by, Deed.OPENED, group, found)
    return redirect(address("staff", "groups", group.id, "incidents"), 303)


def _confirmed(by: Actor, group_id: int, number: int) -> tuple[Group, Incident]:
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    found = _incident(group, number)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    return group, found
