"""Houses for the doctor to look at."""

from datetime import date

from flask import Flask
from sqlalchemy import select

from edu.database import Database
from edu.learning.models import Learner
from edu.settings import Settings


def settings_of(app: Flask) -> Settings:
    """The settings of a house."""
    found: Settings = app.extensions["settings"]
    return found


def database_of(app: Flask) -> Database:
    """The database of a house."""
    found: Database = app.extensions["database"]
    return found


def a_learner(app: Flask, name: str, made: date) -> None:
    """Somebody whose card was made on a day."""
    with database_of(app).work() as session:
        session.add(Learner(id=name, code_mac=name, start_key=name, group_id=None, made_on=made))


def learners(database: Database) -> list[str]:
    """Everybody there is."""
    with database.session(reading=True) as session:
        return sorted(session.scalars(select(Learner.id)))


def damage(app: Flask) -> None:
    """Write over the middle of an SQLite file, as a bad card does."""
    database_of(app).scrub()
    database_of(app).engine.dispose()
    name = database_of(app).engine.url.database
    assert name is not None
    with open(name, "r+b") as file:
        file.seek(0, 2)
        size = file.tell()
        for page in range(4096, size, 4096):
            file.seek(page)
            file.write(b"\xa5" * 512)
