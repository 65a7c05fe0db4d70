"""Somebody at work: a member in one of her organisations, with what she may do there."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from edu.partners.models import Grant, Member, Organisation, StaffSession
from edu.partners.roles import Reach, Right, Role, holds, reach
from edu.partners.sessions import session_of


@dataclass(frozen=True)
class Actor:
    """Who acts. Rights are read anew for each request, so a role taken away is gone at once."""

    member: Member
    organisation: Organisation
    grants: tuple[Grant, ...]
    device: StaffSession

    @property
    def organisation_id(self) -> int:
        """For which organisation she works at present."""
        return self.organisation.id

    @property
    def login(self) -> str:
        """Her name to sign in with."""
        return self.member.login

    def may(self, right: Right, *, tag: str = "") -> bool:
        """Whether she has a right here: at all, or for a language."""
        return holds(self.grants, right, tag=tag)

    def reach(self, right: Right) -> Reach:
        """For which programmes of this organisation she has a right."""
        return reach(self.grants, right)


def actor_on_device(session: Session, token: str) -> Actor | None:
    """Who works with this cookie; None when nobody does any more."""
    device = session_of(session, token)
    if device is None or device.organisation.closed_on is not None:
        return None
    grants = grants_at_work(device.member, device.organisation_id)
    return Actor(device.member, device.organisation, grants, device) if grants else None


def grants_at_work(member: Member, organisation_id: int) -> tuple[Grant, ...]:
    """What she holds in one organisation, and what she holds for the whole server anywhere."""
    return tuple(
        each
        for each in member.grants
        if each.organisation_id == organisation_id or each.role == Role.KEEPER
    )
