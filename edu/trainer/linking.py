"""Papers that could be one person's: a trainer decides, and sees how much agrees, never in what."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.within_reach import own_group, seen_group
from edu.doors import address, day_in_words, db, settings, show, today, wave_name
from edu.learning.linking.doubts import OnPaper, doubts_of, rule
from edu.learning.linking.evidence import relink
from edu.learning.linking.keys import certificates_of
from edu.learning.linking.matching import Candidate
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

    pair: Candidate
    first: str
    second: str


def _paper_words(paper: OnPaper) -> str:
    """Which paper is meant; without its number where nobody knows that any more."""
    if paper.number is None or paper.day is None:
        return wave_name(paper.wave)
    return _(
        "%(questions)s: paper %(number)d of %(day)s",
        questions=wave_name(paper.wave),
        number=paper.number,
        day=day_in_words(paper.day),
    )


@bp.get("")
@staff(Right.LEAD_GROUPS)
def index(by: Actor, group_id: int) -> ResponseReturnValue:
    """The pairs about which the rule is not certain."""
    group = led_group(by, group_id)
    return show(
        "trainer/linking.html",
        group=group,
        questions=[
            _Question(each.pair, _paper_words(each.first), _paper_words(each.second))
            for each in doubts_of(db(), group)
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
