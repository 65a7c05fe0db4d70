"""The log of what went wrong in a group. Nothing of it is ever sent anywhere."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.lessons.phone import phone_numbers
from edu.outcomes.identifying import Sign, signs
from edu.programmes.session_models import Incident


def is_open(incident: Incident) -> bool:
    """Whether somebody still has to look after it."""
    return incident.needs_more and incident.closed_on is None


def incidents_of(session: Session, group_id: int) -> list[Incident]:
    """A group's incidents: first those that are open, the most urgent first, then the newest."""
    wanted = select(Incident).where(Incident.group_id == group_id)
    found = session.scalars(wanted.order_by(Incident.day.desc(), Incident.id.desc())).all()
    waiting = [each for each in found if is_open(each)]
    # Sorting is stable: without a day by which, the newest comes first.
    waiting.sort(key=lambda each: each.due_on or date.max)
    return waiting + [each for each in found if not is_open(each)]


def open_incidents(session: Session, group_id: int) -> list[Incident]:
    """Those that somebody still has to look after, the most urgent first."""
    return [each for each in incidents_of(session, group_id) if is_open(each)]


def incident_of(session: Session, group_id: int, number: int) -> Incident | None:
    """One incident, if it is this group's."""
    return session.scalar(
        select(Incident).where(Incident.id == number, Incident.group_id == group_id)
    )


def keep_incident(
    session: Session,
    group_id: int,
    *,
    kind: str,
    day: date,
    done: str,
    due_on: date | None,
    needs_more: bool,
    member_id: int,
    kept: Incident | None = None,
) -> Incident:
    """Write an incident down, or, with `kept`, anew. One that is sent twice is one."""
    row = kept or _same(session, group_id, kind, day, done.strip()) or Incident(group_id=group_id)
    row.kind, row.day, row.done = kind, day, done.strip()
    row.needs_more, row.due_on = needs_more, due_on if needs_more else None
    if not needs_more:
        row.closed_on = None
    row.member_id = member_id
    session.add(row)
    session.flush()
    return row


def _same(session: Session, group_id: int, kind: str, day: date, done: str) -> Incident | None:
    """The open incident that was told in the same words already."""
    told = [each for each in incidents_of(session, group_id) if each.closed_on is None]
    return next(
        (each for each in told if (each.kind, each.day, each.done) == (kind, day, done)), None
    )


def close_incident(session: Session, incident: Incident, today: date) -> bool:
    """Nothing more is needed; False when nothing was."""
    if not is_open(incident):
        return False
    incident.closed_on = today
    session.flush()
    return True


def open_again(session: Session, incident: Incident) -> bool:
    """Something more is needed after all; False when it is open already."""
    if is_open(incident):
        return False
    incident.needs_more, incident.closed_on = True, None
    session.flush()
    return True


def told_too_much(text: str) -> Sequence[Sign]:
    """What in a text may give somebody away, each once; short numbers to dial among them."""
    found = signs(text)
    if Sign.NUMBER not in found and phone_numbers(text):
        return [Sign.NUMBER, *found]
    return found


def has_number(*texts: str) -> bool:
    """Whether any of these texts holds what looks like a telephone number or an address."""
    return any(set(told_too_much(text)) & {Sign.NUMBER, Sign.ADDRESS} for text in texts)
