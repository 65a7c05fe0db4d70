"""Migrations killed after every statement: the old schema or the new one, never between.

Every migration there is is tried, from the schema before it, with the rows of the release of
that time where `released/` keeps them. So a new migration is covered by being there.
"""

import datetime
import hashlib
import json
import os
import shutil
import signal
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, Table, event, inspect, select, text
from sqlalchemy.types import Date, DateTime

from edu.database import make_engine
from edu.schema import MIGRATIONS, migrate
from tests.drill.clusters import Cluster, cluster
from tests.drill.results import Result

_RELEASED = Path(__file__).parent / "released"
Rows = Mapping[str, list[dict[str, Any]]]


def run(database: str, folder: Path, *, short: bool) -> Result:
    """Every statement of every migration; short: every thirtieth one, and the last."""
    result = Result("migrations", database)
    with _databases(database, folder) as fresh:
        for before, after in _steps():
            count = _step(fresh, before, after, result, every=30 if short else 1)
            result.notes.append(f"{before or 'nothing'} to {after}: {count} statements")
    result.must_keep_everything()
    return result


def _steps() -> list[tuple[str, str]]:
    """Each revision with the one before it, the first one first."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    walked = list(ScriptDirectory.from_config(config).walk_revisions())[::-1]
    names = ["", *(step.revision for step in walked)]
    return list(pairwise(names))


class Fresh:
    """Databases at one revision, each trial with a new copy."""

    def __init__(self, folder: Path, server: Cluster | None) -> None:
        self._folder = folder
        self._server = server

    def copy(self, name: str, to: str) -> str:
        """A copy of the database `name`, made anew; without a name, an empty one."""
        if self._server is None:
            for file in self._folder.glob(f"{to}.sqlite*"):
                file.unlink()
            if name:
                shutil.copy(self._folder / f"{name}.sqlite", self._folder / f"{to}.sqlite")
            return f"sqlite:///{self._folder / to}.sqlite"
        template = f'"{name}"' if name else "template0"
        engine = make_engine(self._server.url).execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{to}" WITH (FORCE)'))
            connection.execute(text(f'CREATE DATABASE "{to}" TEMPLATE {template}'))
        engine.dispose()
        return self._server.url.replace("/daraja?", f"/{to}?")


@contextmanager
def _databases(database: str, folder: Path) -> Iterator[Fresh]:
    if database == "sqlite":
        yield Fresh(folder, None)
        return
    with cluster() as running:
        yield Fresh(folder, running)


def _step(fresh: Fresh, before: str, after: str, result: Result, every: int) -> int:
    """One migration: first whole, to know its statements, then killed after each of them."""
    base = f"at{before}" if before else ""
    if before:
        with _engine(fresh.copy("", base)) as engine:
            migrate(engine, before)
            _fill(engine, before)
            old = _state(engine)
    else:
        with _engine(fresh.copy("", "trial")) as engine:
            old = _state(engine)
    with _engine(fresh.copy(base, "trial")) as engine:
        counted = _killed_after(engine, after, 0)
        new = _state(engine)
    for number in [*range(1, counted, every), counted]:
        with _engine(fresh.copy(base, "trial")) as engine:
            _trial(engine, after, number, old, new, result)
    return counted


def _trial(
    engine: Engine, after: str, number: int, old: object, new: object, result: Result
) -> None:
    _killed_after(engine, after, number)
    result.faults += 1
    met = _state(engine)
    result.torn += met not in (old, new)
    migrate(engine, after)
    again = _state(engine)
    result.lost += again != new
    if met not in (old, new) or again != new:
        result.missed.append(f"statement {number} of {after} leaves something between")


def _killed_after(engine: Engine, revision: str, number: int) -> int:
    """Migrate in a child that kills itself after this statement; 0: never. Returns how many
    statements it had."""
    engine.dispose()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        _migrate_and_die(engine, revision, number, write)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read()
    _pid, status = os.waitpid(child, 0)
    if number and not os.WIFSIGNALED(status):
        raise RuntimeError(f"the child was not killed: {told.decode()}")
    if not number and status:
        raise RuntimeError(told.decode())
    return len(told)


def _migrate_and_die(engine: Engine, revision: str, number: int, write: int) -> None:
    """In the child: one byte into the pipe for each statement."""
    done = 0

    @event.listens_for(engine, "after_cursor_execute")
    def count(*_: object) -> None:
        nonlocal done
        done += 1
        os.write(write, b".")
        if done == number:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        migrate(engine, revision)
    except BaseException:
        os.write(write, traceback.format_exc().encode())
        os._exit(1)
    os._exit(0)


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _state(engine: Engine) -> tuple[str, str]:
    """The whole schema, and a digest of all rows."""
    found = inspect(engine)
    parts = (
        found.get_multi_columns(),
        found.get_multi_pk_constraint(),
        found.get_multi_indexes(),
        found.get_multi_unique_constraints(),
        found.get_multi_foreign_keys(),
        found.get_multi_check_constraints(),
    )
    schema = [
        (name, _plain(told))
        for part in parts
        for (_schema, name), told in sorted(part.items(), key=lambda each: str(each[0]))
    ]
    with engine.connect() as connection:
        rows = {name: _digest(connection, name) for name in sorted(found.get_table_names())}
    return repr(schema), repr(rows)


def _plain(told: object) -> object:
    """Lists without their order, except of columns; types by what they say of themselves."""
    if isinstance(told, list):
        said = list(map(repr, told))
        return said if "nullable" in "".join(said) else sorted(said)
    return repr(told)


def _digest(connection: Connection, table: str) -> str:
    rows = sorted(map(repr, connection.execute(text(f'SELECT * FROM "{table}"'))))
    return f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()}"


def _fill(engine: Engine, revision: str) -> None:
    """The rows of the release with this schema, if they were kept."""
    kept = _RELEASED / f"{revision}.json"
    if not kept.exists():
        return
    rows: Rows = json.loads(kept.read_text(encoding="utf-8"))
    known = MetaData()
    known.reflect(engine)
    with engine.begin() as connection:
        for table in known.sorted_tables:
            if rows.get(table.name):
                connection.execute(table.insert(), [_typed(table, row) for row in rows[table.name]])
                _count_on(connection, table)


def _typed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    typed = dict(row)
    for name, value in row.items():
        kind = table.columns[name].type
        if isinstance(kind, DateTime) and value:
            typed[name] = datetime.datetime.fromisoformat(value)
        elif isinstance(kind, Date) and value:
            typed[name] = datetime.date.fromisoformat(value)
    return typed


def _count_on(connection: Connection, table: Table) -> None:
    """On PostgreSQL, let new rows take numbers after those that were put in."""
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        kind = connection.scalar(select(text(f"pg_get_serial_sequence('\"{table.name}\"', 'id')")))
        if kind:
            connection.execute(
                text(f"SELECT setval('{kind}', (SELECT max(id) FROM \"{table.name}\"))")
            )
