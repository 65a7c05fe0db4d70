"""Reports as they were shown: frozen, so that no two of them can be subtracted."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base


class ReportSnapshot(Base):
    """A group's figures on the day they were worked out.

    The next one is made only when enough new people are in it (see disclosure.py):
    otherwise the difference of two reports would be one learner's answers.
    """

    __tablename__ = "report_snapshot"
    __table_args__ = (Index("ix_report_snapshot_newest", "group_id", "wave", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    wave: Mapped[str]
    #: The figures of everybody, and of those who read no draft translation, worked out at the
    #: same moment: each is a list with one entry for each scale.
    everybody: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    without_drafts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    made_on: Mapped[date]
