"""What keeps a programme going: dates of its groups, boosters, actions, planned reach, practice."""

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.programmes.planning_models import PartnerKind
from edu.tables import OfProgramme, by_member, described, part_of, perhaps_from, row_number


class State(StrEnum):
    """How an action stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Dimension(StrEnum):
    """By what planned and reached people are told apart."""

    PLACE = "place"
    LANGUAGE = "language"
    ROLE = "role"
    MODE = "mode"


class CommunityRole(StrEnum):
    """Who the people of a group are in their community. It is said of a group, never of one."""

    LAY = "lay"
    LIVED = "lived-experience"
    FAMILY = "family"
    HEALTH = "health-worker"
    FAITH = "faith-leader"
    TEACHER = "teacher"
    EMPLOYER = "employer"
    TRAINER = "trainer"
    OFFICIAL = "official"
    OTHER = "other"


_LED = "members who lead groups of the programme or plan it"
_ROLES = tuple(each.value for each in CommunityRole)
_KINDS = tuple(each.value for each in PartnerKind)
_STATES = tuple(each.value for each in State)
_DIMENSIONS = tuple(each.value for each in Dimension)


class LotDraw(OfProgramme, Base):
    """A lot that was drawn among groups, with what anybody needs to draw it again."""

    __table_args__ = described(
        about="A lot that was drawn among groups: its seed, the groups' names, the result.",
        kept="as long as the programme",
        seen_by=_LED,
        stolen="which groups were drawn; nothing about people",
    )

    drawn_on: Mapped[date] = mapped_column(doc="the day")
    seed: Mapped[str] = mapped_column(doc="random; with the names it gives the same result again")
    names: Mapped[list[str]] = mapped_column(JSON, doc="the groups in the lot, as they were called")
    first: Mapped[list[str]] = mapped_column(JSON, doc="those that take the lessons first")
    member_id: Mapped[int | None] = by_member("who had it drawn")


class GroupCourse(Base):
    """When a group meets, who its people are, and which track it takes."""

    __table_args__ = described(
        CheckConstraint(f"role IN {('', *_ROLES)}", name="role"),
        CheckConstraint("rhythm_days BETWEEN 1 AND 60", name="rhythm"),
        CheckConstraint("meetings BETWEEN 1 AND 40", name="meetings"),
        about="When a group meets, who its people are in their community, which track it takes.",
        kept="as long as the group",
        seen_by=_LED,
        stolen="when groups meet",
    )

    group_id: Mapped[int] = part_of("group", "which group", primary_key=True)
    track: Mapped[str] = mapped_column(default="", doc="which track it takes; empty: none")
    role: Mapped[str] = mapped_column(
        default="", doc="who its people are in their community, all of them together"
    )
    first_day: Mapped[date | None] = mapped_column(doc="the day on which it first meets")
    rhythm_days: Mapped[int] = mapped_column(default=7, doc="how many days lie between meetings")
    meetings: Mapped[int] = mapped_column(default=5, doc="how often it meets")
    draw_id: Mapped[int | None] = perhaps_from("lot_draw", "the lot in which it was drawn")


class BoosterDone(Base):
    """That a group had its booster some weeks after the course."""

    __table_args__ = described(
        about="That a group had its booster some weeks after the course.",
        kept="as long as the group",
        seen_by=_LED,
        stolen="when groups met again",
    )

    group_id: Mapped[int] = part_of("group", "which group", primary_key=True)
    weeks: Mapped[int] = mapped_column(primary_key=True, doc="how many weeks after the course")
    done_on: Mapped[date] = mapped_column(doc="the day")


class ProgrammeAction(OfProgramme, Base):
    """Something that partners of a programme said they would do, and what came of it."""

    __table_args__ = described(
        CheckConstraint(f"owner_kind IN {_KINDS}", name="owner_kind"),
        CheckConstraint(f"state IN {_STATES}", name="state"),
        CheckConstraint("(reported_on IS NULL) = (happened = '')", name="reported"),
        about=(
            "What partners of a programme said they would do, who owns it, and what "
            "came of it. Organisations and roles; nobody's name is asked for."
        ),
        kept="as long as the programme",
        seen_by=_LED,
        stolen="what partners do together",
    )

    group_id: Mapped[int | None] = perhaps_from("group", "the group that took it up, if one did")
    what: Mapped[str] = mapped_column(doc="what is to be done")
    owner: Mapped[str] = mapped_column(doc="which organisation or body owns it")
    owner_kind: Mapped[str] = mapped_column(doc="what kind of partner that is: one of nine")
    owner_role: Mapped[str] = mapped_column(doc="which role there sees to it; never a name")
    due_on: Mapped[date] = mapped_column(doc="the day by which it is to be done")
    state: Mapped[str] = mapped_column(default=State.OPEN.value, doc="open, done or dropped")
    happened: Mapped[str] = mapped_column(default="", doc="what happened, as told at follow-up")
    obstacle: Mapped[str] = mapped_column(default="", doc="one thing that stood in the way")
    reported_on: Mapped[date | None] = mapped_column(doc="the day on which that was told")
    made_on: Mapped[date] = mapped_column(doc="the day on which it was written down")


class PlannedReach(Base):
    """How many people of one kind a programme wants to reach."""

    __table_args__ = described(
        CheckConstraint(f"dimension IN {_DIMENSIONS}", name="dimension"),
        CheckConstraint("people > 0", name="people"),
        about="How many people of one place, language, role or mode a programme wants to reach.",
        kept="as long as the programme",
        seen_by="members who may see how many people the programme has reached",
        stolen="what was planned; nothing about people",
    )

    programme_id: Mapped[int] = part_of("programme", "of which programme", primary_key=True)
    dimension: Mapped[str] = mapped_column(primary_key=True, doc="place, language, role or mode")
    cell: Mapped[str] = mapped_column(primary_key=True, doc="which place, language, role or mode")
    people: Mapped[int] = mapped_column(doc="how many people")


class ObservedSession(Base):
    """A session of a trainer that a colleague watched: what she saw, by a list of plain skills."""

    __table_args__ = described(
        about=(
            "A session that a colleague watched: which skills she saw, one strength, one next "
            "step. Of people it names the trainer's login alone."
        ),
        kept="as long as the group",
        seen_by="members of the organisation who lead the group",
        stolen="how trainers' sessions went in the eyes of a colleague",
    )

    id: Mapped[int] = row_number("its number")
    group_id: Mapped[int] = part_of("group", "of which group", index=True)
    day: Mapped[date] = mapped_column(doc="the day of the session")
    trainer_id: Mapped[int | None] = by_member("who led the session")
    observer_role: Mapped[str] = mapped_column(doc="the role of whoever watched; never a name")
    skills: Mapped[list[str]] = mapped_column(JSON, doc="which skills were seen")
    strength: Mapped[str] = mapped_column(doc="one thing that went well")
    next_step: Mapped[str] = mapped_column(doc="one thing to try next")
