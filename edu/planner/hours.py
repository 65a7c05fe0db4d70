"""The hours that somebody has led groups, as a certificate of attendance."""

from babel.numbers import format_decimal
from flask import Blueprint
from flask.typing import ResponseReturnValue

from edu.account.signed_in import staff
from edu.doors import day_in_words, db, show, today
from edu.languages import language
from edu.pages.speaking import spoken
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.programmes.observing import practice_of

bp = Blueprint("hours", __name__, url_prefix="/<tag>/staff/hours")


@bp.get("")
@staff(Right.LEAD_GROUPS)
def certificate(by: Actor) -> ResponseReturnValue:
    """Her own hours, from the log of the groups. Her name she writes by hand."""
    practice = practice_of(db(), by.organisation_id, by.member.id)
    # Half hours, rounded down: a certificate promises no minute that nobody led.
    halves = practice.minutes // 30
    return show(
        "planner/hours.html",
        by=by,
        practice=practice,
        hours=format_decimal(halves / 2, locale=language(spoken()).formatting),
        since=day_in_words(practice.since) if practice.since else "",
        until=day_in_words(practice.until) if practice.until else "",
        day=day_in_words(today()),
        here="/staff/hours",
    )
