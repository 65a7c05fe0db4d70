"""Taking over what another place offers, and following it: taking the new, keeping one's own."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.doors import address, day_in_words, db, settings, show
from edu.editions.models import Edition
from edu.editions.review.models import Following
from edu.editions.sharing.following import (
    ChangedMeanwhile,
    following_of,
    keep_mine,
    leave,
    news,
    take_all_untouched,
    take_new,
)
from edu.editions.sharing.licences import licences_of
from edu.editions.sharing.offers import Offer, WrongLicence, offer_numbered
from edu.editions.sharing.taking import SeenOtherwise, can_take, choice, take
from edu.editions.working import Conflict, edition_for, edition_of
from edu.languages import language
from edu.partner import changes_wording
from edu.partner.desk_wording import module_name
from edu.partner.places import Desk, parts_at, writing_desk
from edu.partner.sharing_forms import ALL, KEEP, NewsForm, TakeForm
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind

bp = Blueprint("taking", __name__, url_prefix="/<tag>/staff")

_SHARE = "/editions/<edition>/<name:module>/share"
_NUMBER = "/<int(max=2147483647):number>"


@bp.route(_SHARE + "/take" + _NUMBER, methods=["GET", "POST"])
@staff(Right.TRANSLATE)
def take_over(by: Actor, edition: str, module: str, number: int) -> ResponseReturnValue:
    """Choose what to take over. It comes as drafts, with its lineage."""
    desk, _parts = writing_desk(by, edition), parts_at(module)
    found = _offer(desk, module, number)
    taker = edition_of(db(), desk.tag, module) or _begun(desk, module)
    on_offer = choice(db(), found, taker)
    form, problem = TakeForm(), ""
    form.offer(list(on_offer.words))
    if form.validate_on_submit():
        problem = _take(by, found, taker, form)
        if not problem:
            return redirect(address("staff", "editions", edition, module, "share"), 303)
    page = show(
        "partner/sharing_take.html",
        desk=desk,
        module=module,
        module_name=module_name(module),
        offer=found,
        giver=language(found.edition.tag),
        on_offer=on_offer,
        form=form,
        problem=problem,
        wording=changes_wording,
        here=f"/staff/editions/{edition}/{module}/share/take/{number}",
    )
    return page, (409 if problem else 422 if form.is_submitted() else 200)


def _begun(desk: Desk, module: str) -> Edition:
    """The edition to take into; looking at an offer begins none."""
    if request.method == "POST":
        return edition_for(db(), desk.tag, module)
    return Edition(id=0, tag=desk.tag, module=module)


def _take(by: Actor, found: Offer, mine: Edition, form: TakeForm) -> str:
    """Take what was chosen; why not, in words, or an empty text."""
    try:
        taken = take(
            db(),
            found,
            mine,
            adaptations=form.adaptations.data or (),
            parts=form.parts.data or (),
            module_licences=licences_of(settings().root, mine.module),
            member_id=by.member.id,
        )
    except WrongLicence:
        return _("Its licence does not go with the rest of your edition, so it cannot be taken.")
    except SeenOtherwise:
        return _("Something has changed since you opened this page. Look once more, and choose.")
    if not taken:
        return _("Choose what you want to take.")
    name = f"{mine.tag} {mine.module}"
    tell(by, Deed.TOOK_OVER, Kind.EDITION, name, f"{found.edition.tag}: {taken}")
    return ""


@bp.route(_SHARE + "/news" + _NUMBER, methods=["GET", "POST"])
@staff(Right.TRANSLATE)
def whats_new(by: Actor, edition: str, module: str, number: int) -> ResponseReturnValue:
    """What has changed where it comes from: take it, or keep one's own."""
    desk, _parts = writing_desk(by, edition), parts_at(module)
    following = _following(desk, module, number)
    form, problem = NewsForm(), ""
    if form.validate_on_submit():
        problem = _answer(by, following, form)
        if not problem:
            return redirect(request.path, 303)
    giver = db().get_one(Edition, following.from_id)
    page = show(
        "partner/sharing_news.html",
        desk=desk,
        module=module,
        module_name=module_name(module),
        following=following,
        giver=language(giver.tag),
        news=news(db(), following),
        form=form,
        problem=problem,
        day=day_in_words,
        here=f"/staff/editions/{edition}/{module}/share/news/{number}",
    )
    return page, (409 if problem else 422 if form.is_submitted() else 200)


def _answer(by: Actor, following: Following, form: NewsForm) -> str:
    """Do what she answered; why not, in words, or an empty text."""
    if form.do.data == ALL:
        take_all_untouched(db(), following, by.member.id)
        return ""
    piece = next((each for each in news(db(), following) if each.id == form.what.data), None)
    if piece is None:
        return _("This has been answered already.")
    if form.do.data == KEEP:
        keep_mine(piece)
        return ""
    if not piece.new:
        return _("The other place has this no more. You can keep yours.")
    try:
        take_new(db(), piece, version=form.version.data or 0, member_id=by.member.id)
    except (Conflict, ChangedMeanwhile):
        return _("Somebody has saved other words here meanwhile. Look once more.")
    return ""


@bp.route(_SHARE + "/leave" + _NUMBER, methods=["GET", "POST"])
@staff(Right.TRANSLATE)
def stop_following(by: Actor, edition: str, module: str, number: int) -> ResponseReturnValue:
    """Follow no more, once that was confirmed."""
    desk, _parts = writing_desk(by, edition), parts_at(module)
    following = _following(desk, module, number)
    if ConfirmForm().validate_on_submit():
        leave(following)
        return redirect(address("staff", "editions", edition, module, "share"), 303)
    return confirm_page(
        _("Follow them no more?"),
        following.credit,
        [
            _("What you took stays in your edition, and is yours to change."),
            _("You hear no more of what they change. Their name stays on your pages."),
        ],
        action=_("Follow them no more"),
        back=address("staff", "editions", edition, module, "share"),
    )


def _offer(desk: Desk, module: str, number: int) -> Offer:
    found = offer_numbered(db(), number)
    if found is None or found.edition.module != module or not can_take(found, desk.tag):
        abort(404)
    return found


def _following(desk: Desk, module: str, number: int) -> Following:
    taker = edition_of(db(), desk.tag, module)
    found = following_of(db(), taker, number) if taker is not None else None
    if found is None:
        abort(404)
    return found
