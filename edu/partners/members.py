"""Members, organisations and the roles that tie them."""

import unicodedata
from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from edu.partners.digests import digest, new_token
from edu.partners.models import FirstStep, Grant, Member, Organisation, ResetLink, SetupLink
from edu.partners.passkey_models import Passkey
from edu.partners.passwords import hashed
from edu.partners.roles import BY_LANGUAGE, BY_PROGRAMME, Role
from edu.partners.sessions import end_all


class LastOne(Exception):
    """Without this person nobody could look after the organisation, or the server, any more."""


def has_administrator(session: Session) -> bool:
    """Whether somebody can already sign in and look after the server."""
    return bool(session.scalar(select(exists().where(Grant.role == Role.KEEPER.value))))


def new_setup_token(session: Session) -> str:
    """A fresh one-time token for the first administrator; older ones stop working."""
    session.execute(delete(SetupLink))
    token = new_token()
    session.add(SetupLink(digest=digest(token)))
    return token


def setup_is_open(session: Session, token: str) -> bool:
    """Whether this token may still make the first administrator."""
    return not has_administrator(session) and session.get(SetupLink, digest(token)) is not None


def make_first_administrator(
    session: Session, *, token: str, organisation: str, login: str, password: str
) -> Member | None:
    """Who looks after the server and her organisation; None when the link is used up or false."""
    if not setup_is_open(session, token):
        return None
    # One statement, so that of two who open the link in one moment only one becomes it.
    if session.scalar(delete(SetupLink).returning(SetupLink.digest)) is None:
        return None
    home = organisation_named(session, organisation) or make_organisation(session, organisation)
    member = make_member(session, login=login, password=password)
    give_role(session, member, home, Role.KEEPER)
    give_role(session, member, home, Role.ADMINISTRATOR)
    session.flush()
    return member


def plain_login(login: str) -> str:
    """A name to sign in with, as it is kept: one way to write it, whatever the keyboard (NFKC)."""
    folded = unicodedata.normalize("NFKC", login.strip()).casefold()
    return unicodedata.normalize("NFKC", folded)


def make_member(session: Session, *, login: str, password: str | None) -> Member:
    """A new member without any role. Raises IntegrityError at flush when the login is taken."""
    member = Member(
        login=plain_login(login),
        password_hash=None if password is None else hashed(password),
        totp_step=0,
    )
    session.add(member)
    return member


def new_password(session: Session, member: Member, password: str, *, but: str = "") -> None:
    """Give a member another password; her sessions end, except the one whose digest is given.
    Raises passwords.Busy."""
    keep_password(session, member, hashed(password), but=but)


def keep_password(session: Session, member: Member, kept: str, *, but: str = "") -> None:
    """The same with a password that is hashed already, before the database was asked: hashing
    is slow, and nobody can write meanwhile."""
    member.password_hash = kept
    end_all(session, member, but=but)
    session.execute(delete(ResetLink).where(ResetLink.member_id == member.id))
    session.execute(delete(FirstStep).where(FirstStep.member_id == member.id))


def member_named(session: Session, login: str) -> Member | None:
    """Who signs in with this name. The first version kept names as they were typed."""
    kept = plain_login(login), login.strip().casefold()
    found = session.scalars(select(Member).where(Member.login.in_(kept))).all()
    return min(found, key=lambda member: kept.index(member.login), default=None)


def member_known_as(session: Session, subject: str) -> Member | None:
    """Whose account is linked with this one of another house, and may sign in."""
    return session.scalar(
        select(Member).where(Member.subject == subject, Member.ended_on.is_(None))
    )


def link_account(session: Session, member: Member, subject: str | None) -> bool:
    """Link a member with an account of another house, or with none; False when somebody else is
    linked with it."""
    if subject is not None:
        taken = select(exists().where(Member.subject == subject, Member.id != member.id))
        if session.scalar(taken):
            return False
    member.subject = subject
    session.flush()
    return True


def members_of(session: Session, organisation_id: int) -> list[Member]:
    """Everybody who holds a role in an organisation."""
    return list(
        session.scalars(
            select(Member)
            .where(Member.grants.any(Grant.organisation_id == organisation_id))
            .order_by(Member.login)
        )
    )


