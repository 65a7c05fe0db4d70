"""Reports as they were shown: frozen, so that no two of them can be subtracted."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import described, part_of, row_number


class ReportSnapshot(Base):
    """A group's figures on the day they were worked out.

    The next one is made only when enough new people are in it (see disclosure.py):
    otherwise the difference of two reports would be one learner's answers.
    """

    __table_args__ = described(
        Index("ix_report_snapshot_newest", "group_id", "wave", "id"),
        about=(
            "A group's figures as they were worked out. No figure of fewer than ten "
            "matched learners gets into one."
        ),
        kept="for good; nobody can be found in it",
        seen_by="members of the group's organisation",
        stolen="the figures that trainers see, and nothing of one person",
    )

    id: Mapped[int] = row_number("its number")
    group_id: Mapped[int] = part_of("group", "of which group")
    wave: Mapped[str] = mapped_column(doc="which later wave is compared with *before*")
    #: The figures of everybody, and of those who read no draft translation, worked out at the
    #: same moment: each is a list with one entry for each scale.
    everybody: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, doc="sums and counts for each scale, over all matched learners"
    )
    without_drafts: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, doc="the same without those who read a draft"
    )
    made_on: Mapped[date] = mapped_column(doc="the day")
