"""Organisations and the people who work in them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.database import Base
from edu.partners.roles import Role
from edu.tables import described, link_to, part_of, row_number

ROLES = tuple(role.value for role in Role)
_KEEPER = "the member and the administrators of the organisation"


class Organisation(Base):
    """An NGO, clinic or authority that runs groups."""

    __table_args__ = described(
        about="An organisation that works with this server.",
        kept="until the administrator of the machine removes it",
        seen_by="its members, and whoever looks after the server",
        stolen="which organisations work with this server",
    )

    id: Mapped[int] = row_number()
    name: Mapped[str] = mapped_column(unique=True, doc="what it is called")
    closed_on: Mapped[date | None] = mapped_column(
        doc="the day since which nobody works in it any more; its groups are kept"
    )


class Member(Base):
    """A person with an account. Staff only: learners have none."""

    __table_args__ = described(
        about="A person with an account: staff, never a learner.",
        kept="until the administrator of the machine removes it",
        seen_by=_KEEPER,
        stolen="the names under which staff sign in, and addresses where some gave one",
    )

    id: Mapped[int] = row_number()
    login: Mapped[str] = mapped_column(
        unique=True, doc="the name to sign in with; any name will do"
    )
    password_hash: Mapped[str | None] = mapped_column(
        doc="Argon2 hash; empty for whoever signs in by another house only"
    )
    email: Mapped[str | None] = mapped_column(
        unique=True, doc="where a lost password may be replaced by mail; only if she gives one"
    )
    totp_seed: Mapped[str | None] = mapped_column(
        doc="random; her authenticator's secret follows from it and the server's own secret"
    )
    totp_step: Mapped[int] = mapped_column(
        default=0, doc="the last half minute whose digits were used, so that none is used twice"
    )
    subject: Mapped[str | None] = mapped_column(
        unique=True, doc="who she is at another house that signs her in, if one does"
    )
    ended_on: Mapped[date | None] = mapped_column(doc="the day since which she may not sign in")

    grants: Mapped[list["Grant"]] = relationship(
        back_populates="member", foreign_keys="Grant.member_id", order_by="Grant.id"
    )


class Grant(Base):
    """A role that a member holds in an organisation, perhaps for one language or programme."""

    __tablename__ = "role_grant"
    __table_args__ = described(
        CheckConstraint(f"role IN {ROLES}", name="role"),
        about="A role that a member holds in an organisation.",
        kept="until it is taken back",
        seen_by=_KEEPER,
        stolen="what staff may do",
    )

    id: Mapped[int] = row_number()
    member_id: Mapped[int] = part_of("member", "who holds it", index=True)
    organisation_id: Mapped[int] = link_to("organisation", "in which organisation", index=True)
    role: Mapped[str] = mapped_column(doc="which role")
    language: Mapped[str] = mapped_column(default="", doc="for which language; empty: for all")
    programme_id: Mapped[int | None] = link_to("programme", "for which programme; empty: for all")

    member: Mapped[Member] = relationship(back_populates="grants", foreign_keys=[member_id])
    organisation: Mapped[Organisation] = relationship()


class StaffSession(Base):
    """A signed-in member on one device; only a digest of the cookie is kept.

    Times are kept twice: by the clock, and in seconds since the machine was switched on. While
    it runs, the second kind counts, so that a clock put right logs nobody out.
    """

    __table_args__ = described(
        about="A device on which a member is signed in.",
        kept="at most 12 hours, or one hour without use, or until signing out",
        seen_by="the member herself",
        stolen="when staff last used which kind of device",
    )

    digest: Mapped[str] = mapped_column(
        primary_key=True, doc="digest of the cookie; the cookie itself is on the device only"
    )
    member_id: Mapped[int] = part_of("member", "who is signed in", index=True)
    organisation_id: Mapped[int] = link_to(
        "organisation", "for which of her organisations she works at present"
    )
    number: Mapped[str] = mapped_column(
        unique=True, doc="random; by which she ends this session from another device"
    )
    device: Mapped[str] = mapped_column(
        doc="kind of browser and device, so that she knows it again"
    )
    made_at: Mapped[datetime] = mapped_column(doc="when it began; it ends 12 hours later")
    seen_at: Mapped[datetime] = mapped_column(doc="when it was last used, to five minutes")
    boot: Mapped[str] = mapped_column(doc="during which run of the machine it was last used")
    made_second: Mapped[int] = mapped_column(doc="when it began, in seconds of that run")
    seen_second: Mapped[int] = mapped_column(doc="when it was last used, in seconds of that run")

    member: Mapped[Member] = relationship()
    organisation: Mapped[Organisation] = relationship()


class FirstStep(Base):
    """Somebody who knew the password and has still to take the second step."""

    __table_args__ = described(
        about="Somebody between the password and the second step of signing in.",
        kept="ten minutes",
        seen_by="nobody",
        stolen="nothing about people",
    )

    digest: Mapped[str] = mapped_column(primary_key=True, doc="digest of the cookie")
    member_id: Mapped[int] = part_of("member", "whose password it was", index=True)
    ends_at: Mapped[datetime] = mapped_column(doc="until when the second step may follow")

    member: Mapped[Member] = relationship()


class RecoveryCode(Base):
    """A code of a printed list, good for one second step."""

    __table_args__ = described(
        about="A code on a member's printed list; each is good for one second step.",
        kept="until it is used, or a new list is made",
        seen_by="nobody; the member has the printed list",
        stolen="nothing about people",
    )

    digest: Mapped[str] = mapped_column(
        primary_key=True, doc="keyed digest of the code, useless without the server's secret"
    )
    member_id: Mapped[int] = part_of("member", "whose list it is on", index=True)


class SetupLink(Base):
    """The one-time link that makes the first administrator; it dies when there is one."""

    __table_args__ = described(
        about="The one-time link for the first administrator.",
        kept="until there is an administrator",
        seen_by="whoever runs the machine",
        stolen="that no administrator exists yet",
    )

    digest: Mapped[str] = mapped_column(primary_key=True, doc="digest of the link's secret")


class Invitation(Base):
    """A one-time link by which somebody takes a role."""

    __table_args__ = described(
        CheckConstraint(f"role IN {ROLES}", name="role"),
        about="A link by which one person may take a role, once. It names nobody.",
        kept="seven days, or until it is used or taken back",
        seen_by="administrators of the organisation",
        stolen="that somebody was invited",
    )

    digest: Mapped[str] = mapped_column(primary_key=True, doc="digest of the link's secret")
    number: Mapped[str] = mapped_column(unique=True, doc="random; by which it is taken back")
    organisation_id: Mapped[int] = link_to(
        "organisation", "into which organisation it leads", index=True
    )
    role: Mapped[str] = mapped_column(doc="which role is waiting")
    language: Mapped[str] = mapped_column(default="", doc="for which language; empty: for all")
    programme_id: Mapped[int | None] = link_to("programme", "for which programme; empty: for all")
    made_by_id: Mapped[int] = link_to("member", "who invites")
    ends_at: Mapped[datetime] = mapped_column(doc="until when it may be used")

    organisation: Mapped[Organisation] = relationship()
    made_by: Mapped[Member] = relationship()


class ResetLink(Base):
    """A one-time link by which a member chooses a new password."""

    __table_args__ = described(
        about="A link by which a member who lost her password chooses a new one, once.",
        kept="one day, by mail one hour, or until it is used",
        seen_by="nobody once it was shown",
        stolen="that somebody lost a password",
    )

    digest: Mapped[str] = mapped_column(primary_key=True, doc="digest of the link's secret")
    member_id: Mapped[int] = part_of("member", "whose password it is", index=True)
    ends_at: Mapped[datetime] = mapped_column(doc="until when it may be used")

    member: Mapped[Member] = relationship()


class AuditEntry(Base):
    """Who did what to what, and when. Written once: the database refuses to change it."""

    __table_args__ = described(
        about="What staff did. No learner is ever in it.",
        kept="three years; the database refuses to change or delete it earlier",
        seen_by="administrators of the organisation; for the server, its keepers",
        stolen="what staff did, and when",
    )

    id: Mapped[int] = row_number("number, in the order of what happened")
    at: Mapped[datetime] = mapped_column(index=True, doc="when, to the second")
    organisation_id: Mapped[int | None] = link_to(
        "organisation", "in which organisation; empty: the server", index=True
    )
    by_login: Mapped[str] = mapped_column(doc="who did it, by the name to sign in with")
    deed: Mapped[str] = mapped_column(doc="what was done, from a fixed list")
    object_kind: Mapped[str] = mapped_column(doc="to what kind of thing, from a fixed list")
    object_name: Mapped[str] = mapped_column(default="", doc="which one")
    detail: Mapped[str] = mapped_column(default="", doc="such as the role that was given")
