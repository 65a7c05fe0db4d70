"""What whoever looks after this server decided in the browser."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import described, row_number

#: Who reads an announcement.
AUDIENCES = ("staff", "everybody")
JOB_STATES = ("under way", "done", "failed")


class ServerChoice(Base):
    """Something decided for the whole server."""

    __table_args__ = described(
        about="What was decided for the whole server, such as the languages on offer.",
        kept="until it is decided otherwise",
        seen_by="whoever looks after the server",
        stolen="nothing about people",
    )

    name: Mapped[str] = mapped_column(primary_key=True, doc="what is decided")
    value: Mapped[Any] = mapped_column(JSON, doc="and how")


class Announcement(Base):
    """Something that staff, or everybody, should know for some days."""

    __table_args__ = described(
        CheckConstraint(f"audience IN {AUDIENCES}", name="audience"),
        about="A short text that staff, or everybody, should see for some days.",
        kept="until its last day; it is deleted at the next start after that",
        seen_by="staff, or everybody",
        stolen="what was announced",
    )

    id: Mapped[int] = row_number()
    text: Mapped[str] = mapped_column(doc="the words")
    tag: Mapped[str] = mapped_column(doc="in which language they are")
    audience: Mapped[str] = mapped_column(doc="for whom")
    starts_on: Mapped[date] = mapped_column(doc="the first day")
    ends_on: Mapped[date] = mapped_column(doc="the last day")


class Job(Base):
    """Something that takes longer than a page may take, started in the browser."""

    __table_args__ = described(
        CheckConstraint(f"state IN {JOB_STATES}", name="state"),
        about="Work that takes longer than a page may take, such as making all pages.",
        kept="thirty days",
        seen_by="whoever looks after the server",
        stolen="nothing about people",
    )

    id: Mapped[int] = row_number()
    kind: Mapped[str] = mapped_column(doc="what is done")
    state: Mapped[str] = mapped_column(doc="how far it is")
    made_at: Mapped[datetime] = mapped_column(doc="when it began")
    ended_at: Mapped[datetime | None] = mapped_column(doc="when it ended")
    said: Mapped[str] = mapped_column(default="", doc="what it said at the end")
