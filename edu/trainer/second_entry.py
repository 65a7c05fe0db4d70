"""The second entry of a sheet, where two readings differ, and who settles it."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.doors import address, db, show, today, wave_name
from edu.groups.models import Group
from edu.learning.paper.cells import NotAnAnswer
from edu.learning.paper.models import PaperSheet
from edu.learning.paper.reading import Sheet
from edu.learning.paper.rows import close, rows_of, sheet_of
from edu.learning.paper.second import compare, differences, settle
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind, write_down
from edu.trainer.paper import led_group
from edu.trainer.paper_views import grid, heads_of
from edu.trainer.typing import sheet_in, typed_rows

bp = Blueprint(
    "second_entry",
    __name__,
    url_prefix=(
        "/<tag>/staff/groups/<int(max=2147483647):group_id>"
        "/paper/sheets/<int(max=2147483647):sheet_id>"
    ),
)


def _sheet(by: Actor, group_id: int, sheet_id: int) -> tuple[Group, PaperSheet]:
    """A sheet of a group she leads, while its rows are there."""
    group = led_group(by, group_id)
    found = sheet_of(db(), group.id, sheet_id)
    if found is None or found.closed_on is not None:
        abort(404)
    return group, found


@bp.route("/second", methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
def second(by: Actor, group_id: int, sheet_id: int) -> ResponseReturnValue:
    """Type the same papers once more, without seeing what was typed first."""
    group, found = _sheet(by, group_id, sheet_id)
    if found.second_by_id is not None:
        return redirect(address("staff", "groups", group_id, "paper", "sheets", sheet_id), 303)
    sheet = sheet_in(group, found.wave, found.tag)
    numbers = [row.number for row in rows_of(db(), found)]
    heads, form, wrong = heads_of(sheet, who=False), ConfirmForm(), []
    if request.method == "POST" and form.validate_on_submit():
        typed = typed_rows(sheet, numbers, who=False)
        wrong = compare(db(), found, sheet.columns, typed, by=by.member.id, today=today())
        if not wrong:
            return redirect(address("staff", "groups", group_id, "paper"), 303)
    page = show(
        "trainer/second_entry.html",
        group=group,
        wave_name=wave_name(found.wave),
        sheet=found,
        heads=heads,
        rows=grid(heads, numbers, request.form, wrong),
        form=form,
        here=f"/staff/groups/{group_id}/paper/sheets/{sheet_id}/second",
    )
    return page, (422 if request.method == "POST" else 200)


@bp.route("", methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
def decide(by: Actor, group_id: int, sheet_id: int) -> ResponseReturnValue:
    """Where two readings differ: look at the paper again, and say what it says."""
    group, found = _sheet(by, group_id, sheet_id)
    sheet, form, wrong = sheet_in(group, found.wave, found.tag), ConfirmForm(), ""
    if request.method == "POST" and form.validate_on_submit():
        number, column = request.form.get("number", ""), request.form.get("column", "")
        if not (number.isascii() and number.isdecimal() and len(number) < 9):
            abort(400)
        if _settle(found, sheet, int(number), column):
            return _settled(by, group, found)
        wrong = f"{number} {column}"
    page = show(
        "trainer/differences.html",
        group=group,
        wave_name=wave_name(found.wave),
        sheet=found,
        differences=differences(db(), found),
        titles={head.name: head for head in heads_of(sheet, who=False)},
        wrong=wrong,
        form=form,
        here=f"/staff/groups/{group_id}/paper/sheets/{sheet_id}",
    )
    return page, (422 if request.method == "POST" else 200)


def _settle(found: PaperSheet, sheet: Sheet, number: int, column: str) -> bool:
    """Keep what she says the paper says; whether she said something that can be kept."""
    typed = request.form.get("other", "").strip() or request.form.get("reading")
    if typed is None:
        return False
    try:
        settle(db(), found, sheet.columns, number, column, typed, today())
    except NotAnAnswer:
        return False
    return True


def _settled(by: Actor, group: Group, found: PaperSheet) -> ResponseReturnValue:
    write_down(db(), by.organisation_id, by.login, Deed.SETTLED, Kind.PAPER, group.name)
    if found.closed_on is not None:
        return redirect(address("staff", "groups", group.id, "paper"), 303)
    return redirect(address("staff", "groups", group.id, "paper", "sheets", found.id), 303)


@bp.post("/close")
@staff(Right.LEAD_GROUPS)
def end(by: Actor, group_id: int, sheet_id: int) -> ResponseReturnValue:
    """Nobody will type these papers again: forget which row was whose."""
    group, found = _sheet(by, group_id, sheet_id)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    close(db(), found, today())
    write_down(db(), by.organisation_id, by.login, Deed.CLOSED, Kind.PAPER, group.name)
    return redirect(address("staff", "groups", group_id, "paper"), 303)
