"""A questionnaire from a file: an XLSForm of Kobo, ODK or ours."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from edu.account.signed_in import staff
from edu.builder.forms import BringForm
from edu.builder.places import BUILDERS
from edu.builder.saving import freeze
from edu.doors import address, let_go, show
from edu.gate.gate import Refused, admit, limit_for
from edu.instruments.forms import free_id
from edu.instruments.interchange import xlsform_in
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
    try:
        admitted = admit("xlsx", content, name)
        found = xlsform_in.read(admitted.tables, admitted.name, id, 1, form.licence.data)
    except Refused as refused:
        return _page(form, [str(mistake) for mistake in refused.mistakes]), 422
    kept = freeze(by, form.name.data, found.instrument, found.words)
    return redirect(address("staff", "instruments", kept.instrument), 303)


def _page(form: BringForm, wrong: list[str] | None = None) -> str:
    return show("builder/bring.html", form=form, wrong=wrong or [], here="/staff/instruments/bring")
