"""Observed sessions of trainers, by twelve plain skills; and the hours a trainer has led."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.partners.models import Grant, Member
from edu.partners.roles import RIGHTS, Right, Role
from edu.programmes.following_models import ObservedSession
from edu.programmes.session_models import GroupSession

#: What a colleague looks for. The words for each stand in planner/following_words.py.
SKILLS = (
    "ground-rules",
    "opt-outs",
    "pace",
    "plain-words",
    "person-first",
    "everybody-heard",
    "remarks",
    "laughter",
    "disclosure",
    "lived-experience",
    "two-leaders",
    "support",
)


@dataclass(frozen=True)
class Seen:
    """What a colleague saw."""

    day: date
    trainer_id: int
    observer_role: str
    skills: tuple[str, ...]
    strength: str
    next_step: str


def trainers_of(session: Session, group: Group) -> list[Member]:
    """Who may lead a group, by login: whose sessions there can be seen."""
    leading = [role.value for role in Role if Right.LEAD_GROUPS in RIGHTS[role]]
    wanted = (
        select(Member)
        .join(Grant, Grant.member_id == Member.id)
        .where(
            Grant.organisation_id == group.organisation_id,
            Grant.role.in_(leading),
            or_(Grant.programme_id.is_(None), Grant.programme_id == group.programme_id),
        )
    )
    return sorted(session.scalars(wanted).unique().all(), key=lambda each: each.login)


def keep_observed(session: Session, group_id: int, seen: Seen) -> ObservedSession:
    """Keep what a colleague saw. Skills that are none of the list are refused."""
    if not set(seen.skills) <= set(SKILLS):
        raise ValueError("no such skill")
    made = ObservedSession(
        group_id=group_id,
        day=seen.day,
        trainer_id=seen.trainer_id,
        observer_role=seen.observer_role.strip(),
        skills=[each for each in SKILLS if each in seen.skills],
        strength=seen.strength.strip(),
        next_step=seen.next_step.strip(),
    )
    session.add(made)
    session.flush()
    return made


def observed_in(session: Session, group_id: int) -> Sequence[tuple[ObservedSession, str]]:
    """What was seen in a group, the newest first, each with the trainer's login; empty where
    there is no such account any more."""
    rows = session.execute(
        select(ObservedSession, Member.login)
        .outerjoin(Member, Member.id == ObservedSession.trainer_id)
        .where(ObservedSession.group_id == group_id)
        .order_by(ObservedSession.day.desc(), ObservedSession.id.desc())
    )
    return [(observed, login or "") for observed, login in rows]


def observed_one(session: Session, group_id: int, number: int) -> ObservedSession | None:
    """One observed session, if it is this group's."""
    return session.scalar(
        select(ObservedSession).where(
            ObservedSession.id == number, ObservedSession.group_id == group_id
        )
    )


def forget_observed(session: Session, observed: ObservedSession) -> None:
    """Delete it for good."""
    session.delete(observed)
    session.flush()


@dataclass(frozen=True)
class Practice:
    """What a trainer has done in an organisation: meetings she led, and sessions that were seen."""

    meetings: int
    minutes: int
    observed: int
    since: date | None
    until: date | None


def practice_of(session: Session, organisation_id: int, member_id: int) -> Practice:
    """From the log of her organisation's groups."""
    led = or_(GroupSession.leader_id == member_id, GroupSession.second_leader_id == member_id)
    count, minutes, since, until = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(GroupSession.minutes), 0),
            func.min(GroupSession.day),
            func.max(GroupSession.day),
        )
        .select_from(GroupSession)
        .join(Group, Group.id == GroupSession.group_id)
        .where(Group.organisation_id == organisation_id, led)
    ).one()
    observed = session.scalar(
        select(func.count())
        .select_from(ObservedSession)
        .join(Group, Group.id == ObservedSession.group_id)
        .where(Group.organisation_id == organisation_id, ObservedSession.trainer_id == member_id)
    )
    return Practice(int(count), int(minutes), int(observed or 0), since, until)
