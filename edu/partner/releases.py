"""Releases of one edition: what is ready, what blocks, releasing, comparing, taking back."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.communities.lookup import law_is_known
from edu.doors import day_in_words, db, settings, show, today
from edu.editions.drift.differences import differences
from edu.editions.models import SHOWING, Release
from edu.editions.parts import Part
from edu.editions.publishing import (
    NothingReady,
    Obstacle,
    OnlyAuthor,
    Publisher,
    Sort,
    release_before,
    release_numbered,
    releases_of,
    withdraw,
)
from edu.editions.releasing import current_release
from edu.editions.workplace.lines import sheet
from edu.media.shown import can_be_shown
from edu.partner import releases_wording, reviews_wording
from edu.partner.findings import faulty, faulty_blocks
from edu.partner.places import READERS, Desk, at_desk, desk_address, parts_at
from edu.partner.publishing import pages_soon
from edu.partner.releases_forms import NoteForm, WhyForm
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind

bp = Blueprint("releases", __name__, url_prefix="/<tag>/staff/editions")

_MODULE = "/<edition>/<name:module>/release"
_ONE = _MODULE + "/<int(max=2147483647):number>"


def _publisher() -> Publisher:
    return Publisher(settings().root, _faults, law_is_known)


def _faults(session: Session, tag: str, part: Part) -> list[Obstacle]:
    """What the checks find in a part that blocks."""
    found = sheet(session, tag, part)
    wrong = faulty(tag, found)
    words = [
        Obstacle(Sort.CHECK, key=line.segment.key, text=line.segment.text)
        for line in found.lines
        if line.segment.key in wrong
    ]
    blocks = [Obstacle(Sort.BLOCK, text=each.slug) for each in faulty_blocks(tag, found)]
    media = [
        Obstacle(Sort.MEDIA, text=each.slug)
        for each in found.changes
        if each.operation in SHOWING and not can_be_shown(session, each.text, today())
    ]
    return words + blocks + media


@bp.get(_MODULE)
@staff(*READERS)
def index(by: Actor, edition: str, module: str) -> ResponseReturnValue:
    """The parts, ready or not, and the releases there were."""
    desk, _parts = at_desk(by, edition), parts_at(module)
    return _page(desk, module, NoteForm(formdata=None))


def _page(desk: Desk, module: str, form: NoteForm, problem: str = "") -> str:
    states = _publisher().states(db(), desk.tag, module)
    return show(
        "partner/releases_index.html",
        desk=desk,
        module=module,
        states=states,
        goes=[each for each in states if each.goes],
        releases=releases_of(db(), desk.tag, module),
        current=current_release(db(), desk.tag, module),
        may_publish=desk.may(Right.PUBLISH),
        form=form,
        problem=problem,
        wording=reviews_wording,
        state_name=releases_wording.state_name,
        day=day_in_words,
        here=f"/staff/editions/{desk.tag}/{module}/release",
    )


@bp.post(_MODULE)
@staff(Right.PUBLISH)
def release(by: Actor, edition: str, module: str) -> ResponseReturnValue:
    """Release what is ready; the pages are made anew in the background."""
    desk, _parts, form = _publishing(by, edition), parts_at(module), NoteForm()
    if not form.validate_on_submit():
        return _page(desk, module, form), 422
    try:
        made = _publisher().release(
            db(), desk.tag, module, member_id=by.member.id, note=form.note.data or ""
        )
    except NothingReady:
        problem = _("Nothing is ready that learners do not have already.")
        return _page(desk, module, form, problem), 409
    except OnlyAuthor:
        problem = _("You are the only one who wrote these words. Somebody else must release them.")
        return _page(desk, module, form, problem), 409
    tell(by, Deed.RELEASED, Kind.EDITION, f"{desk.tag} {module}", str(made.number))
    pages_soon()
    return redirect(desk_address(desk.tag, module, "release", made.number), 303)


def _publishing(by: Actor, edition: str) -> Desk:
    desk = at_desk(by, edition)
    if not desk.may(Right.PUBLISH):
        abort(403)
    return desk


@bp.get(_ONE)
@staff(*READERS)
def one(by: Actor, edition: str, module: str, number: int) -> ResponseReturnValue:
    """One release, and what it changed."""
    desk, _parts = at_desk(by, edition), parts_at(module)
    found = _release(desk, module, number)
    before = release_before(db(), found)
    current = current_release(db(), desk.tag, module)
    return show(
        "partner/releases_one.html",
        desk=desk,
        module=module,
        release=found,
        before=before,
        current=current,
        differences=differences(before.payload if before else None, found.payload),
        may_publish=desk.may(Right.PUBLISH) and found is current,
        sort_name=releases_wording.sort_name,
        state_name=releases_wording.state_name,
        day=day_in_words,
        here=f"/staff/editions/{edition}/{module}/release/{number}",
    )


def _release(desk: Desk, module: str, number: int) -> Release:
    found = release_numbered(db(), desk.tag, module, number)
    if found is None:
        abort(404)
    return found


@bp.route(_ONE + "/withdraw", methods=["GET", "POST"])
@staff(Right.PUBLISH)
def take_back(by: Actor, edition: str, module: str, number: int) -> ResponseReturnValue:
    """Take the current release back, with a reason; the former takes its place again."""
    desk, _parts, form = _publishing(by, edition), parts_at(module), WhyForm()
    found = _release(desk, module, number)
    if found is not current_release(db(), desk.tag, module):
        abort(404)
    if form.validate_on_submit():
        withdraw(db(), found, form.why.data, today())
        tell(by, Deed.WITHDREW, Kind.EDITION, f"{desk.tag} {module}", str(number))
        pages_soon()
        return redirect(desk_address(desk.tag, module, "release"), 303)
    page = show(
        "partner/releases_withdraw.html",
        desk=desk,
        module=module,
        release=found,
        former=release_before(db(), found),
        form=form,
        day=day_in_words,
    )
    return page, (422 if form.is_submitted() else 200)
