"""Editions as files: out to other tools, and back after a look at what they would change."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.communities.editing import profile_of
from edu.doors import db, let_go, settings, show
from edu.editions.parts import Sort
from edu.editions.working import Conflict, edition_for
from edu.editions.workplace.adapting import Moved
from edu.exchange.bringing_in import Plan, bring_in, plan
from edu.exchange.comparing import Deed as What
from edu.exchange.disputes import open_dispute, open_disputes, settle
from edu.exchange.formats import FORMATS
from edu.exchange.going_out import parcel_of
from edu.exchange.models import Incoming
from edu.exchange.notices import Notice
from edu.exchange.notices import Sort as Kinds
from edu.exchange.taking import LARGEST, parcel_from
from edu.exchange.waiting import parcel_in, wait, waiting
from edu.gate.gate import Refused
from edu.languages import language
from edu.pages.reasons import reasons
from edu.partner import exchange_words as wording
from edu.partner.exchange_forms import BringForm, ChoiceForm, FileForm
from edu.partner.places import Desk, desk_address, parts_at, working_desk, writing_desk
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind

bp = Blueprint("exchange", __name__, url_prefix="/<tag>/staff/editions")

_AT = "/<edition>/<name:module>/exchange"
_WORKERS = (Right.TRANSLATE, Right.REVIEW, Right.PUBLISH)
#: Texts and notices on one page; a file may hold thousands.
_SHOWN = 200
#: What a form has around its file, in bytes.
_AROUND = 64 * 1024


@bp.get(_AT)
@staff(*_WORKERS)
def index(by: Actor, edition: str, module: str) -> ResponseReturnValue:
    """What can be taken along, and where to bring it back."""
    return _index(working_desk(by, edition), module, _file_form(module))


def _file_form(module: str) -> FileForm:
    form = FileForm()
    lessons = (Sort.LESSON, Sort.PAGE)
    form.offer([(name, name) for name, part in parts_at(module).items() if part.sort in lessons])
    return form


def _index(desk: Desk, module: str, form: FileForm, wrong: Sequence[str] | None = None) -> str:
    return show(
        "partner/exchange_index.html",
        desk=desk,
        module=module,
        parts=list(parts_at(module)),
        formats=sorted(FORMATS, key=lambda name: name != "xlsx"),
        words=wording.format_words,
        form=form,
        wrong=wrong or [],
        waiting=waiting(db(), desk.tag, module, desk.by.member.id),
        glossary=profile_of(db(), desk.tag) is not None,
        open=len(open_disputes(db(), desk.tag, module)),
        here=f"/staff/editions/{desk.tag}/{module}/exchange",
    )


@bp.get(_AT + "/as/<string(maxlength=10):format>")
@staff(*_WORKERS)
def download(by: Actor, edition: str, module: str, format: str) -> ResponseReturnValue:
    """The whole edition as one file, or one part of it."""
    desk, parts = working_desk(by, edition), parts_at(module)
    part = request.args.get("part", "")
    if format not in FORMATS or (part and part not in parts):
        abort(404)
    wanted = FORMATS[format]
    parcel = parcel_of(db(), settings().root, desk.tag, module, part)
    answer = Response(wanted.write(parcel), mimetype=wanted.mimetype)
    name = f"{desk.tag}-{part or module}.{wanted.ending}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.post(_AT)
@staff(Right.TRANSLATE)
def send(by: Actor, edition: str, module: str) -> ResponseReturnValue:
    """Look through a file, keep what it says, and show what it would change."""
    request.max_content_length = LARGEST + _AROUND
    desk, form = writing_desk(by, edition), _file_form(module)
    if not form.validate_on_submit():
        return _index(desk, module, form), 422
    sent: FileStorage = form.file.data
    name, part = sent.filename or "", form.part.data
    with sent.stream as opened:
        content = opened.read(LARGEST + 1)
    member_id = by.member.id
    # Reading a stranger's file takes its time, in which others may want to write.
    let_go()
    try:
        parcel, kind = parcel_from(settings().root, desk.tag, module, name, content, part)
    except Refused as refused:
        return _index(desk, module, form, reasons(refused.mistakes)), 422
    found = edition_for(db(), desk.tag, module)
    wait(db(), found, member_id, name, kind, parcel)
    return redirect(desk_address(desk.tag, module, "exchange", "look"), 303)


@bp.get(_AT + "/look")
@staff(Right.TRANSLATE)
def look(by: Actor, edition: str, module: str) -> ResponseReturnValue:
    """What the file that waits would change."""
    desk = writing_desk(by, edition)
    parts_at(module)
    found = waiting(db(), desk.tag, module, by.member.id)
    if found is None:
        return redirect(desk_address(desk.tag, module, "exchange"), 303)
    return _look(desk, module, found)


def _look(desk: Desk, module: str, found: Incoming, *, moved: bool = False) -> str:
    would = plan(db(), settings().root, desk.tag, module, parcel_in(found))
    changing = [step for step in would.steps if step.deed in (What.TAKE, What.ASK)]
    return show(
        "partner/exchange_look.html",
        desk=desk,
        module=module,
        file=found.name,
        would=would,
        taken=would.count(What.TAKE),
        asked=would.count(What.ASK),
        steps=changing[:_SHOWN],
        more=max(0, len(changing) - _SHOWN),
        notices=_by_sort(would),
        words=wording.notice_words,
        detail_words=wording.detail_words,
        moved=moved,
        form=BringForm(formdata=None, plan=would.digest),
        known=language,
        here=f"/staff/editions/{desk.tag}/{module}/exchange/look",
    )


def _by_sort(would: Plan) -> list[tuple[Kinds, int, list[Notice]]]:
    """The notices of each sort: how many there are, and the first of them."""
    every = (*would.refused, *would.notices)
    return [
        (sort, count, [each for each in every if each.sort is sort][:_SHOWN])
        for sort, count in would.by_sort.items()
    ]


@bp.post(_AT + "/look")
@staff(Right.TRANSLATE)
def bring(by: Actor, edition: str, module: str) -> ResponseReturnValue:
    """Bring in what she was shown, or drop the file."""
    desk, form = writing_desk(by, edition), BringForm()
    found = waiting(db(), desk.tag, module, by.member.id)
    if found is None:
        return redirect(desk_address(desk.tag, module, "exchange"), 303)
    if not form.validate_on_submit():
        return _look(desk, module, found), 422
    if "drop" in request.form:
        db().delete(found)
        return redirect(desk_address(desk.tag, module, "exchange"), 303)
    root = settings().root
    would = plan(db(), root, desk.tag, module, parcel_in(found))
    if would.digest != form.plan.data:
        return _look(desk, module, found, moved=True), 409
    try:
        bring_in(db(), root, would, member_id=by.member.id, file=found.name)
    except Moved:
        return _look(desk, module, found, moved=True), 409
    told = f"{would.count(What.TAKE)} + {would.count(What.ASK)}: {found.name}"
    tell(by, Deed.IMPORTED, Kind.EDITION, f"{desk.tag} {module}", told)
    db().delete(found)
    where = ("conflicts",) if would.count(What.ASK) else ()
    return redirect(desk_address(desk.tag, module, "exchange", *where), 303)


@bp.get(_AT + "/conflicts")
@staff(*_WORKERS)
def conflicts(by: Actor, edition: str, module: str) -> ResponseReturnValue:
    """Words from files against words here."""
    return _conflicts(working_desk(by, edition), module)


def _conflicts(desk: Desk, module: str, wrong: str = "") -> str:
    parts_at(module)
    return show(
        "partner/exchange_conflicts.html",
        desk=desk,
        module=module,
        found=open_disputes(db(), desk.tag, module),
        form=ChoiceForm(),
        wrong=wrong,
        here=f"/staff/editions/{desk.tag}/{module}/exchange/conflicts",
    )


@bp.post(_AT + "/conflicts/<int(max=2147483647):number>")
@staff(Right.TRANSLATE)
def choose(by: Actor, edition: str, module: str, number: int) -> ResponseReturnValue:
    """Take the file's words, or leave ours."""
    desk, form = writing_desk(by, edition), ChoiceForm()
    found = open_dispute(db(), desk.tag, module, number)
    if found is None:
        return redirect(desk_address(desk.tag, module, "exchange", "conflicts"), 303)
    if not form.validate_on_submit():
        return _conflicts(desk, module, _("Please choose once more.")), 422
    try:
        take = "file" in request.form
        settle(db(), found, take=take, version=form.version.data, member_id=by.member.id)
    except Conflict:
        moved = _("Somebody has saved other words meanwhile. Look at them and choose again.")
        return _conflicts(desk, module, moved), 409
    return redirect(desk_address(desk.tag, module, "exchange", "conflicts"), 303)
