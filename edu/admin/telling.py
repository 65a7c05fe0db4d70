"""What administration does on the whole server is written into the trails, in the same commit."""

from collections.abc import Iterable

from edu.doors import db
from edu.partners.actors import Actor
from edu.partners.models import Member
from edu.partners.trail import Deed, Kind, write_down


def tell_server(
    by: Actor,
    deed: Deed,
    kind: Kind,
    name: str = "",
    detail: str = "",
    *,
    houses: Iterable[int] = (),
) -> None:
    """Into the server's trail, and into those of the organisations that it touches: what a keeper
    does in a house can be read there."""
    for organisation_id in (None, *sorted(set(houses))):
        write_down(db(), organisation_id, by.login, deed, kind, name, detail)


def houses_of(member: Member) -> list[int]:
    """The organisations in which a member works."""
    return [each.organisation_id for each in member.grants]
