"""Texts read aloud: what is recorded, and recording it in the browser or from a file."""

from flask import Blueprint, abort, make_response, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from edu.account.signed_in import staff
from edu.doors import address, day_in_words, db, let_go, settings, show, today
from edu.editions.parts import modules
from edu.gate.gate import admit, limit_for
from edu.gate.refused import Admitted, Refused
from edu.languages import language, same_words
from edu.pages.headers import MICROPHONE
from edu.pages.reasons import reason
from edu.partner.recording_access import WORK, must_speak, place_found, tell
from edu.partner.recording_forms import RecordForm
from edu.partner.recording_words import (
    group_words,
    heading_marks,
    missing_words,
    part_words,
    place_words,
    state_words,
    use_words,
    whose_words,
)
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed
from edu.recordings.keeping import Reading, State, keep, readings
from edu.recordings.models import Recording
from edu.recordings.places import GLOSSARY, Place, glossary_places, places_of

bp = Blueprint(
    "recordings", __name__, url_prefix="/<tag>/staff/recordings/<string(maxlength=64):edition>"
)

_PLACE = "/<string(maxlength=40):part>/<string(maxlength=80):spot>"
#: What has to be done first stands first.
_ORDER = (State.STALE, State.WAITING, State.MISSING, State.HEARD)


@bp.get("")
@staff(*WORK)
def index(by: Actor, edition: str) -> ResponseReturnValue:
    """How many texts of each module are read aloud."""
    must_speak(by, edition)
    found = [(name, _readings(edition, name)) for name in [*_modules(), GLOSSARY]]
    return show(
        "partner/recordings_index.html",
        edition=language(edition),
        modules=[(name, all, _counts(all)) for name, all in found if all],
        state_words=state_words,
        group_words=group_words,
        here=f"/staff/recordings/{edition}",
    )


@bp.get("/<name:module>")
@staff(*WORK)
def module(by: Actor, edition: str, module: str) -> ResponseReturnValue:
    """The texts of one module, what has to be done first."""
    must_speak(by, edition)
    found = _readings(edition, module)
    if not found and module not in _modules():
        abort(404)
    return show(
        "partner/recordings_module.html",
        edition=language(edition),
        module=module,
        readings=sorted(found, key=lambda each: _ORDER.index(each.state)),
        place_words=place_words,
        heading_marks=heading_marks,
        state_words=state_words,
        group=group_words(module),
        part_words=part_words,
        here=f"/staff/recordings/{edition}/{module}",
    )


@bp.route(_PLACE, methods=["GET", "POST"])
@staff(*WORK)
def record(by: Actor, edition: str, part: str, spot: str) -> ResponseReturnValue:
    """Read one text aloud: record it here, or send a file."""
    must_speak(by, edition)
    if request.method == "POST":
        # Bytes of a recording, and of the words and the consent that come with it.
        request.max_content_length = limit_for("speech") + 64 * 1024
    place = place_found(edition, part, spot)
    form = RecordForm(words=place.words, consent_on=today(), uses=["site"])
    form.offer(whose_words(), use_words())
    refused: list[Markup] = []
    if form.validate_on_submit() and _is_complete(form) and by.may(Right.TRANSLATE, tag=edition):
        admitted = _admitted(form)
        if isinstance(admitted, Admitted):
            made = _keep(by, edition, place, form, admitted)
            return redirect(address("staff", "recordings", edition, made.id), 303)
        refused = admitted
    page = make_response(
        show(
            "partner/recordings_record.html",
            edition=language(edition),
            place=place,
            name=place_words(place),
            marks=heading_marks(place),
            group=group_words(GLOSSARY if part == GLOSSARY else part.partition(".")[0]),
            part=part_words(part),
            in_language=all(same_words(each, edition) for each in place.tags),
            reading=readings(db(), edition, [place])[0],
            may_record=by.may(Right.TRANSLATE, tag=edition),
            form=form,
            refused=refused,
            largest=limit_for("speech") // 1024**2,
            day=day_in_words,
            here=f"/staff/recordings/{edition}/{part}/{spot}",
        )
    )
    page.headers["Permissions-Policy"] = MICROPHONE
    page.status_code = 422 if form.is_submitted() else 200
    return page


def _is_complete(form: RecordForm) -> bool:
    words = missing_words()
    missing = form.consent.missing(today())
    form.complain({name: words[name] for name in missing})
    return not missing


def _admitted(form: RecordForm) -> Admitted | list[Markup]:
    """The sound packed small, or the reasons why it cannot be taken. Lets go of the database."""
    sent = form.sound.data
    content = sent.stream.read(limit_for("speech") + 1)
    let_go()
    try:
        return admit("speech", content, sent.filename or "")
    except Refused as refused:
        return [reason(mistake.message) for mistake in refused.mistakes]


def _keep(by: Actor, edition: str, place: Place, form: RecordForm, admitted: Admitted) -> Recording:
    made = keep(
        db(),
        edition,
        place.id,
        form.words.data or place.words,
        admitted.files,
        int(admitted.facts["seconds"]),
        form.consent,
        member_id=by.member.id,
        today=today(),
    )
    tell(by, Deed.MADE, made)
    return made


def _modules() -> list[str]:
    return [name for name in modules(settings().root) if name != "quizzes"]


def _readings(edition: str, module: str) -> list[Reading]:
    if module == GLOSSARY:
        return readings(db(), edition, glossary_places(db(), edition))
    if module not in _modules():
        return []
    return readings(db(), edition, places_of(db(), settings().root, edition, module))


def _counts(found: list[Reading]) -> dict[State, int]:
    counted = {state: sum(each.state is state for each in found) for state in _ORDER}
    return {state: count for state, count in counted.items() if count}
