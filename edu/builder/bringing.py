"""A questionnaire from a file: an XLSForm of Kobo, ODK or ours."""

from collections.abc import Sequence

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from edu.account.signed_in import staff
from edu.builder.coming_back import LONGEST, Back, carried, look, uncarried
from edu.builder.forms import BringForm, ComesBackForm
from edu.builder.places import BUILDERS
from edu.builder.saving import freeze
from edu.doors import address, db, let_go, show
from edu.gate.gate import Refused, admit, limit_for
from edu.instruments.coming_back import (
    as_it_is,
    as_next_version,
    is_whole_in_files,
    went_out_as,
)
from edu.instruments.forms import Overtaken, free_id
from edu.instruments.interchange import xlsform_in
from edu.instruments.interchange.differences import Form, differences
from edu.instruments.models import BuiltForm
from edu.pages.reasons import reasons
from edu.partners.actors import Actor

bp = Blueprint("bringing", __name__, url_prefix="/<tag>/staff/instruments")

#: What a form has around its file, in bytes.
_AROUND = 64 * 1024


@bp.route("/bring", methods=["GET", "POST"])
@staff(*BUILDERS)
def bring(by: Actor) -> ResponseReturnValue:
    """Bring a form in. With one mistake in it nothing is taken, and all are told."""
    if request.method == "POST":
        request.max_content_length = limit_for("xlsx") + _AROUND
    form = BringForm()
    if not form.validate_on_submit():
        return _page(form), (422 if request.method == "POST" else 200)
    sent: FileStorage = form.file.data
    name = sent.filename or ""
    with sent.stream as opened:
        content = opened.read(limit_for("xlsx") + 1)
    id = free_id(by.organisation_id)
    # Reading a stranger's file takes its time, in which others may want to write.
    let_go()
    form_id, found, wrong = _read(content, name, id, form.licence.data)
    row = went_out_as(db(), by.organisation_id, form_id)
    if row is not None and not is_whole_in_files(row):
        wrong = [_licensed(row)]
    if found is None or wrong:
        return _page(form, wrong), 422
    if row is None:
        return _keep(by, form.name.data, Form(found.instrument, found.words))
    back = Back(name, form.name.data, row.instrument, row.version, found.instrument, found.words)
    if not carried(by, back):
        return _page(form, [_("The file holds too many words.")]), 422
    return look(by, row, back)


def _read(
    content: bytes, name: str, id: str, licence: str
) -> tuple[str, xlsform_in.Brought | None, Sequence[str]]:
    """What a file calls its form, the form, and every mistake in it."""
    form_id = ""
    try:
        admitted = admit("xlsx", content, name)
        form_id = xlsform_in.form_id_in(admitted.tables)
        return form_id, xlsform_in.read(admitted.tables, admitted.name, id, 1, licence), []
    except Refused as refused:
        return form_id, None, reasons(refused.mistakes)


def _licensed(row: BuiltForm) -> str:
    return _(
        "“%(name)s” has licensed questions, whose words are in no file. Change it here, and not "
        "in a file.",
        name=row.name,
    )


@bp.post("/bring/yes")
@staff(*BUILDERS)
def yes(by: Actor) -> ResponseReturnValue:
    """Keep what she has looked at: as the next version of her form, or as a new one."""
    request.max_content_length = request.max_form_memory_size = LONGEST + _AROUND
    form = ComesBackForm()
    back = uncarried(by, form.brought.data or "")
    row = went_out_as(db(), by.organisation_id, back.form) if back else None
    if back is None or row is None:
        return redirect(address("staff", "instruments", "bring"), 303)
    form.offer(row.version + 1)
    if not form.validate_on_submit():
        return look(by, row, back), 422
    if form.as_.data == "new":
        return _keep(by, back.name, Form(back.made, back.words))
    next_one = as_next_version(row, back.made, back.words)
    if row.version != back.version and differences(as_it_is(row), next_one):
        return look(by, row, back, overtaken=True), 409
    try:
        return _keep(by, back.name, next_one)
    except Overtaken:
        newest = went_out_as(db(), by.organisation_id, back.form)
        return look(by, newest or row, back, overtaken=True), 409


def _keep(by: Actor, name: str, form: Form) -> ResponseReturnValue:
    kept = freeze(by, name, form.instrument, form.words)
    return redirect(address("staff", "instruments", kept.instrument), 303)


def _page(form: BringForm, wrong: Sequence[str] | None = None) -> str:
    return show("builder/bring.html", form=form, wrong=wrong or [], here="/staff/instruments/bring")
