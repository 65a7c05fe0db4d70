"""What somebody who looks after members may do to whom: never to anybody above herself.

Letting somebody back in hands out her account. So an administrator does that only for people who
work in her organisation and nowhere else, and never for a keeper: whoever could reset a keeper's
password would be one.
"""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from edu.partners.actors import Actor
from edu.partners.links import RESET_BY_HAND, offer_reset
from edu.partners.members import LastOne, grants_in, leave_organisation, take_role
from edu.partners.models import (
    Grant,
    Invitation,
    Member,
    Organisation,
    RecoveryCode,
    ResetLink,
    StaffSession,
)
from edu.partners.passkey_models import Passkey
from edu.partners.roles import BY_LANGUAGE, BY_PROGRAMME, Held, Right, Role, may_give


def roles_to_give(giver: Iterable[Held]) -> list[Role]:
    """The roles that somebody with these grants may give and take."""
    grants = list(giver)
    return [role for role in Role if may_give(grants, role)]


def scope_fits(role: Role, language: str, programme_id: int | None) -> bool:
    """Whether a role can be held for this scope. One that cannot is refused and never widened:
    who asked for one programme must not be given all."""
    return (not language or role in BY_LANGUAGE) and (programme_id is None or role in BY_PROGRAMME)


def may_help(by: Actor, member: Member) -> bool:
    """Whether somebody may let this member back in: a keeper anybody; an administrator only who
    works in this organisation alone and looks after no server. Nobody herself: for one's own
    account the password is asked."""
    if member.id == by.member.id or member.ended_on is not None:
        return False
    if by.may(Right.LOOK_AFTER_SERVER):
        return True
    return by.may(Right.LOOK_AFTER_MEMBERS) and all(
        each.organisation_id == by.organisation_id and each.role != Role.KEEPER
        for each in member.grants
    )


def may_dismiss(by: Actor, member: Member) -> bool:
    """Whether somebody may take all that a member holds in the organisation she works for."""
    held = grants_in(member, by.organisation_id)
    return all(may_give(by.grants, Role(each.role)) for each in held)


def let_back_in(session: Session, member: Member) -> str:
    """The secret of a link by which a member chooses a new password within one day."""
    return offer_reset(session, member, RESET_BY_HAND)


def take_away(session: Session, grant: Grant) -> None:
    """Take one role away, and with it what its holder could still have opened. Raises LastOne,
    and then nothing has changed."""
    _one_after_the_other(session)
    member, role, home = grant.member, Role(grant.role), grant.organisation_id
    with session.begin_nested():
        take_role(session, grant)
        _close_ways_back(session, member, {role}, home)
        _require_keeper(session)


def dismiss(session: Session, member: Member, organisation_id: int, today: date) -> None:
    """Take everything that a member holds in an organisation. Raises LastOne, and then nothing
    has changed."""
    _one_after_the_other(session)
    held = {Role(each.role) for each in grants_in(member, organisation_id)}
    with session.begin_nested():
        leave_organisation(session, member, organisation_id, today)
        _close_ways_back(session, member, held, organisation_id)
        _require_keeper(session)


def close_organisation(session: Session, organisation: Organisation, today: date) -> None:
    """From now on nobody works in it. Its groups and figures are kept. Raises LastOne where
    nobody would be left to look after the server, and then nothing has changed."""
    _one_after_the_other(session)
    with session.begin_nested():
        organisation.closed_on = today
        session.execute(delete(StaffSession).where(StaffSession.organisation_id == organisation.id))
        session.execute(delete(Invitation).where(Invitation.organisation_id == organisation.id))
        session.flush()
        _require_keeper(session)


def _one_after_the_other(session: Session) -> None:
    """Two who take each other's last role in one moment would both succeed. SQLite lets one
    write at a time anyway; elsewhere the second waits here and then sees what the first did."""
    held = select(Organisation.id).order_by(Organisation.id).with_for_update()
    session.execute(held).all()


def _close_ways_back(
    session: Session, member: Member, roles: Collection[Role], organisation_id: int
) -> None:
    """Links that a former administrator or keeper has in her pocket stop working: to invitations
    that she made, and to new passwords, for which the database does not say who asked."""
    made = delete(Invitation).where(Invitation.made_by_id == member.id)
    if Role.KEEPER in roles:
        session.execute(made)
        session.execute(delete(ResetLink))
    elif Role.ADMINISTRATOR in roles:
        session.execute(made.where(Invitation.organisation_id == organisation_id))
        colleagues = select(Grant.member_id).where(Grant.organisation_id == organisation_id)
        session.execute(delete(ResetLink).where(ResetLink.member_id.in_(colleagues)))


def _require_keeper(session: Session) -> None:
    """Somebody must be left who looks after the server and can sign in: her account has not
    ended, and one of her organisations is open."""
    places = (
        select(Grant.member_id)
        .join(Organisation, Organisation.id == Grant.organisation_id)
        .where(Organisation.closed_on.is_(None))
    )
    left = exists().where(
        Grant.role == Role.KEEPER.value,
        Grant.member_id == Member.id,
        Member.ended_on.is_(None),
        Member.id.in_(places),
    )
    if not session.scalar(select(left)):
        raise LastOne


def member_anywhere(session: Session, member_id: int) -> Member | None:
    """One member of any organisation; for whoever looks after the server."""
    return session.get(Member, member_id)


def with_second_step(session: Session, members: Iterable[Member]) -> set[int]:
    """The numbers of those who have a second step."""
    found = list(members)
    numbers = [each.id for each in found]
    with_app = {each.id for each in found if each.totp_seed is not None}
    lists, passkeys = (
        set(session.scalars(select(owner).where(owner.in_(numbers)).distinct()))
        for owner in (RecoveryCode.member_id, Passkey.member_id)
    )
    return with_app | lists | passkeys


def without_second_step(session: Session, roles: Collection[Role]) -> int:
    """How many people with one of these roles have no second step yet."""
    held = Member.grants.any(Grant.role.in_([role.value for role in roles]))
    members = session.scalars(select(Member).where(Member.ended_on.is_(None), held)).all()
    return len(members) - len(with_second_step(session, members))


def organisation_by_number(session: Session, organisation_id: int) -> Organisation | None:
    """One organisation, open or closed; for whoever looks after the server."""
    return session.get(Organisation, organisation_id)


def open_organisation(session: Session, organisation: Organisation) -> bool:
    """Let its members work in it again; False when they could already."""
    was_closed = organisation.closed_on is not None
    organisation.closed_on = None
    session.flush()
    return was_closed


def rename_organisation(session: Session, organisation: Organisation, name: str) -> None:
    """Call an organisation something else."""
    organisation.name = name.strip()
    session.flush()
