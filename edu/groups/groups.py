"""Making groups, finding them by their code, and counting how far their learners are."""

import secrets
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.groups.arrangement import Arrangement, arrange
from edu.groups.codes import new_join_code, read_join_code
from edu.groups.models import Group
from edu.partners.roles import Reach


@dataclass(frozen=True)
class GroupPlan:
    """What a trainer says about a new group."""

    name: str
    place: str
    tags: tuple[str, ...]
    modules: tuple[str, ...]
    open_question: bool = False
    programme_id: int | None = None
    arrangement: Arrangement = field(default_factory=Arrangement)


def make_group(session: Session, organisation_id: int, plan: GroupPlan, today: date) -> Group:
    """A new group with a join code that no other group has."""
    code = new_join_code()
    while session.scalar(select(Group.id).where(Group.join_code == code)) is not None:
        code = new_join_code()
    group = Group(
        organisation_id=organisation_id,
        programme_id=plan.programme_id,
        name=plan.name.strip(),
        place=plan.place.strip(),
        tags=list(plan.tags),
        modules=list(plan.modules),
        join_code=code,
        open_question=plan.open_question,
        made_on=today,
    )
    session.add(group)
    session.flush()
    arrange(session, group, plan.arrangement, begun=False, today=today)
    return group


def take_earlier(group: Group, module: str) -> bool:
    """Let a group take a module one place earlier; False where it is the first, or none of its.

    Whoever has begun keeps the order in which she began."""
    place = group.modules.index(module) if module in group.modules else 0
    if place == 0:
        return False
    before, after = group.modules[: place - 1], group.modules[place + 1 :]
    group.modules = [*before, module, group.modules[place - 1], *after]
    return True


def group_by_join_code(session: Session, typed: str) -> Group | None:
    """The group that somebody wants to join; None when there is none with this code."""
    code = read_join_code(typed)
    if code is None:
        return None
    return session.scalar(select(Group).where(Group.join_code == code))


def groups_of(session: Session, organisation_id: int, seen: Reach) -> list[Group]:
    """An organisation's groups within reach, the newest first."""
    wanted = select(Group).where(Group.organisation_id == organisation_id)
    if not seen.everything:
        wanted = wanted.where(Group.programme_id.in_(seen.programmes))
    return list(session.scalars(wanted.order_by(Group.made_on.desc(), Group.id.desc())))


def group_of(session: Session, organisation_id: int, group_id: int) -> Group | None:
    """One group, if it is this organisation's own."""
    return session.scalar(
        select(Group).where(Group.id == group_id, Group.organisation_id == organisation_id)
    )


def card_keys(number: int) -> list[str]:
    """One-time keys for as many printed cards."""
    return [secrets.token_urlsafe(24) for _ in range(number)]


def groups_speaking(session: Session, tag: str) -> int:
    """How many groups have a language as their own."""
    # Their languages are a list in JSON, which the two databases search differently.
    return sum(tags[:1] == [tag] for tags in session.scalars(select(Group.tags)))
