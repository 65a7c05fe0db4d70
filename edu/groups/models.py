"""Groups of people who take modules together."""

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import described, link_to, part_of, row_number


class Arm(StrEnum):
    """What a group is for in a comparison."""

    INTERVENTION = "intervention"
    WAITING = "waiting"
    COMPARISON = "comparison"


class Allocation(StrEnum):
    """How it was decided which group takes the lessons first."""

    LOT = "lot"
    OTHERWISE = "otherwise"


class Linking(StrEnum):
    """By what the papers of one person are found to be hers."""

    CARD = "card"
    ELEMENTS = "elements"


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
    opened_on: Mapped[date | None] = mapped_column(
        doc="the day from which people may join it; empty while its programme is not planned"
    )
    instruments: Mapped[list[str]] = mapped_column(
        JSON, default=list, doc="which questionnaires it chose; none: what everybody is asked"
    )
    arm: Mapped[str] = mapped_column(
        default=Arm.INTERVENTION.value,
        doc="whether it takes the lessons, waits for them, or is compared with those who do",
    )
    allocation: Mapped[str] = mapped_column(
        default=Allocation.OTHERWISE.value, doc="whether a lot decided that, or something else"
    )
    from_day: Mapped[date | None] = mapped_column(
        doc="waiting list: the day its lessons begin; comparison: the day it is asked again"
    )
    later_weeks: Mapped[list[int]] = mapped_column(
        JSON,
        default=lambda: [12],
        doc="how many weeks after the course it is asked again, each time",
    )
    window_weeks: Mapped[int] = mapped_column(
        default=4, doc="how many weeks earlier or later count as in time"
    )
    looking_back: Mapped[bool] = mapped_column(
        default=False, doc="whether it is asked afterwards how it was before"
    )
    linking: Mapped[str] = mapped_column(
        default=Linking.CARD.value, doc="whether papers carry a card's number or a few elements"
    )
    elements: Mapped[list[str]] = mapped_column(
        JSON, default=list, doc="which elements its papers ask for"
    )
    elements_needed: Mapped[int] = mapped_column(
        default=0, doc="how many of them must agree for two papers to be one person's"
    )
    linking_ends_on: Mapped[date | None] = mapped_column(
        doc="the last day on which papers can be linked by elements; then the key is destroyed"
    )


class GroupChange(Base):
    """Something about a group's waves or linking that was changed after its people had begun."""

    __table_args__ = described(
        about=(
            "What was changed in a group's plan after its people had begun, so that "
            "whoever reads its figures knows."
        ),
        kept="as long as the group",
        seen_by="members of its organisation",
        stolen="how groups were planned; nothing about people",
    )

    id: Mapped[int] = row_number("its number")
    group_id: Mapped[int] = part_of("group", "which group", index=True)
    what: Mapped[str] = mapped_column(doc="which part of the plan")
    was: Mapped[str] = mapped_column(doc="what it said before")
    became: Mapped[str] = mapped_column(doc="what it says since then")
    changed_on: Mapped[date] = mapped_column(doc="the day")
