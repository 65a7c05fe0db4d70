"""Papers that were typed in: a sheet of them, and its rows while a second pair of eyes may come."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base


class PaperSheet(Base):
    """A pile of papers of one group, wave and language that was typed in at once."""

    __tablename__ = "paper_sheet"
    __table_args__ = (
        {
            "info": {
                "about": "A pile of papers that was typed in at once.",
                "kept": "as long as the group",
                "seen_by": "trainers who lead the group",
                "stolen": "who typed, when, and in how many places two readers differed",
            }
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="its number")
    group_id: Mapped[int] = mapped_column(
        ForeignKey("group.id", ondelete="CASCADE"), index=True, doc="of which group"
    )
    wave: Mapped[str] = mapped_column(doc="of which wave the papers are")
    tag: Mapped[str] = mapped_column(doc="the language of the papers")
    mode: Mapped[str] = mapped_column(doc="whether people read for themselves or somebody read out")
    answered_on: Mapped[date] = mapped_column(doc="the day on the papers, not that of typing")
    form_key: Mapped[str] = mapped_column(
        unique=True, doc="digest of the form's one-time key: sent twice, it is kept once"
    )
    people: Mapped[int] = mapped_column(doc="how many papers")
    typed_on: Mapped[date] = mapped_column(doc="the day of typing")
    first_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), doc="who typed first"
    )
    second_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), doc="who typed a second time"
    )
    compared: Mapped[int] = mapped_column(doc="how many cells two readers have typed; 0 before")
    differing: Mapped[int] = mapped_column(doc="in how many of them they differed")
    closed_on: Mapped[date | None] = mapped_column(
        doc="the day on which nothing was left to settle and its rows were deleted"
    )


class PaperRow(Base):
    """Which row of a sheet is whose paper; only until the sheet is closed."""

    __tablename__ = "paper_row"
    __table_args__ = (
        {
            "sqlite_with_rowid": False,
            "info": {
                "about": "Which row of a sheet is whose paper, for a second reader.",
                "kept": "until the sheet is closed; at most 180 days after typing",
                "seen_by": "trainers who lead the group see the number that is on the paper",
                "stolen": "which answers stand on the paper with which number",
            },
        },
    )

    sheet_id: Mapped[int] = mapped_column(
        ForeignKey("paper_sheet.id", ondelete="CASCADE"), primary_key=True, doc="on which sheet"
    )
    number: Mapped[int] = mapped_column(primary_key=True, doc="the number written on the paper")
    journey_id: Mapped[str] = mapped_column(
        ForeignKey("journey.id", ondelete="CASCADE"), index=True, doc="whose answers they are"
    )
    unsettled: Mapped[dict[str, Any]] = mapped_column(
        JSON, doc="the cells in which two readers differ, with both readings"
    )
