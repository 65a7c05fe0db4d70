"""Programmes of an organisation, and how many people each has reached."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from edu.groups.models import Group, Programme
from edu.partners.roles import Reach


def make_programme(session: Session, organisation_id: int, name: str, today: date) -> Programme:
    """A new programme."""
    made = Programme(organisation_id=organisation_id, name=name.strip(), made_on=today)
    session.add(made)
    session.flush()
    return made


def programme_name_is_taken(
    session: Session, organisation_id: int, name: str, *, but: int | None = None
) -> bool:
    """Whether the organisation has a programme of this name, other than the one numbered `but`."""
    taken = exists().where(
        Programme.organisation_id == organisation_id, Programme.name == name.strip()
    )
    if but is not None:
        taken = taken.where(Programme.id != but)
    return bool(session.scalar(select(taken)))


def rename_programme(session: Session, programme: Programme, name: str) -> None:
    """Call a programme something else."""
    programme.name = name.strip()
    session.flush()


def programmes_of(session: Session, organisation_id: int, seen: Reach) -> Sequence[Programme]:
    """An organisation's programmes within reach, by name."""
    wanted = select(Programme).where(Programme.organisation_id == organisation_id)
    if not seen.everything:
        wanted = wanted.where(Programme.id.in_(seen.programmes))
    return session.scalars(wanted.order_by(Programme.name)).all()


def programme_of(session: Session, organisation_id: int, programme_id: int) -> Programme | None:
    """One programme, if it is this organisation's own."""
    return session.scalar(
        select(Programme).where(
            Programme.id == programme_id, Programme.organisation_id == organisation_id
        )
    )


def groups_in(session: Session, programme: Programme) -> Sequence[Group]:
    """The groups of a programme, the newest first."""
    return session.scalars(
        select(Group)
        .where(Group.programme_id == programme.id)
        .order_by(Group.made_on.desc(), Group.id.desc())
    ).all()


def move_group(session: Session, group: Group, programme: Programme | None) -> None:
    """Put a group into a programme of the same organisation, or into none. Raises ValueError
    for a programme of somebody else: both ends of a move are looked at."""
    if programme is not None and programme.organisation_id != group.organisation_id:
        raise ValueError("a group cannot move into another organisation's programme")
    group.programme_id = programme.id if programme is not None else None
    session.flush()
