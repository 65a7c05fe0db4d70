"""Counting hands for a question, before and after."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.account.within_reach import own_group, seen_group
from edu.doors import address, day_in_words, db, show, today
from edu.facilitator.forms import FromLessonForm, HandsForm, QuestionForm, hands_form, options_of
from edu.facilitator.lessons import questions_for
from edu.groups.models import Group
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.programmes.hands import (
    FEWEST,
    MOST,
    Count,
    ask,
    count_of,
    counted,
    counts_of,
    delete_count,
    keep_hands,
)
from edu.programmes.session_models import HandCount

bp = Blueprint(
    "hands", __name__, url_prefix="/<tag>/staff/groups/<int(max=2147483647):group_id>/hands"
)

_ONE = "/<int(max=2147483647):number>"


@dataclass(frozen=True)
class Told:
    """A question as a list shows it to somebody."""

    row: HandCount
    day: str
    before: Count | None
    after: Count | None

    @property
    def hides(self) -> bool:
        """Whether small numbers are left out."""
        return any(each.hides for each in (self.before, self.after) if each)


@bp.get("")
@staff(Right.LEAD_GROUPS, Right.SEE_FIGURES)
def index(by: Actor, group_id: int) -> ResponseReturnValue:
    """All questions with their hands; small numbers only for whoever leads the group."""
    return _index(by, seen_group(by, group_id), QuestionForm(), FromLessonForm())


def _index(by: Actor, group: Group, form: QuestionForm, taking: FromLessonForm) -> str:
    leads = by.reach(Right.LEAD_GROUPS).covers(group.programme_id)
    taking.taken.choices = _taken(group) if leads else []
    return show(
        "facilitator/hands.html",
        group=group,
        counts=[_told(each, whole=leads) for each in counts_of(db(), group.id)],
        may_lead=leads,
        form=form,
        taking=taking,
        here=f"/staff/groups/{group.id}/hands",
    )


def _taken(group: Group) -> list[SelectChoice]:
    return [
        SelectChoice(key, f"{title}: {asked.question}")
        for key, (title, asked) in questions_for(db(), group).items()
        if FEWEST <= len(asked.options) <= MOST
    ]


def _told(row: HandCount, *, whole: bool) -> Told:
    return Told(
        row,
        day_in_words(row.day),
        counted(row.options, row.before, whole=whole),
        counted(row.options, row.after, whole=whole),
    )


@bp.post("")
@staff(Right.LEAD_GROUPS)
@once
def own(by: Actor, group_id: int) -> ResponseReturnValue:
    """A question in one's own words."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    form = QuestionForm()
    if not form.validate_on_submit():
        return _index(by, group, form, FromLessonForm(formdata=None)), 422
    made = ask(db(), group.id, form.question.data, options_of(form.options.data), today())
    return _made(by, group, made)


@bp.post("/lesson")
@staff(Right.LEAD_GROUPS)
@once
def take(by: Actor, group_id: int) -> ResponseReturnValue:
    """A question of a lesson, in the words that the group meets."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    form = FromLessonForm()
    form.taken.choices = _taken(group)
    if not form.validate_on_submit():
        return _index(by, group, QuestionForm(formdata=None), form), 422
    _title, asked = questions_for(db(), group)[form.taken.data]
    lesson = form.taken.data.partition("/")[0]
    made = ask(db(), group.id, asked.question, asked.options, today(), lesson=lesson)
    return _made(by, group, made)


def _made(by: Actor, group: Group, made: HandCount) -> ResponseReturnValue:
    tell(by, Deed.MADE, Kind.HANDS, group.name)
    return redirect(address("staff", "groups", group.id, "hands", made.id), 303)


@bp.route(_ONE, methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
def one(by: Actor, group_id: int, number: int) -> ResponseReturnValue:
    """Write down the hands for one question."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    found = _count(group, number)
    form = hands_form(found.options, found.before, found.after)
    if form.validate_on_submit():
        keep_hands(db(), found, *(_hands(form, time, found) for time in ("before", "after")))
        tell(by, Deed.SET, Kind.HANDS, group.name)
        return redirect(address("staff", "groups", group.id, "hands"), 303)
    page = show(
        "facilitator/hands_one.html",
        group=group,
        count=found,
        form=form,
        rows=[(option, place) for place, option in enumerate(found.options)],
        here=f"/staff/groups/{group.id}/hands/{number}",
    )
    return page, (422 if request.method == "POST" else 200)


def _count(group: Group, number: int) -> HandCount:
    found = count_of(db(), group.id, number)
    if found is None:
        abort(404)
    return found


def _hands(form: HandsForm, time: str, count: HandCount) -> list[int]:
    """The hands of one time. Where one answer was counted, an empty field is no hand."""
    hands = [form[f"{time}_{place}"].data for place in range(len(count.options))]
    if all(each is None for each in hands):
        return []
    return [each or 0 for each in hands]


@bp.route(_ONE + "/delete", methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
def delete(by: Actor, group_id: int, number: int) -> ResponseReturnValue:
    """Delete a question with its hands, after a second look."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    found, form = _count(group, number), ConfirmForm()
    if form.validate_on_submit():
        delete_count(db(), found)
        tell(by, Deed.DELETED, Kind.HANDS, group.name)
        return redirect(address("staff", "groups", group.id, "hands"), 303)
    return confirm_page(
        _("Delete this question?"),
        found.question,
        [_("The question and the hands that were counted for it are lost for good.")],
        action=_("Delete the question"),
        back=address("staff", "groups", group.id, "hands"),
        here=f"/staff/groups/{group.id}/hands/{number}/delete",
    )
