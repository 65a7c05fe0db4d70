"""Opening an SQLite file so that what is acknowledged is kept: every connection is checked.

SQLite comes from pysqlite3, because the one in many systems (before 3.51.3) can damage a database
that two processes write to.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pysqlite3.dbapi2
from sqlalchemy import make_url

DRIVER: Any = pysqlite3.dbapi2

#: The first SQLite without the fault by which two writers can damage a write-ahead log.
OLDEST = (3, 51, 3)
#: How long SQLite itself waits where another process recovers or closes the file.
BUSY_MILLISECONDS = 2000

# FULL, because NORMAL loses acknowledged answers in a power cut; WAL, so that readers never
# wait for the one who writes; secure_delete, so that what a learner deletes is overwritten.
_WANTED: tuple[tuple[str, str, object], ...] = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("secure_delete", "ON", 1),
    ("trusted_schema", "OFF", 0),
)


class Unsafe(Exception):
    """The database cannot keep what it would be given; says why, and what to do."""


def file_of(url: str) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL and for one in memory."""
    if not url.startswith("sqlite"):
        return None
    name = make_url(url).database
    return Path(name) if name and name != ":memory:" else None


def only_reading_mark(file: Path) -> Path:
    """While this file stands beside a database, nothing is written to the database."""
    return file.with_name(file.name + ".only-reading")


def kind_of(error: BaseException | None) -> str:
    """SQLite's name for an error without its finer part: `SQLITE_BUSY`; empty for others."""
    name = str(getattr(error, "sqlite_errorname", ""))
    return "_".join(name.split("_")[:2])


def connect(where: str, options: Mapping[str, Any]) -> Any:
    """A connection that is known to be safe to write to; or one that cannot write, where the disk
    cannot be written or the database is marked as damaged. Raises Unsafe for anything between."""
    if DRIVER.sqlite_version_info < OLDEST:
        raise Unsafe(
            f"SQLite {DRIVER.sqlite_version} can damage a database; at least"
            f" {'.'.join(map(str, OLDEST))} is needed. Install requirements.txt again."
        )
    file = Path(where)
    in_memory = where in ("", ":memory:")
    if not in_memory and (cannot_be_written(file) or only_reading_mark(file).exists()):
        return _reader(file, options)
    connection = _opened(where, options)
    try:
        for name, value, wanted in _WANTED:
            _set(connection, name, value, "memory" if in_memory and name[0] == "j" else wanted)
    except BaseException:
        connection.close()
        raise
    return connection


def cannot_be_written(file: Path) -> bool:
    """Whether a file that is there, or the folder in which it would be, is closed to writing."""
    paths = (file, file.parent) if file.exists() else (file.parent,)
    return not all(os.access(path, os.W_OK) for path in paths)


def _opened(where: str, options: Mapping[str, Any]) -> Any:
    connection = DRIVER.connect(where, **options)
    # The driver must not open transactions by itself: it would begin them as readers,
    # and a reader that turns writer is refused when somebody else wrote meanwhile.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    return connection


def _set(connection: Any, name: str, value: str, wanted: object) -> None:
    """Set a pragma, and see that it is in force."""
    connection.execute(f"PRAGMA {name}={value}").fetchall()
    found = connection.execute(f"PRAGMA {name}").fetchone()
    if found is None or found[0] != wanted:
        raise Unsafe(
            f"SQLite does not take {name}={value} here (it says {found})."
            " Without it, answers can be lost in a power cut. Is the instance folder in a network"
            " folder? Put it on a disk of this machine (the setting INSTANCE)."
        )


def _reader(file: Path, options: Mapping[str, Any]) -> Any:
    """A connection that cannot write, to a file that is damaged or on a disk that is closed."""
    name = quote(str(file))
    connection = None
    for how in ("mode=ro", "mode=ro&immutable=1"):
        if "immutable" in how and _has_unfinished(file):
            continue
        try:
            connection = _opened(f"file:{name}?{how}", {**options, "uri": True})
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            connection.execute("PRAGMA query_only=ON")
            return connection
        except DRIVER.OperationalError:
            if connection is not None:
                connection.close()
    raise Unsafe(
        f"The database {file.name} cannot be opened, because its disk cannot be written."
        " Is the card or disk worn out, full, or locked by its switch? Copy the instance folder"
        " to a good disk and set INSTANCE to it."
    )


def _has_unfinished(file: Path) -> bool:
    """Whether the write-ahead log holds what is not in the file yet: then the file alone lies."""
    log = file.with_name(file.name + "-wal")
    return log.exists() and log.stat().st_size > 0
