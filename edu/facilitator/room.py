"""What whoever leads needs in the room: screen, notes, sheets and handbook; and how the group
learns."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.account.within_reach import own_group
from edu.doors import address, day_in_words, db, show, today
from edu.facilitator.forms import ModeForm
from edu.facilitator.lessons import lesson_named, modules_for
from edu.facilitator.wording import mode_name
from edu.groups.models import Group
from edu.languages import language
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.programmes.modes import modes_of, switch
from edu.programmes.preparation import NEEDED, has_prepared, is_hard, lacks, prepare
from edu.programmes.room import room_of

bp = Blueprint(
    "room", __name__, url_prefix="/<tag>/staff/groups/<int(max=2147483647):group_id>/room"
)


@bp.get("")
@staff(Right.LEAD_GROUPS)
def index(by: Actor, group_id: int) -> ResponseReturnValue:
    """Everything for the room, lesson by lesson and language by language."""
    return _page(by, own_group(by, group_id, Right.LEAD_GROUPS), None)


def _page(by: Actor, group: Group, form: ModeForm | None) -> str:
    room = room_of(db(), group.id)
    modules = modules_for(db(), group)
    hard = [each.id for module in modules for each in module.lessons if is_hard(each.id)]
    return show(
        "facilitator/room.html",
        group=group,
        room=room,
        languages=[language(tag) for tag in group.tags],
        modules=modules,
        hard=hard,
        needed=lesson_named(db(), NEEDED) if hard else None,
        lacks=lacks(db(), by.member.id, group.programme_id) if hard else [],
        prepared=has_prepared(db(), by.member.id),
        form=form or ModeForm(formdata=None, mode=room.mode),
        confirm=ConfirmForm(),
        switches=[
            (day_in_words(each.since), mode_name(each.mode)) for each in modes_of(db(), group.id)
        ],
        here=f"/staff/groups/{group.id}/room",
    )


@bp.post("/mode")
@staff(Right.LEAD_GROUPS)
def mode(by: Actor, group_id: int) -> ResponseReturnValue:
    """Let the group learn in another way. Nothing is lost by it."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    form = ModeForm()
    if not form.validate_on_submit():
        return _page(by, group, form), 422
    if switch(db(), group.id, form.mode.data, by.member.id, today()):
        tell(by, Deed.SET, Kind.GROUP, group.name, form.mode.data)
    return redirect(address("staff", "groups", group.id), 303)


@bp.post("/prepared")
@staff(Right.LEAD_GROUPS)
def prepared(by: Actor, group_id: int) -> ResponseReturnValue:
    """Whoever leads says that she has worked through the lesson on leading safely."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    prepare(db(), by.member.id, today())
    return redirect(address("staff", "groups", group.id, "room"), 303)
