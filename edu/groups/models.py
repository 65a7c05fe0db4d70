"""Groups of people who take modules together."""

from datetime import date

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import described, link_to, row_number


class Programme(Base):
    """A plan of an organisation, with the groups that carry it out."""

    __table_args__ = described(
        UniqueConstraint("organisation_id", "name"),
        about="A plan of an organisation; groups may belong to it.",
        kept="until the administrator of the machine removes it",
        seen_by="members of the organisation whose role reaches it",
        stolen="what organisations plan",
    )

    id: Mapped[int] = row_number("its number")
    organisation_id: Mapped[int] = link_to("organisation", "whose plan it is", index=True)
    name: Mapped[str] = mapped_column(doc="what it is called")
    made_on: Mapped[date] = mapped_column(doc="the day")


class Group(Base):
    """People who take modules together, led by a trainer. Nobody's name is in it."""

    __table_args__ = described(
        about=(
            "People who take modules together. Nobody's name is in it, unless "
            "somebody puts one into the group's."
        ),
        kept="until the administrator of the machine removes it",
        seen_by="members of its organisation",
        stolen="which groups there are, where they meet, and the codes to join them",
    )

    id: Mapped[int] = row_number("its number")
    organisation_id: Mapped[int] = link_to("organisation", "whose group it is", index=True)
    programme_id: Mapped[int | None] = link_to(
        "programme", "to which programme it belongs, if any", index=True
    )
    name: Mapped[str] = mapped_column(doc="what its trainer calls it")
    place: Mapped[str] = mapped_column(default="", doc="where it meets, if the trainer says so")
    tags: Mapped[list[str]] = mapped_column(
        JSON, doc="the languages it is offered in, its own one first"
    )
    modules: Mapped[list[str]] = mapped_column(JSON, doc="what it takes")
    #: What is typed or scanned to join; see codes.py.
    join_code: Mapped[str] = mapped_column(unique=True, doc="what is typed or scanned to join")
    open_question: Mapped[bool] = mapped_column(
        default=False, doc="whether it is asked for a few words; only if a trainer turns it on"
    )
    made_on: Mapped[date] = mapped_column(doc="the day")
