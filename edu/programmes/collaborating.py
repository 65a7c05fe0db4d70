"""A collaborative: programmes of several organisations that are read together.

No group, note or answer crosses from one organisation to another. What is read together are totals
in whole tens, and figures of reports that each organisation has worked out and may show by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from edu.groups.models import Programme
from edu.groups.programmes import groups_in
from edu.outcomes.analysis.pooling import Pooled, pooled
from edu.outcomes.evaluation_queue import newest_report
from edu.outcomes.totals import Totals, totals
from edu.partners.models import Organisation
from edu.programmes.keeping import kept
from edu.programmes.planning_models import Answer, CollaborativePart


@dataclass(frozen=True)
class Together:
    """A collaborative: the programme that leads it first, then those that have joined."""

    leads: Programme
    programmes: tuple[Programme, ...]
    #: The invitation by which the asking programme stands in it; None for the one that leads.
    by_part: int | None


@dataclass(frozen=True)
class Row:
    """What one programme's last report says of a scale."""

    programme_id: int
    people: int
    mean: float
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class Scale:
    """A scale over all programmes of a collaborative; put together from three on."""

    instrument: str
    name: str
    higher_is: str
    rows: tuple[Row, ...]
    pooled: Pooled | None

    @property
    def people(self) -> int:
        """In all reports together."""
        return sum(row.people for row in self.rows)


def invite(
    session: Session, programme: Programme, name: str, today: date
) -> CollaborativePart | None:
    """Ask an organisation, known by its exact name. Whether this server knows it is told to nobody
    but itself. None where it was asked already, or where it is one's own."""
    wanted = name.strip()
    home = session.get_one(Organisation, programme.organisation_id)
    if home.name == wanted:
        return None
    key = {"programme_id": programme.id, "name": wanted}
    before = session.scalar(select(CollaborativePart).filter_by(**key))
    if before is not None and before.answer in (Answer.INVITED.value, Answer.JOINED.value):
        return None
    asked = session.scalar(
        select(Organisation.id).where(Organisation.name == wanted, Organisation.closed_on.is_(None))
    )
    values = {"organisation_id": asked, "answer": Answer.INVITED.value, "invited_on": today}
    return kept(session, CollaborativePart, key, values | {"joined_id": None, "answered_on": None})


def invited_by(session: Session, programme_id: int) -> Sequence[CollaborativePart]:
    """Whom a programme has asked, by name."""
    wanted = select(CollaborativePart).where(CollaborativePart.programme_id == programme_id)
    return session.scalars(wanted.order_by(CollaborativePart.name)).all()


def invitations_to(
    session: Session, organisation_id: int
) -> list[tuple[CollaborativePart, Programme, Organisation]]:
    """What an organisation was asked and has not answered: with the programme, and whose it is."""
    rows = session.execute(
        select(CollaborativePart, Programme, Organisation)
        .join(Programme, Programme.id == CollaborativePart.programme_id)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .where(
            CollaborativePart.organisation_id == organisation_id,
            CollaborativePart.answer == Answer.INVITED.value,
        )
        .order_by(CollaborativePart.id)
    )
    return [(part, programme, house) for part, programme, house in rows]


def invitation_to(session: Session, organisation_id: int, part_id: int) -> CollaborativePart | None:
    """One open invitation, if it was sent to this organisation."""
    found = session.get(CollaborativePart, part_id)
    mine = found is not None and found.organisation_id == organisation_id
    return found if mine and found and found.answer == Answer.INVITED.value else None


def join(session: Session, part: CollaborativePart, own: Programme, today: date) -> None:
    """Stand beside the programme that asked. Raises ValueError for a programme of somebody else:
    both ends of an invitation are looked at."""
    if own.organisation_id != part.organisation_id:
        raise ValueError("an organisation joins with a programme of its own")
    part.joined_id, part.answer, part.answered_on = own.id, Answer.JOINED.value, today
    session.flush()


def decline(session: Session, part: CollaborativePart, today: date) -> None:
    """Say no; one may be asked again."""
    part.answer, part.answered_on = Answer.DECLINED.value, today
    session.flush()


def part_of_programme(
    session: Session, programme_id: int, part_id: int
) -> CollaborativePart | None:
    """A part that this programme leads, or by which it has joined: both may end it."""
    return session.scalar(
        select(CollaborativePart).where(
            CollaborativePart.id == part_id,
            or_(
                CollaborativePart.programme_id == programme_id,
                CollaborativePart.joined_id == programme_id,
            ),
        )
    )


def end(session: Session, part: CollaborativePart, today: date) -> None:
    """From now on neither sees anything of the other."""
    part.joined_id, part.answer, part.answered_on = None, Answer.LEFT.value, today
    session.flush()


def collaboratives_of(session: Session, programme: Programme) -> list[Together]:
    """In which collaboratives a programme stands: its own first, as soon as somebody joined it."""
    found = [_together(session, programme, None)]
    parts = session.scalars(
        select(CollaborativePart)
        .where(CollaborativePart.joined_id == programme.id)
        .order_by(CollaborativePart.id)
    )
    for part in parts:
        leads = session.get_one(Programme, part.programme_id)
        found.append(_together(session, leads, part.id))
    return [each for each in found if len(each.programmes) > 1]


def _together(session: Session, leads: Programme, by_part: int | None) -> Together:
    joined = session.scalars(
        select(Programme)
        .join(CollaborativePart, CollaborativePart.joined_id == Programme.id)
        .where(CollaborativePart.programme_id == leads.id)
        .order_by(CollaborativePart.id)
    ).all()
    return Together(leads, (leads, *dict.fromkeys(joined)), by_part)


def reached_together(session: Session, programmes: Sequence[Programme]) -> Totals:
    """How many people all programmes reached. Each is rounded down by itself before they are added:
    whoever knows her own number to the last person learns no other one's from the sum."""
    each = [totals(session, groups_in(session, programme)) for programme in programmes]
    return Totals(
        _sum([one.started for one in each]),
        _sum([one.finished for one in each]),
        _sum([one.matched for one in each]),
    )


def _sum(numbers: Sequence[int | None]) -> int | None:
    return sum(number or 0 for number in numbers) or None


def figures_together(session: Session, programmes: Sequence[Programme]) -> list[Scale]:
    """What the last reports say of each scale. A report shows nothing of fewer than ten people, and
    nothing else is read here."""
    found: dict[tuple[str, int, str], list[tuple[int, dict[str, Any]]]] = {}
    for programme in programmes:
        report = newest_report(session, programme.id, "done")
        for told in report.content.get("scales", ()) if report is not None else ():
            if told["matched"] is not None and told["change"]["mean"] is not None:
                key = told["instrument"], told["version"], told["scale"]
                found.setdefault(key, []).append((programme.id, told))
    return [_scale(told) for _key, told in sorted(found.items(), key=lambda each: each[0])]


def _scale(told: Sequence[tuple[int, dict[str, Any]]]) -> Scale:
    first = told[0][1]
    spreads = [
        (each["change"]["mean"], error)
        for _, each in told
        if (error := each["change"]["standard_error"])
    ]
    together = pooled(spreads) if len(spreads) == len(told) else None
    return Scale(
        first["instrument"],
        first["scale"],
        first["limits"]["higher_is"],
        tuple(_row(number, each) for number, each in told),
        together if isinstance(together, Pooled) else None,
    )


def _row(programme_id: int, told: dict[str, Any]) -> Row:
    ends = told["change"]["interval"]
    interval = (ends[0], ends[1]) if ends is not None else None
    return Row(programme_id, told["matched"], told["change"]["mean"], interval)
