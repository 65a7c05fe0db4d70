"""Whether anything in a course upset somebody: asked once, counted, and never written about."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import described, part_of

#: What can be said: "unsaid" is that somebody prefers not to say.
UPSET_ANSWERS = ("yes", "no", "unsaid")


class Upset(Base):
    """What one learner said, so that she is asked once."""

    __table_args__ = described(
        CheckConstraint(f"answer IN {UPSET_ANSWERS}", name="answer"),
        about="Whether anything in the lessons upset a learner: one of three answers, no words.",
        kept="as long as its learner",
        seen_by="nobody; it is counted in `upset_tally`",
        stolen="who was upset by something, and nobody's name",
        unordered=True,
    )

    journey_id: Mapped[str] = part_of("journey", "on which journey", primary_key=True)
    answer: Mapped[str] = mapped_column(doc="yes, no, or that she prefers not to say")
    counted: Mapped[bool] = mapped_column(
        default=False, doc="counted in its group: ten at first, then five or more at once"
    )


class UpsetTally(Base):
    """How many of a group said that something upset them. It is about whole batches of people."""

    __table_args__ = described(
        about="How many of a group were upset by something. It stays when one of them goes.",
        kept="as long as its group",
        seen_by="trainers: how many answered, and whether five or more were upset",
        stolen="how many of each group were upset by something",
    )

    group_id: Mapped[int] = part_of("group", "of which group", primary_key=True)
    people: Mapped[int] = mapped_column(doc="how many said yes or no")
    upset: Mapped[int] = mapped_column(doc="how many of them said yes")
