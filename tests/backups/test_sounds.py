"""Voices in a backup: every byte comes back, and none is left when its recording was withdrawn."""

from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from edu.recordings.keeping import keep, withdraw
from edu.recordings.models import Recording, Sound
from tests.backups.homes import backup_of, bring_back, some_life
from tests.recordings.voices import consent

_EVERY_BYTE = bytes(range(256)) * 400


def keep_a_voice(house: Flask) -> int:
    with house.extensions["database"].work() as session:
        return keep(
            session,
            "sw",
            "m1.1|here",
            "Words.",
            {"opus": _EVERY_BYTE, "mp3": b"\0\xff\xfe\n"},
            4,
            consent(),
            member_id=None,
            today=date(2026, 11, 22),
        ).id


def sounds(house: Flask) -> list[tuple[str, bytes]]:
    with house.extensions["database"].session(reading=True) as session:
        rows = session.execute(select(Sound.format, Sound.body).order_by(Sound.format))
        return [(format, bytes(body)) for format, body in rows]


def test_every_byte_of_a_voice_comes_back(house: Flask, other: Flask, tmp_path: Path) -> None:
    some_life(house)
    keep_a_voice(house)
    bring_back(backup_of(house, tmp_path).file, other)
    assert sounds(other) == [("mp3", b"\0\xff\xfe\n"), ("opus", _EVERY_BYTE)]


def test_a_withdrawn_voice_is_in_no_later_backup(
    house: Flask, other: Flask, tmp_path: Path
) -> None:
    some_life(house)
    number = keep_a_voice(house)
    with house.extensions["database"].work() as session:
        withdraw(session, session.get_one(Recording, number), tmp_path)
    bring_back(backup_of(house, tmp_path).file, other)
    assert sounds(other) == []
