"""Words on the desk that would change what a page is made of: it cannot be put together, and
whoever wants to read it is told so."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from edu.doors import show
from edu.lessons.mistakes import Broken
from edu.segments.structure import StructureChanged


def say_what_is_broken(bp: Blueprint) -> None:
    """Answer with a page that says what to do, in all views of a blueprint."""
    for kind in (Broken, StructureChanged):
        bp.register_error_handler(kind, _told)


def _told(_error: Exception) -> ResponseReturnValue:
    return show("partner/reviews_broken.html"), 409
