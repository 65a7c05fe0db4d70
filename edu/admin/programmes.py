"""Programmes: making and naming them, their groups, and how many people they have reached."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.plans import may_write_plan
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.account.within_reach import has_one_of, own_programme
from edu.admin.forms import GroupForm, NameForm
from edu.admin.wording import about
from edu.doors import address, day_in_words, db, show, today
from edu.groups.groups import group_of, groups_of
from edu.groups.models import Group, Programme
from edu.groups.programmes import (
    groups_in,
    move_group,
    programmes_of,
)
from edu.outcomes.totals import totals
from edu.partners.actors import Actor
from edu.partners.roles import Reach, Right
from edu.partners.trail import Deed, Kind
from edu.programmes.channels import overdue
from edu.programmes.collaborating import invitations_to
from edu.programmes.emergency import emergency_of
from edu.programmes.keeping import Taken
from edu.programmes.naming import begin_programme, call_programme
from edu.programmes.starting import missing

bp = Blueprint("programmes", __name__, url_prefix="/<tag>/staff/programmes")

_ONE = "/<int(max=2147483647):programme_id>"


@bp.get("")
@staff(Right.SEE_TOTALS, Right.PLAN_PROGRAMMES)
def index(by: Actor) -> ResponseReturnValue:
    """The programmes within her reach."""
    return _index(by, NameForm())


def _index(by: Actor, form: NameForm) -> str:
    return show(
        "admin/programmes.html",
        programmes=programmes_of(db(), by.organisation_id, _reach(by)),
        may_begin=by.reach(Right.BEGIN_PROGRAMMES).everything,
        invitations=invitations_to(db(), by.organisation_id)
        if by.may(Right.PLAN_PROGRAMMES)
        else [],
        form=form,
        here="/staff/programmes",
    )


def _reach(by: Actor) -> Reach:
    """The programmes that she may see at all."""
    count, plan = by.reach(Right.SEE_TOTALS), by.reach(Right.PLAN_PROGRAMMES)
    return Reach(count.everything or plan.everything, count.programmes | plan.programmes)


@bp.post("")
@staff(Right.BEGIN_PROGRAMMES)
@once
def new(by: Actor) -> ResponseReturnValue:
    """Make a programme. Whose role is for one programme would not see another one."""
    if not by.reach(Right.BEGIN_PROGRAMMES).everything:
        abort(403)
    form = NameForm()
    if not form.validate_on_submit():
        return _index(by, form), 422
    try:
        made = begin_programme(db(), by.organisation_id, form.name.data, today())
    except Taken:
        _say_taken(form)
        return _index(by, form), 422
    tell(by, Deed.MADE, Kind.PROGRAMME, made.name)
    return redirect(address("staff", "programmes", made.id), 303)


def _say_taken(form: NameForm) -> None:
    form.name.errors = [_("There is a programme of this name already.")]


@bp.get(_ONE)
@staff(Right.SEE_TOTALS, Right.PLAN_PROGRAMMES)
def programme(by: Actor, programme_id: int) -> ResponseReturnValue:
    """One programme: its groups, as far as she may see them, and how far it has reached."""
    found = _own(by, programme_id)
    return _page(by, found, NameForm(name=found.name))


def _own(by: Actor, programme_id: int) -> Programme:
    """A programme of which she sees totals, or that she plans."""
    return own_programme(by, programme_id, Right.SEE_TOTALS, Right.PLAN_PROGRAMMES)


def _page(by: Actor, found: Programme, form: NameForm) -> str:
    groups = groups_in(db(), found)
    choices = GroupForm()
    choices.offer([(str(each.id), each.name) for each in _movable(by, found)])
    may_count = by.reach(Right.SEE_TOTALS).covers(found.id)
    return show(
        "admin/programme.html",
        programme=found,
        groups=groups if _sees_groups(by, found) else None,
        emergency=emergency_of(db(), found.id) if _leads(by, found) else None,
        on_day=day_in_words,
        steps=missing(db(), found.id) if _leads(by, found) else [],
        settled=_leads(by, found) and not may_write_plan(by, found.id),
        overdue=overdue(db(), found.id, today()) if _sees_groups(by, found) else [],
        may_follow=_leads(by, found),
        may_lead=by.reach(Right.LEAD_GROUPS).covers(found.id),
        totals=totals(db(), groups) if may_count else None,
        about=about,
        may_plan=by.reach(Right.PLAN_PROGRAMMES).covers(found.id),
        may_read=by.reach(Right.SEE_FIGURES).covers(found.id),
        form=form,
        choices=choices,
        confirm=ConfirmForm(),
        here=f"/staff/programmes/{found.id}",
    )


def _sees_groups(by: Actor, found: Programme) -> bool:
    return has_one_of(by, found.id, Right.LEAD_GROUPS, Right.SEE_FIGURES)


def _leads(by: Actor, found: Programme) -> bool:
    """Whether what is missing before a group may start is hers to mend."""
    return has_one_of(by, found.id, Right.LEAD_GROUPS, Right.PLAN_PROGRAMMES)


def _movable(by: Actor, found: Programme) -> list[Group]:
    """The organisation's groups that are not in this programme yet."""
    if not by.reach(Right.PLAN_PROGRAMMES).covers(found.id):
        return []
    everything = Reach(True, frozenset())
    return [
        each
        for each in groups_of(db(), by.organisation_id, everything)
        if each.programme_id != found.id
    ]


@bp.post(_ONE + "/name")
@staff(Right.PLAN_PROGRAMMES)
def rename(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Call a programme something else."""
    found, form = _own(by, programme_id), NameForm()
    if not form.validate_on_submit():
        return _page(by, found, form), 422
    before = found.name
    try:
        call_programme(db(), found, form.name.data)
    except Taken:
        _say_taken(form)
        return _page(by, found, form), 422
    tell(by, Deed.RENAMED, Kind.PROGRAMME, found.name, before)
    return redirect(address("staff", "programmes", found.id), 303)


@bp.post(_ONE + "/groups")
@staff(Right.PLAN_PROGRAMMES)
def put_in(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Put one of the organisation's groups into a programme."""
    found, form = _own(by, programme_id), GroupForm()
    form.offer([(str(each.id), each.name) for each in _movable(by, found)])
    if not form.validate_on_submit():
        return _page(by, found, NameForm(name=found.name, formdata=None)), 422
    group = group_of(db(), by.organisation_id, form.group.data)
    if group is None:
        abort(404)
    _move(by, group, found)
    return redirect(address("staff", "programmes", found.id), 303)


@bp.post(_ONE + "/groups/<int(max=2147483647):group_id>/out")
@staff(Right.PLAN_PROGRAMMES)
def take_out(by: Actor, programme_id: int, group_id: int) -> ResponseReturnValue:
    """Take a group out of a programme; it can be put in again."""
    found = _own(by, programme_id)
    group = group_of(db(), by.organisation_id, group_id)
    if group is None or group.programme_id != found.id:
        abort(404)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    _move(by, group, None)
    return redirect(address("staff", "programmes", found.id), 303)


def _move(by: Actor, group: Group, programme: Programme | None) -> None:
    """Both ends are looked at: where a group comes from, and where it goes."""
    reach = by.reach(Right.PLAN_PROGRAMMES)
    ends = (group.programme_id, programme.id if programme is not None else None)
    if not all(reach.covers(end) for end in ends):
        abort(403)
    move_group(db(), group, programme)
    tell(by, Deed.MOVED, Kind.GROUP, group.name, programme.name if programme is not None else "")
