"""Which services there are in each district, and which are missing: the gaps are shown as such."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.communities.lookup import entries_of
from edu.communities.models import ProfileEntry
from edu.communities.services import SHOWN_FOR, is_shown
from edu.groups.models import Group
from edu.programmes.ally_models import Cost, District, ListedService, Provider
from edu.programmes.listing import districts_of, listed_of

#: What the kinds of a community's profile are here.
_KINDS = {
    "emergency": Provider.HELPLINE,
    "helpline": Provider.HELPLINE,
    "child_helpline": Provider.HELPLINE,
    "health_facility": Provider.CLINIC,
    "community": Provider.NGO,
    "users_group": Provider.USERS_GROUP,
    "faith": Provider.FAITH,
    "school": Provider.SCHOOL,
}


class State(StrEnum):
    """How a kind of service stands in a district."""

    THERE = "there"
    NOT_CONFIRMED = "not confirmed"
    GAP = "gap"


@dataclass(frozen=True)
class Service:
    """A service as the directory shows it. How it is reached is told only of what is confirmed:
    a number that nobody called lately may be a stranger's."""

    name: str
    kind: Provider
    #: "" serves all districts.
    district: str
    cost: Cost
    cost_words: str
    languages: str
    reached: str
    confirmed_on: date | None
    confirmed_by: str
    there: bool
    #: Its number where the programme itself listed it.
    listed_id: int | None = None


@dataclass(frozen=True)
class Cell:
    """One kind of service in one district."""

    kind: Provider
    services: Sequence[Service]

    @property
    def state(self) -> State:
        """There, not confirmed, or a gap."""
        if any(each.there for each in self.services):
            return State.THERE
        return State.NOT_CONFIRMED if self.services else State.GAP


@dataclass(frozen=True)
class Page:
    """One district with a cell for every kind, the empty ones too."""

    #: None: the programme has named no district yet.
    district: District | None
    cells: Sequence[Cell]

    @property
    def gaps(self) -> list[Provider]:
        """The kinds that are missing."""
        return [cell.kind for cell in self.cells if cell.state is State.GAP]


def directory(
    session: Session, programme_id: int, today: date, cost: Cost = Cost.UNKNOWN
) -> list[Page]:
    """A page for each district. With a cost only the services that cost so, so that what is not
    there for free is a gap among what is free."""
    found = [
        each
        for each in services_of(session, programme_id, today)
        if cost is Cost.UNKNOWN or each.cost is cost
    ]
    named: list[District | None] = [*districts_of(session, programme_id)]
    return [_page(district, found) for district in named or [None]]


def _page(district: District | None, services: Iterable[Service]) -> Page:
    here = district.name.casefold() if district is not None else ""
    mine = [each for each in services if each.district.casefold() in ("", here)]
    cells = [Cell(kind, [each for each in mine if each.kind is kind]) for kind in Provider]
    return Page(district, cells)


def services_of(session: Session, programme_id: int, today: date) -> list[Service]:
    """All services: those of the profiles of the programme's places, and what it listed itself."""
    found = [
        _of_profile(entry, today)
        for tag in tags_of(session, programme_id)
        for entry in entries_of(session, tag, "service")
        if not entry.gone
    ]
    names = {each.id: each.name for each in districts_of(session, programme_id)}
    found += [_listed(each, names, today) for each in listed_of(session, programme_id)]
    return sorted(found, key=lambda each: (not each.there, each.name.casefold()))


def tags_of(session: Session, programme_id: int) -> list[str]:
    """The languages and places that the programme's groups are for."""
    tags = session.scalars(select(Group.tags).where(Group.programme_id == programme_id))
    return sorted({tag for each in tags for tag in each})


def _of_profile(entry: ProfileEntry, today: date) -> Service:
    fields, there = entry.fields, is_shown(entry, today)
    cost = str(fields.get("cost", ""))
    return Service(
        name=fields["name"],
        kind=_KINDS.get(fields.get("kind", ""), Provider.SUPPORT),
        district=fields.get("region", ""),
        cost=Cost.FREE if cost.strip().casefold() == "free" else Cost.UNKNOWN,
        cost_words=cost,
        languages=", ".join(fields.get("languages", ())),
        reached=_ways(fields.get("number", ""), fields.get("place", "")) if there else "",
        confirmed_on=entry.confirmed_on,
        confirmed_by="",
        there=there,
    )


def _ways(*parts: str) -> str:
    return ", ".join(each for each in parts if each)


def _listed(row: ListedService, names: dict[int, str], today: date) -> Service:
    there = is_fresh(row, today)
    return Service(
        name=row.name,
        kind=Provider(row.kind),
        district=names[row.district_id] if row.district_id is not None else "",
        cost=Cost(row.cost),
        cost_words="",
        languages=row.languages,
        reached=row.reached if there else "",
        confirmed_on=row.confirmed_on,
        confirmed_by=row.confirmed_by,
        there=there,
        listed_id=row.id,
    )


def is_fresh(row: ListedService, today: date) -> bool:
    """Whether somebody asked there lately; for as long as a call to a helpline counts."""
    return row.confirmed_on is not None and today - row.confirmed_on <= SHOWN_FOR


def places_elsewhere(session: Session, programme_id: int, today: date) -> list[str]:
    """The places for which a profile knows services, and that are no district here."""
    named = {each.name.casefold() for each in districts_of(session, programme_id)}
    known = {each.district for each in services_of(session, programme_id, today)}
    return sorted(each for each in known if each and each.casefold() not in named)
