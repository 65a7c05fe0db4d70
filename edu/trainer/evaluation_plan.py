"""A programme's plan: written, frozen, and what was done otherwise afterwards."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.plans import WRITERS, may_write_plan, programme_to_plan
from edu.account.signed_in import staff
from edu.account.within_reach import has_one_of, own_programme
from edu.doors import address, day_in_words, db, show, today
from edu.groups.models import Programme
from edu.outcomes.plans import (
    WAVES,
    Frozen,
    Plan,
    add_deviation,
    deviations_of,
    digest_of,
    freeze,
    held_plan,
    keep_plan,
    plan_of,
    smallest_change,
)
from edu.outcomes.voices_models import NOTE_KINDS
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind, write_down
from edu.trainer.evaluation import title_of, titles_of
from edu.trainer.evaluation_forms import DeviationForm, PlanForm
from edu.trainer.evaluation_wording import (
    asked_when,
    detectable_words,
    kind_words,
    open_part,
)

bp = Blueprint(
    "evaluation_plan",
    __name__,
    url_prefix="/<tag>/staff/programmes/<int(max=2147483647):programme_id>/evaluation/plan",
)


def _form(programme: Programme, kept: Plan | None) -> PlanForm:
    form = PlanForm(obj=kept)
    form.primary.choices = [
        SelectChoice(f"{instrument}/{scale}", f"{words.title.text} ({instrument})")
        for (instrument, scale), words in titles_of(programme).items()
    ]
    form.waves.choices = [SelectChoice(each, asked_when(each)) for each in WAVES]
    form.words.choices = [SelectChoice(each, kind_words(each)) for each in NOTE_KINDS]
    return form


@bp.get("")
@staff(Right.SEE_FIGURES, Right.PLAN_PROGRAMMES)
def plan(by: Actor, programme_id: int) -> ResponseReturnValue:
    """The plan, to read or to write."""
    programme = own_programme(by, programme_id, Right.SEE_FIGURES, Right.PLAN_PROGRAMMES)
    return _page(by, programme)


def _page(
    by: Actor,
    programme: Programme,
    form: PlanForm | None = None,
    deviation: DeviationForm | None = None,
    refused: Sequence[str] = (),
    *,
    moved: bool = False,
) -> str:
    kept = plan_of(db(), programme.id)
    told = Plan.from_json(kept.content) if kept is not None else None
    words = titles_of(programme)
    return show(
        "trainer/evaluation_plan.html",
        programme=programme,
        kept=kept,
        told=told,
        primary=[(title_of(words, each), each.partition("/")[0]) for each in told.primary]
        if told
        else [],
        told_in_words=_in_words(told),
        size=detectable_words(told.people, told.detectable) if told and told.detectable else "",
        refused=[open_part(each) for each in refused],
        moved=moved,
        seen=digest_of(kept.content) if kept else "",
        frozen_on=day_in_words(kept.frozen_on) if kept and kept.frozen_on else "",
        deviations=[(day_in_words(each.made_on), each.text) for each in deviations_of(db(), kept)]
        if kept
        else [],
        may_plan=may_write_plan(by, programme.id),
        may_add=has_one_of(by, programme.id, *WRITERS),
        form=form or _form(programme, told),
        confirm=ConfirmForm(),
        otherwise=deviation or DeviationForm(formdata=None),
        here=f"/staff/programmes/{programme.id}/evaluation/plan",
    )


def _in_words(told: Plan | None) -> list[tuple[str, str]]:
    """What a plan says beside its scales and numbers; what it leaves open is left out."""
    if told is None:
        return []
    days = {
        _("First day"): told.begins_on,
        _("Last day"): told.ends_on,
        _("Answers are kept until"): told.kept_until,
    }
    said = {
        _("When are people asked?"): ", ".join(asked_when(each) for each in told.waves),
        _("Words beside the numbers"): ", ".join(kind_words(each) for each in told.words),
        _("Who looks after the evaluation here, by role"): told.owner,
        _("Who reads it from outside: a role or an organisation"): told.reader,
        **{name: day_in_words(day) for name, day in days.items() if day is not None},
        _("What else should be known"): told.note,
    }
    return [(name, text) for name, text in said.items() if text]


@bp.post("")
@staff(*WRITERS)
def write(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Write the plan down, or change it while it is not frozen."""
    programme = programme_to_plan(by, programme_id)
    form = _form(programme, None)
    if not form.validate_on_submit():
        return _page(by, programme, form), 422
    try:
        keep_plan(db(), programme.id, _said(form), today())
    except Frozen:
        abort(409)
    write_down(db(), by.organisation_id, by.login, Deed.SET, Kind.PROGRAMME, programme.name, "plan")
    return _back(programme)


def _said(form: PlanForm) -> Plan:
    """What a valid form says."""
    return Plan(
        primary=tuple(form.primary.data),
        comparison=form.comparison.data,
        people=form.people.data,
        minimum=form.minimum.data,
        begins_on=form.begins_on.data,
        ends_on=form.ends_on.data,
        note=form.note.data or "",
        waves=tuple(form.waves.data or ()),
        owner=form.owner.data or "",
        reader=form.reader.data or "",
        words=tuple(form.words.data or ()),
        detectable=smallest_change(form.people.data),
        kept_until=form.kept_until.data,
    )


def _back(programme: Programme) -> ResponseReturnValue:
    return redirect(address("staff", "programmes", programme.id, "evaluation", "plan"), 303)


@bp.post("/freeze")
@staff(*WRITERS)
def freeze_it(by: Actor, programme_id: int) -> ResponseReturnValue:
    """From now on it cannot be changed any more. What it does not say yet is named first, and what
    somebody wrote after her page was made is shown first."""
    programme = programme_to_plan(by, programme_id)
    kept = held_plan(db(), programme.id)
    if kept is None:
        abort(404)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    told = Plan.from_json(kept.content)
    if kept.frozen_on is None and request.form.get("seen", "") not in ("", digest_of(kept.content)):
        return _page(by, programme, _form(programme, told), moved=True), 409
    lacking = told.open_parts() if kept.frozen_on is None else []
    if lacking:
        return _page(by, programme, _form(programme, told), refused=lacking), 422
    if freeze(db(), kept, today()):
        write_down(
            db(), by.organisation_id, by.login, Deed.CLOSED, Kind.PROGRAMME, programme.name, "plan"
        )
    return _back(programme)


@bp.post("/deviations")
@staff(*WRITERS)
@once
def otherwise(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Write down what was done otherwise than the frozen plan says."""
    programme = own_programme(by, programme_id, *WRITERS)
    kept = plan_of(db(), programme.id)
    if kept is None or kept.frozen_on is None:
        abort(404)
    form = DeviationForm()
    if not form.validate_on_submit():
        return _page(by, programme, deviation=form), 422
    add_deviation(db(), kept, form.text.data, today())
    return _back(programme)