def member_in(session: Session, organisation_id: int, member_id: int) -> Member | None:
    """One member, if she holds a role in this organisation."""
    return session.scalar(
        select(Member).where(
            Member.id == member_id, Member.grants.any(Grant.organisation_id == organisation_id)
        )
    )


def grants_in(member: Member, organisation_id: int) -> list[Grant]:
    """The roles a member holds in one organisation."""
    return [each for each in member.grants if each.organisation_id == organisation_id]


def homes(session: Session, member: Member) -> list[Organisation]:
    """The organisations a member works in, by name."""
    return list(
        session.scalars(
            select(Organisation)
            .where(
                Organisation.closed_on.is_(None),
                Organisation.id.in_(
                    select(Grant.organisation_id).where(Grant.member_id == member.id)
                ),
            )
            .order_by(Organisation.name)
        )
    )


def give_role(
    session: Session,
    member: Member,
    organisation: Organisation,
    role: Role,
    *,
    language: str = "",
    programme_id: int | None = None,
) -> bool:
    """Give a role; False when she holds it already. A language or programme that the role is
    not held for is left out; who calls this has seen that the programme is the organisation's."""
    language = language if role in BY_LANGUAGE else ""
    programme_id = programme_id if role in BY_PROGRAMME else None
    for held in member.grants:
        same = (held.organisation_id, held.role) == (organisation.id, role.value)
        if same and (held.language, held.programme_id) == (language, programme_id):
            return False
    member.grants.append(
        Grant(
            organisation=organisation,
            role=role.value,
            language=language,
            programme_id=programme_id,
        )
    )
    session.flush()
    return True


def take_role(session: Session, grant: Grant) -> None:
    """Take a role away. Raises LastOne rather than leave the organisation without an
    administrator or the server without a keeper."""
    role = Role(grant.role)
    if role in (Role.ADMINISTRATOR, Role.KEEPER) and not _others(session, grant, role):
        raise LastOne
    grant.member.grants.remove(grant)
    session.delete(grant)
    session.flush()


def _others(session: Session, grant: Grant, role: Role) -> bool:
    """Whether somebody else, who can sign in, holds the same role."""
    others = (
        select(func.count())
        .select_from(Grant)
        .join(Member, Member.id == Grant.member_id)
        .where(
            Grant.role == role.value,
            Grant.member_id != grant.member_id,
            Member.ended_on.is_(None),
        )
    )
    if role is Role.ADMINISTRATOR:
        others = others.where(Grant.organisation_id == grant.organisation_id)
    return bool(session.scalar(others))


def leave_organisation(session: Session, member: Member, organisation_id: int, today: date) -> None:
    """Take every role in an organisation away, at once on all devices; a member without any
    role left may not sign in. Raises LastOne; the caller rolls back."""
    for grant in grants_in(member, organisation_id):
        take_role(session, grant)
    end_all(session, member)
    if not member.grants:
        # Her address and her account elsewhere are hers: she may come back with a new account.
        member.ended_on, member.email, member.subject = today, None, None
        session.execute(delete(Passkey).where(Passkey.member_id == member.id))
    session.flush()


def make_organisation(session: Session, name: str) -> Organisation:
    """A new organisation. Raises IntegrityError at flush when the name is taken."""
    made = Organisation(name=name.strip())
    session.add(made)
    return made


def organisation_named(session: Session, name: str) -> Organisation | None:
    """The organisation of this name, however its capitals and spaces are written: two that look
    alike would be taken for each other."""
    wanted, every = _plain_name(name), session.scalars(select(Organisation))
    return next((each for each in every if _plain_name(each.name) == wanted), None)


def _plain_name(name: str) -> str:
    return " ".join(plain_login(name).split())


def organisations(session: Session) -> Sequence[Organisation]:
    """All organisations, the open ones first."""
    return session.scalars(
        select(Organisation).order_by(
            Organisation.closed_on.is_not(None), func.lower(Organisation.name)
        )
    ).all()


def address_is_taken(session: Session, email: str, member: Member) -> bool:
    """Whether another account has this mail address."""
    taken = exists().where(Member.email == email, Member.id != member.id)
    return bool(session.scalar(select(taken)))
