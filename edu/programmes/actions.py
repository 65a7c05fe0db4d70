"""Actions of a programme: who owns each, by when, and what came of it at follow-up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.programmes.following_models import ProgrammeAction, State
from edu.programmes.planning_models import PartnerKind

#: Owners who belong to health care; everybody else is outside it.
OF_HEALTH = frozenset({PartnerKind.CLINIC, PartnerKind.SUBSTANCE_USE})


@dataclass(frozen=True)
class Wanted:
    """What is to be done, by whom, by when."""

    what: str
    owner: str
    owner_kind: PartnerKind
    owner_role: str
    due_on: date
    group_id: int | None = None


@dataclass(frozen=True)
class Count:
    """How many actions there are, and what became of them; dropped ones are left out."""

    there: int
    done: int
    reported: int
    outside_health: int
    of_authorities: int


def actions_of(session: Session, programme_id: int) -> Sequence[ProgrammeAction]:
    """A programme's actions: the open ones by day, then those that are done or dropped."""
    wanted = select(ProgrammeAction).where(ProgrammeAction.programme_id == programme_id)
    found = session.scalars(wanted.order_by(ProgrammeAction.due_on, ProgrammeAction.id)).all()
    return sorted(found, key=lambda each: list(State).index(State(each.state)))


def action_of(session: Session, programme_id: int, action_id: int) -> ProgrammeAction | None:
    """One action, if it is this programme's own."""
    return session.scalar(
        select(ProgrammeAction).where(
            ProgrammeAction.id == action_id, ProgrammeAction.programme_id == programme_id
        )
    )


def add_action(session: Session, programme_id: int, wanted: Wanted, today: date) -> ProgrammeAction:
    """A new action."""
    made = ProgrammeAction(programme_id=programme_id, made_on=today, **_columns(wanted))
    session.add(made)
    session.flush()
    return made


def change_action(session: Session, action: ProgrammeAction, wanted: Wanted) -> None:
    """Write down something else that was agreed; what was told of it stays."""
    for name, value in _columns(wanted).items():
        setattr(action, name, value)
    session.flush()


def _columns(wanted: Wanted) -> dict[str, object]:
    return vars(wanted) | {
        "what": wanted.what.strip(),
        "owner": wanted.owner.strip(),
        "owner_kind": wanted.owner_kind.value,
        "owner_role": wanted.owner_role.strip(),
    }


def report(
    session: Session,
    action: ProgrammeAction,
    happened: str,
    obstacle: str,
    today: date,
    *,
    done: bool,
) -> None:
    """Write down what was told at follow-up. Done or not, it is told once more as it changes."""
    if not happened.strip():
        raise ValueError("a report says what happened")
    action.happened, action.obstacle = happened.strip(), obstacle.strip()
    action.reported_on = today
    action.state = (State.DONE if done else State.OPEN).value
    session.flush()


def drop(session: Session, action: ProgrammeAction) -> None:
    """Nobody does it any more; it stays to be read, and can be taken up again."""
    action.state = State.DROPPED.value
    session.flush()


def take_up_again(session: Session, action: ProgrammeAction) -> None:
    """It is open once more."""
    action.state = State.OPEN.value
    session.flush()


def overdue_actions(session: Session, programme_id: int, today: date) -> list[ProgrammeAction]:
    """Open actions whose day is over, the longest ago first."""
    return [
        each
        for each in actions_of(session, programme_id)
        if each.state == State.OPEN.value and each.due_on < today
    ]


def count_actions(actions: Iterable[ProgrammeAction]) -> Count:
    """What the actions of a programme come to."""
    kept = [each for each in actions if each.state != State.DROPPED.value]
    kinds = [PartnerKind(each.owner_kind) for each in kept]
    return Count(
        there=len(kept),
        done=sum(each.state == State.DONE.value for each in kept),
        reported=sum(each.reported_on is not None for each in kept),
        outside_health=sum(kind not in OF_HEALTH for kind in kinds),
        of_authorities=sum(kind is PartnerKind.AUTHORITY for kind in kinds),
    )
