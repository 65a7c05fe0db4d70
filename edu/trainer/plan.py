"""A group's plan: arm, waves, linking. What is changed late is confirmed and told."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from edu.account.signed_in import staff
from edu.account.within_reach import own_group
from edu.doors import address, db, settings, show, today
from edu.groups.arrangement import Move, arrange, arrangement_of, moves
from edu.groups.models import Group
from edu.groups.wording import parts_in_words
from edu.learning.journeys import has_begun
from edu.learning.linking.evidence import relink
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind, write_down
from edu.trainer.plan_forms import PlanForm
from edu.trainer.plan_words import forms_to_choose, meaning, value_words

bp = Blueprint(
    "plan", __name__, url_prefix="/<tag>/staff/groups/<int(max=2147483647):group_id>/plan"
)


@dataclass(frozen=True)
class ToldMove:
    """One change in words."""

    what: str
    was: str
    becomes: str
    meaning: str


def told(move: Move) -> ToldMove:
    """A change as the page tells it."""
    return ToldMove(
        parts_in_words()[move.what],
        value_words(move.what, move.was),
        value_words(move.what, move.becomes),
        meaning(move.what),
    )


@bp.route("", methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
def plan(by: Actor, group_id: int) -> ResponseReturnValue:
    """Look at the plan, and change it."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    form = PlanForm()
    forms = forms_to_choose(db(), by.organisation_id, group.tags, today())
    form.offer(group.tags, _with_chosen(forms, group))
    if request.method == "GET":
        form.show(arrangement_of(group))
    if not form.validate_on_submit():
        page = show("trainer/plan.html", group=group, form=form, found=[], here=_here(group))
        return page, (422 if request.method == "POST" else 200)
    wanted = form.arrangement(group.tags, today())
    found, begun = moves(group, wanted), has_begun(db(), group.id)
    if found and begun and request.form.get("sure") != "yes":
        return show(
            "trainer/plan.html", group=group, form=form, found=[told(each) for each in found]
        )
    arrange(db(), group, wanted, begun=begun, today=today())
    if any(each.what.startswith("element") for each in found):
        relink(db(), group, secret=settings().secret_key, today=today())
    for each in found:
        write_down(db(), by.organisation_id, by.login, Deed.SET, Kind.GROUP, group.name, each.what)
    return redirect(address("staff", "groups", group_id), 303)


def _with_chosen(forms: list[tuple[str, str]], group: Group) -> list[tuple[str, str]]:
    """Also what the group chose and could not choose newly any more."""
    known = {name for name, _words in forms}
    return forms + [(name, name) for name in group.instruments if name not in known]


def _here(group: Group) -> str:
    return f"/staff/groups/{group.id}/plan"
