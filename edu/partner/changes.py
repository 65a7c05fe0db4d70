"""Adaptations and their reasons: making, changing and taking back, and what evaluators take."""

from flask import Blueprint, abort, make_response, redirect, request
from flask.typing import ResponseReturnValue

from edu.account.signed_in import staff
from edu.doors import day_in_words, db, settings, show, today
from edu.editions.models import SHOWING, Change, Edition
from edu.editions.parts import Part, Sort
from edu.editions.records import read_reasons
from edu.editions.review.adapted import table_of
from edu.editions.review.evaluators import told
from edu.editions.working import edition_for, edition_of
from edu.editions.workplace.adapting import (
    BLOCK_OPERATIONS,
    Moved,
    blocks_now,
    change_again,
    change_named,
    changes_of,
    reached,
    record_adaptation,
    take_back,
)
from edu.languages import SOURCE, language
from edu.pages.speaking import spoken
from edu.partner import changes_wording as wording
from edu.partner.broken import say_what_is_broken
from edu.partner.changes_forms import BackForm, ChangeForm
from edu.partner.changes_pages import change_page, collision_page, form_page, is_right
from edu.partner.desk_wording import sort_words
from edu.partner.places import READERS, Desk, at_desk, desk_address, part_at, parts_at, writing_desk
from edu.partners.actors import Actor
from edu.partners.roles import Right

bp = Blueprint("changes", __name__, url_prefix="/<tag>/staff/editions")
say_what_is_broken(bp)

_MODULE = "/<edition>/<name:module>"
_PART = _MODULE + "/<part>"
_ONE = _PART + "/changes/<slug:slug>"


@bp.get(_MODULE + "/changes")
@staff(*READERS)
def module(by: Actor, edition: str, module: str) -> ResponseReturnValue:
    """Every adaptation of a module, with the tables for evaluators."""
    desk, parts = at_desk(by, edition), parts_at(module)
    found = edition_of(db(), desk.tag, module)
    return show(
        "partner/changes_module.html",
        desk=desk,
        module=module,
        parts=[part for part in parts.values() if part.may_be_adapted],
        sort_words=sort_words,
        changes=told(db(), settings().root, found) if found is not None else [],
        wording=wording,
        day=day_in_words,
        here=f"/staff/editions/{edition}/{module}/changes",
    )


@bp.get(_MODULE + "/changes/<any('frame.csv', 'dimensions.csv', 'tidier.txt'):file>")
@staff(*READERS)
def table(by: Actor, edition: str, module: str, file: str) -> ResponseReturnValue:
    """A table for evaluators, as a file."""
    desk, _parts = at_desk(by, edition), parts_at(module)
    found = edition_of(db(), desk.tag, module) or Edition(tag=desk.tag, module=module)
    answer = make_response(table_of(db(), settings().root, found, file))
    answer.mimetype = "text/csv" if file.endswith(".csv") else "text/plain"
    name = f"{module}-{desk.tag}-{file}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@bp.get(_PART + "/changes")
@staff(*READERS)
def part(by: Actor, edition: str, module: str, part: str) -> ResponseReturnValue:
    """The adaptations of one part, and its blocks with what may be done to each."""
    desk, found = at_desk(by, edition), _adaptable(module, part)
    kept = edition_of(db(), desk.tag, module)
    return show(
        "partner/changes_part.html",
        desk=desk,
        part=found,
        changes=changes_of(db(), kept, found.id) if kept is not None else [],
        blocks=reached(blocks_now(db(), desk.tag, found)),
        wording=wording,
        day=day_in_words,
        here=f"/staff/editions/{edition}/{module}/{part}/changes",
    )


def _adaptable(module: str, part: str) -> Part:
    """A part that may be adapted: what a questionnaire asks never is."""
    found = part_at(module, part)
    if not found.may_be_adapted:
        abort(404)
    return found


@bp.route(_PART + "/changes/new", methods=["GET", "POST"])
@staff(Right.TRANSLATE)
def new(by: Actor, edition: str, module: str, part: str) -> ResponseReturnValue:
    """A new record, or a new operation on a block."""
    desk, found = writing_desk(by, edition), _adaptable(module, part)
    operation = request.values.get("operation", "") or request.values.get("do", "adapt")
    if operation not in ("adapt", *BLOCK_OPERATIONS):
        abort(404)
    if operation != "adapt" and found.sort is not Sort.LESSON:
        abort(404)
    form = _form(desk, found)
    if request.method == "GET":
        form.fill(None, operation, request.args.get("block", ""))
        if operation == "add":
            form.after.data = request.args.get("block", "")
        form.text.data = _begun(desk, found, operation, form.block.data)
    elif is_right(desk, form, operation) and "preview" not in request.form:
        made = record_adaptation(
            db(),
            edition_for(db(), desk.tag, module),
            found,
            form.record,
            member_id=by.member.id,
            today=today(),
            done=form.done(operation) if operation != "adapt" else None,
        )
        return redirect(_page_of(desk, found, made.slug), 303)
    return form_page(desk, found, form, operation)


