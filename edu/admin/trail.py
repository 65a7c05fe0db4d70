"""Who did what: the organisation's trail, and the server's."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from edu.account.signed_in import staff
from edu.admin.trail_details import detail_words, done_words
from edu.admin.wording import by_day, clock, kind_words, name_words
from edu.doors import address, db, show
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import trail

bp = Blueprint("trail", __name__, url_prefix="/<tag>/staff")

#: Lines on one page.
_PAGE = 50


@bp.get("/trail")
@staff(Right.READ_TRAIL)
def organisation(by: Actor) -> ResponseReturnValue:
    """What was done in the organisation for which somebody works."""
    return _page(by.organisation_id, by.organisation.name, "/staff/trail", ("staff",))


@bp.get("/server/trail")
@staff(Right.LOOK_AFTER_SERVER)
def server(by: Actor) -> ResponseReturnValue:
    """What was decided for the whole server."""
    return _page(None, "", "/staff/server/trail", ("staff", "server"))


def _page(
    organisation_id: int | None, name: str, here: str, back: tuple[str, ...]
) -> ResponseReturnValue:
    before = request.args.get("before", type=int)
    # One more than is shown tells whether there are older ones.
    lines = trail(db(), organisation_id, before=_sane(before), limit=_PAGE + 1)
    return show(
        "admin/trail.html",
        name=name,
        days=by_day(lines[:_PAGE]),
        older=lines[_PAGE - 1].id if len(lines) > _PAGE else None,
        first=before is None,
        clock=clock,
        done=done_words,
        kind=kind_words,
        detail=detail_words,
        named=name_words,
        back=address(*back),
        server=organisation_id is None,
        here=here,
    )


def _sane(number: int | None) -> int | None:
    """A number that a database can hold."""
    return None if number is None else max(0, min(number, 2**31 - 1))
