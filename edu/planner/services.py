"""Services that a programme lists itself: added, changed, confirmed, taken out."""

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
from edu.planner.allies import WRITE, written
from edu.planner.ally_forms import ServiceForm
from edu.planner.plans import OF_PROGRAMME
from edu.programmes.ally_models import ListedService
from edu.programmes.listing import districts_of, keep_service, remove, service_of

bp = Blueprint(
    "services",
    __name__,
    url_prefix=f"{OF_PROGRAMME}/services",
)

_ONE = "/<int(max=2147483647):service_id>"


def _form(programme: Programme) -> ServiceForm:
    form = ServiceForm()
    form.offer([(each.id, each.name) for each in districts_of(db(), programme.id)])
    return form


def _page(programme: Programme, form: ServiceForm, found: ListedService | None) -> str:
    end = found.id if found is not None else "new"
    return show(
        "planner/service.html",
        programme=programme,
        service=found,
        form=form,
        here=f"/staff/programmes/{programme.id}/services/{end}",
    )


@bp.route("/new", methods=["GET", "POST"])
@staff(*WRITE)
@once
def new(by: Actor, programme_id: int) -> ResponseReturnValue:
    """List a service."""
    programme = written(by, programme_id)
    form = _form(programme)
    if form.validate_on_submit():
        made = keep_service(db(), programme.id, form.told, by.member.id)
        tell(by, Deed.MADE, Kind.SERVICE, made.name, programme.name)
        return _back(programme)
    return _page(programme, form, None), 422 if form.errors else 200


def _back(programme: Programme) -> ResponseReturnValue:
    return redirect(address("staff", "programmes", programme.id, "directory"), 303)


def _own(programme: Programme, service_id: int) -> ListedService:
    found = service_of(db(), programme.id, service_id)
    if found is None:
        abort(404)
    return found


@bp.route(_ONE, methods=["GET", "POST"])
@staff(*WRITE)
def change(by: Actor, programme_id: int, service_id: int) -> ResponseReturnValue:
    """Say something else of one, or that somebody asked there again."""
    programme = written(by, programme_id)
    found, form = _own(programme, service_id), _form(programme)
    if form.validate_on_submit():
        keep_service(db(), programme.id, form.told, by.member.id, found)
        tell(by, Deed.SET, Kind.SERVICE, found.name, programme.name)
        return _back(programme)
    if not form.is_submitted():
        form.fill(found)
    return _page(programme, form, found), 422 if form.errors else 200


@bp.route(_ONE + "/out", methods=["GET", "POST"])
@staff(*WRITE)
def out(by: Actor, programme_id: int, service_id: int) -> ResponseReturnValue:
    """Take one out, after a second look."""
    programme = written(by, programme_id)
    found, form = _own(programme, service_id), ConfirmForm()
    if form.validate_on_submit():
        tell(by, Deed.DESTROYED, Kind.SERVICE, found.name, programme.name)
        remove(db(), found)
        return _back(programme)
    return confirm_page(
        _("Take this service out?"),
        found.name,
        [_("What you wrote of it is lost. You can list it anew.")],
        action=_("Take it out"),
        back=address("staff", "programmes", programme.id, "directory"),
    )
