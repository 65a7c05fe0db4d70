"""Clinical and community learners in one group: bringing two groups together, and their report."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.account.within_reach import has_one_of, own_group, seen_group
from edu.doors import address, db, show, today
from edu.groups.models import Group
from edu.learning.courses import course_in
from edu.learning.waves import AFTER
from edu.outcomes.scale_figures import ScaleFigures
from edu.pages.speaking import spoken
from edu.pages.views import Text
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.programmes.joint import Sides, bring_together, compared, others_for, part, sides_of
from edu.programmes.keeping import Taken
from edu.trainer.forms import JointForm
from edu.trainer.wording import scale_words, signed

bp = Blueprint(
    "joint", __name__, url_prefix="/<tag>/staff/groups/<int(max=2147483647):group_id>/together"
)


@dataclass(frozen=True)
class _Side:
    """One side's line of a scale; `n` is empty where nothing may be shown."""

    n: str = ""
    change: str = ""
    likely: str = ""


@dataclass(frozen=True)
class _Row:
    """One scale on both sides."""

    title: Text
    clinical: _Side
    community: _Side
    difference: str


@bp.get("")
@staff(Right.LEAD_GROUPS, Right.SEE_FIGURES)
def index(by: Actor, group_id: int) -> ResponseReturnValue:
    """The report that compares both sides, or the form that brings two groups together."""
    return _page(by, seen_group(by, group_id), JointForm(formdata=None))


def _page(by: Actor, group: Group, form: JointForm) -> str:
    sides = _reached(by, group, Right.LEAD_GROUPS, Right.SEE_FIGURES)
    form.offer([(each.id, each.name) for each in others_for(db(), group)])
    may_read = _reached(by, group, Right.SEE_FIGURES) is not None
    return show(
        "trainer/joint.html",
        group=group,
        sides=sides,
        rows=_rows(group, sides) if sides is not None and may_read else [],
        may_lead=by.reach(Right.LEAD_GROUPS).covers(group.programme_id),
        may_read=may_read,
        form=form,
        confirm=ConfirmForm(formdata=None),
        here=f"/staff/groups/{group.id}/together",
    )


def _reached(by: Actor, group: Group, *rights: Right) -> Sides | None:
    """Both sides, if she reaches both: one of them may have moved to another programme since."""
    sides = sides_of(db(), group.id)
    if sides is None:
        return None
    both = (sides.clinical.programme_id, sides.community.programme_id)
    return sides if all(has_one_of(by, each, *rights) for each in both) else None


def _rows(group: Group, sides: Sides) -> list[_Row]:
    words = scale_words(course_in(db(), spoken(), group.modules).questionnaires, spoken())
    return [
        _Row(
            words[instrument, scale].title if (instrument, scale) in words else Text(scale),
            _side(each.clinical),
            _side(each.community),
            "" if each.difference is None else signed(each.difference),
        )
        for each in compared(db(), sides, AFTER)
        for instrument, _version, scale in [each.key]
    ]


def _side(figures: ScaleFigures | None) -> _Side:
    if figures is None or figures.change.mean_change is None:
        return _Side()
    likely = figures.change.interval
    return _Side(
        str(figures.n),
        signed(figures.change.mean_change),
        f"{signed(likely.low)} … {signed(likely.high)}" if likely is not None else "",
    )


@bp.post("")
@staff(Right.LEAD_GROUPS)
@once
def bring(by: Actor, group_id: int) -> ResponseReturnValue:
    """Let this group meet as one with another."""
    group, form = own_group(by, group_id, Right.LEAD_GROUPS), JointForm()
    form.offer([(each.id, each.name) for each in others_for(db(), group)])
    if not form.validate_on_submit():
        return _page(by, group, form), 422
    other = own_group(by, form.other.data, Right.LEAD_GROUPS)
    clinical, community = (group, other) if form.side.data == "clinical" else (other, group)
    try:
        bring_together(db(), clinical, community, by.member.id, today())
    except Taken:
        form.other.errors = [_("This group meets with another one already.")]
        return _page(by, group, form), 422
    tell(by, Deed.SET, Kind.GROUP, group.name, f"together: {other.name}")
    return redirect(address("staff", "groups", group_id, "together"), 303)


@bp.post("/part")
@staff(Right.LEAD_GROUPS)
def alone(by: Actor, group_id: int) -> ResponseReturnValue:
    """They meet alone again; they can be brought together once more."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    sides = _reached(by, group, Right.LEAD_GROUPS)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    if sides is not None:
        part(db(), sides)
        tell(by, Deed.SET, Kind.GROUP, group.name, "alone")
    return redirect(address("staff", "groups", group_id, "together"), 303)
