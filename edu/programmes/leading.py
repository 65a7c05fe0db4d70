"""Who may lead a group, and what she calls herself when she signs in."""

from sqlalchemy.orm import Session

from edu.partners.members import grants_in, members_of
from edu.partners.models import Member
from edu.partners.roles import Right, reach


def leaders(session: Session, organisation_id: int, programme_id: int | None) -> list[Member]:
    """Everybody in an organisation who may lead a group of this programme (None: of none)."""
    return [
        each
        for each in members_of(session, organisation_id)
        if reach(grants_in(each, organisation_id), Right.LEAD_GROUPS).covers(programme_id)
    ]


def login_of(session: Session, member_id: int | None) -> str:
    """A member's name to sign in with; nothing when her account is gone."""
    found = session.get(Member, member_id) if member_id is not None else None
    return found.login if found is not None else ""
