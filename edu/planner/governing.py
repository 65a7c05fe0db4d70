"""Advice of the steering group, and research with what learners answer."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.signed_in import staff
from edu.account.within_reach import has_one_of, own_programme
from edu.doors import address, day_in_words, db, show, today
from edu.groups.models import Programme
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.planner.governing_forms import AdviceForm, ApprovalForm
from edu.planner.plans import OF_PROGRAMME, SEE, tell_of
from edu.programmes.governing import advice_of, note_advice
from edu.programmes.research import approvals_of, in_force, keep_approval, stop

bp = Blueprint(
    "governing",
    __name__,
    url_prefix=OF_PROGRAMME,
)


@bp.get("/steering/advice")
@staff(*SEE)
def advice(by: Actor, programme_id: int) -> ResponseReturnValue:
    """What was advised, and what became of it."""
    return _advice(by, own_programme(by, programme_id, *SEE), AdviceForm(formdata=None))


def _advice(by: Actor, programme: Programme, form: AdviceForm) -> str:
    return show(
        "planner/advice.html",
        programme=programme,
        given=advice_of(db(), programme.id),
        on_day=day_in_words,
        may_plan=has_one_of(by, programme.id, Right.PLAN_PROGRAMMES),
        form=form,
        here=f"/staff/programmes/{programme.id}/steering/advice",
    )


@bp.post("/steering/advice")
@staff(Right.PLAN_PROGRAMMES)
@once
def note(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Write advice down; where it was not followed, with the reason."""
    programme = own_programme(by, programme_id, Right.PLAN_PROGRAMMES)
    form = AdviceForm()
    if not form.validate_on_submit():
        return _advice(by, programme, form), 422
    note_advice(
        db(),
        programme.id,
        form.role.data,
        form.advice.data,
        form.given_on.data,
        form.reason.data or "",
        followed=form.outcome.data == "followed",
        member_id=by.member.id,
    )
    tell_of(by, programme, "advice")
    return redirect(address("staff", "programmes", programme.id, "steering", "advice"), 303)


@bp.get("/research")
@staff(*SEE)
def research(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Whether answers may be used for research, and by whose approval."""
    return _research(by, own_programme(by, programme_id, *SEE), ApprovalForm(formdata=None))


def _research(by: Actor, programme: Programme, form: ApprovalForm) -> str:
    now = in_force(db(), programme.id, today())
    return show(
        "planner/research.html",
        programme=programme,
        now=now,
        past=[each for each in approvals_of(db(), programme.id) if each is not now],
        on_day=day_in_words,
        may_plan=has_one_of(by, programme.id, Right.PLAN_PROGRAMMES),
        form=form,
        confirm=ConfirmForm(formdata=None),
        here=f"/staff/programmes/{programme.id}/research",
    )


@bp.post("/research")
@staff(Right.PLAN_PROGRAMMES)
@once
def approved(by: Actor, programme_id: int) -> ResponseReturnValue:
    """An ethics committee has approved research. One at a time, so that a yes has one meaning."""
    programme = own_programme(by, programme_id, Right.PLAN_PROGRAMMES)
    form = ApprovalForm()
    if not form.validate_on_submit():
        return _research(by, programme, form), 422
    if in_force(db(), programme.id, today()) is not None:
        form.committee.errors = [_("There is an approval already. Stop that one first.")]
        return _research(by, programme, form), 422
    keep_approval(db(), programme.id, form.said, by.member.id)
    tell_of(by, programme, "research approved")
    return redirect(address("staff", "programmes", programme.id, "research"), 303)


@bp.post("/research/stop")
@staff(Right.PLAN_PROGRAMMES)
def no_more(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Nothing is used for research from now on; a new approval can be written down."""
    programme = own_programme(by, programme_id, Right.PLAN_PROGRAMMES)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    now = in_force(db(), programme.id, today())
    if now is not None:
        stop(db(), now, today())
        tell_of(by, programme, "research stopped")
    return redirect(address("staff", "programmes", programme.id, "research"), 303)
