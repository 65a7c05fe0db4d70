"""The editor: one segment with everything that helps to put it into good words."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.doors import afterwards, db, settings, show
from edu.editions.models import Rendering
from edu.editions.working import Conflict, edition_for, forget_unsaved, rendering_for
from edu.editions.workplace.claims import let_go
from edu.editions.workplace.dismissals import set_aside
from edu.editions.workplace.lines import Line, Sheet
from edu.editions.workplace.remarks import pin, remark, remark_of, settle
from edu.editions.workplace.todo import Within, next_to_do
from edu.editions.workplace.unsaved import keep_typed
from edu.partner.desk_forms import AsideForm, RemarkForm, StillRightForm, WordsForm
from edu.partner.editor import collision, editor, words_form
from edu.partner.places import (
    READERS,
    Desk,
    at_desk,
    desk_address,
    line_at,
    sheet_at,
    working_desk,
    writing_desk,
)
from edu.partner.saving import put_words, say_still_right
from edu.partners.actors import Actor
from edu.partners.roles import Right

bp = Blueprint("segment", __name__, url_prefix="/<tag>/staff/editions")

_SEGMENT = "/<edition>/<name:module>/<part>/<random:key>"


@bp.get(_SEGMENT)
@staff(*READERS)
def segment(by: Actor, edition: str, module: str, part: str, key: str) -> ResponseReturnValue:
    """One segment: what it says, what others said of it, and room for words."""
    desk = at_desk(by, edition)
    found = sheet_at(desk, module, part)
    return editor(desk, found, line_at(found, key))


@bp.post(_SEGMENT)
@staff(Right.TRANSLATE)
def save(by: Actor, edition: str, module: str, part: str, key: str) -> ResponseReturnValue:
    """Save words; what somebody else saved meanwhile is neither lost nor written over."""
    desk = writing_desk(by, edition)
    found = sheet_at(desk, module, part)
    line = found.line(key)
    if line is None:
        return _gone(desk, found)
    form = words_form(found, line)
    if not form.validate_on_submit():
        return editor(desk, found, line, form=form), 422
    rendering = _rendering(desk, found, line)
    try:
        put_words(desk, found, line, rendering, form)
    except Conflict as conflict:
        return _collided(desk, found, line, form, conflict.now)
    let_go(db(), rendering.id, by.member.id)
    return redirect(_where_to(desk, found, key, form), 303)


def _rendering(desk: Desk, found: Sheet, line: Line) -> Rendering:
    edition = edition_for(db(), desk.tag, found.part.module)
    return rendering_for(db(), edition, line.segment)


def _gone(desk: Desk, found: Sheet) -> ResponseReturnValue:
    """The source has another sentence there by now: her words are shown, to take along."""
    form = WordsForm()
    page = show("partner/desk_gone.html", desk=desk, sheet=found, text=form.text.data)
    return page, 410


def _collided(
    desk: Desk, found: Sheet, line: Line, form: WordsForm, now: Rendering
) -> ResponseReturnValue:
    number, member = now.id, desk.by.member.id
    text, version = form.text.data, form.version.data
    page = collision(desk, found, line, form, now)

    def keep(session: Session) -> None:
        kept = session.get(Rendering, number)
        if kept is not None:
            keep_typed(session, kept, member, text, version)

    # This request is rolled back; her words are kept all the same, should she close the page.
    afterwards(keep, needed=False)
    return page, 409


def _where_to(desk: Desk, found: Sheet, key: str, form: WordsForm) -> str:
    part = (desk.tag, found.part.module, found.part.id)
    if request.form.get("do") != "next":
        return desk_address(*part) + f"#l-{key}"
    within = Within(desk.tag, found.part.module, found.part.id, key)
    after = next_to_do(db(), settings().root, [desk.tag], desk.by.member.id, within)
    if after is None:
        return desk_address("done")
    return desk_address(desk.tag, after.module, after.each.part, after.each.key)


@bp.post(_SEGMENT + "/still-right")
@staff(Right.SAY_STILL_RIGHT)
def still_right(by: Actor, edition: str, module: str, part: str, key: str) -> ResponseReturnValue:
    """Decide that the words still fit although their source has moved."""
    desk = at_desk(by, edition)
    found = sheet_at(desk, module, part)
    line = line_at(found, key)
    if not desk.may_say_still_right:
        abort(404)
    form = StillRightForm()
    if not form.validate_on_submit():
        abort(400)
    if line.rendering is None or not line.text:
        abort(404)
    try:
        say_still_right(desk, line, line.rendering, form.version.data)
    except Conflict:  # somebody has saved other words since she looked: she looks at those
        return redirect(desk_address(edition, module, part, key), 303)
    return redirect(desk_address(edition, module, part) + f"#l-{key}", 303)


@bp.post(_SEGMENT + "/drop")
@staff(Right.TRANSLATE)
def drop(by: Actor, edition: str, module: str, part: str, key: str) -> ResponseReturnValue:
    """Drop what she typed and did not save."""
    desk = writing_desk(by, edition)
    line = line_at(sheet_at(desk, module, part), key)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    if line.rendering is not None:
        forget_unsaved(db(), line.rendering, by.member.id)
    return redirect(desk_address(edition, module, part, key), 303)


@bp.post(_SEGMENT + "/remarks")
@staff(*READERS[:3])
def say(by: Actor, edition: str, module: str, part: str, key: str) -> ResponseReturnValue:
    """Write a remark for the others."""
    desk = working_desk(by, edition)
    found = sheet_at(desk, module, part)
    line, form = line_at(found, key), RemarkForm()
    if not form.validate_on_submit():
        return editor(desk, found, line, remark_form=form), 422
    rendering = _rendering(desk, found, line)
    remark(db(), rendering, by.member.id, form.remark.data, form.pinned.data)
    return redirect(desk_address(edition, module, part, key) + "#remarks", 303)


@bp.post(_SEGMENT + "/remarks/<int(max=2147483647):number>")
@staff(*READERS[:3])
def mark(
    by: Actor, edition: str, module: str, part: str, key: str, number: int
) -> ResponseReturnValue:
    """Settle a remark or open it again; keep it on top or let it go."""
    desk = working_desk(by, edition)
    line = line_at(sheet_at(desk, module, part), key)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    found = remark_of(db(), line.rendering.id, number) if line.rendering is not None else None
    if found is None:
        abort(404)
    do = request.form.get("do", "")
    if do in ("settle", "open"):
        settle(found, do == "settle")
    if do in ("pin", "unpin"):
        pin(found, do == "pin")
    return redirect(desk_address(edition, module, part, key) + "#remarks", 303)


@bp.post(_SEGMENT + "/advice")
@staff(Right.TRANSLATE, Right.REVIEW)
def aside(by: Actor, edition: str, module: str, part: str, key: str) -> ResponseReturnValue:
    """Set an advice aside, with a reason."""
    desk = working_desk(by, edition)
    found = sheet_at(desk, module, part)
    line, form = line_at(found, key), AsideForm()
    if not form.validate_on_submit():
        return editor(desk, found, line, aside_form=form), 422
    if line.rendering is None:
        abort(404)
    set_aside(db(), line.rendering, form.check.data, form.why.data, by.member.id)
    return redirect(desk_address(edition, module, part, key) + "#checks", 303)
