"""Houses to back up and houses to restore into, and what is in them, row by row."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Column, Table, select

from edu import create_app
from edu.backups import keys
from edu.backups.making import Backup, make_backup
from edu.backups.opening import opened
from edu.backups.restoring import Restored, restore
from edu.backups.tables import drawn, kept_at
from edu.database import Database
from edu.schema import newest_revision
from edu.settings import Settings
from tests.conftest import make_house
from tests.people import People

PAIR = keys.new_key_pair()
Rows = dict[str, list[tuple[Any, ...]]]


def rows_of(app: Flask) -> Rows:
    """Every row that a backup keeps, in an order that both databases share."""
    with app.extensions["database"].engine.connect() as connection:
        return {
            name: sorted(
                tuple(map(repr, row)) for row in connection.execute(select(*_by_name(table)))
            )
            for name, table in drawn(connection, kept_at(newest_revision())).items()
        }


def some_life(app: Flask) -> str:
    """People act in a house; the code of a learner's card."""
    people = People(app)
    tendai = people.tendai
    code = tendai.join_code(tendai.makes_group(name='Tuesday "\u0dad\u0dd2" \U0001f33f'))
    amina = people.amina
    amina.joins(code)
    amina.answers("before", "feelings", contact_1="3", hope_2="1")
    amina.finishes("m0.1", "m1.1", "m1.2")
    amina.answers("after", "feelings", contact_1="1", hope_2="2")
    people.learner("sw").starts("m1")
    return amina.code


def _by_name(table: Table) -> list[Column[Any]]:
    return sorted(table.columns, key=lambda column: column.name)


def settings_of(app: Flask) -> Settings:
    """The settings of a house."""
    found: Settings = app.extensions["settings"]
    return found


def database_of(app: Flask) -> Database:
    """The database of a house."""
    found: Database = app.extensions["database"]
    return found


def backup_of(app: Flask, into: Path, *, encrypted: bool = False) -> Backup:
    """A backup of a house."""
    settings = replace(settings_of(app), backup_key=PAIR.public if encrypted else "")
    return make_backup(database_of(app), settings, into)


def empty_house(folder: Path, url: str, secret: str = "a test's secret") -> Flask:
    """A new house with nothing in it."""
    folder.mkdir(exist_ok=True)
    app = make_house(folder, url)
    if secret != settings_of(app).secret_key:
        app = create_app(replace(settings_of(app), secret_key=secret))
        app.testing = True
    return app


def bring_back(file: Path, app: Flask, *, replacing: bool = False) -> Restored:
    """Restore a backup into a house, with the key that the tests' backups are encrypted to."""
    folder = settings_of(app).instance
    key = folder / "paper"
    key.write_text(keys.sheet(PAIR), encoding="utf-8")
    with opened(file, key, folder) as backup:
        return restore(database_of(app), settings_of(app), backup, replace=replacing)
