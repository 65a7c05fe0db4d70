"""Opening a group: people may join it from then on. Too early, the page says what is missing."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.within_reach import own_group
from edu.doors import address, db, today
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind, write_down
from edu.programmes.starting import open_group
from edu.trainer.groups import group_page

bp = Blueprint("opening", __name__, url_prefix="/<tag>/staff/groups")


@bp.post("/<int(max=2147483647):group_id>/open")
@staff(Right.LEAD_GROUPS)
def open_it(by: Actor, group_id: int) -> ResponseReturnValue:
    """Let people join; pressed again it changes nothing."""
    found = own_group(by, group_id, Right.LEAD_GROUPS)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    was_open = found.opened_on is not None
    if open_group(db(), found, today()):
        return group_page(by, found, refused=True), 422
    if not was_open:
        write_down(db(), by.organisation_id, by.login, Deed.BEGAN, Kind.GROUP, found.name)
    return redirect(address("staff", "groups", group_id), 303)
