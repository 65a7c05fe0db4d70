"""What a programme wants: vision, promotion goal, shares; and all of it on one printed page."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from edu.account.plans import WRITERS, may_write_plan, programme_to_plan
from edu.account.signed_in import staff
from edu.account.within_reach import own_programme
from edu.doors import address, day_in_words, db, show, today
from edu.partners.actors import Actor
from edu.planner.planning_forms import DetailsForm
from edu.planner.planning_words import partner_kind, setting_name
from edu.planner.plans import OF_PROGRAMME, SEE, tell_of
from edu.programmes.emergency import emergency_of
from edu.programmes.planning import (
    details_of,
    keep_details,
    partners_of,
    seats_of,
    support_of,
)

bp = Blueprint(
    "programme_details",
    __name__,
    url_prefix=OF_PROGRAMME,
)


@bp.get("/details")
@staff(*SEE)
def details(by: Actor, programme_id: int) -> ResponseReturnValue:
    """What the programme wants, to read or to write."""
    return _page(by, programme_id, DetailsForm())


@bp.post("/details")
@staff(*WRITERS)
def write(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Write it down. Without a promotion goal nothing is kept."""
    programme = programme_to_plan(by, programme_id)
    form = DetailsForm()
    form.offer()
    if not form.validate_on_submit():
        return _page(by, programme_id, form), 422
    keep_details(db(), programme.id, form.said, by.member.id, today())
    tell_of(by, programme, "details")
    return redirect(address("staff", "programmes", programme.id), 303)


def _page(by: Actor, programme_id: int, form: DetailsForm) -> str:
    programme = own_programme(by, programme_id, *SEE)
    kept = details_of(db(), programme.id)
    form.offer()
    if kept is not None and request.method == "GET":
        form.fill(kept)
    return show(
        "planner/details.html",
        programme=programme,
        kept=kept,
        setting=setting_name,
        may_plan=may_write_plan(by, programme.id),
        form=form,
        here=f"/staff/programmes/{programme.id}/details",
    )


@bp.get("/summary")
@staff(*SEE)
def summary(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Everything on one page, to be printed and signed."""
    programme = own_programme(by, programme_id, *SEE)
    return show(
        "planner/summary.html",
        programme=programme,
        kept=details_of(db(), programme.id),
        partners=partners_of(db(), programme.id),
        seats=seats_of(db(), programme.id),
        support=support_of(db(), programme.id),
        emergency=emergency_of(db(), programme.id),
        kind=partner_kind,
        setting=setting_name,
        on_day=day_in_words,
        here=f"/staff/programmes/{programme.id}/summary",
    )
