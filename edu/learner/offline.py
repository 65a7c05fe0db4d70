"""What a phone fetches of a learner's own way when she asks to keep it, and the sign of a phone
that several people use: on such a one nothing is kept."""

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from edu.doors import address, db, go, today
from edu.learner.kept_way import kept_way, waves_kept
from edu.learner.phone import (
    clear_browser,
    is_shared,
    journey,
    mark_shared,
    refuse_strangers,
    with_journey,
)
from edu.learner.questions_page import Place, blank_copy
from edu.learning.journeys import group_of
from edu.learning.kept_words import course_of
from edu.learning.models import Journey
from edu.learning.waves import schedule_of
from edu.pages.speaking import spoken

bp = Blueprint("offline", __name__, url_prefix="/<tag>/offline")
bp.before_request(refuse_strangers)


@bp.get("/way")
def way() -> ResponseReturnValue:
    """Her steps for her phone to keep; nothing where nobody learns or several people do."""
    current = journey()
    if is_shared():
        return jsonify(shared=True)
    return jsonify(kept_way(db(), current, spoken(), today()) if current is not None else {})


@bp.get("/questions/<name:wave>/<name:instrument>")
@with_journey
def questions(current: Journey, wave: str, instrument: str) -> ResponseReturnValue:
    """A copy of a questionnaire to keep, with no sign of hers in it."""
    kept = wave in waves_kept(schedule_of(group_of(db(), current)))
    asked = course_of(db(), current, spoken(), today()).asked_in(wave) if kept else []
    found = next((each for each in asked if each.instrument.id == instrument), None)
    if found is None:
        abort(404)
    return blank_copy(found, wave, Place(asked.index(found) + 1, len(asked)))


@bp.post("/shared")
def shared() -> ResponseReturnValue:
    """Whether several people use this phone. One that is shared keeps nothing from now on."""
    response = go(address("offline", ""))
    if request.form.get("shared") == "yes":
        return mark_shared(clear_browser(response))
    return mark_shared(response, shared=False)
