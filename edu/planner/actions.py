"""Actions of a programme: written down, changed, told of at follow-up, dropped but kept."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.signed_in import staff
from edu.account.within_reach import own_programme
from edu.doors import address, day_in_words, db, show, today
from edu.groups.models import Programme
from edu.partners.actors import Actor
from edu.partners.trail import Deed, Kind, write_down
from edu.planner.follow_up import FOLLOW, led_groups
from edu.planner.following_forms import ActionForm, ReportForm
from edu.planner.following_words import state_name
from edu.planner.planning_words import partner_kind
from edu.planner.plans import OF_PROGRAMME
from edu.programmes.actions import (
    action_of,
    actions_of,
    add_action,
    change_action,
    count_actions,
    drop,
    report,
    take_up_again,
)
from edu.programmes.following_models import ProgrammeAction, State
from edu.programmes.planning import partners_of

bp = Blueprint(
    "actions",
    __name__,
    url_prefix=f"{OF_PROGRAMME}/actions",
)

_ONE = "/<int(max=2147483647):action_id>"


@dataclass(frozen=True)
class ActionLine:
    """An action as pages show it."""

    id: int
    what: str
    owner: str
    kind: str
    role: str
    due: str
    state: str
    group: str
    happened: str
    obstacle: str
    reported: str
    is_open: bool
    is_overdue: bool


def _line(each: ProgrammeAction, groups: dict[int, str]) -> ActionLine:
    is_open = each.state == State.OPEN.value
    return ActionLine(
        each.id,
        each.what,
        each.owner,
        partner_kind(each.owner_kind),
        each.owner_role,
        day_in_words(each.due_on),
        state_name(each.state),
        groups.get(each.group_id or 0, ""),
        each.happened,
        each.obstacle,
        day_in_words(each.reported_on) if each.reported_on else "",
        is_open,
        is_open and each.due_on < today(),
    )


def _form(by: Actor, programme: Programme, *, blank: bool = False) -> ActionForm:
    form = ActionForm(formdata=None) if blank else ActionForm()
    form.offer([(each.id, each.name) for each in led_groups(by, programme)])
    return form


@bp.get("")
@staff(*FOLLOW)
def index(by: Actor, programme_id: int) -> ResponseReturnValue:
    """All actions: the open ones by day, then what is done or dropped."""
    programme = own_programme(by, programme_id, *FOLLOW)
    return _index(by, programme, _form(by, programme))


def _index(by: Actor, programme: Programme, form: ActionForm) -> str:
    found = actions_of(db(), programme.id)
    names = {each.id: each.name for each in led_groups(by, programme)}
    return show(
        "planner/actions.html",
        programme=programme,
        actions=[_line(each, names) for each in found],
        count=count_actions(found),
        partners=[each.name for each in partners_of(db(), programme.id)],
        form=form,
        here=f"/staff/programmes/{programme.id}/actions",
    )


@bp.post("")
@staff(*FOLLOW)
@once
def new(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Write an action down."""
    programme = own_programme(by, programme_id, *FOLLOW)
    form = _form(by, programme)
    if not form.validate_on_submit():
        return _index(by, programme, form), 422
    made = add_action(db(), programme.id, form.wanted, today())
    _tell(by, Deed.MADE, made, programme)
    return _back(programme)


def _back(programme: Programme) -> ResponseReturnValue:
    return redirect(address("staff", "programmes", programme.id, "actions"), 303)


def _tell(by: Actor, deed: Deed, action: ProgrammeAction, programme: Programme) -> None:
    name = programme.name
    write_down(db(), by.organisation_id, by.login, deed, Kind.ACTION, action.what, name)


def _own(programme: Programme, action_id: int) -> ProgrammeAction:
    found = action_of(db(), programme.id, action_id)
    if found is None:
        abort(404)
    return found


@bp.get(_ONE)
@staff(*FOLLOW)
def action(by: Actor, programme_id: int, action_id: int) -> ResponseReturnValue:
    """One action."""
    programme = own_programme(by, programme_id, *FOLLOW)
    found = _own(programme, action_id)
    form = _form(by, programme, blank=True)
    form.fill(found)
    return _page(by, programme, found, form, _told(found))


def _told(found: ProgrammeAction) -> ReportForm:
    done = found.state == State.DONE.value
    return ReportForm(formdata=None, happened=found.happened, obstacle=found.obstacle, done=done)


def _page(
    by: Actor, programme: Programme, found: ProgrammeAction, form: ActionForm, told: ReportForm
) -> str:
    names = {each.id: each.name for each in led_groups(by, programme)}
    return show(
        "planner/action.html",
        programme=programme,
        action=_line(found, names),
        partners=[each.name for each in partners_of(db(), programme.id)],
        form=form,
        told=told,
        confirm=ConfirmForm(formdata=None),
        dropped=found.state == State.DROPPED.value,
        here=f"/staff/programmes/{programme.id}/actions/{found.id}",
    )


@bp.post(_ONE)
@staff(*FOLLOW)
def change(by: Actor, programme_id: int, action_id: int) -> ResponseReturnValue:
    """Write down what was agreed instead."""
    programme = own_programme(by, programme_id, *FOLLOW)
    found, form = _own(programme, action_id), _form(by, programme)
    if not form.validate_on_submit():
        return _page(by, programme, found, form, _told(found)), 422
    change_action(db(), found, form.wanted)
    _tell(by, Deed.SET, found, programme)
    return _back(programme)


@bp.post(_ONE + "/report")
@staff(*FOLLOW)
def tell(by: Actor, programme_id: int, action_id: int) -> ResponseReturnValue:
    """Write down what was told at follow-up."""
    programme = own_programme(by, programme_id, *FOLLOW)
    found, told = _own(programme, action_id), ReportForm()
    if not told.validate_on_submit():
        form = _form(by, programme, blank=True)
        form.fill(found)
        return _page(by, programme, found, form, told), 422
    happened, obstacle = told.happened.data, told.obstacle.data or ""
    report(db(), found, happened, obstacle, today(), done=told.done.data)
    _tell(by, Deed.CLOSED if told.done.data else Deed.SET, found, programme)
    return _back(programme)


@bp.route(_ONE + "/drop", methods=["GET", "POST"])
@staff(*FOLLOW)
def let_go(by: Actor, programme_id: int, action_id: int) -> ResponseReturnValue:
    """Drop an action, after a second look; it stays to be read."""
    programme = own_programme(by, programme_id, *FOLLOW)
    found, form = _own(programme, action_id), ConfirmForm()
    if form.validate_on_submit():
        drop(db(), found)
        _tell(by, Deed.TOOK_BACK, found, programme)
        return _back(programme)
    return confirm_page(
        _("Drop this action?"),
        found.what,
        [
            _("Nobody is reminded of it any more, and it is not counted."),
            _("It stays to be read. You can take it up again."),
        ],
        action=_("Drop it"),
        back=address("staff", "programmes", programme.id, "actions", found.id),
    )


@bp.post(_ONE + "/again")
@staff(*FOLLOW)
def again(by: Actor, programme_id: int, action_id: int) -> ResponseReturnValue:
    """Take up what was dropped or done."""
    programme = own_programme(by, programme_id, *FOLLOW)
    found = _own(programme, action_id)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    take_up_again(db(), found)
    _tell(by, Deed.OPENED, found, programme)
    return _back(programme)
