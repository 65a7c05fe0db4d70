"""One entry of a profile: writing it, agreeing on it, taking it out; and calling a service."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.communities.editing import (
    Conflict,
    Taken,
    add_entry,
    agree,
    change_entry,
    free_slug,
    move_up,
    take_out,
    touch,
)
from edu.communities.models import ProfileEntry
from edu.communities.profile import Section
from edu.communities.services import Heard, can_be_confirmed, freshness, last_day, note_call
from edu.doors import day_in_words, db, show, today
from edu.partner import profile_wording as wording
from edu.partner.profile_forms import AgreeForm, CallForm, EntryForm, entry_form
from edu.partner.profile_labels import label
from edu.partner.profile_places import (
    READERS,
    Place,
    existing,
    pages_follow,
    place_at,
    place_to_write,
    section_at,
)
from edu.partner.recording_access import may_speak
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.recordings.heard import words_heard

bp = Blueprint("profile_entries", __name__, url_prefix="/<tag>/staff/communities")

_SECTION = "/<string(maxlength=64):community>/<string(maxlength=20):section>"
_ONE = _SECTION + "/<slug:slug>"
_WRITERS = (Right.TRANSLATE, Right.REVIEW)


@bp.route(_SECTION + "/new", methods=["GET", "POST"])
@staff(*_WRITERS)
def new(by: Actor, community: str, section: str) -> ResponseReturnValue:
    """An entry that is not there yet."""
    place, found = place_to_write(by, community), section_at(section)
    if not found.many or found.ids:
        abort(404)
    form = entry_form(found, place.tag, {}, 0)
    if form.validate_on_submit():
        return _add(place, found, form, "")
    return _page(place, found, "new", None, form), (422 if form.is_submitted() else 200)


def _add(place: Place, section: Section, form: EntryForm, slug: str) -> ResponseReturnValue:
    words = next((value for value in form.typed.values() if isinstance(value, str) and value), "")
    slug = slug or free_slug(place.profile, section.name, words)
    try:
        with pages_follow(place):
            add_entry(db(), place.profile, section.name, slug, form.typed, place.member_id)
    except Taken:
        # Somebody else wrote the same one in the same moment.
        row = existing(place, section, slug)
        return _conflict(place, section, row, form)
    return redirect(place.address(section.name), 303)


@bp.route(_ONE, methods=["GET", "POST"])
@staff(*READERS)
def entry(by: Actor, community: str, section: str, slug: str) -> ResponseReturnValue:
    """One entry: as it is, and a form for whoever may write."""
    place, found = place_at(by, community), section_at(section)
    row = place.entry(found, slug)
    fields, version = (row.fields, row.version) if row is not None else ({}, 0)
    form = entry_form(found, place.tag, fields, version)
    if form.is_submitted() and not place.may_write:
        abort(403)
    if not form.validate_on_submit():
        return _page(place, found, slug, row, form), (422 if form.is_submitted() else 200)
    if row is None:
        return _add(place, found, form, slug)
    try:
        with pages_follow(place):
            change_entry(
                db(),
                row,
                form.typed_with(row.fields),
                version=form.version.data,
                member_id=place.member_id,
                today=today(),
            )
    except Conflict as conflict:
        return _conflict(place, found, conflict.now, form)
    return redirect(_behind(place, found), 303)


def _behind(place: Place, section: Section) -> str:
    return place.address(section.name) if section.many else place.address()


def _conflict(
    place: Place, section: Section, row: ProfileEntry, form: EntryForm
) -> ResponseReturnValue:
    """Both texts: what stands there now, and what she typed. Sent once more, hers is kept."""
    form.version.data, form.version.raw_data = row.version, None
    now, mine = form.typed_from(row.fields), form.typed
    differs = [
        (label(section.name, name)[0], now[name], mine[name])
        for name in mine
        if now[name] != mine[name]
    ]
    return _page(place, section, row.slug, row, form, differs=differs), 409


def _page(
    place: Place,
    section: Section,
    slug: str,
    row: ProfileEntry | None,
    form: EntryForm,
    *,
    differs: object = None,
    agreeing: AgreeForm | None = None,
    moved: bool = False,
) -> str:
    version = row.version if row is not None else 0
    return show(
        "partner/profiles_entry.html",
        place=place,
        section=section,
        slug=slug,
        row=row,
        form=form,
        agreeing=agreeing or AgreeForm(formdata=None, version=version),
        differs=differs,
        moved=moved,
        wording=wording,
        state=freshness(row, today()) if row is not None else None,
        last_day=last_day,
        can_be_confirmed=can_be_confirmed,
        day=day_in_words,
        confirm=ConfirmForm(),
        aloud=row is not None and row.section == "term" and may_speak(place.by, place.tag),
        voice=words_heard(db(), place.tag, today()).get(slug) if section.name == "term" else None,
        here=None,
    )


@bp.post(_ONE + "/agreed")
@staff(*_WRITERS)
def agreed(by: Actor, community: str, section: str, slug: str) -> ResponseReturnValue:
    """The community has agreed on an entry, as it stood on the page."""
    place, found = place_to_write(by, community), section_at(section)
    row = existing(place, found, slug)
    if not found.agreed or row.gone:
        abort(404)
    form = AgreeForm()
    # The entry's own form stands on the same page, as it is and not as this one was sent.
    shown = entry_form(found, place.tag, row.fields, row.version, sent=False)
    if not form.validate_on_submit():
        return _page(place, found, slug, row, shown, agreeing=form), 422
    try:
        with pages_follow(place):
            agree(
                db(),
                row,
                form.who.data,
                version=form.version.data,
                member_id=place.member_id,
                today=today(),
            )
    except Conflict:
        form.version.data, form.version.raw_data = row.version, None
        shown = entry_form(found, place.tag, row.fields, row.version, sent=False)
        return _page(place, found, slug, row, shown, agreeing=form, moved=True), 409
    return redirect(_behind(place, found), 303)


@bp.post(_ONE + "/out")
@staff(*_WRITERS)
def out(by: Actor, community: str, section: str, slug: str) -> ResponseReturnValue:
    """Take an entry out; it can be put back."""
    return _gone(by, community, section, slug, gone=True)


@bp.post(_ONE + "/back")
@staff(*_WRITERS)
def back(by: Actor, community: str, section: str, slug: str) -> ResponseReturnValue:
    """Put an entry back."""
    return _gone(by, community, section, slug, gone=False)


def _gone(by: Actor, community: str, section: str, slug: str, *, gone: bool) -> ResponseReturnValue:
    place, found = place_to_write(by, community), section_at(section)
    row = existing(place, found, slug)
    if not found.many:
        abort(404)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    with pages_follow(place):
        take_out(db(), row, gone=gone, member_id=place.member_id)
    return redirect(place.address(section), 303)


@bp.post(_ONE + "/up")
@staff(*_WRITERS)
def up(by: Actor, community: str, section: str, slug: str) -> ResponseReturnValue:
    """Let what matters more stand higher."""
    place, found = place_to_write(by, community), section_at(section)
    row = existing(place, found, slug)
    if section != "matters" or row.gone:
        abort(404)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    move_up(db(), place.profile, row, place.member_id)
    return redirect(place.address(section), 303)


@bp.route(
    "/<string(maxlength=64):community>/service/<slug:slug>/call",
    methods=["GET", "POST"],
)
@staff(Right.CONFIRM_SERVICES)
def call(by: Actor, community: str, slug: str) -> ResponseReturnValue:
    """Somebody called a service and writes down what came of it."""
    place, found = place_at(by, community), section_at("service")
    if not place.may_confirm:
        abort(404)
    row = existing(place, found, slug)
    if row.gone or not can_be_confirmed(row):
        abort(404)
    form = CallForm(on=today(), hours=row.fields.get("hours", ""))
    form.offer()
    if form.validate_on_submit():
        heard = Heard(form.heard.data)
        with pages_follow(place):
            note_call(row, heard, by.login, form.on.data, form.hours.data or "")
            touch(row, place.member_id)
        tell(by, Deed.CONFIRMED, Kind.SERVICE, f"{place.tag}: {row.fields['name']}", heard.value)
        return redirect(place.address("service"), 303)
    page = show(
        "partner/profiles_call.html",
        place=place,
        row=row,
        form=form,
        state=freshness(row, today()),
        last_day=last_day,
        wording=wording,
        here=None,
    )
    return page, (422 if form.is_submitted() else 200)
