"""Organisations and the people who work in them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.database import Base

#: What a member may be; finer rights come with full accounts.
ROLES = ("administrator", "trainer")


class Organisation(Base):
    """An NGO, clinic or authority that runs groups."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Member(Base):
    """A person with an account. Staff only: learners have none."""

    __tablename__ = "member"
    __table_args__ = (CheckConstraint(f"role IN {ROLES}", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    login: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[str]

    organisation: Mapped[Organisation] = relationship()


class StaffSession(Base):
    """A signed-in member on one device; only a digest of the cookie is kept."""

    __tablename__ = "staff_session"

    digest: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    ends_at: Mapped[datetime]

    member: Mapped[Member] = relationship()


class SetupLink(Base):
    """The one-time link that makes the first administrator; it dies when there is one."""

    __tablename__ = "setup_link"

    digest: Mapped[str] = mapped_column(primary_key=True)
