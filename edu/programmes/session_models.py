"""What happens in the room: meetings, hands that were counted, incidents, how a group learns."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import by_member, described, part_of, row_number

#: How a group learns: on phones of its own, on paper, on both, or on one device that goes round.
MODES = ("phones", "paper", "mixed", "round")

INCIDENT_KINDS = ("upset", "hostile", "disclosure", "safety", "technical", "other")


class GroupSession(Base):
    """One meeting of a group: who led it, how long, what was done, and what was changed."""

    __table_args__ = described(
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes"),
        CheckConstraint("phones >= 0 AND papers >= 0 AND neither >= 0", name="counts"),
        CheckConstraint(f"mode IN {MODES}", name="mode"),
        about=(
            "A meeting of a group: who led it, how long it was, what was done, what was "
            "changed, and how many people came. Of these people it has only the number."
        ),
        kept="until somebody who leads the group deletes it, or as long as the group",
        seen_by="members of its organisation who lead the group or read its figures",
        stolen="when groups met and how; nothing about people",
    )

    id: Mapped[int] = row_number("its number")
    group_id: Mapped[int] = part_of("group", "which group", index=True)
    day: Mapped[date] = mapped_column(doc="the day")
    minutes: Mapped[int] = mapped_column(doc="how long it was")
    leader_id: Mapped[int | None] = by_member("who led it, if she has an account")
    second_leader_id: Mapped[int | None] = by_member("who led it with her, if she has an account")
    led_by: Mapped[str] = mapped_column(
        default="", doc="who else led it, as a role in words, never a name"
    )
    mode: Mapped[str] = mapped_column(doc="whether there were phones, papers or both")
    phones: Mapped[int] = mapped_column(default=0, doc="how many people used a phone")
    papers: Mapped[int] = mapped_column(default=0, doc="how many people used paper")
    neither: Mapped[int] = mapped_column(default=0, doc="how many people only listened and spoke")
    parts: Mapped[list[str]] = mapped_column(
        JSON, doc="which parts of which lessons were done, as m1.1/do"
    )
    changed: Mapped[str] = mapped_column(default="", doc="what was done otherwise than written")
    reason: Mapped[str] = mapped_column(default="", doc="why it was done otherwise")
    member_id: Mapped[int | None] = by_member("who wrote it down")


class HandCount(Base):
    """Hands that were counted for a question, before and after; nobody knows whose they were."""

    __table_args__ = described(
        about=(
            "A question to which people raised their hands, and how many hands each "
            "answer had. Whose hands they were is not in it."
        ),
        kept="until somebody who leads the group deletes it, or as long as the group",
        seen_by=(
            "members of its organisation who lead the group; those who read its figures "
            "see no number below five"
        ),
        stolen="how many of a group chose what",
    )

    id: Mapped[int] = row_number("its number")
    group_id: Mapped[int] = part_of("group", "which group", index=True)
    day: Mapped[date] = mapped_column(doc="the day on which it was asked")
    lesson: Mapped[str] = mapped_column(default="", doc="from which lesson, if from one")
    question: Mapped[str] = mapped_column(doc="what was asked")
    options: Mapped[list[str]] = mapped_column(JSON, doc="the answers to choose from")
    before: Mapped[list[int]] = mapped_column(
        JSON, default=list, doc="the hands for each answer before the lesson; empty: not counted"
    )
    after: Mapped[list[int]] = mapped_column(
        JSON, default=list, doc="the hands for each answer after it; empty: not counted"
    )


class Incident(Base):
    """Something that went wrong in a group, and what was done. It names nobody."""

    __table_args__ = described(
        CheckConstraint(f"kind IN {INCIDENT_KINDS}", name="kind"),
        CheckConstraint("needs_more OR (due_on IS NULL AND closed_on IS NULL)", name="open_or_not"),
        about=(
            "That something went wrong in a group, of which kind, and what was done. It "
            "names nobody, unless whoever wrote it did so against the warning. It is "
            "never sent anywhere."
        ),
        kept="as long as the group",
        seen_by="members of its organisation who lead the group",
        stolen="what went wrong in which group, which may give somebody away to those who know it",
    )

    id: Mapped[int] = row_number("its number")
    group_id: Mapped[int] = part_of("group", "in which group", index=True)
    kind: Mapped[str] = mapped_column(doc="of which kind")
    day: Mapped[date] = mapped_column(doc="the day")
    done: Mapped[str] = mapped_column(doc="what was done, without names")
    needs_more: Mapped[bool] = mapped_column(doc="whether somebody has to look after it further")
    due_on: Mapped[date | None] = mapped_column(doc="by when")
    closed_on: Mapped[date | None] = mapped_column(doc="the day on which nothing more was needed")
    member_id: Mapped[int | None] = by_member("who wrote it down")


class GroupMode(Base):
    """From which day on a group learns on phones, on paper, on both, or on one device."""

    __table_args__ = described(
        CheckConstraint(f"mode IN {MODES}", name="mode"),
        about="From which day on a group learns on phones, paper, both, or one device.",
        kept="as long as the group",
        seen_by="members of its organisation",
        stolen="how groups learn; nothing about people",
    )

    id: Mapped[int] = row_number("its number")
    group_id: Mapped[int] = part_of("group", "which group", index=True)
    mode: Mapped[str] = mapped_column(doc="how it learns")
    since: Mapped[date] = mapped_column(doc="from which day on")
    member_id: Mapped[int | None] = by_member("who said so")


class Preparation(Base):
    """That a member of staff has worked through a lesson that she needs before she leads others."""

    __table_args__ = described(
        about=(
            "That somebody on staff says she has worked through a lesson which those who "
            "lead hard lessons need first."
        ),
        kept="as long as her account",
        seen_by="herself",
        stolen="which of the staff has prepared",
    )

    member_id: Mapped[int] = part_of("member", "who", primary_key=True)
    lesson: Mapped[str] = mapped_column(primary_key=True, doc="which lesson")
    done_on: Mapped[date] = mapped_column(doc="the day")
