"""Pictures and films in a lesson: bringing one, and changing what is said of it."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.signed_in import staff
from edu.communities.lookup import terms_for
from edu.doors import db, settings, today
from edu.editions.models import SHOWING, Change
from edu.editions.parts import Part, Sort
from edu.editions.working import edition_for, edition_of
from edu.editions.workplace.adapting import (
    Moved,
    blocks_now,
    change_again,
    change_named,
    record_adaptation,
)
from edu.editions.workplace.block_faults import faults_of
from edu.gate.gate import limit_for
from edu.lessons.brought import names_in
from edu.lessons.markdown import FILM
from edu.lessons.placing import shown_in
from edu.media.keeping import body_of, keep_film, keep_picture, medium_named, put_captions
from edu.media.models import Medium
from edu.partner import changes_wording
from edu.partner import media_words as wording
from edu.partner.changes import offer_choices
from edu.partner.media_access import films_soon, tell
from edu.partner.media_forms import MediaForm
from edu.partner.media_page import form_page
from edu.partner.media_sending import GATES, MORE, Sent, sent_with
from edu.partner.places import Desk, desk_address, part_at, writing_desk
from edu.partner.publishing import pages_soon
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed

bp = Blueprint("media", __name__, url_prefix="/<tag>/staff/editions")

_PART = "/<edition>/<name:module>/<part>/shown"
#: A name while there is none: as long as any.
_NO_NAME = "own-bbbbbbbbbbbbbbbb"


@bp.route(_PART + "/new", methods=["GET", "POST"])
@staff(Right.TRANSLATE)
def new(by: Actor, edition: str, module: str, part: str) -> ResponseReturnValue:
    """Bring a picture or a film for a lesson."""
    desk, found, kind = writing_desk(by, edition), _lesson(module, part), _kind()
    if request.method == "POST":
        request.max_content_length = limit_for(GATES[kind]) + MORE
    form = _form(desk, found, kind)
    if request.method == "GET":
        _begin(form, kind)
        return form_page(desk, found, form, kind)
    refused: tuple[str, ...] = ()
    if _is_right(desk, found, form, kind, with_file=True):
        sent = sent_with(form, kind, with_file=True)
        if not sent.refused:
            slug = _keep(by, desk, found, form, kind, sent)
            return redirect(desk_address(desk.tag, module, part, "changes", slug), 303)
        refused = sent.refused
    return form_page(desk, found, form, kind, refused=refused), 422


def _lesson(module: str, part: str) -> Part:
    found = part_at(module, part)
    if found.sort is not Sort.LESSON:
        abort(404)
    return found


def _kind() -> str:
    kind = request.args.get("kind", "picture")
    if kind not in SHOWING:
        abort(404)
    return kind


def _form(desk: Desk, part: Part, kind: str, kept: Change | None = None) -> MediaForm:
    form = MediaForm()
    offer_choices(form, desk, part, kept)
    places = wording.place_words(blocks_now(db(), desk.tag, part), kind)
    if kept is not None:
        # What stands there now is this one itself.
        own = {each.name for each in shown_in(kept.text)}
        places = [each for each in places if each[0].partition(wording.BAR)[2] not in own]
        here = f"{kept.block}{wording.BAR}{kept.after}"
        if here not in dict(places):
            places.append((here, _("Where it was put")))
    form.offer_places(places)
    return form


def _begin(form: MediaForm, kind: str) -> None:
    form.fill(None, kind)
    form.dimensions.data = ["persons"]
    form.uses.data, form.consent_on.data = ["site"], today()
    block = request.args.get("block", "")
    places = [each.value for each in form.place.choices]
    form.place.data = next((each for each in places if each.startswith(f"{block}|")), None)


def _is_right(desk: Desk, part: Part, form: MediaForm, kind: str, *, with_file: bool) -> bool:
    """Whether the form can be kept; says at its field what is missing."""
    right = bool(form.validate_on_submit())
    words = wording.missing_words()
    if with_file:
        missing = {name: words[name] for name in form.origin.missing(today())}
        if not form.file.data:
            missing["file"] = _("Choose a file.")
    else:
        missing = {}
    if not (form.shows.data or "").strip():
        missing["shows"] = _("Say what can be seen, for those who cannot see it.")
    if kind == FILM and not (form.said.data or "").strip():
        missing["said"] = _("Write down what is said, for those who cannot hear or load it.")
    form.complain(missing)
    if not right or missing:
        return False
    done = form.shown(kind, _NO_NAME)
    safety = {each.name: each.safety for each in blocks_now(db(), desk.tag, part)}
    terms = terms_for(db(), desk.tag)
    faults = faults_of(settings().root, desk.tag, terms, done, safety.get(done.block, ""))
    if faults:
        form.complain({"said" if kind == FILM else "shows": ""})
        field = form.said if kind == FILM else form.shows
        field.errors = changes_wording.faults_in_words(faults)
    return not faults


def _keep(by: Actor, desk: Desk, part: Part, form: MediaForm, kind: str, sent: Sent) -> str:
    assert sent.admitted is not None  # noqa: S101 - nothing was refused
    member, day, facts = by.member.id, today(), sent.admitted.facts
    if kind == FILM:
        made = keep_film(
            db(),
            desk.tag,
            part.id,
            sent.original,
            sent.captions,
            form.origin,
            member_id=member,
            today=day,
        )
        films_soon()
    else:
        made = keep_picture(
            db(),
            desk.tag,
            part.id,
            sent.admitted.files,
            (int(facts["width"]), int(facts["height"])),
            form.origin,
            member_id=member,
            today=day,
        )
    tell(by, Deed.MADE, made)
    return record_adaptation(
        db(),
        edition_for(db(), desk.tag, part.module),
        part,
        form.record,
        member_id=member,
        today=day,
        done=form.shown(kind, made.name),
    ).slug


@bp.route(_PART + "/<slug:slug>", methods=["GET", "POST"])
@staff(Right.TRANSLATE)
def edit(by: Actor, edition: str, module: str, part: str, slug: str) -> ResponseReturnValue:
    """Other words for a picture or film, another place, other captions, other reasons."""
    desk, found = writing_desk(by, edition), _lesson(module, part)
    kept, medium = _kept(desk, found, slug)
    kind = kept.operation
    if request.method == "POST":
        request.max_content_length = MORE
    form = _form(desk, found, kind, kept)
    if request.method == "GET":
        form.fill_again(kept, _captions_of(medium))
        return form_page(desk, found, form, kind, change=kept)
    refused: tuple[str, ...] = ()
    if _is_right(desk, found, form, kind, with_file=False):
        sent = sent_with(form, kind, with_file=False)
        if not sent.refused:
            return _change(by, desk, found, slug, form, sent)
        kept, _medium = _kept(desk, found, slug)
        refused = sent.refused
    return form_page(desk, found, form, kind, change=kept, refused=refused), 422


def _kept(desk: Desk, part: Part, slug: str) -> tuple[Change, Medium | None]:
    edition = edition_of(db(), desk.tag, part.module)
    found = change_named(db(), edition, slug) if edition is not None else None
    if found is None or found.lesson != part.id or found.operation not in SHOWING:
        abort(404)
    names = names_in(found.text)
    return found, medium_named(db(), names[0]) if names else None


def _captions_of(medium: Medium | None) -> str:
    body = body_of(db(), medium, "captions") if medium is not None else None
    return body.decode() if body is not None else ""


def _change(
    by: Actor, desk: Desk, part: Part, slug: str, form: MediaForm, sent: Sent
) -> ResponseReturnValue:
    kept, medium = _kept(desk, part, slug)
    name = names_in(kept.text)[0]
    try:
        change_again(
            db(),
            kept,
            form.record,
            version=form.version.data or 0,
            member_id=by.member.id,
            done=form.shown(kept.operation, name),
        )
    except Moved as moved:
        # Hers stays in the form, and the next saving is of what stands there now.
        form.version.data, form.version.raw_data = moved.now.version, None
        return form_page(desk, part, form, kept.operation, change=kept, theirs=moved.now), 409
    if medium is not None and kept.operation == FILM:
        put_captions(db(), medium, sent.captions)
        pages_soon()
    return redirect(desk_address(desk.tag, part.module, part.id, "changes", slug), 303)
