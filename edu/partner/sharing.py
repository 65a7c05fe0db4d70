"""Offering an edition to others, what others offer, and who took what from whom."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.doors import address, day_in_words, db, settings, show
from edu.editions.models import Edition
from edu.editions.sharing.following import news
from edu.editions.sharing.offers import (
    WrongLicence,
    end_offer,
    offer,
    offer_numbered,
    offers,
    possible_licences,
    share_of,
    taken_by,
    taken_from,
)
from edu.editions.sharing.taking import can_take
from edu.editions.working import edition_of
from edu.languages import language
from edu.partner import changes_wording
from edu.partner.desk_wording import module_name
from edu.partner.places import READERS, Desk, at_desk, parts_at
from edu.partner.sharing_forms import OfferForm
from edu.partner.sharing_words import licence_words
from edu.partner.shelves import reads, titles
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind

bp = Blueprint("sharing", __name__, url_prefix="/<tag>/staff")

_SHARE = "/editions/<edition>/<name:module>/share"


@bp.route(_SHARE, methods=["GET", "POST"])
@staff(*READERS)
def share(by: Actor, edition: str, module: str) -> ResponseReturnValue:
    """What this edition offers, what it took, and what it could take."""
    desk, _parts = at_desk(by, edition), parts_at(module)
    found = edition_of(db(), desk.tag, module)
    form = _form(found)
    if desk.may(Right.PUBLISH) and found is not None and form.validate_on_submit():
        try:
            offer(
                db(),
                settings().root,
                found,
                organisation_id=by.organisation_id,
                licence=form.licence.data,
                note=form.note.data or "",
            )
        except WrongLicence:
            form.licence.errors = [_("This licence does not go with what the work was made from.")]
        else:
            tell(by, Deed.SHARED, Kind.EDITION, f"{desk.tag} {module}", form.licence.data)
            return redirect(address("staff", "editions", edition, module, "share"), 303)
    page = show(
        "partner/sharing_edition.html",
        desk=desk,
        module=module,
        module_name=module_name(module),
        form=form,
        confirm=ConfirmForm(),
        share=share_of(db(), found) if found is not None else None,
        may_offer=desk.may(Right.PUBLISH) and found is not None,
        taken_by=taken_by(db(), found) if found is not None else [],
        taken_from=_taken_from(found),
        offers=[each for each in offers(db(), module) if can_take(each, desk.tag)],
        organisation=by.organisation.name,
        language_of=language,
        titles=titles(),
        day=day_in_words,
        here=f"/staff/editions/{edition}/{module}/share",
    )
    return page, (422 if form.is_submitted() else 200)


def _form(found: Edition | None) -> OfferForm:
    kept = share_of(db(), found) if found is not None else None
    form = OfferForm(licence=kept.licence if kept else None, note=kept.note if kept else "")
    possible = possible_licences(db(), settings().root, found) if found is not None else ()
    form.offer([(each, licence_words(each)) for each in possible])
    return form


def _taken_from(found: Edition | None) -> list[tuple[object, int]]:
    """Each taking, and how much of it says something else now where it comes from."""
    if found is None:
        return []
    return [(each, len(news(db(), each.following))) for each in taken_from(db(), found)]


@bp.route(_SHARE + "/end", methods=["GET", "POST"])
@staff(Right.PUBLISH)
def end(by: Actor, edition: str, module: str) -> ResponseReturnValue:
    """Offer it no longer, once that was confirmed."""
    desk, _parts = at_desk(by, edition), parts_at(module)
    found = edition_of(db(), desk.tag, module)
    kept = share_of(db(), found) if found is not None else None
    if found is None or kept is None or kept.ended_at is not None or not desk.may(Right.PUBLISH):
        abort(404)
    if ConfirmForm().validate_on_submit():
        end_offer(kept)
        tell(by, Deed.WITHDREW, Kind.EDITION, f"{desk.tag} {module}", kept.licence)
        return redirect(address("staff", "editions", edition, module, "share"), 303)
    return confirm_page(
        _("Offer this no longer?"),
        f"{desk.language.autonym}, {module_name(module)}",
        [
            _("Nobody else can take it any more, and nobody hears of what you change."),
            _("Whoever took it already keeps it, under the licence of that day."),
        ],
        action=_("Offer it no longer"),
        back=address("staff", "editions", edition, module, "share"),
    )


@bp.get("/shared")
@staff(*READERS)
def gallery(by: Actor) -> ResponseReturnValue:
    """Everything that any place offers to others."""
    return show(
        "partner/sharing_gallery.html",
        offers=offers(db()),
        language_of=language,
        module_name=module_name,
        titles=titles(),
        here="/staff/shared",
    )


@bp.get("/shared/<int(max=2147483647):number>")
@staff(*READERS)
def one(by: Actor, number: int) -> ResponseReturnValue:
    """One offer: what differs there, and why; and where it could be taken to."""
    found = offer_numbered(db(), number)
    if found is None:
        abort(404)
    return show(
        "partner/sharing_offer.html",
        offer=found,
        language_of=language,
        module_name=module_name,
        titles=titles(),
        wording=changes_wording,
        licence_words=licence_words,
        desks=[Desk(by, tag) for tag in _takers(by) if can_take(found, tag)],
        day=day_in_words,
        here=f"/staff/shared/{number}",
    )


def _takers(by: Actor) -> list[str]:
    return [tag for tag in reads(by) if by.may(Right.TRANSLATE, tag=tag)]
