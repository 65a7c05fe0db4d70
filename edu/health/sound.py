"""Whether the database is sound: what SQLite says of its own file, and of what points where."""

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from edu import sqlite
from edu.database import Database
from edu.health.marks import write_whole
from edu.sqlite import Unsafe


def faults(engine: Engine) -> list[str]:
    """What is damaged in an SQLite file, in SQLite's words; empty when it is sound.

    PostgreSQL looks after its files itself; there this only sees whether it answers.
    """
    question = "PRAGMA quick_check(10)" if engine.dialect.name == "sqlite" else "SELECT 'ok'"
    try:
        with engine.execution_options(reading=True).connect() as connection:
            said = [str(row[0]) for row in connection.exec_driver_sql(question)]
    except DBAPIError as error:
        return [sqlite.kind_of(error.orig) or type(error.orig).__name__]
    except Unsafe as error:
        return [str(error)]
    return [] if said == ["ok"] else said


def loose_ends(engine: Engine) -> list[str]:
    """Tables in which rows point to rows that are not there."""
    if engine.dialect.name != "sqlite":
        return []
    with engine.execution_options(reading=True).connect() as connection:
        found = connection.exec_driver_sql("PRAGMA foreign_key_check")
        return sorted({str(row[0]) for row in found})


def mark_damaged(database: Database, url: str) -> None:
    """From now on nothing is written to this database, by no process, until it is restored."""
    file = sqlite.file_of(url)
    if file is not None:
        write_whole(sqlite.only_reading_mark(file), b"damaged\n")
        database.engine.dispose()


def mark_sound(database: Database, url: str) -> None:
    """The database may be written again."""
    file = sqlite.file_of(url)
    if file is not None and sqlite.only_reading_mark(file).exists():
        sqlite.only_reading_mark(file).unlink()
        database.engine.dispose()


def is_marked(url: str) -> bool:
    """Whether the database is only read, because it is damaged."""
    file: Path | None = sqlite.file_of(url)
    return file is not None and sqlite.only_reading_mark(file).exists()
