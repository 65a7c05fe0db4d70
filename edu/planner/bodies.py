"""The bodies around a programme: written down, changed, taken out where nothing hangs on them."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.doors import address, db, show
from edu.groups.models import Programme
from edu.partners.actors import Actor
from edu.partners.trail import Deed, Kind
from edu.planner.allies import SEE, WRITE, may_write, seen, written
from edu.planner.ally_forms import BodyForm
from edu.planner.ally_words import cost_name
from edu.planner.planning_words import partner_kind
from edu.planner.plans import OF_PROGRAMME
from edu.programmes.ally_models import Ally
from edu.programmes.channels import (
    Linked,
    add_body,
    body_of,
    change_body,
    channels_of,
    known_bodies,
    remove_body,
    uncalled,
)
from edu.programmes.keeping import Taken
from edu.programmes.planning_models import PartnerKind

bp = Blueprint("bodies", __name__, url_prefix=OF_PROGRAMME)

_ONE = "/bodies/<int(max=2147483647):body_id>"


@bp.get("/bodies")
@staff(*SEE)
def index(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Who stands around the programme."""
    return _index(by, seen(by, programme_id), BodyForm(formdata=None))


def _index(by: Actor, programme: Programme, form: BodyForm) -> str:
    known = known_bodies(db(), programme.id)
    return show(
        "planner/bodies.html",
        programme=programme,
        bodies=known,
        alone={each.key for each in uncalled(known, channels_of(db(), programme.id))},
        kind=partner_kind,
        cost=cost_name,
        may_write=may_write(by, programme),
        form=form,
        here=f"/staff/programmes/{programme.id}/bodies",
    )


@bp.post("/bodies")
@staff(*WRITE)
@once
def new(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Write one more down."""
    programme, form = written(by, programme_id), BodyForm()
    if not form.validate_on_submit():
        return _index(by, programme, form), 422
    try:
        add_body(db(), programme.id, form.name.data, PartnerKind(form.kind.data), form.cost.data)
    except Taken:
        _say_taken(form)
        return _index(by, programme, form), 422
    tell(by, Deed.MADE, Kind.BODY, form.name.data, programme.name)
    return _back(programme)


def _say_taken(form: BodyForm) -> None:
    form.name.errors = [_("This organisation stands here already.")]


def _back(programme: Programme) -> ResponseReturnValue:
    return redirect(address("staff", "programmes", programme.id, "bodies"), 303)


def _own(programme: Programme, body_id: int) -> Ally:
    found = body_of(db(), programme.id, body_id)
    if found is None:
        abort(404)
    return found


@bp.route(_ONE, methods=["GET", "POST"])
@staff(*WRITE)
def change(by: Actor, programme_id: int, body_id: int) -> ResponseReturnValue:
    """Say something else of one."""
    programme = written(by, programme_id)
    found = _own(programme, body_id)
    form = BodyForm(obj=found)
    if form.validate_on_submit():
        kind = PartnerKind(form.kind.data)
        try:
            change_body(db(), found, form.name.data, kind, form.cost.data)
        except Taken:
            _say_taken(form)
        else:
            tell(by, Deed.SET, Kind.BODY, found.name, programme.name)
            return _back(programme)
    page = show(
        "planner/body.html",
        programme=programme,
        body=found,
        form=form,
        here=f"/staff/programmes/{programme.id}/bodies/{found.id}",
    )
    return page, 422 if form.errors else 200


@bp.route(_ONE + "/out", methods=["GET", "POST"])
@staff(*WRITE)
def out(by: Actor, programme_id: int, body_id: int) -> ResponseReturnValue:
    """Take one out, after a second look."""
    programme = written(by, programme_id)
    found, form = _own(programme, body_id), ConfirmForm()
    if form.validate_on_submit():
        try:
            remove_body(db(), found)
        except Linked:
            abort(409)
        tell(by, Deed.DESTROYED, Kind.BODY, found.name, programme.name)
        return _back(programme)
    return confirm_page(
        _("Take this organisation out?"),
        found.name,
        [
            _("It goes from the list and from the map."),
            _("One that has or had a channel stays, so that you can read what was agreed."),
        ],
        action=_("Take it out"),
        back=address("staff", "programmes", programme.id, "bodies"),
    )
