"""The languages on offer: what stands ready in each, and who may use it."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue

from edu.account.signed_in import staff
from edu.admin.forms import OfferForm
from edu.admin.jobs import pages_anew
from edu.admin.telling import tell_server
from edu.admin.wording import offer_name, offer_words
from edu.doors import address, db, show
from edu.editions.releasing import edition_tags
from edu.editions.shelf import shelves
from edu.groups.groups import groups_speaking
from edu.languages import SOURCE, language
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.server.choices import Offer, choices, offer

bp = Blueprint("languages", __name__, url_prefix="/<tag>/staff/server/languages")


@bp.get("")
@staff(Right.LOOK_AFTER_SERVER)
def index(_by: Actor) -> ResponseReturnValue:
    """Every language in which there is anything."""
    decided = choices(db())
    return show(
        "admin/languages.html",
        shelves=shelves(db(), edition_tags(db())),
        known=language,
        offer=lambda tag: offer_name(decided.offer_of(tag)),
        source=SOURCE,
        here="/staff/server/languages",
    )


@bp.route("/<string(maxlength=64):wanted>", methods=["GET", "POST"])
@staff(Right.LOOK_AFTER_SERVER)
def change(by: Actor, wanted: str) -> ResponseReturnValue:
    """Who may use one language. The pages are made anew at once."""
    if wanted not in edition_tags(db()) or wanted == SOURCE:
        abort(404)
    now = choices(db()).offer_of(wanted)
    form = OfferForm(offer=now.value)
    form.choose_from([(each.value, offer_words(each)) for each in Offer])
    if form.validate_on_submit():
        chosen = Offer(form.offer.data)
        if chosen is now:
            return redirect(address("staff", "server", "languages"), 303)
        offer(db(), wanted, chosen)
        tell_server(by, Deed.SET, Kind.LANGUAGE, wanted, chosen.value)
        return pages_anew(by)
    page = show(
        "admin/language.html",
        form=form,
        wanted=language(wanted),
        groups=groups_speaking(db(), wanted),
        here=f"/staff/server/languages/{wanted}",
    )
    return page, (422 if form.is_submitted() else 200)
