"""Many groups from one sheet: an empty table to take along, a preview, and then all or none."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from edu.account.forms import storable
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.account.within_reach import own_programme
from edu.doors import address, day_in_words, db, offered, show, today
from edu.editions.releasing import released_modules
from edu.exchange.workbook import Column, Sheet, workbook
from edu.gate.gate import admit, limit_for
from edu.gate.refused import Refused
from edu.groups.models import Programme
from edu.groups.programmes import groups_in
from edu.languages import SOURCE, language
from edu.pages.reasons import reasons
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.planner.following_forms import KeepForm, SheetForm
from edu.planner.following_words import column_words, fault_words, role_name
from edu.planner.plans import OF_PROGRAMME
from edu.programmes.emergency import emergency_of
from edu.programmes.group_sheets import COLUMNS, Offered, Row, Titles, rows_in, titles_in
from edu.programmes.keeping import hold
from edu.programmes.lots import draws_of, is_honest
from edu.programmes.many_groups import make_groups
from edu.programmes.track_words import offer_words, track_name
from edu.programmes.tracks import EMERGENCY, offers, track_named

bp = Blueprint(
    "group_sheet",
    __name__,
    url_prefix=f"{OF_PROGRAMME}/groups/sheet",
)

#: What a form has around its file, in bytes; and how many faults are told at once.
_AROUND, _MOST_TOLD = 64 * 1024, 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BLANK_ROWS = 40

Table = Sequence[Sequence[str]]


@dataclass(frozen=True)
class _Line:
    """A row as the preview shows it."""

    row: Row
    languages: list[str]
    role: str
    track: str
    arm: str
    first_day: str
    from_day: str


def _led(by: Actor, programme_id: int) -> Programme:
    return own_programme(by, programme_id, Right.LEAD_GROUPS)


def _offered(programme: Programme) -> Offered:
    """The source has every module that is released in any language."""
    modules = [each.module for each in released_modules(db(), SOURCE)]
    names = [each.name for each in groups_in(db(), programme)]
    return Offered([each.tag for each in offered()], modules, names)


@bp.get("")
@staff(Right.LEAD_GROUPS)
def index(by: Actor, programme_id: int) -> ResponseReturnValue:
    """What a sheet is made of, and the lots that were drawn."""
    return _page(_led(by, programme_id))


def _page(programme: Programme, wrong: Sequence[str] = (), form: SheetForm | None = None) -> str:
    urgent = emergency_of(db(), programme.id) is not None
    known = _offered(programme)
    return show(
        "planner/group_sheet.html",
        programme=programme,
        form=form or SheetForm(formdata=None),
        wrong=wrong,
        columns=column_words(),
        tracks=[
            (each.track.id, offer_words(each))
            for each in offers(known.modules, first=EMERGENCY if urgent else None)
        ],
        draws=[
            (each, day_in_words(each.drawn_on), is_honest(each))
            for each in draws_of(db(), programme.id)
        ],
        here=f"/staff/programmes/{programme.id}/groups/sheet",
    )


@bp.get("/table.<any(csv, xlsx):kind>")
@staff(Right.LEAD_GROUPS)
def template(by: Actor, programme_id: int, kind: str) -> ResponseReturnValue:
    """An empty table; in a workbook a second sheet says what belongs where."""
    _led(by, programme_id)
    if kind == "csv":
        line = ",".join(COLUMNS)
        answer = Response(f"\ufeff{line}\r\n", content_type="text/csv; charset=utf-8")
    else:
        columns = [Column(title, 16, open=True) for title in COLUMNS]
        blank = [[""] * len(columns)] * _BLANK_ROWS
        meaning = [Column("column", 16), Column("what belongs there", 80)]
        answer = Response(
            workbook([Sheet("groups", columns, blank), Sheet("key", meaning, column_words())]),
            mimetype=_XLSX,
        )
    answer.headers.set("Content-Disposition", "attachment", filename=f"groups.{kind}")
    return answer


@bp.post("")
@staff(Right.LEAD_GROUPS)
def look(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Read a sheet, and show what would be made. Nothing is kept yet."""
    request.max_content_length = max(limit_for("csv"), limit_for("xlsx")) + _AROUND
    programme, form = _led(by, programme_id), SheetForm()
    if not form.validate_on_submit():
        return _page(programme, form=form), 422
    try:
        table = _table(form.file.data)
    except Refused as refused:
        return _page(programme, reasons(refused.mistakes)), 422
    rows, wrong = _read(programme, table)
    if wrong:
        return _page(programme, wrong), 422
    return show(
        "planner/group_sheet_sure.html",
        programme=programme,
        lines=[_line(each) for each in rows],
        lots=sum(each.in_lot for each in rows),
        form=KeepForm(formdata=None, rows=json.dumps(table, ensure_ascii=False)),
        here=f"/staff/programmes/{programme.id}/groups/sheet",
    )