def _page_of(desk: Desk, part: Part, slug: str) -> str:
    return desk_address(desk.tag, part.module, part.id, "changes", slug)


def _form(desk: Desk, part: Part, kept: Change | None = None) -> ChangeForm:
    form = ChangeForm()
    offer_choices(form, desk, part, kept)
    return form


def offer_choices(form: ChangeForm, desk: Desk, part: Part, kept: Change | None) -> None:
    """What may be chosen in the form of an adaptation of a part."""
    written = read_reasons(kept.reasons or {}).why_tag if kept else ""
    blocks = dict.fromkeys(each.name for each in blocks_now(db(), desk.tag, part))
    # Whoever writes may speak another language than the one that she adapts for.
    steps = dict.fromkeys((*desk.language.chain, spoken(), written))
    form.offer(
        [(name, wording.block_name(name)) for name in blocks],
        [
            ("", language(SOURCE).autonym),
            *((each, language(each).autonym) for each in steps if each not in ("", SOURCE)),
        ],
    )


def _begun(desk: Desk, part: Part, operation: str, block: str) -> str:
    """The text to begin with: the block as it is, or an empty one."""
    if operation == "replace":
        blocks = blocks_now(db(), desk.tag, part)
        return next((each.markdown for each in blocks if each.name == block), "")
    return "::: here\n\n:::\n" if operation == "add" else ""


@bp.get(_ONE)
@staff(*READERS)
def change(by: Actor, edition: str, module: str, part: str, slug: str) -> ResponseReturnValue:
    """One adaptation: its reasons, its words, its history."""
    desk, found = at_desk(by, edition), _adaptable(module, part)
    return change_page(desk, found, _change(desk, found, slug))


def _change(desk: Desk, part: Part, slug: str) -> Change:
    edition = edition_of(db(), desk.tag, part.module)
    found = change_named(db(), edition, slug) if edition is not None else None
    if found is None or found.lesson != part.id:
        abort(404)
    return found


@bp.route(_ONE + "/edit", methods=["GET", "POST"])
@staff(Right.TRANSLATE)
def edit(by: Actor, edition: str, module: str, part: str, slug: str) -> ResponseReturnValue:
    """Other reasons, other places, another text."""
    desk, found = writing_desk(by, edition), _adaptable(module, part)
    kept = _change(desk, found, slug)
    if kept.operation in SHOWING:
        return redirect(desk_address(desk.tag, module, part, "shown", slug), 303)
    form = _form(desk, found, kept)
    if request.method == "GET":
        form.fill(kept)
        return form_page(desk, found, form, kept.operation, kept)
    if not is_right(desk, form, kept.operation) or "preview" in request.form:
        return form_page(desk, found, form, kept.operation, kept)
    try:
        change_again(
            db(),
            kept,
            form.record,
            version=form.version.data or 0,
            member_id=by.member.id,
            done=form.done(kept.operation) if kept.operation != "adapt" else None,
        )
    except Moved as moved:
        # Hers stays in the form; what the other one wrote is shown above it.
        form.version.data = moved.now.version
        form.version.raw_data = None
        return collision_page(desk, found, form, moved.now)
    return redirect(_page_of(desk, found, kept.slug), 303)


@bp.post(_ONE + "/back")
@staff(Right.TRANSLATE)
def back(by: Actor, edition: str, module: str, part: str, slug: str) -> ResponseReturnValue:
    """Take a change back; sent for one that was taken back, bring it back."""
    desk, found = writing_desk(by, edition), _adaptable(module, part)
    kept, form = _change(desk, found, slug), BackForm()
    if not form.validate_on_submit():
        abort(400)
    wanted = request.form.get("do") != "bring"
    try:
        take_back(db(), kept, version=form.version.data, member_id=by.member.id, back=wanted)
    except Moved as moved:
        return change_page(desk, found, moved.now, moved=True), 409
    return redirect(_page_of(desk, found, kept.slug), 303)
