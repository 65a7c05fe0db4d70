"""What is true of one place: the profile of a community, entry by entry."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.database import Base
from edu.tables import AT_THE_DESK, Saved, described, part_of, row_number

STATES = ("draft", "agreed")


class Profile(Base):
    """The profile of the community that one language tag stands for."""

    __table_args__ = described(
        about="The profile of a community.",
        kept="until the administrator of the machine removes it",
        seen_by=AT_THE_DESK,
        stolen="nothing about people",
    )

    id: Mapped[int] = row_number()
    tag: Mapped[str] = mapped_column(unique=True, doc="for which language and place")
    shipped: Mapped[str] = mapped_column(
        default="", doc="digest of the file last loaded, so that a start without news is quick"
    )

    entries: Mapped[list["ProfileEntry"]] = relationship(
        back_populates="profile", cascade="all, delete-orphan", order_by="ProfileEntry.position"
    )


class ProfileEntry(Saved, Base):
    """One entry of a profile: a term, a word to avoid, a service. Its fields follow its section."""

    __table_args__ = described(
        UniqueConstraint("profile_id", "section", "slug"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        about="One entry of a profile: a term, a word to avoid, a service.",
        kept="as long as its profile",
        seen_by=f"{AT_THE_DESK}; who plans a programme there sees hints from it; learners see "
        "confirmed services, the law note and agreed words",
        stolen="which account wrote it; for a service, who called it, by a login",
    )

    id: Mapped[int] = row_number()
    profile_id: Mapped[int] = part_of("profile", "of which profile", index=True)
    section: Mapped[str] = mapped_column(doc="which part of the profile")
    slug: Mapped[str] = mapped_column(doc="its name in the file")
    position: Mapped[int] = mapped_column(doc="its place among the others")
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, doc="what it says, field by field")
    state: Mapped[str] = mapped_column(default="draft", doc="draft or agreed")
    #: Services only: the day on which somebody called, and who.
    confirmed_on: Mapped[date | None] = mapped_column(doc="the day on which somebody called")
    confirmed_by: Mapped[str] = mapped_column(default="", doc="the login of whoever called")
    gone: Mapped[bool] = mapped_column(default=False, doc="whether it was taken out")
    from_files: Mapped[bool] = mapped_column(
        default=True, doc="whether it came from the shipped files"
    )

    profile: Mapped[Profile] = relationship(back_populates="entries")
