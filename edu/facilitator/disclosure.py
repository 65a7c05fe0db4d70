"""The card for the moment in which somebody tells something heavy: printed, and kept at hand."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from edu.account.signed_in import staff
from edu.account.within_reach import own_group
from edu.doors import day_in_words, db, show, today
from edu.groups.models import Group
from edu.languages import language
from edu.pages.place import place_view
from edu.pages.speaking import spoken
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.programmes.planning import support_of
from edu.programmes.planning_models import SupportContact

bp = Blueprint(
    "disclosure", __name__, url_prefix="/<tag>/staff/groups/<int(max=2147483647):group_id>/card"
)


@bp.get("")
@staff(Right.LEAD_GROUPS)
def card(by: Actor, group_id: int) -> ResponseReturnValue:
    """The card in the language spoken, with what is confirmed for its place, and with nothing of
    any other place. It carries the day, because services end."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    return show(
        "facilitator/card.html",
        group=group,
        languages=[language(tag) for tag in group.tags],
        place=place_view(db(), spoken(), today()),
        contact=_contact(group),
        day=day_in_words(today()),
        here=f"/staff/groups/{group.id}/card",
    )


def _contact(group: Group) -> SupportContact | None:
    """Whom the programme has named; a group of no programme has nobody."""
    return support_of(db(), group.programme_id) if group.programme_id is not None else None
