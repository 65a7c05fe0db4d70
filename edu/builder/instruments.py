"""The instruments there are: the server's own, licensed scales, an organisation's own forms."""

from flask import Blueprint, Response, abort, redirect
from flask.typing import ResponseReturnValue

from edu.account.signed_in import staff
from edu.builder.forms import RetireForm
from edu.builder.page import FORMATS, may_build, page_of
from edu.builder.places import BUILDERS, READERS, built_named, found_named, worded
from edu.builder.standing import standing_of
from edu.doors import address, db, settings, show, today
from edu.instruments.forms import forms_of, retire
from edu.instruments.shelf import shells_in
from edu.learning.instruments import released_instruments, titles_in
from edu.pages.speaking import spoken
from edu.partners.actors import Actor
from edu.partners.trail import Deed, Kind, write_down
from edu.quizzes.building import minutes

bp = Blueprint("instruments", __name__, url_prefix="/<tag>/staff/instruments")


@bp.get("")
@staff(*READERS)
def index(by: Actor) -> ResponseReturnValue:
    """What there is."""
    shells = shells_in(settings().root)
    return show(
        "builder/index.html",
        ours=released_instruments(db()),
        titles=titles_in(db(), spoken()),
        built=forms_of(db(), by.organisation_id),
        shells=[(each, standing_of(by, each)) for each in shells.values()],
        minutes=minutes,
        may_build=may_build(by),
        here="/staff/instruments",
    )


@bp.get("/<name:instrument>")
@staff(*READERS)
def one(by: Actor, instrument: str) -> ResponseReturnValue:
    """One instrument: what it asks, how it is scored, whose it is, and its files."""
    return page_of(by, found_named(by, instrument))


@bp.get("/<name:instrument>/as/<string(maxlength=10):format>")
@staff(*READERS)
def download(by: Actor, instrument: str, format: str) -> ResponseReturnValue:
    """An instrument as a file. Words that belong to somebody else are not in it."""
    if format not in FORMATS:
        abort(404)
    write, ending, mimetype = FORMATS[format]
    found = found_named(by, instrument)
    answer = Response(write(worded(found)), mimetype=mimetype)
    name = f"{found.instrument.id}-{found.instrument.version}.{ending}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.post("/<name:instrument>/retire")
@staff(*BUILDERS)
def end(by: Actor, instrument: str) -> ResponseReturnValue:
    """Offer a form to no new group any more, or again. Groups that have it keep it."""
    row, form = built_named(by, instrument), RetireForm()
    if form.validate_on_submit():
        again = row.retired_on is not None
        retire(db(), row, None if again else today())
        deed = Deed.OPENED if again else Deed.CLOSED
        write_down(db(), by.organisation_id, by.login, deed, Kind.INSTRUMENT, row.name)
    return redirect(address("staff", "instruments", instrument), 303)
