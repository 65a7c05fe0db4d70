"""Who is heard, what was decided otherwise, and for what answers may be used besides learning."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import OfProgramme, by_member, described, part_of

_KEPT = "as long as the programme"
_SEEN = "members of the organisation whose role reaches the programme"


class GivenAdvice(OfProgramme, Base):
    """What somebody in the steering group advised, and what became of it."""

    __table_args__ = described(
        CheckConstraint("followed OR reason <> ''", name="reason_where_not_followed"),
        about="What a role in the steering group advised, and the reason where it was not done.",
        kept=_KEPT,
        seen_by=_SEEN,
        stolen="what was advised by which role; nobody's name",
    )

    given_on: Mapped[date] = mapped_column(doc="the day on which it was given")
    role: Mapped[str] = mapped_column(doc="who gave it: a role, never a name")
    advice: Mapped[str] = mapped_column(doc="what was advised")
    followed: Mapped[bool] = mapped_column(doc="whether it was followed")
    reason: Mapped[str] = mapped_column(default="", doc="why not; empty where it was followed")
    member_id: Mapped[int | None] = by_member("who wrote it down")


class ResearchApproval(OfProgramme, Base):
    """An ethics committee has approved that research uses a programme's answers."""

    __table_args__ = described(
        CheckConstraint("ends_on >= approved_on", name="ends_after_approval"),
        about="What an ethics committee has approved. Without it no answer is used for research.",
        kept=_KEPT,
        seen_by="everybody in a group of the programme, and members whose role reaches it",
        stolen="which research was approved; nothing about people",
    )

    committee: Mapped[str] = mapped_column(doc="which committee approved it")
    reference: Mapped[str] = mapped_column(doc="under which number it is found there")
    about: Mapped[str] = mapped_column(doc="what the research wants to find out, for learners")
    approved_on: Mapped[date] = mapped_column(doc="the day of the approval")
    ends_on: Mapped[date] = mapped_column(doc="the last day on which it holds")
    stopped_on: Mapped[date | None] = mapped_column(
        doc="the day on which it was stopped; empty before"
    )
    member_id: Mapped[int | None] = by_member("who wrote it down")


class ResearchYes(Base):
    """A learner's yes to research, apart from her yes to taking part. No row: no."""

    __table_args__ = described(
        about="A learner's separate yes to one research project. Where there is no row, it is no.",
        kept="until she takes it back; as long as her journey",
        seen_by="its learner",
        stolen="which journeys may be used for research, and nobody's name",
        unordered=True,
    )

    journey_id: Mapped[str] = part_of("journey", "whose answers", primary_key=True)
    approval_id: Mapped[int] = part_of("research_approval", "to which research", index=True)
    said_on: Mapped[date] = mapped_column(doc="the day")
