"""Typing in what stands on paper: a grid for the keyboard, or a table from elsewhere."""

import secrets
from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, abort, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from wtforms.fields.choices import SelectChoice

from edu.account.signed_in import staff
from edu.doors import address, db, public_address, settings, show, today, wave_name
from edu.exchange.workbook import Column as SheetColumn
from edu.exchange.workbook import Sheet as WorkSheet
from edu.exchange.workbook import workbook
from edu.gate.gate import admit, limit_for
from edu.gate.refused import Refused
from edu.groups.models import Group
from edu.languages import language
from edu.learning.codes import grouped
from edu.learning.kept_words import course_of_group
from edu.learning.linking.keys import is_over
from edu.learning.paper.columns import columns_of
from edu.learning.paper.files import rows_in, template_csv, titles_of
from edu.learning.paper.reading import ReadRow, Sheet, TypedRow, Wrong, read_rows
from edu.learning.paper.rows import (
    NewCard,
    Pile,
    consent_release,
    keep_rows,
    next_number,
    sheet_with_key,
)
from edu.learning.sittings import Mode
from edu.pages.reasons import reasons
from edu.pages.speaking import spoken
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind, write_down
from edu.trainer.paper import led_group
from edu.trainer.paper_forms import FilePileForm, PileForm
from edu.trainer.paper_views import (
    cell_id,
    file_words,
    grid,
    heads_of,
    title_words,
)

bp = Blueprint(
    "typing",
    __name__,
    url_prefix="/<tag>/staff/groups/<int(max=2147483647):group_id>/paper/<name:wave>/typing",
)
_ROWS, _MOST = 10, 40
#: What a form has around its file, in bytes.
_AROUND = 64 * 1024
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet_in(group: Group, wave: str, tag: str) -> Sheet:
    """What stands on a group's papers of a wave, in the words it began with."""
    columns = columns_of(course_of_group(db(), group, tag, today()), wave)
    if not columns:
        abort(404)
    return Sheet(group, wave, columns)


def offer_languages(form: PileForm, group: Group) -> str:
    """The languages of the group's papers; which one is chosen."""
    form.papers.choices = [SelectChoice(tag, language(tag).autonym) for tag in group.tags]
    form.papers.data = _papers_in(group, form.papers.data)
    return str(form.papers.data)


def _papers_in(group: Group, chosen: str | None = None) -> str:
    """The language of the papers: the one chosen, else hers who types, else the group's first."""
    wanted = (chosen, request.args.get("papers"), spoken())
    return next((tag for tag in wanted if tag in group.tags), group.tags[0])


def form_key() -> str:
    """The one-time key of this form; a form without one is none of ours."""
    key = request.form.get("key", "")
    if not 20 <= len(key) <= 64:
        abort(400)
    return key


