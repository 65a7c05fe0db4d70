"""Plain facts about storage, for whoever looks after the server."""

import shutil
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from edu import sqlite


def kind_of_database(session: Session) -> str:
    """What kind of database there is: `sqlite` or `postgresql`."""
    return session.get_bind().dialect.name


def size_of_database(session: Session, url: str) -> int:
    """How many bytes the database takes."""
    file = sqlite.file_of(url)
    if file is not None:
        parts = (file, file.with_name(f"{file.name}-wal"))
        return sum(part.stat().st_size for part in parts if part.exists())
    if kind_of_database(session) == "sqlite":
        return 0
    return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)


def free_space(folder: Path) -> int:
    """How many bytes can still be written where this folder lies."""
    return shutil.disk_usage(folder).free


def revision(session: Session) -> str:
    """Which step of the schema the database is at."""
    return str(session.scalar(text("SELECT version_num FROM alembic_version")) or "")
