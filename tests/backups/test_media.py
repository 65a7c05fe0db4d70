"""Films in a backup: every piece comes back, and none of what was withdrawn."""

from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.media.consent import NOBODY, Origin
from edu.media.keeping import PIECE, body_of, keep_film, withdraw
from edu.media.models import Medium
from tests.backups.homes import backup_of, bring_back, some_life

_LONG = bytes(range(256)) * (PIECE // 256 + 5)


def kept(session: Session, body: bytes) -> Medium:
    origin = Origin("CC0 1.0", "Bridge Society", NOBODY, None, looked=True)
    today = date(2026, 11, 22)
    return keep_film(session, "sw", "m1.1", body, b"", origin, member_id=None, today=today)


def test_a_film_comes_back_and_one_that_was_withdrawn_does_not(
    house: Flask, other: Flask, tmp_path: Path
) -> None:
    some_life(house)
    with house.extensions["database"].work() as session:
        left, gone = kept(session, _LONG), kept(session, b"gone")
        withdraw(session, gone, tmp_path)
        name = left.name
    bring_back(backup_of(house, tmp_path).file, other)
    with other.extensions["database"].session(reading=True) as session:
        made = session.scalars(select(Medium)).one()
        assert (made.name, body_of(session, made, "original")) == (name, _LONG)
