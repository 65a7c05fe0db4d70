"""Who stands around a programme: bodies, the channels between them, services, briefs."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.programmes.planning_models import PartnerKind
from edu.tables import OfProgramme, Saved, by_member, described, part_of

#: Who sees what stands here.
_MEMBERS = "members who lead groups of the programme, plan it or see its figures"
_WITH_IT = "as long as the programme"


class Provider(StrEnum):
    """What kind of service it is: the kinds of partners, and two that no partner is."""

    HELPLINE = "helpline"
    CLINIC = "clinic"
    NGO = "ngo"
    USERS_GROUP = "users-group"
    FAITH = "faith"
    SCHOOL = "school"
    EMPLOYER = "employer"
    SUBSTANCE_USE = "substance-use"
    PRIVATE = "private"
    AUTHORITY = "authority"
    SUPPORT = "support"


class Cost(StrEnum):
    """Whether people pay there."""

    UNKNOWN = ""
    FREE = "free"
    PAID = "paid"


class Means(StrEnum):
    """How two bodies reach each other."""

    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"
    SLIP = "slip"
    MEETING = "meeting"


class Way(StrEnum):
    """Which way people are sent."""

    TO_CLINIC = "to_clinic"
    TO_COMMUNITY = "to_community"


def _of(kinds: type[StrEnum]) -> tuple[str, ...]:
    return tuple(each.value for each in kinds)


class Ally(OfProgramme, Base):
    """A body around a programme: an end of channels, or one that nobody calls yet."""

    __table_args__ = described(
        UniqueConstraint("programme_id", "name"),
        CheckConstraint(f"kind IN {_of(PartnerKind)}", name="kind"),
        CheckConstraint(f"cost IN {_of(Cost)}", name="cost"),
        about="An organisation or office around a programme. No person is named.",
        kept=_WITH_IT,
        seen_by=_MEMBERS,
        stolen="which organisations work together",
    )

    name: Mapped[str] = mapped_column(doc="what the organisation or office is called")
    kind: Mapped[str] = mapped_column(doc="what kind of organisation or office")
    cost: Mapped[str] = mapped_column(default="", doc="whether people pay there, if known")


class Channel(OfProgramme, Base):
    """Who calls whom for what. When it ends it is kept as ended."""

    __table_args__ = described(
        CheckConstraint("from_id <> to_id", name="two"),
        CheckConstraint(f"means IN {_of(Means)}", name="means"),
        about="Who calls whom for what, between two bodies: roles, never a person's name.",
        kept=_WITH_IT,
        seen_by=_MEMBERS,
        stolen="how organisations work together, and which account wrote it",
    )

    from_id: Mapped[int] = part_of("ally", "who calls", index=True)
    to_id: Mapped[int] = part_of("ally", "whom they call", index=True)
    purpose: Mapped[str] = mapped_column(doc="for what")
    means: Mapped[str] = mapped_column(doc="how they reach each other")
    from_role: Mapped[str] = mapped_column(doc="who is responsible there: a role, not a name")
    to_role: Mapped[str] = mapped_column(doc="who is responsible on the other side: a role")
    agreed_on: Mapped[date] = mapped_column(doc="the day on which it was agreed")
    reviewed_on: Mapped[date | None] = mapped_column(doc="the day on which both last looked at it")
    next_review: Mapped[date] = mapped_column(doc="the day by which both look at it again")
    ended_on: Mapped[date | None] = mapped_column(doc="the day on which it ended, if it did")
    member_id: Mapped[int | None] = by_member("who wrote it last")


class ReferralMonth(OfProgramme, Base):
    """How many people were sent one way in a month, arrived, and of how many word came back."""

    __table_args__ = described(
        UniqueConstraint("programme_id", "month", "way"),
        CheckConstraint(f"way IN {_of(Way)}", name="way"),
        CheckConstraint("sent >= arrived AND arrived >= heard AND heard >= 0", name="loop"),
        about="Numbers of people who were sent on in a month. Nobody is named or described.",
        kept=_WITH_IT,
        seen_by=f"{_MEMBERS}; numbers below five only while they are typed",
        stolen="how many people were sent on in a month, also where they were few",
    )

    month: Mapped[date] = mapped_column(doc="the first day of the month in which they were sent")
    way: Mapped[str] = mapped_column(doc="to the clinic, or to the community")
    sent: Mapped[int] = mapped_column(doc="how many were sent")
    arrived: Mapped[int] = mapped_column(doc="how many of them arrived")
    heard: Mapped[int] = mapped_column(doc="of how many of them word came back")
    member_id: Mapped[int | None] = by_member("who typed it last")


class District(OfProgramme, Base):
    """A place of a programme, for which services and gaps are listed."""

    __table_args__ = described(
        UniqueConstraint("programme_id", "name"),
        about="A district for which a programme lists services and gaps.",
        kept=_WITH_IT,
        seen_by=_MEMBERS,
        stolen="where a programme works",
    )

    name: Mapped[str] = mapped_column(doc="what it is called")


class ListedService(OfProgramme, Base):
    """A service that a programme adds to those of the community's profile."""

    __table_args__ = described(
        CheckConstraint(f"kind IN {_of(Provider)}", name="kind"),
        CheckConstraint(f"cost IN {_of(Cost)}", name="cost"),
        about="A service that a programme knows of. It is an office, not a person.",
        kept=_WITH_IT,
        seen_by=_MEMBERS,
        stolen="which services a programme knows, and which account wrote it",
    )

    district_id: Mapped[int | None] = part_of(
        "district", "in which district; empty: it serves all of them", index=True
    )
    name: Mapped[str] = mapped_column(doc="what it is called")
    kind: Mapped[str] = mapped_column(doc="what kind of service")
    cost: Mapped[str] = mapped_column(default="", doc="whether people pay there, if known")
    languages: Mapped[str] = mapped_column(default="", doc="which languages are spoken there")
    reached: Mapped[str] = mapped_column(default="", doc="how people get there")
    confirmed_on: Mapped[date | None] = mapped_column(doc="the day on which somebody asked there")
    confirmed_by: Mapped[str] = mapped_column(default="", doc="in which role they asked")
    member_id: Mapped[int | None] = by_member("who wrote it last")


class BriefDraft(Saved, Base):
    """What a team asks of those who decide, until it is sent."""

    __table_args__ = described(
        about="What a programme's team asks of those who decide.",
        kept=_WITH_IT,
        seen_by="members who see figures of the programme",
        stolen="what a programme asks for, and which account wrote it",
    )

    programme_id: Mapped[int] = part_of("programme", "of which programme", primary_key=True)
    asks: Mapped[list[str]] = mapped_column(JSON, doc="the three things it asks for")


class SentBrief(OfProgramme, Base):
    """A brief as it was printed and sent. It never changes."""

    __table_args__ = described(
        about="A brief for those who decide, as it was sent: figures of whole programmes only.",
        kept=_WITH_IT,
        seen_by="members who see figures of the programme",
        stolen="what a programme told those who decide, and which account sent it",
    )

    body: Mapped[str] = mapped_column(doc="to which office or organisation it was sent")
    sent_on: Mapped[date] = mapped_column(doc="the day")
    content: Mapped[dict[str, Any]] = mapped_column(JSON, doc="all its words, as they were sent")
    digest: Mapped[str] = mapped_column(doc="SHA-256 of these words")
    member_id: Mapped[int | None] = by_member("who sent it")
