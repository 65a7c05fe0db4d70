"""One recording: listening to it, letting learners hear it, taking it back."""

from flask import Blueprint, Response, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.doors import address, day_in_words, db, scrub, settings, show
from edu.languages import language
from edu.partner.publishing import pages_soon
from edu.partner.recording_access import (
    WORK,
    may_release,
    must_speak,
    place_read,
    recording_found,
    tell,
)
from edu.partner.recording_words import heading_marks, part_words, place_words, use_words
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed
from edu.recordings.keeping import OwnVoice, Stale, release, sound_of, withdraw
from edu.recordings.models import Recording

bp = Blueprint(
    "recording", __name__, url_prefix="/<tag>/staff/recordings/<string(maxlength=64):edition>"
)

_ONE = "/<int(max=2147483647):number>"
_TYPES = {"opus": "audio/ogg", "mp3": "audio/mpeg"}


@bp.get(_ONE)
@staff(*WORK)
def one(by: Actor, edition: str, number: int) -> ResponseReturnValue:
    """One recording as learners would hear it."""
    must_speak(by, edition)
    found = recording_found(edition, number)
    return _shown(by, edition, found)


def _shown(by: Actor, edition: str, found: Recording, problem: str = "") -> ResponseReturnValue:
    place = place_read(edition, found)
    page = show(
        "partner/recordings_one.html",
        edition=language(edition),
        recording=found,
        place=place,
        name=place_words(place) if place else found.place,
        part=part_words(place.part) if place else "",
        marks=heading_marks(place) if place else "",
        fits=place is not None and place.digest == found.digest,
        may_release=may_release(by, edition),
        own=found.member_id == by.member.id,
        uses=[words for use, words in use_words() if use in found.consent_uses.split()],
        sizes={each.format: -(-len(each.body) // 1024) for each in found.sounds},
        types=_TYPES,
        problem=problem,
        form=ConfirmForm(),
        day=day_in_words,
        here=f"/staff/recordings/{edition}/{found.id}",
    )
    return page, (409 if problem else 200)


@bp.get(_ONE + "/sound.<any(opus, mp3):format>")
@staff(*WORK)
def sound(by: Actor, edition: str, number: int, format: str) -> ResponseReturnValue:
    """The sound, for whoever listens before it is released."""
    must_speak(by, edition)
    body = sound_of(db(), recording_found(edition, number), format)
    if body is None:
        abort(404)
    answer = Response(body, mimetype=_TYPES[format])
    # Players ask for its parts, to know how long it is.
    return answer.make_conditional(request, accept_ranges=True, complete_length=len(body))


@bp.post(_ONE + "/release")
@staff(Right.REVIEW, Right.PUBLISH)
def let_hear(by: Actor, edition: str, number: int) -> ResponseReturnValue:
    """Let learners hear a recording that somebody else made."""
    must_speak(by, edition)
    if not may_release(by, edition):
        abort(403)
    found = recording_found(edition, number)
    place = place_read(edition, found)
    if not ConfirmForm().validate_on_submit():
        return _shown(by, edition, found, _("This page was open for too long. Send it once more."))
    try:
        if place is None:
            raise Stale
        release(found, place, by.member.id)
    except OwnVoice:
        return _shown(by, edition, found, _("Somebody else must listen to it and release it."))
    except Stale:
        return _shown(by, edition, found, _("The text has changed. Record it again."))
    tell(by, Deed.RELEASED, found)
    pages_soon()
    return redirect(address("staff", "recordings", edition, number), 303)


@bp.route(_ONE + "/withdraw", methods=["GET", "POST"])
@staff(*WORK)
def take_back(by: Actor, edition: str, number: int) -> ResponseReturnValue:
    """Delete a recording, because the speaker changed her mind or for any other reason."""
    must_speak(by, edition)
    found = recording_found(edition, number)
    if ConfirmForm().validate_on_submit():
        place = place_read(edition, found)
        tell(by, Deed.WITHDREW, found)
        withdraw(db(), found, settings().published)
        scrub()
        pages_soon()
        parts = (place.part, place.spot) if place else ()
        return redirect(address("staff", "recordings", edition, *parts), 303)
    return confirm_page(
        _("Delete this recording?"),
        f"{found.speaker}, {day_in_words(found.made_at.date())}",
        [
            _("It is deleted at once, and no page plays it any more."),
            _("Copies that people loaded before, and backups, cannot be reached from here."),
        ],
        action=_("Delete it"),
        back=address("staff", "recordings", edition, number),
    )
