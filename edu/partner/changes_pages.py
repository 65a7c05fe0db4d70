"""The pages of one adaptation: its form, what it became, and two people who met at it."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.communities.lookup import terms_for
from edu.doors import day_in_words, db, settings, show
from edu.editions.models import SHOWING, Change
from edu.editions.parts import Part
from edu.editions.records import nature
from edu.editions.workplace.adapting import WITH_TEXT, adapted_words, blocks_now, history_of
from edu.editions.workplace.block_faults import faults_of
from edu.lessons.brought import names_in
from edu.partner import changes_wording as wording
from edu.partner.block_preview import preview
from edu.partner.changes_forms import BackForm, ChangeForm
from edu.partner.findings import findings_of_block
from edu.partner.places import Desk


def is_right(desk: Desk, form: ChangeForm, operation: str) -> bool:
    """Whether the form can be kept; says at its field what is missing."""
    right = bool(form.validate_on_submit())
    if operation == "adapt":
        return right
    for name in ("block", "after"):
        needed = name == ("after" if operation == "add" else "block") or operation == "reorder"
        if needed and not form[name].data:
            form[name].errors = [_("Choose a block.")]
            right = False
    faults = right and wording.faults_in_words(
        faults_of(settings().root, desk.tag, terms_for(db(), desk.tag), form.done(operation))
    )
    if faults:
        form["text" if operation in WITH_TEXT else "after"].errors = faults
    return right and not faults


def form_page(
    desk: Desk, part: Part, form: ChangeForm, operation: str, change: Change | None = None
) -> ResponseReturnValue:
    """The form, with a look at the block that stands in it."""
    refused = request.method == "POST" and "preview" not in request.form
    with_text = operation in WITH_TEXT
    checked = with_text and not form.text.errors
    page = show(
        "partner/changes_form.html",
        desk=desk,
        part=part,
        form=form,
        operation=operation,
        change=change,
        with_text=with_text,
        preview=preview(form.text.data or "", desk.tag) if with_text else None,
        said=findings_of_block(desk.tag, form.text.data or "") if checked else None,
        wording=wording,
    )
    return page, (422 if refused else 200)


def change_page(desk: Desk, part: Part, found: Change, *, moved: bool = False) -> str:
    """One adaptation: its reasons, its words, its history."""
    shows = found.operation in SHOWING
    block = next((b for b in blocks_now(db(), desk.tag, part) if b.name == found.block), None)
    return show(
        "partner/changes_one.html",
        desk=desk,
        part=part,
        change=found,
        moved=moved,
        form=BackForm(formdata=None, version=found.version),
        words=adapted_words(db(), found.edition, found.slug),
        history=history_of(db(), found),
        nature=nature(found.operation, block.markdown if block else "", found.text),
        preview=preview(found.text, desk.tag, found.block if shows else "") if found.text else None,
        said=findings_of_block(desk.tag, found.text) if found.text else None,
        shows=shows,
        media=names_in(found.text) if shows else [],
        wording=wording,
        day=day_in_words,
        here=f"/staff/editions/{desk.tag}/{part.module}/{part.id}/changes/{found.slug}",
    )


def collision_page(desk: Desk, part: Part, form: ChangeForm, theirs: Change) -> ResponseReturnValue:
    """Hers stays in the form; what the other one wrote is shown above it."""
    page = show(
        "partner/changes_form.html",
        desk=desk,
        part=part,
        form=form,
        operation=theirs.operation,
        change=theirs,
        theirs=theirs,
        with_text=theirs.operation in WITH_TEXT,
        preview=None,
        wording=wording,
    )
    return page, 409
