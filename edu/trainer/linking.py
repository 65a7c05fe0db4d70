"""Papers that could be one person's: a trainer decides, and sees how much agrees, never in what."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.within_reach import own_group, seen_group
from edu.doors import address, day_in_words, db, settings, show, today, wave_name
from edu.learning.linking.evidence import open_pairs, relink, rule
from edu.learning.linking.keys import certificates_of
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind, write_down
from edu.trainer.paper import led_group

bp = Blueprint(
    "paper_links", __name__, url_prefix="/<tag>/staff/groups/<int(max=2147483647):group_id>/linking"
)


@dataclass(frozen=True)
class _Question:
    """Two papers: are they one person's?"""

    one: str
    other: str
    first: str
    second: str
    agree: int
    compared: int


@bp.get("")
@staff(Right.LEAD_GROUPS)
def index(by: Actor, group_id: int) -> ResponseReturnValue:
    """The pairs about which the rule is not certain."""
    group = led_group(by, group_id)
    return show(
        "trainer/linking.html",
        group=group,
        questions=[
            _Question(
                each.one,
                each.other,
                wave_name(first),
                wave_name(second),
                each.agree,
                each.compared,
            )
            for each, first, second in open_pairs(db(), group)
        ],
        form=ConfirmForm(),
        here=f"/staff/groups/{group_id}/linking",
    )


@bp.post("")
@staff(Right.LEAD_GROUPS)
def decide(by: Actor, group_id: int) -> ResponseReturnValue:
    """Say of two papers whether they are one person's."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    same = request.form.get("same", "")
    if not ConfirmForm().validate_on_submit() or same not in ("yes", "no"):
        abort(400)
    one, other = request.form.get("one", ""), request.form.get("other", "")
    if rule(db(), group, one, other, same=same == "yes"):
        relink(db(), group, secret=settings().secret_key, today=today())
        write_down(db(), by.organisation_id, by.login, Deed.SETTLED, Kind.PAPER, group.name)
    return redirect(address("staff", "groups", group_id, "linking"), 303)


@bp.get("/certificate")
@staff(Right.LEAD_GROUPS, Right.SEE_FIGURES)
def certificate(by: Actor, group_id: int) -> ResponseReturnValue:
    """That the key was destroyed: when, what went with it, and what nobody can do any more."""
    group = seen_group(by, group_id)
    found = certificates_of(db(), group.id)
    if not found:
        abort(404)
    return show(
        "trainer/link_certificate.html",
        group=group,
        certificates=found,
        on_day=day_in_words,
        here=f"/staff/groups/{group_id}/linking/certificate",
    )
