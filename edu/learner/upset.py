"""Whether anything in the lessons upset a learner: asked once, when she has finished them."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from edu.doors import address, db
from edu.learner.phone import refuse_strangers, with_journey
from edu.learning.models import Journey
from edu.learning.upset import keep_upset

bp = Blueprint("upset", __name__, url_prefix="/<tag>")
bp.before_request(refuse_strangers)


@bp.post("/upset")
@with_journey
def upset(current: Journey) -> ResponseReturnValue:
    """Keep one of three answers. Nothing can be written: whom to talk to is said instead."""
    if not keep_upset(db(), current, request.form.get("upset", "")):
        abort(404)
    return redirect(address("my") + "?told#told", 303)
