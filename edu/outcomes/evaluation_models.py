"""What a programme planned to measure, and what evaluators get to read of it."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import described, part_of, perhaps_from, row_number

REPORT_STATES = ("asked", "done", "failed")


class EvaluationPlan(Base):
    """What a programme means to find out, written down before anybody looks."""

    __table_args__ = described(
        CheckConstraint("(frozen_on IS NULL) = (digest = '')", name="frozen_with_digest"),
        about="What a programme plans to measure, and with how many people.",
        kept="as long as the programme",
        seen_by="members of the organisation whose role reaches the programme",
        stolen="what was planned; nothing about people",
    )

    id: Mapped[int] = row_number("its number")
    programme_id: Mapped[int] = part_of("programme", "of which programme", index=True)
    content: Mapped[dict[str, Any]] = mapped_column(
        JSON, doc="main scales, waves, comparison, numbers of people, who reads, dates, and a note"
    )
    digest: Mapped[str] = mapped_column(
        default="", doc="of the content, once it is frozen; empty before"
    )
    made_on: Mapped[date] = mapped_column(doc="the day on which it was begun")
    frozen_on: Mapped[date | None] = mapped_column(
        doc="the day from which it can no longer be changed; empty before"
    )


class PlanDeviation(Base):
    """What was done otherwise than the frozen plan says."""

    __table_args__ = described(
        about="What was done otherwise than a frozen plan says, and why.",
        kept="as long as the programme",
        seen_by="members of the organisation whose role reaches the programme",
        stolen="what was done otherwise; nothing about people",
    )

    id: Mapped[int] = row_number("its number")
    plan_id: Mapped[int] = part_of("evaluation_plan", "of which plan", index=True)
    text: Mapped[str] = mapped_column(doc="what, and why")
    made_on: Mapped[date] = mapped_column(doc="the day")


class ProgrammeReport(Base):
    """A programme's figures for evaluators, worked out by a job and frozen."""

    __table_args__ = described(
        CheckConstraint(f"state IN {REPORT_STATES}", name="state"),
        about=(
            "A programme's figures for evaluators as they were worked out. No figure of "
            "fewer than ten people gets into one."
        ),
        kept="as long as the programme; nobody can be found in it",
        seen_by="members whose role lets them see figures of the programme; those of a programme "
        "that stands with it in a collaborative see its mean changes",
        stolen="the figures that evaluators see, and nothing of one person",
    )

    id: Mapped[int] = row_number("its number")
    programme_id: Mapped[int] = part_of("programme", "of which programme", index=True)
    state: Mapped[str] = mapped_column(doc="whether it is waited for, done, or failed")
    asked_on: Mapped[date] = mapped_column(doc="the day on which somebody asked for it")
    made_on: Mapped[date | None] = mapped_column(doc="the day of the figures; empty before")
    content: Mapped[dict[str, Any]] = mapped_column(JSON, doc="all figures, as they may be read")
    batches: Mapped[list[int]] = mapped_column(
        JSON, doc="which batches of people the figures stand on"
    )
    data_hash: Mapped[str] = mapped_column(
        default="", doc="digest of the scores under the figures, to see that two reports agree"
    )
    code_hash: Mapped[str] = mapped_column(
        default="", doc="digest of the program that worked them out"
    )
    plan_id: Mapped[int | None] = perhaps_from(
        "evaluation_plan", "the frozen plan, if there is one"
    )
