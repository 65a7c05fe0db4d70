"""Two groups that sit in one room: people who work in care, and people of the community."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import by_member, described, part_of, row_number


class JointGroup(Base):
    """Two groups that meet as one. Who she is, each person says herself by the side she joins."""

    __table_args__ = described(
        CheckConstraint("clinical_id <> community_id", name="two_groups"),
        about="Two groups that meet as one: of people who work in care, and of the community.",
        kept="as long as both groups",
        seen_by="members of the organisation whose role reaches the groups, and who joins them",
        stolen="which groups meet as one; nothing about people",
    )

    id: Mapped[int] = row_number("its number")
    clinical_id: Mapped[int] = part_of("group", "the group of those who work in care", unique=True)
    community_id: Mapped[int] = part_of("group", "the group of the community", unique=True)
    made_on: Mapped[date] = mapped_column(doc="the day")
    member_id: Mapped[int | None] = by_member("who brought them together")
