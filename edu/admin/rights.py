"""Who may do what, for everybody who works here to read."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from edu.account.signed_in import staff
from edu.account.wording import role_meaning, role_name
from edu.admin.wording import right_words, who_may
from edu.doors import show
from edu.partners.actors import Actor
from edu.partners.roles import BY_LANGUAGE, BY_PROGRAMME, Right, Role

bp = Blueprint("rights", __name__, url_prefix="/<tag>/staff/rights")


@bp.get("")
@staff()
def rights(_by: Actor) -> ResponseReturnValue:
    """The table of rights, in the language of the page."""
    return show(
        "admin/rights.html",
        rights=[(right_words(right), who_may(right)) for right in Right],
        roles=[
            (role_name(role), role_meaning(role), role in BY_LANGUAGE, role in BY_PROGRAMME)
            for role in Role
        ],
        here="/staff/rights",
    )
