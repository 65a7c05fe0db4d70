"""What staff does is written into the trail, in the same commit."""

from edu.doors import db
from edu.partners.actors import Actor
from edu.partners.trail import Deed, Kind, write_down


def tell(by: Actor, deed: Deed, kind: Kind, name: str = "", detail: str = "") -> None:
    """Into the trail of the organisation for which somebody works."""
    write_down(db(), by.organisation_id, by.login, deed, kind, name, detail)
