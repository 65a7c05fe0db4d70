"""The desk: every edition at a glance, one module, one part side by side, what to do next."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.doors import db, settings, show
from edu.editions.parts import modules
from edu.editions.working import edition_for
from edu.editions.workplace.claims import at_work_in
from edu.editions.workplace.dashboard import dashboard, part_rows
from edu.editions.workplace.tallies import placed_in
from edu.editions.workplace.todo import Within, next_to_do
from edu.languages import language
from edu.partner import desk_wording as wording
from edu.partner.desk_forms import BeginForm
from edu.partner.places import READERS, Desk, at_desk, desk_address, part_at, parts_at
from edu.partner.shelves import modules_to_choose, reads, tags_to_choose, titles
from edu.partner.side import page_of_part
from edu.partners.actors import Actor
from edu.partners.roles import Right

bp = Blueprint("desk", __name__, url_prefix="/<tag>/staff/editions")

_MODULE = "/<edition>/<name:module>"


@bp.get("")
@staff(*READERS)
def index(by: Actor) -> ResponseReturnValue:
    """All editions she has to do with."""
    return _index(by, _begin_form(by))


def _begin_form(by: Actor) -> BeginForm:
    form = BeginForm()
    form.offer(tags_to_choose(by), modules_to_choose())
    return form


def _index(by: Actor, form: BeginForm) -> str:
    mine = "mine" in request.args
    shelves = dashboard(db(), settings().root, reads(by), by.member.id)
    if mine:
        shelves = [each for each in shelves if any(cell.tally.mine for cell in each.cells)]
    return show(
        "partner/desk_index.html",
        shelves=shelves,
        mine=mine,
        may_write=by.may(Right.TRANSLATE),
        titles=titles(),
        known=language,
        wording=wording,
        confirm=ConfirmForm(),
        form=form,
        here="/staff/editions",
    )


@bp.post("")
@staff(Right.TRANSLATE)
def begin(by: Actor) -> ResponseReturnValue:
    """Begin an edition, or go on with one that somebody has begun."""
    form = _begin_form(by)
    if form.validate_on_submit():
        if by.may(Right.TRANSLATE, tag=form.wanted):
            edition = edition_for(db(), form.wanted, form.module.data)
            return redirect(desk_address(edition.tag, edition.module), 303)
        form.other.errors = [_("You do not translate into this language. Ask an administrator.")]
    return _index(by, form), 422


@bp.post("/next")
@staff(Right.TRANSLATE)
def next_one(by: Actor) -> ResponseReturnValue:
    """Hand her the next segment that nobody else works on."""
    if not ConfirmForm().validate_on_submit():
        abort(400)
    tags = [tag for tag in reads(by) if by.may(Right.TRANSLATE, tag=tag)]
    found = next_to_do(db(), settings().root, tags, by.member.id, _within(by))
    if found is None:
        return redirect(desk_address("done"), 303)
    return redirect(desk_address(found.tag, found.module, found.each.part, found.each.key), 303)


def _within(by: Actor) -> Within | None:
    """One edition only, where she asked from its page."""
    if "edition" not in request.form:
        return None
    desk = at_desk(by, request.form["edition"])
    module = request.form.get("module", "")
    if not desk.may_write or module not in modules(settings().root):
        abort(404)
    return Within(desk.tag, module)


@bp.get("/done")
@staff(*READERS)
def done(_by: Actor) -> ResponseReturnValue:
    """Nothing is left to hand out."""
    return show("partner/desk_done.html", here="/staff/editions/done")


@bp.get(_MODULE)
@staff(*READERS)
def module(by: Actor, edition: str, module: str) -> ResponseReturnValue:
    """One module of an edition: its parts, and where to go from here."""
    desk, parts = at_desk(by, edition), parts_at(module)
    segments = [each for part in parts.values() for each in placed_in(part)]
    return show(
        "partner/desk_module.html",
        desk=desk,
        module=module,
        parts=parts,
        rows=part_rows(db(), desk.tag, module, segments, _people(desk, module)),
        titles=titles(),
        known=language,
        wording=wording,
        confirm=ConfirmForm(),
        here=f"/staff/editions/{edition}/{module}",
    )


def _people(desk: Desk, module: str) -> dict[str, list[str]]:
    """Who works where in a module, by part."""
    found: dict[str, list[str]] = {}
    for _number, _tag, name, where, member in at_work_in(db(), [desk.tag]):
        people = found.setdefault(where.partition("|")[0], [])
        if name == module and member.login not in people:
            people.append(member.login)
    return found


@bp.get(_MODULE + "/<part>")
@staff(*READERS)
def part(by: Actor, edition: str, module: str, part: str) -> ResponseReturnValue:
    """One part, side by side, with the page that learners will see."""
    return page_of_part(at_desk(by, edition), part_at(module, part))
