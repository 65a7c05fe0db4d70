"""What matters to a learner, and the step she wants to take: kept by her phone, never sent."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from edu.doors import db, show, today
from edu.learner.choices import choices_for, whose
from edu.learner.phone import is_shared, journey, learner
from edu.learner.way import way_of
from edu.pages.speaking import spoken

bp = Blueprint("mine", __name__, url_prefix="/<tag>")


@bp.get("/mine")
def mine() -> ResponseReturnValue:
    """The page is the same whatever she chose: her phone's own script fills it."""
    current = journey()
    way = way_of(db(), current, spoken(), today()) if current is not None else None
    return show(
        "learner/mine.html",
        groups=choices_for(db(), spoken()),
        whose=whose(learner()),
        keeps=not is_shared(),
        follows=way is not None and way.answered_on is not None,
        here="/mine",
    )
