"""Groups of people who take modules together."""

from datetime import date

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base


class Group(Base):
    """People who take modules together, led by a trainer. Nobody's name is in it."""

    __tablename__ = "group"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    #: Language tags offered, the first one being the group's own.
    tags: Mapped[list[str]] = mapped_column(JSON)
    modules: Mapped[list[str]] = mapped_column(JSON)
    #: What is typed or scanned to join; see codes.py.
    join_code: Mapped[str] = mapped_column(unique=True)
    #: Whether learners are also asked the open question; off unless a trainer turns it on.
    open_question: Mapped[bool] = mapped_column(default=False)
    made_on: Mapped[date]
