"""Papers that were typed in: a sheet of them, and its rows while a second pair of eyes may come."""

from datetime import date
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import by_member, described, part_of, row_number


class PaperSheet(Base):
    """A pile of papers of one group, wave and language that was typed in at once."""

    __table_args__ = described(
        about="A pile of papers that was typed in at once.",
        kept="as long as the group",
        seen_by="trainers who lead the group",
        stolen="who typed, when, and in how many places two readers differed",
    )

    id: Mapped[int] = row_number("its number")
    group_id: Mapped[int] = part_of("group", "of which group", index=True)
    wave: Mapped[str] = mapped_column(doc="of which wave the papers are")
    tag: Mapped[str] = mapped_column(doc="the language of the papers")
    mode: Mapped[str] = mapped_column(doc="whether people read for themselves or somebody read out")
    answered_on: Mapped[date] = mapped_column(doc="the day on the papers, not that of typing")
    form_key: Mapped[str] = mapped_column(
        unique=True, doc="digest of the form's one-time key: sent twice, it is kept once"
    )
    people: Mapped[int] = mapped_column(doc="how many papers")
    typed_on: Mapped[date] = mapped_column(doc="the day of typing")
    first_by_id: Mapped[int | None] = by_member("who typed first")
    second_by_id: Mapped[int | None] = by_member("who typed a second time")
    compared: Mapped[int] = mapped_column(doc="how many cells two readers have typed; 0 before")
    differing: Mapped[int] = mapped_column(doc="in how many of them they differed")
    closed_on: Mapped[date | None] = mapped_column(
        doc="the day on which nothing was left to settle and its rows were deleted"
    )


class PaperRow(Base):
    """Which row of a sheet is whose paper; only until the sheet is closed."""

    __table_args__ = described(
        about="Which row of a sheet is whose paper, for a second reader.",
        kept="until the sheet is closed; at most 180 days after typing",
        seen_by="trainers who lead the group see the number that is on the paper",
        stolen="which answers stand on the paper with which number",
        unordered=True,
    )

    sheet_id: Mapped[int] = part_of("paper_sheet", "on which sheet", primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, doc="the number written on the paper")
    journey_id: Mapped[str] = part_of("journey", "whose answers they are", index=True)
    unsettled: Mapped[dict[str, Any]] = mapped_column(
        JSON, doc="the cells in which two readers differ, with both readings"
    )
