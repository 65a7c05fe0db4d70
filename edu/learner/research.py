"""A learner's separate yes to research, or her no: asked apart from her yes to taking part."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from edu.doors import address, db, show, today
from edu.learner.phone import refuse_strangers, with_journey
from edu.learning.models import Journey
from edu.programmes.research import asked_of, has_agreed, say

bp = Blueprint("research", __name__, url_prefix="/<tag>")
bp.before_request(refuse_strangers)


@bp.route("/research", methods=["GET", "POST"])
@with_journey
def decide(current: Journey) -> ResponseReturnValue:
    """Say yes, or take it back. Where no research is approved there is nothing to decide."""
    approval = asked_of(db(), current, today())
    if approval is None:
        return redirect(address("my"), 303)
    if request.method == "POST":
        say(db(), current, approval, today(), yes=request.form.get("research") == "yes")
        return redirect(address("research") + "?said", 303)
    return show(
        "learner/research.html",
        approval=approval,
        agreed=has_agreed(db(), current, approval),
        said="said" in request.args,
        here="/research",
    )
