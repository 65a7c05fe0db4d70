"""Whom people of a programme turn to, and how it works in an emergency."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.plans import WRITERS
from edu.account.signed_in import staff
from edu.account.within_reach import has_one_of, own_programme
from edu.doors import address, day_in_words, db, show, today
from edu.groups.models import Programme
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed
from edu.planner.planning_forms import EmergencyForm, SupportForm
from edu.planner.plans import OF_PROGRAMME, SEE, tell_of
from edu.programmes.emergency import emergencies_of, emergency_of, turn_off, turn_on
from edu.programmes.planning import keep_support, support_of

bp = Blueprint(
    "programme_safety",
    __name__,
    url_prefix=OF_PROGRAMME,
)


@bp.get("/support")
@staff(*SEE)
def support(by: Actor, programme_id: int) -> ResponseReturnValue:
    """The support contact, to read or to write."""
    return _support(by, own_programme(by, programme_id, *SEE), SupportForm())


def _support(by: Actor, programme: Programme, form: SupportForm) -> str:
    kept = support_of(db(), programme.id)
    if kept is not None and request.method == "GET":
        form.role.data, form.reached.data = kept.role, kept.reached
        form.checked_on.data = kept.checked_on
    return show(
        "planner/support.html",
        programme=programme,
        kept=kept,
        on_day=day_in_words,
        may_plan=has_one_of(by, programme.id, *WRITERS),
        form=form,
        here=f"/staff/programmes/{programme.id}/support",
    )


@bp.post("/support")
@staff(*WRITERS)
def keep(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Write down whom people turn to, and when somebody last tried that. A number that no longer
    answers is mended at once, also when the plan is in use."""
    programme = own_programme(by, programme_id, *WRITERS)
    form = SupportForm()
    if not form.validate_on_submit():
        return _support(by, programme, form), 422
    keep_support(db(), programme.id, form.role.data, form.reached.data, form.checked_on.data)
    tell_of(by, programme, "support contact")
    return redirect(address("staff", "programmes", programme.id), 303)


@bp.get("/emergency")
@staff(*SEE)
def emergency(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Whether the programme works in an emergency, and since when."""
    return _emergency(by, own_programme(by, programme_id, *SEE), EmergencyForm())


def _emergency(by: Actor, programme: Programme, form: EmergencyForm) -> str:
    return show(
        "planner/emergency.html",
        programme=programme,
        now=emergency_of(db(), programme.id),
        past=[each for each in emergencies_of(db(), programme.id) if each.ended_on is not None],
        on_day=day_in_words,
        may_plan=has_one_of(by, programme.id, Right.PLAN_PROGRAMMES),
        form=form,
        confirm=ConfirmForm(formdata=None),
        here=f"/staff/programmes/{programme.id}/emergency",
    )


@bp.post("/emergency")
@staff(Right.PLAN_PROGRAMMES)
@once
def begin(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Work in an emergency from now on: one step, and only the reason is asked for."""
    programme = own_programme(by, programme_id, Right.PLAN_PROGRAMMES)
    form = EmergencyForm()
    if not form.validate_on_submit():
        return _emergency(by, programme, form), 422
    turn_on(db(), programme.id, form.reason.data, by.member.id, today())
    tell_of(by, programme, form.reason.data, Deed.EMERGENCY_ON)
    return redirect(address("staff", "programmes", programme.id), 303)


@bp.post("/emergency/over")
@staff(Right.PLAN_PROGRAMMES)
def over(by: Actor, programme_id: int) -> ResponseReturnValue:
    """The emergency is over; it can be turned on again."""
    programme = own_programme(by, programme_id, Right.PLAN_PROGRAMMES)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    if turn_off(db(), programme.id, by.member.id, today()):
        tell_of(by, programme, deed=Deed.EMERGENCY_OFF)
    return redirect(address("staff", "programmes", programme.id), 303)
