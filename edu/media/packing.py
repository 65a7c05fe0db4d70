"""Films that wait are packed small, one after the other, by a job."""

from sqlalchemy import select

from edu.database import Database
from edu.gate.refused import Refused
from edu.gate.running import run
from edu.media.keeping import body_of, not_packed, packed
from edu.media.models import ORIGINAL, Medium


def pack_all(database: Database) -> int:
    """Pack every film that waits; how many were packed. The database is free meanwhile."""
    done = 0
    seen: set[int] = set()
    while (number := _next(database, seen)) is not None:
        seen.add(number)
        done += _pack(database, number)
    return done


def _next(database: Database, seen: set[int]) -> int | None:
    with database.session(reading=True) as session:
        waiting = select(Medium.id).where(Medium.state == "waiting").order_by(Medium.id)
        return next((each for each in session.scalars(waiting) if each not in seen), None)


def _pack(database: Database, number: int) -> bool:
    with database.session(reading=True) as session:
        medium = session.get(Medium, number)
        original = body_of(session, medium, ORIGINAL) if medium is not None else None
    try:
        made = run("packing", original or b"", "film")
    except Refused as refused:
        return _not(database, number, refused.mistakes[0].message)
    with database.work() as session:
        medium = session.get(Medium, number)
        # Somebody may have deleted it meanwhile.
        if medium is not None and medium.state == "waiting":
            size = int(made.facts["width"]), int(made.facts["height"])
            packed(session, medium, made.files, size, int(made.facts["seconds"]))
    return True


def _not(database: Database, number: int, why: str) -> bool:
    with database.work() as session:
        medium = session.get(Medium, number)
        if medium is not None and medium.state == "waiting":
            not_packed(session, medium, why)
    return False
