"""What a programme says of itself before its first group: vision, partners, assessment."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import OfProgramme, by_member, described, part_of, perhaps_from, row_number


class PartnerKind(StrEnum):
    """What a partner of a programme is."""

    NGO = "ngo"
    CLINIC = "clinic"
    AUTHORITY = "authority"
    USERS_GROUP = "users-group"
    FAITH = "faith"
    SCHOOL = "school"
    EMPLOYER = "employer"
    SUBSTANCE_USE = "substance-use"
    PRIVATE = "private"


class Setting(StrEnum):
    """Where people live or meet; none of them needs an address of anybody."""

    VILLAGE = "village"
    TOWN = "town"
    SCHOOL = "school"
    WORKPLACE = "workplace"
    CLINIC = "clinic"
    CAMP = "camp"
    SETTLEMENT = "settlement"
    HOSTEL = "hostel"
    ONLINE = "online"
    OTHER = "other"


_KEPT = "as long as the programme"
_SEEN = "members of the organisation whose role reaches the programme"
_PLANNED = "what was planned; nothing about people"


class ProgrammeDetail(Base):
    """What a programme wants, and where it spends its effort."""

    __table_args__ = described(
        CheckConstraint(f"setting IN {tuple(each.value for each in Setting)}", name="setting"),
        CheckConstraint("promotion_goal <> ''", name="promotion_goal"),
        CheckConstraint(
            "promotion >= 0 AND prevention >= 0 AND care >= 0 "
            "AND promotion + prevention + care = 100",
            name="shares",
        ),
        about="What a programme wants: its vision, its promotion goal, its shares of effort.",
        kept=_KEPT,
        seen_by=_SEEN,
        stolen=_PLANNED,
    )

    programme_id: Mapped[int] = part_of("programme", "of which programme", primary_key=True)
    vision: Mapped[str] = mapped_column(doc="one line that all partners sign")
    promotion_goal: Mapped[str] = mapped_column(doc="what it does so that people stay well")
    promotion: Mapped[int] = mapped_column(doc="planned share of promotion, in percent")
    prevention: Mapped[int] = mapped_column(doc="planned share of prevention, in percent")
    care: Mapped[int] = mapped_column(doc="planned share of care, in percent")
    setting: Mapped[str] = mapped_column(doc="where people live or meet: one of ten kinds of place")
    member_id: Mapped[int | None] = by_member("who saved it last")
    saved_on: Mapped[date] = mapped_column(doc="the day on which it was saved last")


class ProgrammePartner(OfProgramme, Base):
    """An organisation that carries a programme together with others."""

    __table_args__ = described(
        CheckConstraint(f"kind IN {tuple(each.value for each in PartnerKind)}", name="kind"),
        CheckConstraint("(signed_on IS NULL) = (signed_role = '')", name="signed_by_a_role"),
        UniqueConstraint("programme_id", "name"),
        about="An organisation that carries a programme, and whether it has signed the vision.",
        kept=_KEPT,
        seen_by=_SEEN,
        stolen="which organisations work together; nobody's name",
    )

    organisation_id: Mapped[int | None] = perhaps_from(
        "organisation", "which organisation of this server it is, if it is one"
    )
    name: Mapped[str] = mapped_column(doc="what the organisation is called")
    kind: Mapped[str] = mapped_column(doc="what it is: one of nine kinds")
    signed_on: Mapped[date | None] = mapped_column(
        doc="the day on which it signed the vision; empty before"
    )
    signed_role: Mapped[str] = mapped_column(
        default="", doc="in which role somebody signed for it; never a name"
    )


class SteeringSeat(OfProgramme, Base):
    """A seat in a programme's steering group, by role."""

    __table_args__ = described(
        about="A seat in a programme's steering group: a role, never a name.",
        kept=_KEPT,
        seen_by=_SEEN,
        stolen="which roles steer a programme; nobody's name",
    )

    role: Mapped[str] = mapped_column(doc="the role in words, never a name")
    votes: Mapped[bool] = mapped_column(doc="whether it votes; otherwise it advises")
    lived_experience: Mapped[bool] = mapped_column(
        doc="whether it is kept for somebody with lived experience"
    )
    paid: Mapped[bool] = mapped_column(doc="whether the work is paid")
    contents: Mapped[bool] = mapped_column(
        default=False, doc="whether it decides on lessons, words and pictures too"
    )


