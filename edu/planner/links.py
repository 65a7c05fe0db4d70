"""The map of links between bodies, with the table behind it, and an agreement to fill in."""

from collections.abc import Sequence

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from edu.account.signed_in import staff
from edu.doors import db, show
from edu.languages import language
from edu.pages.speaking import spoken
from edu.partners.actors import Actor
from edu.planner.allies import SEE, seen
from edu.planner.ally_words import cost_name
from edu.planner.channels import line_of, names_of, own_channel
from edu.planner.planning_words import partner_kind
from edu.planner.plans import OF_PROGRAMME
from edu.programmes.ally_models import Channel
from edu.programmes.boxes import Box
from edu.programmes.channels import (
    CLINICAL,
    Known,
    bridges,
    channels_of,
    known_bodies,
    uncalled,
)
from edu.programmes.link_map import Line, Node, link_map

bp = Blueprint("links_map", __name__, url_prefix=OF_PROGRAMME)


@bp.get("/links")
@staff(*SEE)
def index(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Who is linked with whom, and who with nobody yet."""
    programme = seen(by, programme_id)
    known, there = known_bodies(db(), programme.id), channels_of(db(), programme.id)
    names = names_of(programme)
    return show(
        "planner/links_map.html",
        programme=programme,
        picture=_picture(known, there),
        lines=[line_of(each, names) for each in there],
        bodies=known,
        alone=uncalled(known, there),
        bridges=bridges(known, there),
        kind=partner_kind,
        cost=cost_name,
        here=f"/staff/programmes/{programme.id}/links",
    )


def _picture(known: Sequence[Known], there: Sequence[Channel]) -> Markup:
    if not known:
        return Markup("")
    # Whoever is only a partner has no number of its own yet, and no line.
    numbers = {each.key: each.ally_id or -place for place, each in enumerate(known, 1)}
    nodes = [
        Node(numbers[each.key], Box(each.name, _more(each)), each.kind in CLINICAL)
        for each in known
    ]
    lines = [Line(place, each.from_id, each.to_id) for place, each in enumerate(there, 1)]
    return link_map(
        nodes,
        lines,
        banks=(_("Clinics"), _("The community")),
        apart=_("Nobody calls them yet"),
        mirrored=language(spoken()).direction == "rtl",
    )


def _more(each: Known) -> str:
    return " · ".join(
        words for words in (partner_kind(each.kind.value), cost_name(each.cost)) if words
    )


@bp.get("/agreement")
@staff(*SEE)
def agreement(by: Actor, programme_id: int) -> ResponseReturnValue:
    """An agreement between an NGO and a clinic, with lines to write on."""
    programme = seen(by, programme_id)
    return show(
        "planner/agreement.html",
        programme=programme,
        channel=None,
        here=f"/staff/programmes/{programme.id}/agreement",
    )


@bp.get("/channels/<int(max=2147483647):channel_id>/agreement")
@staff(*SEE)
def agreement_of(by: Actor, programme_id: int, channel_id: int) -> ResponseReturnValue:
    """The same with what is known of a channel filled in."""
    programme = seen(by, programme_id)
    found = own_channel(programme, channel_id)
    return show(
        "planner/agreement.html",
        programme=programme,
        channel=line_of(found, names_of(programme)),
        here=f"/staff/programmes/{programme.id}/channels/{found.id}/agreement",
    )
