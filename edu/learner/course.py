"""The way itself: the list of steps, the lessons' finish, the questions."""

from typing import NoReturn

from flask import Blueprint, abort, make_response, redirect, request
from flask.typing import ResponseReturnValue
from wtforms import Form

from edu.doors import address, db, offered, show, today
from edu.editions.models import Release
from edu.editions.releasing import current_release
from edu.learner.choices import whose
from edu.learner.going_on import goes_on, is_going_on, stops
from edu.learner.outbox import Told, answer_outbox, tell
from edu.learner.phone import (
    form_key,
    is_shared,
    journey,
    journey_meant,
    learner,
    refuse_strangers,
    with_journey,
)
from edu.learner.questions import answers_of_form, chosen_before, make_form
from edu.learner.questions_page import Place, questions_page
from edu.learner.way import lesson_address, other_journeys, wave_is_open, way_of
from edu.learning.courses import Questionnaire
from edu.learning.journeys import finish_lesson, resume_journey
from edu.learning.kept_words import as_read, course_of, may_be_kept
from edu.learning.models import Journey
from edu.learning.sittings import (
    Gone,
    Mode,
    answers_of,
    given_in,
    is_kept,
    save_draft,
    sitting_of,
    submit,
    texts_of,
)
from edu.learning.upset import is_asked
from edu.learning.waves import is_wave
from edu.pages.speaking import spoken
from edu.programmes.research import asked_of

bp = Blueprint("course", __name__, url_prefix="/<tag>")
bp.before_request(refuse_strangers)
bp.after_request(answer_outbox)


@bp.errorhandler(Gone)
def gone(_error: Gone) -> ResponseReturnValue:
    """The way shows that nobody is learning here any more."""
    tell(Told.GONE)
    return redirect(address("my"), 303)


@bp.get("/my")
def my() -> ResponseReturnValue:
    """Where a learner stands."""
    current = journey()
    way = way_of(db(), current, spoken(), today()) if current is not None else None
    return show(
        "learner/my.html",
        way=way,
        number=current.id if current is not None else "",
        whose=whose(learner()),
        keeps=not is_shared(),
        saved="saved" in request.args and way is not None,
        closed="closed" in request.args and way is not None,
        research=current is not None and asked_of(db(), current, today()) is not None,
        others=other_journeys(current, spoken()) if current is not None else [],
        thanked="told" in request.args and way is not None,
        upset=current is not None and way is not None and way.finished and is_asked(db(), current),
        here="/my",
    )


@bp.post("/my")
@with_journey
def take_up(current: Journey) -> ResponseReturnValue:
    """Go on with a way that was begun before."""
    wanted = request.form.get("journey", "")
    for begun in current.learner.journeys:
        if begun.id == wanted:
            resume_journey(db(), current.learner, begun)
    return redirect(address("my"), 303)


@bp.post("/<name:module>/<int:number>/done")
def done(module: str, number: int) -> ResponseReturnValue:
    """A lesson is finished: note it for a learner, and lead anybody on to the next one."""
    newest = current_release(db(), spoken(), module)
    if newest is None or "lessons" not in newest.payload:
        _refuse()
    release = _read_in(newest)
    numbers = [lesson["number"] for lesson in release.payload["lessons"]]
    if number not in numbers:
        _refuse()
    current = journey_meant()
    if current is not None and module in current.modules:
        finish_lesson(db(), current, f"{module}.{number}", _release_read(module))
    following = numbers[numbers.index(number) + 1 :]
    if following:
        return redirect(lesson_address(release, following[0], current=release is newest), 303)
    return redirect(address("my") if current is not None else address(module, ""), 303)


def _refuse() -> NoReturn:
    """There is no such lesson or questionnaire, and never will be again."""
    tell(Told.REFUSED)
    abort(404)


def _read_in(newest: Release) -> Release:
    """The release with which she goes on: that of the page with the button, while it is kept."""
    read = _release_read(newest.module)
    found = db().get(Release, read) if read is not None else None
    return found if found is not None and may_be_kept(found, newest) else newest


@bp.get("/r<int(max=2147483647):release_id>/<name:module>/<int:number>/")
@bp.get("/r<int(max=2147483647):release_id>/<name:module>/<int:number>/notes/")
@bp.get("/r<int(max=2147483647):release_id>/<name:module>/<int:number>/show/")
def no_longer_kept(release_id: int, module: str, number: int) -> ResponseReturnValue:
    """The page of an older release that is not there, or no more: the lesson as it is now."""
    return redirect(address(module, number, ""), 302)


def _release_read(module: str) -> int | None:
    """The release that the page with the button was made from, if it says so truly."""
    read = request.form.get("release", "")
    if not (read.isascii() and read.isdecimal() and len(read) < 10):
        return None
    release = db().get(Release, int(read))
    return release.id if release is not None and release.module == module else None


@bp.route("/questions/<name:wave>/<name:instrument>", methods=["GET", "POST"])
@with_journey
def questions(current: Journey, wave: str, instrument: str) -> ResponseReturnValue:
    """One questionnaire of one wave."""
    posted = request.method == "POST"
    course = course_of(db(), current, spoken(), today())
    if posted:
        course = as_read(db(), course, spoken(), request.form.get("release", ""))
    asked = course.asked_in(wave) if is_wave(wave) else []
    found = next((each for each in asked if each.instrument.id == instrument), None)
    if found is None:
        _refuse()
    sitting = sitting_of(db(), current, found.row, wave)
    if sitting is not None and sitting.submitted_on is not None and not posted:
        return redirect(address("my"), 303)
    if not wave_is_open(db(), current, wave, today()):
        # Sent again after a lost answer: it was kept while there was time.
        again = posted and sitting is not None and is_kept(sitting, request.form.get("key", ""))
        tell(Told.SAVED if again else Told.CLOSED)
        return redirect(address("my") + ("?saved" if again else "?closed"), 303)
    # What was given is shown to nobody, but while she changes the language in the middle.
    seen = sitting if sitting is not None and not posted and is_going_on(sitting) else None
    before = chosen_before(answers_of(seen), texts_of(db(), seen)) if seen is not None else {}
    form = make_form(found, request.form if posted else None, before)
    if posted and form.validate():
        return _keep(current, found, wave, form)
    place = asked.index(found)
    shown = seen is not None or request.form.get("shown") == "yes"
    kept = given_in(sitting) if sitting is not None and not shown else frozenset()
    page = questions_page(
        found,
        wave,
        form,
        Place(place + 1, len(asked), current.id),
        kept,
        shown=shown,
    )
    tell(Told.REFUSED)
    return page, (422 if posted else 200)


def _keep(current: Journey, found: Questionnaire, wave: str, form: Form) -> ResponseReturnValue:
    answers, texts = answers_of_form(found, form)
    reading = found.reading(wave)
    switch = request.form.get("switch", "")
    unseen = request.form.get("shown") != "yes"
    if switch in [each.tag for each in offered()]:
        sitting = save_draft(db(), current, reading, answers, texts, unseen=unseen)
        there = f"/{switch}/questions/{wave}/{found.instrument.id}"
        return goes_on(make_response(redirect(there, 303)), sitting)
    if request.form.get("do") == "later":
        save_draft(db(), current, reading, answers, texts, unseen=unseen)
        return stops(make_response(redirect(address("my"), 303)))
    key = form_key()
    mode = Mode.ALOUD if request.form.get("aloud") == "yes" else Mode.WEB
    submit(
        db(),
        current,
        reading,
        answers,
        key=key,
        today=today(),
        texts=texts,
        mode=mode,
        unseen=unseen,
    )
    return redirect(address("my") + "?saved", 303)