@bp.route("", methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
def type_in(by: Actor, group_id: int, wave: str) -> ResponseReturnValue:
    """A grid with one row for each paper."""
    group = led_group(by, group_id, wave)
    form = PileForm(today=today())
    sheet = sheet_in(group, wave, offer_languages(form, group))
    numbers = _numbers(group, wave)
    if request.method == "GET":
        return _grid(sheet, form, numbers, {}, [])
    key = form_key()
    if sheet_with_key(db(), key) is not None:
        return redirect(address("staff", "groups", group_id, "paper") + "?again", 303)
    rows = typed_rows(sheet, numbers)
    read, wrong = read_rows(db(), sheet, rows, secret=settings().secret_key)
    if not form.validate_on_submit() or wrong or not read or _takes_none(group):
        return _grid(sheet, form, numbers, request.form, wrong), 422
    return keep(by, sheet, form, key, read)


def _takes_none(group: Group) -> bool:
    """Whether papers come too early, or too late to be linked. The page says which."""
    return group.opened_on is None or is_over(db(), group, today())


def _numbers(group: Group, wave: str) -> range:
    """The numbers of the rows: as many as she asked for, after those that are typed."""
    wanted = request.values.get("rows", "")
    count = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 4 else _ROWS
    first = request.form.get("first", "")
    known = first.isascii() and first.isdecimal() and len(first) < 6
    start = int(first) if known else next_number(db(), group.id, wave)
    return range(start, start + max(1, min(count, _MOST)))


def typed_rows(sheet: Sheet, numbers: Sequence[int], *, who: bool = True) -> list[TypedRow]:
    """What was typed into the grid."""
    heads = heads_of(sheet, who=who)
    return [
        TypedRow(
            number,
            {
                head.name: request.form.get(cell_id(number, head.name), "")[: 4 * head.longest]
                for head in heads
            },
        )
        for number in numbers
    ]


def _grid(
    sheet: Sheet,
    form: PileForm,
    numbers: Sequence[int],
    typed: Mapping[str, str],
    wrong: Sequence[Wrong],
    file_wrong: Sequence[str] = (),
) -> str:
    heads = heads_of(sheet)
    return show(
        "trainer/typing.html",
        group=sheet.group,
        wave=sheet.wave,
        wave_name=wave_name(sheet.wave),
        form=form,
        heads=heads,
        rows=grid(heads, numbers, typed, wrong),
        first=numbers[0],
        count=len(numbers),
        key=typed.get("key") or secrets.token_urlsafe(24),
        file_key=secrets.token_urlsafe(24),
        over=is_over(db(), sheet.group, today()),
        nothing=request.method == "POST" and not wrong and not file_wrong and not form.errors,
        by_elements=sheet.by_elements,
        file_form=FilePileForm(formdata=None, today=today(), papers=form.papers.data),
        file_wrong=file_wrong,
        here=f"/staff/groups/{sheet.group.id}/paper/{sheet.wave}/typing",
    )


def keep(
    by: Actor, sheet: Sheet, form: PileForm, key: str, read: Sequence[ReadRow]
) -> ResponseReturnValue:
    """Keep a pile that has no mistake in it; new cards are shown once."""
    consent = consent_release(db(), form.papers.data)
    if consent is None:
        abort(404)
    pile = Pile(
        group=sheet.group,
        wave=sheet.wave,
        tag=form.papers.data,
        mode=Mode(form.mode.data),
        answered_on=form.answered_on.data,
        key=key,
        columns=sheet.columns,
        typed_by=by.member.id,
        consent_release_id=consent,
    )
    _made, cards = keep_rows(db(), pile, read, secret=settings().secret_key, today=today())
    told = str(len(read))
    write_down(db(), by.organisation_id, by.login, Deed.TYPED, Kind.PAPER, sheet.group.name, told)
    if not cards:
        return redirect(address("staff", "groups", sheet.group.id, "paper") + "?kept", 303)
    return show("trainer/paper_cards.html", group=sheet.group, cards=_printed(cards), site=_back())


def _printed(cards: Sequence[NewCard]) -> list[tuple[int, list[str]]]:
    return [(card.number, grouped(card.code).split()) for card in cards]


def _back() -> str:
    return f"{public_address()}{address('return')}"


@bp.get("/table.<any(csv, xlsx):kind>")
@staff(Right.LEAD_GROUPS)
def template(by: Actor, group_id: int, wave: str, kind: str) -> ResponseReturnValue:
    """An empty table to fill in elsewhere; its second sheet says what may be typed."""
    group = led_group(by, group_id, wave)
    sheet = sheet_in(group, wave, _papers_in(group))
    if kind == "csv":
        answer = Response(template_csv(sheet), content_type="text/csv; charset=utf-8")
    else:
        answer = Response(_workbook(sheet), mimetype=_XLSX)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{wave}.{kind}")
    return answer


def _workbook(sheet: Sheet) -> bytes:
    columns = [SheetColumn(title, 12, open=True) for title in titles_of(sheet)]
    blank = [[""] * len(columns)] * _MOST
    told = [[head.name, head.title.text, head.keys] for head in heads_of(sheet)]
    meaning = [SheetColumn("column", 24), SheetColumn("question", 60), SheetColumn("type", 20)]
    return workbook([WorkSheet("answers", columns, blank), WorkSheet("key", meaning, told)])


@bp.post("/file")
@staff(Right.LEAD_GROUPS)
def send(by: Actor, group_id: int, wave: str) -> ResponseReturnValue:
    """Take in a table that was filled in elsewhere: all of it, or nothing."""
    request.max_content_length = max(limit_for("csv"), limit_for("xlsx")) + _AROUND
    group = led_group(by, group_id, wave)
    form = FilePileForm(today=today())
    sheet = sheet_in(group, wave, offer_languages(form, group))
    key, numbers = form_key(), _numbers(group, wave)
    if sheet_with_key(db(), key) is not None:
        return redirect(address("staff", "groups", group_id, "paper") + "?again", 303)
    if not form.validate_on_submit() or _takes_none(group):
        told = [error for errors in form.errors.values() for error in errors]
        return _grid(sheet, form, numbers, {}, [], told), 422
    try:
        rows, told = _rows(sheet, form.file.data)
    except Refused as refused:
        return _grid(sheet, form, numbers, {}, [], reasons(refused.mistakes)), 422
    read, wrong = read_rows(db(), sheet, rows, secret=settings().secret_key)
    told += file_words(wrong)
    if told or not read:
        return _grid(sheet, form, numbers, {}, [], told), 422
    return keep(by, sheet, form, key, _numbered(read, numbers.start))


def _rows(sheet: Sheet, sent: FileStorage) -> tuple[list[TypedRow], list[Markup]]:
    """The rows of a file, and what is wrong with its titles."""
    name = sent.filename or ""
    kind = "xlsx" if name.lower().endswith(".xlsx") else "csv"
    with sent.stream as opened:
        admitted = admit(kind, opened.read(limit_for(kind) + 1), name)
    tables = list(admitted.tables.values())
    rows, titles = rows_in(sheet, tables[0] if tables else [])
    return ([], title_words(titles)) if titles.are_wrong else (rows, [])


def _numbered(rows: Sequence[ReadRow], first: int) -> list[ReadRow]:
    """The rows of a file with the numbers that are written on the papers."""
    for number, row in enumerate(rows, start=first):
        row.number = number
    return list(rows)
