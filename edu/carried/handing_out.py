"""A file made for one group, and what is remembered of it so that its answers can come back."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.carried.asking import in_the_file, questions_for
from edu.carried.book import House, Wanted, book, file_name
from edu.groups.models import Group
from edu.learning.carried.models import CarriedFile
from edu.pages.speaking import speaking

#: The scripts with which a file asks, in the order in which they need one another.
_SCRIPTS = ("qr.js", "seal.js", "ask.js")
#: A file's answers are taken in for so long at most.
LONGEST = timedelta(days=365)


@dataclass(frozen=True)
class Order:
    """What a trainer asks for."""

    tag: str
    waves: Sequence[str]
    until: date
    sounds: bool
    by: int | None


@dataclass(frozen=True)
class HandedOut:
    """A file as it goes out."""

    name: str
    body: bytes


class NothingToAsk(Exception):
    """Nothing is asked in these waves and this language, or nobody could agree in it."""


def hand_out(session: Session, house: House, group: Group, order: Order, today: date) -> HandedOut:
    """Make a file for a group, and remember it. It holds no secret but its own random number, by
    which answers can be handed in and nothing else. Raises NothingToAsk."""
    number = secrets.token_hex(8)
    with speaking(order.tag):
        found = questions_for(session, group, order.waves, today)
        if found is None:
            raise NothingToAsk
        asking = in_the_file(found, number, order.until, house.settings.secret_key)
    wanted = Wanted(order.tag, found.course.modules, order.sounds, number, asking, _SCRIPTS)
    body = book(session, house, wanted, today)
    session.add(
        CarriedFile(
            id=number,
            group_id=group.id,
            tag=order.tag,
            made_on=today,
            until=order.until,
            size=len(body),
            waves=list(found.waves),
            asked=found.asked,
            lessons=found.lessons,
            consent_release_id=found.consent_release.id,
            made_by_id=order.by,
        )
    )
    session.flush()
    return HandedOut(file_name(wanted), body)


def files_of(session: Session, group: Group) -> Sequence[CarriedFile]:
    """A group's files, the newest first."""
    wanted = select(CarriedFile).where(CarriedFile.group_id == group.id)
    return session.scalars(wanted.order_by(CarriedFile.made_on.desc(), CarriedFile.id)).all()


def stop(session: Session, group: Group, number: str, today: date) -> None:
    """From now on nothing is taken in from a file, and newer files say that it must not be used."""
    found = session.get(CarriedFile, number)
    if found is not None and found.group_id == group.id and found.stopped_on is None:
        found.stopped_on = today
        session.flush()
