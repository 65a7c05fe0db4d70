"""The pictures and films of a language: where they are used, what they weigh, taking one back."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.doors import address, day_in_words, db, scrub, settings, show
from edu.media.keeping import media_of, withdraw
from edu.media.models import MediumFile
from edu.media.using import Use, goes_on, uses
from edu.pages.reasons import reason
from edu.partner import media_words as wording
from edu.partner.media_access import (
    file_answer,
    films_soon,
    medium_along,
    medium_at,
    shown_at_desk,
    tell,
)
from edu.partner.places import READERS, at_desk
from edu.partner.publishing import pages_soon
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed

bp = Blueprint("media_list", __name__, url_prefix="/<tag>/staff/media/<edition>")

_NAME = "/<name:name>"
_WORKERS = (Right.TRANSLATE, Right.REVIEW, Right.PUBLISH)


@bp.get("")
@staff(*READERS)
def index(by: Actor, edition: str) -> ResponseReturnValue:
    """All of them, with what they weigh."""
    desk = at_desk(by, edition)
    found, used = media_of(db(), desk.tag), uses(db())
    return show(
        "partner/media_index.html",
        desk=desk,
        media=[(each, used.get(each.name, Use()), _weight(each.files)) for each in found],
        total=sum(_weight(each.files) for each in found),
        wording=wording,
        goes_on=goes_on,
        day=day_in_words,
        here=f"/staff/media/{edition}",
    )


def _weight(files: Sequence[MediumFile]) -> int:
    """In kilobytes."""
    return -(-sum(each.size for each in files) // 1024)


@bp.get("/file/<string(maxlength=60):file>")
@staff(*READERS)
def file(by: Actor, edition: str, file: str) -> ResponseReturnValue:
    """One form of one, for whoever works on it."""
    desk = at_desk(by, edition)
    return file_answer(file, lambda name: medium_along(desk.tag, name))


@bp.get(_NAME)
@staff(*READERS)
def one(by: Actor, edition: str, name: str) -> ResponseReturnValue:
    """One of them, with the consent of whoever is seen."""
    desk = at_desk(by, edition)
    found = medium_at(desk.tag, name)
    named = f"media/{found.name}{'.mp4' if found.kind == 'film' else '.jpg'}"
    return show(
        "partner/media_one.html",
        desk=desk,
        medium=found,
        why=reason(found.failed),
        shown=shown_at_desk(desk.tag, [named])[named],
        named=named,
        use=uses(db()).get(found.name, Use()),
        uses=[words for use, words in wording.use_words() if use in found.consent_uses.split()],
        forms={each.sort for each in found.files},
        weight=_weight(found.files),
        wording=wording,
        goes_on=goes_on,
        form=ConfirmForm(),
        day=day_in_words,
        here=f"/staff/media/{edition}/{name}",
    )


@bp.post(_NAME + "/pack")
@staff(Right.TRANSLATE)
def pack(by: Actor, edition: str, name: str) -> ResponseReturnValue:
    """Begin once more to make a film small."""
    desk = at_desk(by, edition)
    found = medium_at(desk.tag, name)
    if not (desk.may_write and ConfirmForm().validate_on_submit()):
        abort(400 if desk.may_write else 403)
    if found.state == "waiting":
        films_soon()
    return redirect(address("staff", "media", edition, name), 303)


@bp.route(_NAME + "/withdraw", methods=["GET", "POST"])
@staff(*_WORKERS)
def take_back(by: Actor, edition: str, name: str) -> ResponseReturnValue:
    """Delete one, because somebody in it changed her mind or for any other reason."""
    desk = at_desk(by, edition)
    if not desk.may_remark:
        abort(403)
    found = medium_at(desk.tag, name)
    if ConfirmForm().validate_on_submit():
        tell(by, Deed.WITHDREW, found)
        withdraw(db(), found, settings().published)
        scrub()
        pages_soon()
        return redirect(address("staff", "media", edition), 303)
    return confirm_page(
        _("Delete this film?") if found.kind == "film" else _("Delete this picture?"),
        f"{found.part}, {found.credit}",
        [
            _("It is deleted at once, and no page shows it any more; nothing stands in its place."),
            _("Copies that people loaded before, and backups, cannot be reached from here."),
        ],
        action=_("Delete it"),
        back=address("staff", "media", edition, name),
    )
