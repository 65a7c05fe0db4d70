"""Referrals between clinic and community, month by month: the loop, the table, the form."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.doors import address, db, show
from edu.groups.models import Programme
from edu.languages import language
from edu.outcomes.table import csv_of
from edu.pages.speaking import spoken
from edu.partners.actors import Actor
from edu.partners.trail import Deed, Kind
from edu.planner.allies import SEE, WRITE, may_write, seen, written
from edu.planner.ally_forms import ReferralForm
from edu.planner.ally_words import month_words, people_words, way_name
from edu.planner.plans import OF_PROGRAMME
from edu.programmes.ally_models import ReferralMonth, Way
from edu.programmes.boxes import Box
from edu.programmes.referral_picture import loop_picture
from edu.programmes.referrals import (
    Loop,
    Number,
    forget_month,
    keep_month,
    month_numbered,
    months_of,
    protected,
    together,
)

bp = Blueprint("referrals", __name__, url_prefix=OF_PROGRAMME)

_COLUMNS = ("month", "way", "sent", "arrived", "word_came_back")


@dataclass(frozen=True)
class _Row:
    """A month in words; no number that is too small is in it."""

    id: int
    month: str
    numbers: list[str]


@dataclass(frozen=True)
class _Part:
    """One way: its loop, the sum and the months."""

    title: str
    picture: Markup
    whole: list[str]
    rows: list[_Row]


@bp.get("/referrals")
@staff(*SEE)
def index(by: Actor, programme_id: int) -> ResponseReturnValue:
    """How many were sent, arrived, and of how many word came back."""
    return _index(by, seen(by, programme_id), ReferralForm(formdata=None))


def _index(by: Actor, programme: Programme, form: ReferralForm) -> str:
    parts = [_part(way, programme) for way in Way]
    return show(
        "planner/referrals.html",
        programme=programme,
        parts=[each for each in parts if each.rows],
        may_write=may_write(by, programme),
        form=form,
        here=f"/staff/programmes/{programme.id}/referrals",
    )


def _part(way: Way, programme: Programme) -> _Part:
    months = months_of(db(), programme.id, way)
    loops = [_loop(each) for each in months]
    whole = together(loops)
    rows = [
        _Row(each.id, month_words(each.month), _words(loop))
        for each, loop in zip(months, loops, strict=True)
    ]
    picture = _picture(whole) if whole is not None else Markup("")
    return _Part(way_name(way.value), picture, _words(whole) if whole else [], rows)


def _loop(month: ReferralMonth) -> Loop:
    return protected(month.sent, month.arrived, month.heard)


def _words(loop: Loop) -> list[str]:
    return [people_words(each) for each in loop.numbers]


def _picture(loop: Loop) -> Markup:
    names = (_("Sent"), _("Arrived"), _("Word came back"))
    steps = [Box(words, name) for name, words in zip(names, _words(loop), strict=True)]
    return loop_picture(steps, mirrored=language(spoken()).direction == "rtl")


@bp.post("/referrals")
@staff(*WRITE)
def keep(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Type the numbers of a month, or type them anew."""
    programme, form = written(by, programme_id), ReferralForm()
    if not form.validate_on_submit():
        return _index(by, programme, form), 422
    way = Way(form.way.data)
    keep_month(db(), programme.id, form.month.data, way, form.numbers, by.member.id)
    tell(by, Deed.TYPED, Kind.REFERRALS, form.month.data.strftime("%Y-%m"), programme.name)
    return _back(programme)


def _back(programme: Programme) -> ResponseReturnValue:
    return redirect(address("staff", "programmes", programme.id, "referrals"), 303)


@bp.route("/referrals/<int(max=2147483647):month_id>/out", methods=["GET", "POST"])
@staff(*WRITE)
def out(by: Actor, programme_id: int, month_id: int) -> ResponseReturnValue:
    """Take a month's numbers out, after a second look."""
    programme = written(by, programme_id)
    found, form = month_numbered(db(), programme.id, month_id), ConfirmForm()
    if found is None:
        abort(404)
    if form.validate_on_submit():
        tell(by, Deed.DESTROYED, Kind.REFERRALS, found.month.strftime("%Y-%m"), programme.name)
        forget_month(db(), found)
        return _back(programme)
    return confirm_page(
        _("Take these numbers out?"),
        f"{month_words(found.month)}, {way_name(found.way)}",
        [_("The numbers of this month and way are lost. You can type them anew.")],
        action=_("Take them out"),
        back=address("staff", "programmes", programme.id, "referrals"),
    )


@bp.get("/referrals.csv")
@staff(*SEE)
def table(by: Actor, programme_id: int) -> ResponseReturnValue:
    """The same for a spreadsheet, as protected as the page."""
    programme = seen(by, programme_id)
    rows = []
    for way in Way:
        for each in months_of(db(), programme.id, way):
            named = {"month": each.month.strftime("%Y-%m"), "way": way.value}
            told = [_cell(number) for number in _loop(each).numbers]
            rows.append(named | dict(zip(_COLUMNS[2:], told, strict=True)))
    name = f"programme-{programme.id}-referrals.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(csv_of(rows, _COLUMNS), content_type="text/csv; charset=utf-8", headers=headers)


def _cell(number: Number) -> str:
    """In English, as all tables for spreadsheets."""
    return (
        str(number.number) if number.number is not None else number.said.value.replace("five", "5")
    )
