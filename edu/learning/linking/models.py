"""How papers of one person are found to be hers without a name: keyed digests of a few elements."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import described, part_of, row_number


class LinkKey(Base):
    """Half of a group's key; the other half is the server's own secret."""

    __table_args__ = described(
        about="Half of the key with which a group's elements are digested.",
        kept="until the last day of the group's linking; then it is overwritten",
        seen_by="whoever runs the machine",
        stolen="nothing without the server's secret",
        with_key="which elements people gave, by trying out all of them",
    )

    group_id: Mapped[int] = part_of("group", "of which group", primary_key=True)
    salt: Mapped[str] = mapped_column(doc="256 random bits; nothing can be linked without them")


class Evidence(Base):
    """By what one person's papers of one wave may be found to be hers."""

    __tablename__ = "link_evidence"
    __table_args__ = described(
        UniqueConstraint("journey_id", "wave"),
        about="The papers of one person in one wave, in groups that link by elements.",
        kept="as long as its learner",
        seen_by="trainers see how many there are of each state",
        stolen="how many papers were typed in each wave, and which were linked",
        unordered=True,
    )

    id: Mapped[str] = mapped_column(primary_key=True, doc="random")
    group_id: Mapped[int] = part_of("group", "in which group alone it counts", index=True)
    journey_id: Mapped[str] = part_of("journey", "to whose journey it belongs at present")
    wave: Mapped[str] = mapped_column(doc="of which wave the papers are")
    state: Mapped[str] = mapped_column(doc="first, matched, ambiguous or unmatched")


class ElementMac(Base):
    """One element of one paper, as nobody can read it back without both halves of the key."""

    __tablename__ = "link_element"
    __table_args__ = described(
        about="A keyed digest of one element, such as a first letter.",
        kept="until the last day of the group's linking",
        seen_by="nobody; trainers see how many of two papers agree",
        stolen="which papers of a group agree in an element, and not in what",
        with_key="with the group's half of the key too: the elements themselves",
        unordered=True,
    )

    evidence_id: Mapped[str] = part_of("link_evidence", "of which paper", primary_key=True)
    element: Mapped[str] = mapped_column(primary_key=True, doc="which question it answers")
    mac: Mapped[str] = mapped_column(doc="keyed digest of the answer; none for *I don't know*")


class Ruling(Base):
    """What a person decided about two papers that the rule could not tell apart."""

    __tablename__ = "link_ruling"
    __table_args__ = described(
        about="What a trainer decided about two papers that could be one person's.",
        kept="as long as both papers",
        seen_by="whoever runs the machine",
        stolen="which papers somebody held to be one person's",
        unordered=True,
    )

    one_id: Mapped[str] = part_of("link_evidence", "the earlier one", primary_key=True)
    other_id: Mapped[str] = part_of("link_evidence", "the later one", primary_key=True)
    same: Mapped[bool] = mapped_column(doc="whether both are one person's")


class Certificate(Base):
    """That a group's key was destroyed, and what cannot be done any more since then."""

    __tablename__ = "link_certificate"
    __table_args__ = described(
        about="That a group's key was destroyed, with counts.",
        kept="as long as the group",
        seen_by="members of its organisation",
        stolen="how many papers were linked; nothing about one of them",
    )

    id: Mapped[int] = row_number("its number")
    group_id: Mapped[int] = part_of("group", "of which group", index=True)
    destroyed_on: Mapped[date] = mapped_column(doc="the day")
    digests: Mapped[int] = mapped_column(doc="how many digests of elements were deleted with it")
    matched: Mapped[int] = mapped_column(doc="how many papers were matched by then")
    ambiguous: Mapped[int] = mapped_column(doc="how many could be somebody's, and stay unmatched")
    unmatched: Mapped[int] = mapped_column(doc="how many belong to no earlier paper")
