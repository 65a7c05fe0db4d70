"""In which order a group takes its modules."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue

from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.account.within_reach import own_group
from edu.doors import address
from edu.groups.groups import take_earlier
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.trainer.forms import EarlierForm

bp = Blueprint("module_order", __name__, url_prefix="/<tag>/staff/groups")


@bp.post("/<int(max=2147483647):group_id>/order")
@staff(Right.LEAD_GROUPS)
def earlier(by: Actor, group_id: int) -> ResponseReturnValue:
    """Take one module a place earlier; the same again with the one it passed undoes it."""
    found, form = own_group(by, group_id, Right.LEAD_GROUPS), EarlierForm()
    if not form.validate_on_submit():
        abort(400)
    if take_earlier(found, form.module.data):
        tell(by, Deed.SET, Kind.GROUP, found.name, f"modules: {' '.join(found.modules)}")
    return redirect(address("staff", "groups", group_id) + "#modules", 303)
