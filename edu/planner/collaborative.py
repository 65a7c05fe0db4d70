"""A collaborative: who stands in it, how many all reached, and what changed, side by side."""

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
from edu.partners.trail import Deed
from edu.planner.collaborative_words import about, answer_words, house_names, range_words, titles
from edu.planner.planning_forms import InviteForm
from edu.planner.plans import OF_PROGRAMME, SEE, tell_of
from edu.programmes.collaborating import (
    collaboratives_of,
    decline,
    end,
    figures_together,
    invitation_to,
    invitations_to,
    invite,
    invited_by,
    join,
    part_of_programme,
    reached_together,
)
from edu.programmes.planning import details_of
from edu.programmes.planning_models import CollaborativePart

bp = Blueprint(
    "collaborative",
    __name__,
    url_prefix=f"{OF_PROGRAMME}/collaborative",
)

_PART = "/<int(max=2147483647):part_id>"


@bp.get("")
@staff(*SEE)
def index(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Who stands together. Totals for everybody; figures only for who may see figures."""
    return _index(by, own_programme(by, programme_id, *SEE), InviteForm())


def _index(by: Actor, programme: Programme, form: InviteForm) -> str:
    found = collaboratives_of(db(), programme)
    may_read = has_one_of(by, programme.id, Right.SEE_FIGURES)
    may_plan = has_one_of(by, programme.id, Right.PLAN_PROGRAMMES)
    return show(
        "planner/collaborative.html",
        programme=programme,
        collaboratives=[
            (
                each,
                details_of(db(), each.leads.id),
                reached_together(db(), each.programmes),
                figures_together(db(), each.programmes) if may_read else [],
            )
            for each in found
        ],
        houses=house_names(found),
        titles=titles(found) if may_read else {},
        asked=invited_by(db(), programme.id) if may_plan else [],
        invitations=invitations_to(db(), by.organisation_id) if may_plan else [],
        about=about,
        answer=answer_words,
        range=range_words,
        on_day=day_in_words,
        may_read=may_read,
        may_plan=may_plan,
        form=form,
        confirm=ConfirmForm(formdata=None),
        here=f"/staff/programmes/{programme.id}/collaborative",
    )


@bp.post("")
@staff(Right.PLAN_PROGRAMMES)
@once
def ask(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Invite an organisation by its name."""
    programme, form = own_programme(by, programme_id, Right.PLAN_PROGRAMMES), InviteForm()
    if not form.validate_on_submit():
        return _index(by, programme, form), 422
    if invite(db(), programme, form.name.data, today()) is None:
        form.name.errors = [_("This organisation is there or was invited already.")]
        return _index(by, programme, form), 422
    tell_of(by, programme, form.name.data, Deed.INVITED)
    return _back(programme)


def _back(programme: Programme) -> ResponseReturnValue:
    return redirect(address("staff", "programmes", programme.id, "collaborative"), 303)


def _asked(by: Actor, programme_id: int, part_id: int) -> tuple[Programme, CollaborativePart]:
    """Both ends: a programme of hers, and an open invitation to her organisation."""
    programme = own_programme(by, programme_id, Right.PLAN_PROGRAMMES)
    part = invitation_to(db(), by.organisation_id, part_id)
    if part is None:
        abort(404)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    return programme, part


@bp.post(_PART + "/join")
@staff(Right.PLAN_PROGRAMMES)
def accept(by: Actor, programme_id: int, part_id: int) -> ResponseReturnValue:
    """Join with this programme."""
    programme, part = _asked(by, programme_id, part_id)
    join(db(), part, programme, today())
    tell_of(by, programme, "collaborative", Deed.SHARED)
    return _back(programme)


@bp.post(_PART + "/decline")
@staff(Right.PLAN_PROGRAMMES)
def refuse(by: Actor, programme_id: int, part_id: int) -> ResponseReturnValue:
    """Say no to an invitation."""
    programme, part = _asked(by, programme_id, part_id)
    decline(db(), part, today())
    tell_of(by, programme, "collaborative", Deed.WITHDREW)
    return _back(programme)


@bp.post(_PART + "/end")
@staff(Right.PLAN_PROGRAMMES)
def leave(by: Actor, programme_id: int, part_id: int) -> ResponseReturnValue:
    """Leave, or let an organisation go; one may be invited again."""
    programme = own_programme(by, programme_id, Right.PLAN_PROGRAMMES)
    part = part_of_programme(db(), programme.id, part_id)
    if part is None:
        abort(404)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    end(db(), part, today())
    tell_of(by, programme, part.name, Deed.WITHDREW)
    return _back(programme)
