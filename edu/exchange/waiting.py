"""Files that somebody has sent, between looking at what they would do and saying yes."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edu.editions.models import Edition
from edu.editions.working import now
from edu.exchange.models import Incoming
from edu.exchange.notices import Notice, Sort
from edu.exchange.unit import Operation, Parcel, State, Unit

#: For how long a file waits for a yes.
_KEPT = timedelta(days=7)


def wait(
    session: Session, edition: Edition, member_id: int, name: str, format: str, parcel: Parcel
) -> Incoming:
    """Keep what was read from a file until its sender has looked at it. Each member has one
    waiting for an edition: a newer one takes its place."""
    session.execute(
        delete(Incoming).where(Incoming.member_id == member_id, Incoming.edition_id == edition.id)
    )
    made = Incoming(
        edition_id=edition.id,
        member_id=member_id,
        name=name,
        format=format,
        parcel=_stored(parcel),
        made_at=now(),
    )
    session.add(made)
    session.flush()
    return made


def waiting(session: Session, tag: str, module: str, member_id: int) -> Incoming | None:
    """The file that a member has waiting for an edition."""
    return session.scalar(
        select(Incoming)
        .join(Edition, Edition.id == Incoming.edition_id)
        .where(Edition.tag == tag, Edition.module == module, Incoming.member_id == member_id)
        .order_by(Incoming.id.desc())
        .limit(1)
    )


def drop_old_files(session: Session) -> None:
    """Drop what nobody said yes to."""
    session.execute(delete(Incoming).where(Incoming.made_at < now() - _KEPT))


def parcel_in(incoming: Incoming) -> Parcel:
    """What was read from a waiting file."""
    stored = incoming.parcel
    return Parcel(
        stored["tag"],
        stored["module"],
        tuple(map(_unit, stored["units"])),
        stored["part"],
        tuple(_notice(each) for each in stored["notices"]),
        # Files that wait since an older program know of no blocks.
        tuple(stored.get("blocks", ())),
    )


def _stored(parcel: Parcel) -> dict[str, Any]:
    return asdict(parcel)


def _unit(stored: Mapping[str, Any]) -> Unit:
    lists = {name: tuple(stored[name]) for name in ("remarks", "notes", "forms")}
    places = tuple((file, line) for file, line in stored["places"])
    named = {"state": State(stored["state"]), "operation": Operation(stored["operation"])}
    return Unit(**{**stored, **lists, **named, "places": places})


def _notice(stored: Mapping[str, Any]) -> Notice:
    # What is wrong with blocks is found afterwards, when a file is compared with what is here.
    return Notice(**{**stored, "sort": Sort(stored["sort"]), "faults": ()})
