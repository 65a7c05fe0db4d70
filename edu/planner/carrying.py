"""Who carries a programme: partners and their signatures, the steering group."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.plans import WRITERS, may_write_plan, programme_to_plan
from edu.account.signed_in import staff
from edu.account.within_reach import own_programme
from edu.doors import address, day_in_words, db, show, today
from edu.groups.models import Programme
from edu.partners.actors import Actor
from edu.planner.planning_forms import PartnerForm, SeatForm, SignForm
from edu.planner.planning_words import partner_kind
from edu.planner.plans import OF_PROGRAMME, SEE, tell_of
from edu.programmes.governing import contents_are_shared
from edu.programmes.keeping import Taken
from edu.programmes.planning import (
    add_partner,
    add_seat,
    details_of,
    partner_of,
    partners_of,
    remove,
    seat_of,
    seats_of,
    sign,
    take_signature_back,
)
from edu.programmes.planning_models import ProgrammePartner

bp = Blueprint(
    "carrying",
    __name__,
    url_prefix=OF_PROGRAMME,
)

_PARTNER = "/partners/<int(max=2147483647):partner_id>"
_SEAT = "/steering/<int(max=2147483647):seat_id>"


@bp.get("/partners")
@staff(*SEE)
def partners(by: Actor, programme_id: int) -> ResponseReturnValue:
    """The partners, and who of them has signed the vision."""
    programme = own_programme(by, programme_id, *SEE)
    form = PartnerForm()
    if not partners_of(db(), programme.id):
        form.name.data = by.organisation.name
    return _partners(by, programme, form)


def _partners(by: Actor, programme: Programme, form: PartnerForm) -> str:
    form.offer()
    return show(
        "planner/partners.html",
        programme=programme,
        details=details_of(db(), programme.id),
        partners=partners_of(db(), programme.id),
        kind=partner_kind,
        on_day=day_in_words,
        may_plan=may_write_plan(by, programme.id),
        form=form,
        here=f"/staff/programmes/{programme.id}/partners",
    )


@bp.post("/partners")
@staff(*WRITERS)
@once
def add(by: Actor, programme_id: int) -> ResponseReturnValue:
    """A partner more."""
    programme = programme_to_plan(by, programme_id)
    form = PartnerForm()
    form.offer()
    if not form.validate_on_submit():
        return _partners(by, programme, form), 422
    try:
        made = add_partner(db(), programme.id, form.name.data, form.kind.data, by.organisation)
    except Taken:
        form.name.errors = [_("This organisation is a partner already.")]
        return _partners(by, programme, form), 422
    tell_of(by, programme, f"partner: {made.name}")
    return redirect(address("staff", "programmes", programme.id, "partners"), 303)


@bp.route(_PARTNER, methods=["GET", "POST"])
@staff(*WRITERS)
def partner(by: Actor, programme_id: int, partner_id: int) -> ResponseReturnValue:
    """One partner: write down that it signed, take that back, or take it out."""
    programme, found = _one(by, programme_id, partner_id)
    form = SignForm()
    if request.method == "GET":
        form.role.data, form.signed_on.data = found.signed_role, found.signed_on or today()
    details = details_of(db(), programme.id)
    if details is not None and form.validate_on_submit():
        sign(db(), found, form.role.data, form.signed_on.data)
        tell_of(by, programme, f"signed: {found.name}")
        return redirect(address("staff", "programmes", programme.id, "partners"), 303)
    page = show(
        "planner/partner.html",
        programme=programme,
        partner=found,
        details=details,
        kind=partner_kind,
        on_day=day_in_words,
        form=form,
        confirm=ConfirmForm(formdata=None),
    )
    return page, (422 if request.method == "POST" else 200)


def _one(by: Actor, programme_id: int, partner_id: int) -> tuple[Programme, ProgrammePartner]:
    programme = programme_to_plan(by, programme_id)
    found = partner_of(db(), programme.id, partner_id)
    if found is None:
        abort(404)
    return programme, found


@bp.post(_PARTNER + "/unsign")
@staff(*WRITERS)
def unsign(by: Actor, programme_id: int, partner_id: int) -> ResponseReturnValue:
    """A partner's signature was taken back; it can sign again."""
    programme, found = _one(by, programme_id, partner_id)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    take_signature_back(db(), found)
    tell_of(by, programme, f"signature taken back: {found.name}")
    return redirect(address("staff", "programmes", programme.id, "partners"), 303)


@bp.post(_PARTNER + "/out")
@staff(*WRITERS)
def take_out(by: Actor, programme_id: int, partner_id: int) -> ResponseReturnValue:
    """A partner is none any more; it can be put in again."""
    programme, found = _one(by, programme_id, partner_id)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    name = found.name
    remove(db(), found)
    tell_of(by, programme, f"partner taken out: {name}")
    return redirect(address("staff", "programmes", programme.id, "partners"), 303)


@bp.get("/steering")
@staff(*SEE)
def steering(by: Actor, programme_id: int) -> ResponseReturnValue:
    """The steering group, seat by seat."""
    return _steering(by, own_programme(by, programme_id, *SEE), SeatForm())


def _steering(by: Actor, programme: Programme, form: SeatForm) -> str:
    seats = seats_of(db(), programme.id)
    return show(
        "planner/steering.html",
        programme=programme,
        seats=seats,
        shared=contents_are_shared(seats),
        heard=any(seat.lived_experience and seat.votes for seat in seats),
        may_plan=may_write_plan(by, programme.id),
        form=form,
        confirm=ConfirmForm(formdata=None),
        here=f"/staff/programmes/{programme.id}/steering",
    )


@bp.post("/steering")
@staff(*WRITERS)
@once
def seat(by: Actor, programme_id: int) -> ResponseReturnValue:
    """A seat more."""
    programme = programme_to_plan(by, programme_id)
    form = SeatForm()
    if not form.validate_on_submit():
        return _steering(by, programme, form), 422
    add_seat(
        db(),
        programme.id,
        form.role.data,
        votes=form.voice.data == "votes",
        lived=form.lived.data,
        paid=form.paid.data,
        contents=form.contents.data,
    )
    tell_of(by, programme, "steering group")
    return redirect(address("staff", "programmes", programme.id, "steering"), 303)


@bp.post(_SEAT + "/out")
@staff(*WRITERS)
def leave(by: Actor, programme_id: int, seat_id: int) -> ResponseReturnValue:
    """Take a seat away; it can be made again."""
    programme = programme_to_plan(by, programme_id)
    found = seat_of(db(), programme.id, seat_id)
    if found is None:
        abort(404)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    remove(db(), found)
    tell_of(by, programme, "steering group")
    return redirect(address("staff", "programmes", programme.id, "steering"), 303)
