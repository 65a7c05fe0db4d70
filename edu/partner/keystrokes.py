"""While somebody types: her words are kept, her place is shown to others, the checks speak."""

from flask import Blueprint, abort, jsonify
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.doors import db, show
from edu.editions.working import edition_for, rendering_for
from edu.editions.workplace.claims import at_work, claim
from edu.editions.workplace.dismissals import dismissals_of
from edu.editions.workplace.unsaved import keep_typed
from edu.partner.desk_forms import TypedForm, tidy
from edu.partner.findings import findings_of
from edu.partner.places import line_at, sheet_at, writing_desk
from edu.partners.actors import Actor
from edu.partners.roles import Right

bp = Blueprint("keystrokes", __name__, url_prefix="/<tag>/staff/editions")

_SEGMENT = "/<edition>/<name:module>/<part>/<random:key>"


@bp.post(_SEGMENT + "/working")
@staff(Right.TRANSLATE)
def working(by: Actor, edition: str, module: str, part: str, key: str) -> ResponseReturnValue:
    """Say that she works on this segment now."""
    desk = writing_desk(by, edition)
    line = line_at(sheet_at(desk, module, part), key)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    rendering = rendering_for(db(), edition_for(db(), edition, module), line.segment)
    hers = claim(db(), rendering, by.member.id)
    other = None if hers else at_work(db(), [rendering.id]).get(rendering.id)
    told = _("%(name)s works on this now.", name=other.login) if other is not None else ""
    return jsonify(said=told)


@bp.post(_SEGMENT + "/typed")
@staff(Right.TRANSLATE)
def typed(by: Actor, edition: str, module: str, part: str, key: str) -> ResponseReturnValue:
    """Keep what she has typed so far; sent twice, it is kept once."""
    desk = writing_desk(by, edition)
    line, form = line_at(sheet_at(desk, module, part), key), TypedForm()
    if not form.validate_on_submit():
        abort(400)
    rendering = rendering_for(db(), edition_for(db(), edition, module), line.segment)
    keep_typed(db(), rendering, by.member.id, form.text.data, form.version.data)
    claim(db(), rendering, by.member.id)
    return jsonify(said=_("Kept for you, not yet saved for the others."))


@bp.post(_SEGMENT + "/checked")
@staff(Right.TRANSLATE)
def checked(by: Actor, edition: str, module: str, part: str, key: str) -> ResponseReturnValue:
    """What the checks say of words that are not saved yet. Nothing is written."""
    desk = writing_desk(by, edition)
    line, form = line_at(sheet_at(desk, module, part), key), TypedForm()
    if not form.validate_on_submit():
        abort(400)
    number = line.rendering.id if line.rendering is not None else 0
    aside = dismissals_of(db(), [number]).get(number, [])
    said = findings_of(desk.tag, line, tidy(form.text.data), aside)
    return show("partner/desk_said.html", said=said)
