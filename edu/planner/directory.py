"""The directory of services of a programme, with its gaps: on screen, on paper, as a table."""

from flask import Blueprint, Response, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.doors import address, day_in_words, db, show, today
from edu.groups.models import Programme
from edu.partners.actors import Actor
from edu.partners.trail import Deed, Kind
from edu.planner.allies import SEE, WRITE, may_write, seen, written
from edu.planner.ally_forms import DistrictForm
from edu.planner.ally_words import cost_name, provider_name, state_name
from edu.planner.plans import OF_PROGRAMME
from edu.programmes.ally_models import Cost, District
from edu.programmes.directory import directory, places_elsewhere
from edu.programmes.directory_table import directory_csv
from edu.programmes.keeping import Taken
from edu.programmes.listing import (
    add_district,
    district_of,
    has_services,
    remove,
)

bp = Blueprint("directory", __name__, url_prefix=OF_PROGRAMME)

_ONE = "/directory/<int(max=2147483647):district_id>"
_WORDS = {"kind": provider_name, "cost_words": cost_name, "state": state_name, "day": day_in_words}


def _cost() -> Cost:
    """What the reader wants to see: all, what is free, or what is paid for."""
    try:
        return Cost(request.args.get("cost", ""))
    except ValueError:
        abort(404)


@bp.get("/directory")
@staff(*SEE)
def index(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Every district with every kind of service, the gaps too."""
    return _index(by, seen(by, programme_id), DistrictForm(formdata=None))


def _index(by: Actor, programme: Programme, form: DistrictForm) -> str:
    cost = _cost()
    return show(
        "planner/directory.html",
        programme=programme,
        pages=directory(db(), programme.id, today(), cost),
        elsewhere=places_elsewhere(db(), programme.id, today()),
        cost=cost.value,
        costs=[("", _("All")), ("free", _("Free")), ("paid", _("People pay"))],
        may_write=may_write(by, programme),
        form=form,
        here=f"/staff/programmes/{programme.id}/directory",
        **_WORDS,
    )


@bp.get("/directory.csv")
@staff(*SEE)
def table(by: Actor, programme_id: int) -> ResponseReturnValue:
    """The same for a spreadsheet."""
    programme = seen(by, programme_id)
    text = directory_csv(directory(db(), programme.id, today(), _cost()))
    name = f"programme-{programme.id}-services.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, content_type="text/csv; charset=utf-8", headers=headers)


@bp.post("/directory")
@staff(*WRITE)
@once
def add(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Name a district to look at."""
    programme, form = written(by, programme_id), DistrictForm()
    if not form.validate_on_submit():
        return _index(by, programme, form), 422
    try:
        add_district(db(), programme.id, form.district.data)
    except Taken:
        form.district.errors = [_("This district is in the list already.")]
        return _index(by, programme, form), 422
    tell(by, Deed.MADE, Kind.DISTRICT, form.district.data, programme.name)
    return _back(programme)


def _back(programme: Programme) -> ResponseReturnValue:
    return redirect(address("staff", "programmes", programme.id, "directory"), 303)


def _own(programme: Programme, district_id: int) -> District:
    found = district_of(db(), programme.id, district_id)
    if found is None:
        abort(404)
    return found


@bp.get(_ONE)
@staff(*SEE)
def one(by: Actor, programme_id: int, district_id: int) -> ResponseReturnValue:
    """One district on one page of paper."""
    programme = seen(by, programme_id)
    found = _own(programme, district_id)
    pages = directory(db(), programme.id, today())
    return show(
        "planner/district.html",
        programme=programme,
        page=next(each for each in pages if each.district is found),
        printed=day_in_words(today()),
        here=f"/staff/programmes/{programme.id}/directory/{found.id}",
        **_WORDS,
    )


@bp.route(_ONE + "/out", methods=["GET", "POST"])
@staff(*WRITE)
def out(by: Actor, programme_id: int, district_id: int) -> ResponseReturnValue:
    """Take a district out with what is listed there, after a second look."""
    programme = written(by, programme_id)
    found, form = _own(programme, district_id), ConfirmForm()
    if form.validate_on_submit():
        tell(by, Deed.DESTROYED, Kind.DISTRICT, found.name, programme.name)
        remove(db(), found)
        return _back(programme)
    lost = _("The services that you listed in it are lost with it.")
    return confirm_page(
        _("Take this district out?"),
        found.name,
        [
            lost
            if has_services(db(), found)
            else _("You have listed no service of your own there."),
            _("What the community's profile knows stays there."),
        ],
        action=_("Take it out"),
        back=address("staff", "programmes", programme.id, "directory"),
    )
