"""What there is to do next in a programme."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from edu.account.signed_in import staff
from edu.account.within_reach import has_one_of, own_programme
from edu.doors import day_in_words, db, show, today
from edu.groups.models import Group, Programme
from edu.groups.programmes import groups_in
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.planner.plans import OF_PROGRAMME
from edu.programmes.following import programme_tasks

bp = Blueprint("follow_up", __name__, url_prefix=OF_PROGRAMME)

#: Who follows a programme through; and who may change what was agreed there.
FOLLOW = (Right.LEAD_GROUPS, Right.PLAN_PROGRAMMES)


def led_groups(by: Actor, programme: Programme) -> list[Group]:
    """The programme's groups, for who may see them one by one."""
    sees = has_one_of(by, programme.id, Right.LEAD_GROUPS, Right.SEE_FIGURES)
    return list(groups_in(db(), programme)) if sees else []


@bp.get("/follow-up")
@staff(*FOLLOW)
def index(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Groups without follow-up, boosters, overdue actions and channels, in order."""
    programme = own_programme(by, programme_id, *FOLLOW)
    groups = led_groups(by, programme)
    return show(
        "planner/follow_up.html",
        programme=programme,
        tasks=programme_tasks(db(), programme.id, programme.name, groups, today()),
        groups=groups,
        on_day=day_in_words,
        here=f"/staff/programmes/{programme.id}/follow-up",
    )
