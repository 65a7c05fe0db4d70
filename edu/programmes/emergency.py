"""When a programme works in an emergency: turned on and off in one step, and never forgotten."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.groups.models import Programme
from edu.programmes.planning_models import EmergencyPeriod


def emergencies_of(session: Session, programme_id: int) -> Sequence[EmergencyPeriod]:
    """All of a programme, the newest first."""
    wanted = select(EmergencyPeriod).where(EmergencyPeriod.programme_id == programme_id)
    return session.scalars(wanted.order_by(EmergencyPeriod.id.desc())).all()


def emergency_of(session: Session, programme_id: int) -> EmergencyPeriod | None:
    """The emergency in which a programme works now; its new groups are offered the short track."""
    return session.scalar(
        select(EmergencyPeriod)
        .where(EmergencyPeriod.programme_id == programme_id, EmergencyPeriod.ended_on.is_(None))
        .order_by(EmergencyPeriod.id.desc())
        .limit(1)
    )


def turn_on(
    session: Session, programme_id: int, reason: str, member_id: int, today: date
) -> EmergencyPeriod:
    """Work in an emergency from today on; where it does already, that one goes on."""
    # Of two who turn it on in one moment the later one finds it turned on.
    session.scalar(select(Programme.id).where(Programme.id == programme_id).with_for_update())
    found = emergency_of(session, programme_id)
    if found is None:
        found = EmergencyPeriod(
            programme_id=programme_id, reason=reason.strip(), began_on=today, began_by=member_id
        )
        session.add(found)
        session.flush()
    return found


def turn_off(session: Session, programme_id: int, member_id: int, today: date) -> bool:
    """The emergency is over; whether there was one."""
    found = emergency_of(session, programme_id)
    if found is None:
        return False
    # The clock of a small box may have gone back meanwhile.
    found.ended_on, found.ended_by = max(today, found.began_on), member_id
    session.flush()
    return True
