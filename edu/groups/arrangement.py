"""What a trainer arranges about a group's arm, waves and linking; what is changed late is told."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.groups.models import Allocation, Arm, Group, GroupChange, Linking


@dataclass(frozen=True)
class Arrangement:
    """Everything that bears on when people are asked, and on how papers are linked."""

    instruments: tuple[str, ...] = ()
    arm: Arm = Arm.INTERVENTION
    allocation: Allocation = Allocation.OTHERWISE
    from_day: date | None = None
    later_weeks: tuple[int, ...] = (12,)
    window_weeks: int = 4
    looking_back: bool = False
    linking: Linking = Linking.CARD
    elements: tuple[str, ...] = ()
    elements_needed: int = 0
    linking_ends_on: date | None = None


def arrangement_of(group: Group) -> Arrangement:
    """What is arranged for a group at present."""
    return Arrangement(
        instruments=tuple(group.instruments),
        arm=Arm(group.arm),
        allocation=Allocation(group.allocation),
        from_day=group.from_day,
        later_weeks=tuple(group.later_weeks),
        window_weeks=group.window_weeks,
        looking_back=group.looking_back,
        linking=Linking(group.linking),
        elements=tuple(group.elements),
        elements_needed=group.elements_needed,
        linking_ends_on=group.linking_ends_on,
    )


@dataclass(frozen=True)
class Move:
    """One part of an arrangement that is to change, before and after, as it is kept."""

    what: str
    was: str
    becomes: str


def moves(group: Group, wanted: Arrangement) -> list[Move]:
    """What would change."""
    present = arrangement_of(group)
    return [
        Move(part.name, _kept(before), _kept(after))
        for part in fields(Arrangement)
        if (before := getattr(present, part.name)) != (after := getattr(wanted, part.name))
    ]


def _kept(value: object) -> str:
    """A value as a line of the trail keeps it; see trainer/plan_words.py for how it is told."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ",".join(str(each) for each in value)
    return "yes" if value is True else "no" if value is False else str(value)


def arrange(
    session: Session, group: Group, wanted: Arrangement, *, begun: bool, today: date
) -> list[Move]:
    """Arrange a group anew. Where its people have begun, each change is written down for whoever
    reads its figures."""
    found = moves(group, wanted)
    for part in fields(Arrangement):
        value = getattr(wanted, part.name)
        setattr(group, part.name, list(value) if isinstance(value, tuple) else value)
    group.arm, group.allocation = wanted.arm.value, wanted.allocation.value
    group.linking = wanted.linking.value
    if begun:
        session.add_all(
            GroupChange(
                group_id=group.id,
                what=each.what,
                was=each.was,
                became=each.becomes,
                changed_on=today,
            )
            for each in found
        )
    session.flush()
    return found


def changes_of(session: Session, group_id: int) -> Sequence[GroupChange]:
    """What was changed after the group had begun, the newest first."""
    wanted = select(GroupChange).where(GroupChange.group_id == group_id)
    return session.scalars(wanted.order_by(GroupChange.id.desc())).all()
