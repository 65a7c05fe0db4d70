"""What a programme lists itself for its directory: districts to look at, and services."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from edu.programmes.ally_models import Cost, District, ListedService, Provider
from edu.programmes.keeping import Taken, added


def districts_of(session: Session, programme_id: int) -> Sequence[District]:
    """The programme's districts by name."""
    wanted = select(District).where(District.programme_id == programme_id)
    return session.scalars(wanted.order_by(District.name)).all()


def district_of(session: Session, programme_id: int, district_id: int) -> District | None:
    """One district, if it is this programme's own."""
    return session.scalar(
        select(District).where(District.id == district_id, District.programme_id == programme_id)
    )


def district_is_named(session: Session, programme_id: int, name: str) -> bool:
    """Whether there is one of this name already."""
    wanted = name.strip().casefold()
    return any(each.name.casefold() == wanted for each in districts_of(session, programme_id))


def add_district(session: Session, programme_id: int, name: str) -> District:
    """One more district to look at. Raises Taken where it is in the list already."""
    made = District(programme_id=programme_id, name=name.strip())
    if district_is_named(session, programme_id, name) or not added(session, made):
        raise Taken(name)
    return made


def has_services(session: Session, district: District) -> bool:
    """Whether the programme listed services there; they would go with it."""
    return bool(session.scalar(select(exists().where(ListedService.district_id == district.id))))


def remove(session: Session, row: District | ListedService) -> None:
    """Take a district, with what is listed there, or a service out."""
    session.delete(row)
    session.flush()


def listed_of(session: Session, programme_id: int) -> Sequence[ListedService]:
    """What the programme listed itself."""
    wanted = select(ListedService).where(ListedService.programme_id == programme_id)
    return session.scalars(wanted.order_by(ListedService.name, ListedService.id)).all()


def service_of(session: Session, programme_id: int, service_id: int) -> ListedService | None:
    """One service, if this programme listed it."""
    return session.scalar(
        select(ListedService).where(
            ListedService.id == service_id, ListedService.programme_id == programme_id
        )
    )


@dataclass(frozen=True)
class Told:
    """What somebody says of a service."""

    name: str
    kind: Provider
    district_id: int | None
    cost: Cost
    languages: str
    reached: str
    confirmed_on: date | None
    confirmed_by: str


def keep_service(
    session: Session, programme_id: int, told: Told, by: int, row: ListedService | None = None
) -> ListedService:
    """List a service, or say something else of one."""
    if row is None:
        row = ListedService(programme_id=programme_id)
        session.add(row)
    row.name, row.kind, row.district_id = told.name, told.kind.value, told.district_id
    row.cost, row.languages, row.reached = told.cost.value, told.languages, told.reached
    row.confirmed_on, row.confirmed_by = told.confirmed_on, told.confirmed_by
    row.member_id = by
    session.flush()
    return row
