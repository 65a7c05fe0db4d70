"""The log of a group's meetings."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.account.within_reach import own_group, seen_group
from edu.doors import address, day_in_words, db, show, today
from edu.facilitator.forms import MeetingForm
from edu.facilitator.lessons import Lesson, lessons_for
from edu.facilitator.wording import SAVED, block_name, mode_name, part_name
from edu.groups.models import Group
from edu.outcomes.table import csv_of
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.programmes.leading import leaders, login_of
from edu.programmes.meetings import (
    Meeting,
    delete_meeting,
    keep_meeting,
    meeting_of,
    meetings_of,
    people_in,
    sums_of,
)
from edu.programmes.modes import mode_of
from edu.programmes.session_models import GroupSession

bp = Blueprint(
    "meetings",
    __name__,
    url_prefix="/<tag>/staff/groups/<int(max=2147483647):group_id>/sessions",
)

_ONE = "/<int(max=2147483647):number>"
_COLUMNS = (
    *("day", "minutes", "led_by", "mode", "phones", "papers", "neither"),
    *("parts", "changed", "reason"),
)


@dataclass(frozen=True)
class Told:
    """A meeting as a list shows it."""

    row: GroupSession
    day: str
    led_by: str
    mode: str
    people: int
    parts: list[str]


@bp.get("")
@staff(Right.LEAD_GROUPS, Right.SEE_FIGURES)
def index(by: Actor, group_id: int) -> ResponseReturnValue:
    """All meetings, and what they add up to."""
    group = seen_group(by, group_id)
    meetings = meetings_of(db(), group.id)
    return show(
        "facilitator/meetings.html",
        group=group,
        meetings=[_told(each) for each in meetings],
        sums=sums_of(meetings),
        may_lead=_leads(by, group),
        here=f"/staff/groups/{group.id}/sessions",
    )


def _leads(by: Actor, group: Group) -> bool:
    return by.reach(Right.LEAD_GROUPS).covers(group.programme_id)


def _told(row: GroupSession) -> Told:
    return Told(
        row,
        day_in_words(row.day),
        _led_by(row),
        mode_name(row.mode),
        people_in(row),
        [part_name(each) for each in row.parts],
    )


def _led_by(row: GroupSession) -> str:
    """Who led a meeting: names to sign in with, and roles."""
    accounts = (login_of(db(), each) for each in (row.leader_id, row.second_leader_id))
    named = [each for each in (*accounts, row.led_by) if each]
    return ", ".join(named) or _("Somebody who is no longer here")


@bp.route("/new", methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
@once
def new(by: Actor, group_id: int) -> ResponseReturnValue:
    """Write a meeting down."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    form = MeetingForm(day=today(), leader=by.member.id, mode=mode_of(db(), group.id))
    return _write(by, group, form, None)


@bp.route(_ONE, methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
def edit(by: Actor, group_id: int, number: int) -> ResponseReturnValue:
    """Write a meeting down anew."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    kept = _meeting(group, number)
    form = MeetingForm(
        obj=kept,
        leader=kept.leader_id or 0,
        second=kept.second_leader_id or 0,
    )
    return _write(by, group, form, kept)


def _meeting(group: Group, number: int) -> GroupSession:
    found = meeting_of(db(), group.id, number)
    if found is None:
        abort(404)
    return found


def _write(
    by: Actor, group: Group, form: MeetingForm, kept: GroupSession | None
) -> ResponseReturnValue:
    lessons = lessons_for(db(), group, kept.parts if kept else ())
    _offer(by, group, form, lessons, kept)
    if form.validate_on_submit() and not form.gives_away:
        row = keep_meeting(db(), group.id, _meeting_in(form), by.member.id, kept)
        told = SAVED[kept is not None]
        day = row.day.isoformat()
        tell(by, told, Kind.SESSION, group.name, day)
        return redirect(address("staff", "groups", group.id, "sessions"), 303)
    page = show(
        "facilitator/meeting.html",
        group=group,
        form=form,
        lessons=lessons,
        block_name=block_name,
        chosen=form.parts.data or (),
        kept=kept,
        asks_to_look=request.method == "POST" and form.gives_away,
        here=f"/staff/groups/{group.id}/sessions/{kept.id if kept else 'new'}",
    )
    return page, (422 if request.method == "POST" else 200)


def _offer(
    by: Actor, group: Group, form: MeetingForm, lessons: list[Lesson], kept: GroupSession | None
) -> None:
    """Who may have led it, also who did and may no more; and the parts of the lessons."""
    may_lead = leaders(db(), by.organisation_id, group.programme_id)
    names = {each.id: each.login for each in may_lead}
    if kept is not None:
        for before in (kept.leader_id, kept.second_leader_id):
            if before is not None:
                names.setdefault(before, login_of(db(), before))
    offered = [SelectChoice(str(number), name) for number, name in names.items()]
    form.leader.choices = [SelectChoice("0", _("Somebody without an account")), *offered]
    form.second.choices = [SelectChoice("0", _("Nobody")), *offered]
    form.parts.choices = [SelectChoice(each, each) for one in lessons for each in one.parts]


def _meeting_in(form: MeetingForm) -> Meeting:
    return Meeting(
        day=form.day.data,
        minutes=form.minutes.data,
        mode=form.mode.data,
        leader_id=form.leader.data or None,
        second_leader_id=form.second.data or None,
        led_by=form.led_by.data or "",
        phones=form.phones.data,
        papers=form.papers.data,
        neither=form.neither.data,
        parts=tuple(form.parts.data or ()),
        changed=form.changed.data or "",
        reason=form.reason.data or "",
    )


@bp.route(_ONE + "/delete", methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
def delete(by: Actor, group_id: int, number: int) -> ResponseReturnValue:
    """Delete a meeting, after a second look at what is lost."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    found, form = _meeting(group, number), ConfirmForm()
    if form.validate_on_submit():
        day = found.day.isoformat()
        delete_meeting(db(), found)
        tell(by, Deed.DELETED, Kind.SESSION, group.name, day)
        return redirect(address("staff", "groups", group.id, "sessions"), 303)
    return confirm_page(
        _("Delete this meeting?"),
        f"{group.name} · {day_in_words(found.day)}",
        [_("What you wrote about this meeting, and its hours, are lost for good.")],
        action=_("Delete the meeting"),
        back=address("staff", "groups", group.id, "sessions"),
        here=f"/staff/groups/{group.id}/sessions/{number}/delete",
    )


@bp.get("/sessions.csv")
@staff(Right.LEAD_GROUPS, Right.SEE_FIGURES)
def table(by: Actor, group_id: int) -> ResponseReturnValue:
    """The same as a table."""
    group = seen_group(by, group_id)
    rows = [
        {
            **{name: getattr(each, name) for name in _COLUMNS if hasattr(each, name)},
            "led_by": _led_by(each),
            "parts": " ".join(each.parts),
        }
        for each in reversed(meetings_of(db(), group.id))
    ]
    headers = {"Content-Disposition": f'attachment; filename="sessions-{group.id}.csv"'}
    kind = "text/csv; charset=utf-8"
    return Response(csv_of(rows, _COLUMNS), content_type=kind, headers=headers)
