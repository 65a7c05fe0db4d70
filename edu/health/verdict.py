"""Whether the server can do its work at this moment, in a few fixed words; cheap to ask."""

import os

from sqlalchemy.exc import SQLAlchemyError

from edu import sqlite
from edu.database import Database
from edu.health import published, sound
from edu.schema import newest_revision, revision_of
from edu.settings import Settings
from edu.sqlite import Unsafe

#: Bytes without which nothing can be saved.
_LEAST_ROOM = 8_000_000


def reasons(database: Database, settings: Settings) -> list[str]:
    """Why not everything works; empty when everything does."""
    found = []
    if not published.are_there(settings):
        found.append("pages")
    if sound.is_marked(settings.database_url):
        found.append("database damaged")
    elif not _can_be_written(settings):
        found.append("disk cannot be written")
    else:
        room = os.statvfs(settings.instance)
        if room.f_bavail * room.f_frsize < _LEAST_ROOM:
            found.append("disk full")
    answer = _database(database)
    return [*found, answer] if answer and "database damaged" not in found else found


def _can_be_written(settings: Settings) -> bool:
    file = sqlite.file_of(settings.database_url)
    closed = file is not None and file.exists() and sqlite.cannot_be_written(file)
    return os.access(settings.instance, os.W_OK) and not closed


def _database(database: Database) -> str:
    try:
        with database.engine.execution_options(reading=True).connect() as connection:
            return "" if revision_of(connection) == newest_revision() else "schema"
    except (SQLAlchemyError, Unsafe):
        return "database"
