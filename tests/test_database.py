"""Every connection is safe to write to, or cannot write at all."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, OperationalError

from edu import sqlite
from edu.database import Database, rebuilding
from edu.sqlite import Unsafe
from tests.databases import drop_postgres, fresh_postgres_url

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.engine.dispose()


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Database]:
    """A database on SQLite with one row."""
    made = Database(f"sqlite:///{tmp_path / 'daraja.sqlite'}")
    with made.engine.begin() as connection:
        connection.execute(text("CREATE TABLE boat (id INTEGER PRIMARY KEY, name TEXT)"))
        connection.execute(text("INSERT INTO boat VALUES (1, 'Umoja')"))
    yield made
    made.engine.dispose()


def test_every_connection_of_the_pool_keeps_what_it_acknowledges(village: Database) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
    }
    connections = [village.engine.connect() for _ in range(12)]
    found = [
        {name: each.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
        for each in map(_reading, connections)
    ]
    for each in connections:
        each.close()
    assert found == 12 * [wanted]


def _reading(connection: Connection) -> Connection:
    return connection.execution_options(reading=True)


def test_this_sqlite_is_without_the_fault_of_two_writers() -> None:
    assert sqlite.DRIVER.sqlite_version_info >= sqlite.OLDEST


def test_an_older_sqlite_is_refused(village: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    village.engine.dispose()
    monkeypatch.setattr(sqlite, "OLDEST", (99, 0, 0))
    with pytest.raises(Unsafe, match="can damage a database"):
        village.engine.connect()


def test_a_place_that_takes_no_write_ahead_log_is_refused_with_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A database in memory is such a place.
    monkeypatch.setattr(sqlite, "cannot_be_written", lambda _file: False)
    with pytest.raises(Unsafe, match="network folder"):
        sqlite.connect("file:unsafe?mode=memory", {"uri": True})


def test_a_damaged_file_is_only_read(village: Database, tmp_path: Path) -> None:
    village.engine.dispose()
    sqlite.only_reading_mark(tmp_path / "daraja.sqlite").touch()
    with village.session(reading=True) as session:
        assert session.scalar(text("SELECT name FROM boat")) == "Umoja"
    with pytest.raises(OperationalError) as error, village.work() as session:
        session.execute(text("INSERT INTO boat VALUES (2, 'Tumaini')"))
    assert sqlite.kind_of(error.value.orig) == "SQLITE_READONLY"
    sqlite.only_reading_mark(tmp_path / "daraja.sqlite").unlink()
    village.engine.dispose()
    with village.work() as session:
        session.execute(text("INSERT INTO boat VALUES (2, 'Tumaini')"))


#: Reads, and tries to write, as somebody who may not write there.
_VISITOR = """
import os, sys
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from edu import sqlite
from edu.database import Database
database = Database(sys.argv[1])
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
with database.session(reading=True) as session:
    print(session.scalar(text("SELECT name FROM boat")))
try:
    with database.work() as session:
        session.execute(text("INSERT INTO boat VALUES (2, 'x')"))
except OperationalError as error:
    print(sqlite.kind_of(error.orig))
"""


@pytest.mark.parametrize("left_open", [False, True])
def test_on_a_closed_disk_everything_can_be_read(
    village: Database, tmp_path: Path, left_open: bool
) -> None:
    url = str(village.engine.url)
    if not left_open:
        # As after a proper end: no write-ahead log lies beside the file.
        village.engine.dispose()
    modes = {path: path.stat().st_mode for path in [tmp_path, *tmp_path.iterdir()]}
    for path in modes:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for path in tmp_path.parents:
        if path.stat().st_mode & 0o011 != 0o011:
            path.chmod(path.stat().st_mode | 0o011)
    try:
        said = _visit(url)
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
    assert said == ["Umoja", "SQLITE_READONLY"]


def _visit(url: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _VISITOR, url], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.split() or [done.stderr]


def test_a_writer_waits_for_another_one(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE boat (id INTEGER PRIMARY KEY)"))
    inside, go_on = threading.Event(), threading.Event()

    def first() -> None:
        with database.work() as session:
            session.execute(text("INSERT INTO boat VALUES (1)"))
            inside.set()
            go_on.wait(30)

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait(30)
    threading.Timer(0.2, go_on.set).start()
    with database.work() as session:
        session.execute(text("INSERT INTO boat VALUES (2)"))
    thread.join()
    with database.session(reading=True) as session:
        assert list(session.scalars(text("SELECT id FROM boat ORDER BY id"))) == [1, 2]


def test_a_table_made_anew_takes_nobody_with_it(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE house (id INTEGER PRIMARY KEY)"))
        connection.execute(
            text(
                "CREATE TABLE guest (id INTEGER PRIMARY KEY,"
                " house_id INTEGER REFERENCES house (id) ON DELETE CASCADE)"
            )
        )
        connection.execute(text("INSERT INTO house VALUES (1)"))
        connection.execute(text("INSERT INTO guest VALUES (1, 1)"))
    if database.engine.dialect.name == "sqlite":
        with rebuilding(database.engine) as connection:
            connection.execute(text("CREATE TABLE new AS SELECT * FROM house"))
            connection.execute(text("DROP TABLE house"))
            connection.execute(text("ALTER TABLE new RENAME TO house"))
            connection.execute(text("CREATE UNIQUE INDEX i ON house (id)"))
    with database.session(reading=True) as session:
        assert session.scalar(text("SELECT count(*) FROM guest")) == 1


def test_what_points_nowhere_after_a_rebuilding_is_refused_whole(village: Database) -> None:
    with village.engine.begin() as connection:
        connection.execute(
            text("CREATE TABLE oar (id INTEGER PRIMARY KEY, boat INTEGER REFERENCES boat (id))")
        )
        connection.execute(text("INSERT INTO oar VALUES (1, 1)"))
    with pytest.raises(Unsafe, match="oar"), rebuilding(village.engine) as connection:
        connection.execute(text("DELETE FROM boat"))
    with village.session(reading=True) as session:
        assert session.scalar(text("SELECT count(*) FROM boat")) == 1
    with pytest.raises(DBAPIError), village.work() as session:
        session.execute(text("DELETE FROM boat"))


def test_postgres_waits_for_nothing_for_ever() -> None:
    url = fresh_postgres_url()
    database = Database(url)
    with database.session(reading=True) as session:
        found = [
            session.scalar(text(f"SHOW {name}"))
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        ]
    database.engine.dispose()
    drop_postgres(url)
    assert found == ["30s", "10s", "1min"]
