"""Leaving: quickly, for the next person, or for good."""

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue

from edu.backups.gone import note_gone
from edu.doors import address, afterwards, brake, count, db, go, scrub, settings, show, today
from edu.learner.arrive import code_error
from edu.learner.outbox import answer_outbox
from edu.learner.phone import farewell, learner, mark_shared, refuse_strangers
from edu.learning.learners import forget as forget_learner
from edu.learning.learners import learner_by_code

bp = Blueprint("leave", __name__, url_prefix="/<tag>")
bp.before_request(refuse_strangers)
bp.after_request(answer_outbox)

out = Blueprint("out", __name__)


@out.get("/out")
def leave_quickly() -> ResponseReturnValue:
    """A page that shows nothing special. Nothing is lost: the way back is open."""
    return show("learner/out.html")


@bp.post("/leave")
def leave() -> ResponseReturnValue:
    """Leave this phone: to nobody, or to the next person, who has a card or gets one. A phone that
    is passed on is one that several people use."""
    if request.form.get("to") == "next":
        return mark_shared(farewell(go(address("return"))))
    return farewell(go(f"{address()}/"))


@bp.route("/forget", methods=["GET", "POST"])
def forget() -> ResponseReturnValue:
    """Delete everything about a learner: with her card, or from her own phone."""
    if request.method != "POST":
        return show("learner/forget.html", known=learner() is not None, error="", here="/forget")
    if request.form.get("here") == "yes":
        found = learner()
        error = ""
    else:
        brake("wrong code")
        typed = request.form.get("code", "")
        found = learner_by_code(db(), secret=settings().secret_key, typed=typed)
        error = code_error(typed)
        if found is None:
            count("wrong code")
    if found is None:
        page = show("learner/forget.html", known=learner() is not None, error=error)
        return page, 422
    on_this_phone = learner() is found
    gone = found.id
    forget_learner(db(), found, today())
    scrub()
    afterwards(lambda _session: note_gone(settings().instance, gone, today()))
    response = make_response(show("learner/forget.html", done=True, here_too=on_this_phone))
    return farewell(response) if on_this_phone else response
