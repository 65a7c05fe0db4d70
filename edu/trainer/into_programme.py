"""A group of no programme finds one: one that is there, or a new one that its leader begins."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.once import once
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.account.within_reach import own_group, own_programme
from edu.doors import address, db, show, today
from edu.groups.models import Group, Programme
from edu.groups.programmes import move_group
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.programmes.keeping import Taken
from edu.programmes.naming import begin_programme
from edu.trainer.forms import IntoProgrammeForm, NewProgrammeForm
from edu.trainer.making import programme_choices

bp = Blueprint(
    "into_programme", __name__, url_prefix="/<tag>/staff/groups/<int(max=2147483647):group_id>"
)


@bp.get("/programme")
@staff(Right.LEAD_GROUPS)
def index(by: Actor, group_id: int) -> ResponseReturnValue:
    """The programmes that are there, and the form for a new one."""
    return _page(by, own_group(by, group_id, Right.LEAD_GROUPS))


@bp.post("/programme")
@staff(Right.LEAD_GROUPS)
def choose(by: Actor, group_id: int) -> ResponseReturnValue:
    """Put the group into a programme that is there. Both ends are hers: she leads the group, and
    groups of that programme, where she could have made it as well."""
    group, form = own_group(by, group_id, Right.LEAD_GROUPS), IntoProgrammeForm()
    form.programme.choices = programme_choices(by)
    if group.programme_id is not None:
        return _back(group)
    if not form.validate_on_submit():
        return _page(by, group, form), 422
    _put(by, group, own_programme(by, form.programme.data, Right.LEAD_GROUPS))
    return _back(group)


@bp.post("/programme/new")
@staff(Right.LEAD_GROUPS)
@once
def begin(by: Actor, group_id: int) -> ResponseReturnValue:
    """Begin a programme with this group, and go on to its plan."""
    group, form = own_group(by, group_id, Right.LEAD_GROUPS), NewProgrammeForm()
    if group.programme_id is not None:
        return _back(group)
    if not by.reach(Right.BEGIN_PROGRAMMES).everything:
        abort(403)
    if not form.validate_on_submit():
        return _page(by, group, new=form), 422
    try:
        made = begin_programme(db(), by.organisation_id, form.name.data, today())
    except Taken:
        form.name.errors = [_("There is a programme of this name already.")]
        return _page(by, group, new=form), 422
    tell(by, Deed.MADE, Kind.PROGRAMME, made.name)
    _put(by, group, made)
    return redirect(address("staff", "programmes", made.id), 303)


def _page(
    by: Actor,
    group: Group,
    form: IntoProgrammeForm | None = None,
    new: NewProgrammeForm | None = None,
) -> str:
    if form is None:
        form = IntoProgrammeForm(formdata=None)
        form.programme.choices = programme_choices(by)
    return show(
        "trainer/into_programme.html",
        group=group,
        form=form,
        new=new or NewProgrammeForm(formdata=None),
        may_begin=by.reach(Right.BEGIN_PROGRAMMES).everything,
        here=f"/staff/groups/{group.id}/programme",
    )


def _put(by: Actor, group: Group, programme: Programme) -> None:
    move_group(db(), group, programme)
    tell(by, Deed.MOVED, Kind.GROUP, group.name, programme.name)


def _back(group: Group) -> ResponseReturnValue:
    return redirect(address("staff", "groups", group.id), 303)
