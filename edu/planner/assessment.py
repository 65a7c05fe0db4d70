"""The community assessment: one question a page, in any order, then frozen."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.account.within_reach import has_one_of, own_programme
from edu.doors import address, day_in_words, db, show, today
from edu.groups.models import Programme
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.planner.planning_forms import StepForm
from edu.planner.planning_words import part_name, question
from edu.planner.plans import OF_PROGRAMME
from edu.planner.profile_hints import hints_for
from edu.programmes.assessing import (
    BY_NAME,
    STEPS,
    Step,
    Unfinished,
    finish,
    is_answered,
    newest,
    open_steps,
    said_in,
    save_step,
    version_of,
    versions_of,
)

bp = Blueprint(
    "assessment",
    __name__,
    url_prefix=f"{OF_PROGRAMME}/assessment",
)

_WRITE = (Right.LEAD_GROUPS, Right.PLAN_PROGRAMMES)
_SEE = (*_WRITE, Right.SEE_FIGURES)


@bp.get("")
@staff(*_SEE)
def index(by: Actor, programme_id: int) -> ResponseReturnValue:
    """How far the assessment is, and its frozen versions."""
    return _index(by, own_programme(by, programme_id, *_SEE))


def _index(by: Actor, programme: Programme, *, refused: bool = False) -> str:
    kept = newest(db(), programme.id)
    lacking = open_steps(kept)
    return show(
        "planner/assessment.html",
        programme=programme,
        kept=kept,
        steps=[(step, question(step.name), is_answered(kept, step)) for step in STEPS],
        lacking=lacking,
        refused=refused,
        frozen=[each for each in versions_of(db(), programme.id) if each.frozen_on is not None],
        may_write=has_one_of(by, programme.id, *_WRITE),
        on_day=day_in_words,
        confirm=ConfirmForm(formdata=None),
        here=f"/staff/programmes/{programme.id}/assessment",
    )


@bp.route("/<name:step>", methods=["GET", "POST"])
@staff(*_WRITE)
def page(by: Actor, programme_id: int, step: str) -> ResponseReturnValue:
    """One question. What is written is kept at once, also when it is only half an answer."""
    programme = own_programme(by, programme_id, *_WRITE)
    if step not in BY_NAME:
        abort(404)
    asked, form = BY_NAME[step], StepForm()
    form.cut(asked)
    if request.method == "GET":
        form.fill(asked, said_in(newest(db(), programme.id), asked))
    elif form.validate_on_submit():
        save_step(db(), programme.id, asked, form.said(asked), by.member.id, today())
        return redirect(_next(programme, asked), 303)
    number = STEPS.index(asked)
    shown = show(
        "planner/assessment_step.html",
        programme=programme,
        step=asked,
        words=question(asked.name),
        number=number + 1,
        steps=STEPS,
        before=STEPS[number - 1] if number else None,
        hints=hints_for(db(), programme, asked.name, today()),
        form=form,
        here=f"/staff/programmes/{programme.id}/assessment/{asked.name}",
    )
    return shown, (422 if request.method == "POST" else 200)


def _next(programme: Programme, step: Step) -> str:
    """The next page, or the one before; after the last one, or on request, the overview."""
    root, then = ("staff", "programmes", programme.id, "assessment"), request.form.get("then")
    number = STEPS.index(step) + (-1 if then == "back" else 1)
    if then == "overview" or not 0 <= number < len(STEPS):
        return address(*root)
    return address(*root, STEPS[number].name)


@bp.post("/finish")
@staff(*_WRITE)
def freeze(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Freeze what is written, with its day. Open questions are named, and nothing is frozen."""
    programme = own_programme(by, programme_id, *_WRITE)
    kept = newest(db(), programme.id)
    if kept is None:
        abort(404)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    try:
        finish(db(), kept, today())
    except Unfinished:
        return _index(by, programme, refused=True), 422
    tell(
        by,
        Deed.CLOSED,
        Kind.PROGRAMME,
        programme.name,
        f"assessment {kept.version}",
    )
    return redirect(address("staff", "programmes", programme.id, "assessment"), 303)


@bp.get("/version/<int(max=2147483647):version>")
@staff(*_SEE)
def version(by: Actor, programme_id: int, version: int) -> ResponseReturnValue:
    """One frozen version, to read and to print."""
    programme = own_programme(by, programme_id, *_SEE)
    kept = version_of(db(), programme.id, version)
    if kept is None or kept.frozen_on is None:
        abort(404)
    return show(
        "planner/assessment_version.html",
        programme=programme,
        kept=kept,
        answers=[(step, question(step.name), said_in(kept, step)) for step in STEPS],
        part=part_name,
        on_day=day_in_words,
        here=f"/staff/programmes/{programme.id}/assessment/version/{version}",
    )
