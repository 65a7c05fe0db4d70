"""Reports as they were shown: frozen, so that no two of them can be subtracted."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import described, link_to, part_of, row_number

#: Whose answers are in a batch; see disclosure_batches.py.
PARTS = ("clean", "draft", "mixed")


class ReportSnapshot(Base):
    """A group's figures on the day they were worked out.

    The next one is made only when enough new people are in it (see disclosure_batches.py):
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


class ReportBatch(Base):
    """People who were counted in a report together, and are together in every later one."""

    __table_args__ = described(
        CheckConstraint(f"part IN {PARTS}", name="part"),
        about=(
            "Five people or more who were counted in a report at the same moment, and "
            "are counted together from then on."
        ),
        kept="as long as their group; nobody can be found in it",
        seen_by="whoever runs the machine",
        stolen="how many people were counted in each report, and no score",
    )

    id: Mapped[int] = row_number("its number")
    group_id: Mapped[int | None] = part_of(
        "group",
        "of which group; empty where people of several small groups are counted together",
        index=True,
    )
    programme_id: Mapped[int | None] = part_of(
        "programme", "of which programme the several small groups are", index=True
    )
    instrument_version_id: Mapped[int] = link_to("instrument_version", "which questions")
    scale: Mapped[str] = mapped_column(doc="which scale")
    wave: Mapped[str] = mapped_column(doc="which later wave is compared with *before*")
    part: Mapped[str] = mapped_column(doc="whether they read no draft, a draft, or either")
    n: Mapped[int] = mapped_column(doc="how many people")
    digest: Mapped[str] = mapped_column(
        doc="of their scores, to see whether somebody has withdrawn or changed since"
    )
    made_on: Mapped[date] = mapped_column(doc="the day")


class ReportMember(Base):
    """Who is in a batch: as long as she is here, she is counted once, and always with the same."""

    __table_args__ = described(
        about="In which batch a learner was counted. It holds no answer and no score.",
        kept="as long as its learner",
        seen_by="whoever runs the machine",
        stolen="which journeys were counted in a report together",
        unordered=True,
    )

    journey_id: Mapped[str] = part_of("journey", "whose journey", primary_key=True)
    instrument_version_id: Mapped[int] = link_to(
        "instrument_version", "which questions", primary_key=True
    )
    scale: Mapped[str] = mapped_column(primary_key=True, doc="which scale")
    wave: Mapped[str] = mapped_column(primary_key=True, doc="the later wave")
    batch_id: Mapped[int] = part_of("report_batch", "in which batch", index=True)