class SupportContact(Base):
    """Whom people of a programme turn to when something weighs on them."""

    __table_args__ = described(
        about="Whom people of a programme turn to: a role, and how it is reached.",
        kept=_KEPT,
        seen_by=_SEEN,
        stolen="how a programme's support is reached",
    )

    programme_id: Mapped[int] = part_of("programme", "of which programme", primary_key=True)
    role: Mapped[str] = mapped_column(doc="the role in words, never a name")
    reached: Mapped[str] = mapped_column(doc="how it is reached")
    checked_on: Mapped[date] = mapped_column(doc="the day on which somebody last tried that")


class CommunityAssessment(OfProgramme, Base):
    """A version of what a programme knows of its community: open, or frozen with a digest."""

    __table_args__ = described(
        CheckConstraint("(frozen_on IS NULL) = (digest = '')", name="frozen_with_digest"),
        UniqueConstraint("programme_id", "version"),
        about="What a programme knows of its community, in nine questions. People by role only.",
        kept=_KEPT,
        seen_by="members of the organisation who lead groups, see figures or plan programmes",
        stolen="what was said of a place; nobody's name",
    )

    version: Mapped[int] = mapped_column(doc="which version: 1, 2, …")
    content: Mapped[dict[str, Any]] = mapped_column(
        JSON, doc="the answers, the roles of those who were asked, and the gaps"
    )
    digest: Mapped[str] = mapped_column(
        default="", doc="of the content, once it is frozen; empty before"
    )
    begun_on: Mapped[date] = mapped_column(doc="the day on which it was begun")
    saved_on: Mapped[date] = mapped_column(doc="the day on which it was saved last")
    frozen_on: Mapped[date | None] = mapped_column(
        doc="the day from which it can no longer be changed; empty before"
    )
    member_id: Mapped[int | None] = by_member("who saved it last")


class EmergencyPeriod(OfProgramme, Base):
    """From when to when a programme worked in an emergency."""

    __table_args__ = described(
        CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name="ends_after_it_began"),
        about="From when to when a programme worked in an emergency, and why.",
        kept=_KEPT,
        seen_by=_SEEN,
        stolen="when there was an emergency; nothing about people",
    )

    reason: Mapped[str] = mapped_column(doc="what happened")
    began_on: Mapped[date] = mapped_column(doc="the day on which somebody turned it on")
    began_by: Mapped[int | None] = by_member("who turned it on")
    ended_on: Mapped[date | None] = mapped_column(doc="the day on which it was turned off again")
    ended_by: Mapped[int | None] = by_member("who turned it off")


class Answer(StrEnum):
    """What became of an invitation into a collaborative."""

    INVITED = "invited"
    JOINED = "joined"
    DECLINED = "declined"
    LEFT = "left"


class CollaborativePart(Base):
    """An organisation that was asked to stand beside a programme with one of its own."""

    __table_args__ = described(
        CheckConstraint(f"answer IN {tuple(each.value for each in Answer)}", name="answer"),
        UniqueConstraint("programme_id", "name"),
        about="An organisation that was asked into a programme's collaborative, and its answer.",
        kept=_KEPT,
        seen_by="members of both organisations whose role reaches the programmes",
        stolen="which organisations work together; nobody's name",
    )

    id: Mapped[int] = row_number("its number")
    programme_id: Mapped[int] = part_of("programme", "whose collaborative it is", index=True)
    name: Mapped[str] = mapped_column(doc="the organisation's name, as it was written")
    organisation_id: Mapped[int | None] = perhaps_from(
        "organisation", "which organisation of this server has that name, if one has"
    )
    joined_id: Mapped[int | None] = perhaps_from(
        "programme", "with which programme of its own it has joined"
    )
    answer: Mapped[str] = mapped_column(doc="invited, joined, declined, or left again")
    invited_on: Mapped[date] = mapped_column(doc="the day on which it was invited")
    answered_on: Mapped[date | None] = mapped_column(doc="the day of its answer; empty before")