def _table(sent: FileStorage) -> list[list[str]]:
    name = sent.filename or ""
    kind = "xlsx" if name.lower().endswith(".xlsx") else "csv"
    with sent.stream as opened:
        admitted = admit(kind, opened.read(limit_for(kind) + 1), name)
    tables = list(admitted.tables.values())
    return _clean(tables[0] if tables else [])


def _clean(table: Table) -> list[list[str]]:
    """The cells as they may be kept, without rows and columns in which nothing stands."""
    rows = [[storable(cell) or "" for cell in row] for row in table]
    return [row[: len(rows[0])] for row in rows if any(row)]


def _read(programme: Programme, table: Table) -> tuple[list[Row], list[str]]:
    titles = titles_in(table)
    if titles.are_wrong:
        return [], _title_words(titles)
    rows, wrong = rows_in(table, _offered(programme))
    return rows, [fault_words(each) for each in wrong[:_MOST_TOLD]]


def _title_words(titles: Titles) -> list[str]:
    told = [_("The column “%(name)s” is missing.", name=each) for each in titles.missing]
    told += [_("“%(name)s” is no column of this table.", name=each) for each in titles.unknown]
    told += [_("The column “%(name)s” is there twice.", name=each) for each in titles.twice]
    if titles.too_many:
        told.append(_("There are more than 60 groups. Take them in two tables."))
    if titles.no_rows:
        told.append(_("No row was filled in."))
    return told


def _line(row: Row) -> _Line:
    track = track_named(row.track)
    return _Line(
        row,
        [language(tag).autonym for tag in row.tags],
        role_name(row.role),
        track_name(track) if track else "",
        _("By lot: lessons first, or waiting") if row.in_lot else _arm(row),
        day_in_words(row.first_day) if row.first_day else "",
        day_in_words(row.from_day) if row.from_day else "",
    )


def _arm(row: Row) -> str:
    return {
        "intervention": _("It takes the lessons"),
        "waiting": _("It waits first"),
        "comparison": _("It is compared"),
    }[row.arm.value]


@bp.post("/keep")
@staff(Right.LEAD_GROUPS)
def keep(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Make the groups that were shown: what came back is looked at as anything else is."""
    programme, form = _led(by, programme_id), KeepForm()
    hold(db(), programme)
    if not form.validate_on_submit():
        return _page(programme, [_("This page was open for too long. Send the table again.")]), 422
    rows, wrong = _read(programme, _table_in(form.rows.data))
    if wrong:
        return _page(programme, wrong), 422
    made = make_groups(db(), programme, rows, by.member.id, today())
    for group in made:
        tell(by, Deed.MADE, Kind.GROUP, group.name, "sheet")
    if any(row.in_lot for row in rows):
        tell(by, Deed.MADE, Kind.LOT, programme.name)
    return redirect(address("staff", "programmes", programme.id), 303)


def _table_in(text: str) -> list[list[str]]:
    """The rows that the preview sent along. Anything else is no form of ours."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        abort(400)
    if not isinstance(found, list) or not all(
        isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in found
    ):
        abort(400)
    return _clean(found)
