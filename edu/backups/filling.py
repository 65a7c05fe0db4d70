"""Put a backup's rows into tables that our own migrations have made, in one transaction.

No word of SQL comes from the file. The tables are those of the backup's schema, the rows go in
through typed columns, and only then the schema goes on to today's.
"""

from typing import Any

from sqlalchemy import Connection, Integer, Table, func, select, text
from sqlalchemy.exc import DBAPIError

from edu import sqlite
from edu.backups.opening import Opened
from edu.backups.pack import Unusable, member_of
from edu.backups.tables import drawn, drop_all, kept_at
from edu.backups.values import Misfit, row_of
from edu.database import Database, rebuilding
from edu.schema import migrate_within, revision_of
from edu.sqlite import Unsafe

_AT_ONCE = 500
#: Where not the backup is at fault but the disk.
_DISK = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY")


def fill(database: Database, backup: Opened) -> None:
    """Replace everything in a database by what is in a backup, in one transaction."""
    revision = backup.manifest.revision
    try:
        with rebuilding(database.engine) as connection:
            drop_all(connection, revision_of(connection))
            migrate_within(connection, revision)
            for name, table in drawn(connection, kept_at(revision)).items():
                _fill_table(connection, table, backup, name)
            _refuse_pointing_nowhere(connection)
            migrate_within(connection)
    except Unsafe as error:
        raise Unusable(f"The backup does not hold together: {error}.") from error
    except DBAPIError as error:
        if sqlite.kind_of(error.orig) in _DISK:
            raise
        # Its words would hold values of rows.
        kind = type(error.orig).__name__
        raise Unusable(f"A row of the backup breaks the rules of its table ({kind}).") from None


def _fill_table(connection: Connection, table: Table, backup: Opened, name: str) -> None:
    part = backup.manifest.parts[member_of(name)]
    columns = [table.columns[each] for each in part.columns if each in table.columns]
    if sorted(part.columns) != sorted(column.name for column in table.columns):
        raise Unusable(f"The table {name} in the backup has other columns than its schema.")
    waiting: list[dict[str, Any]] = []
    for number, line in enumerate(backup.lines(member_of(name)), 1):
        try:
            waiting.append(row_of(columns, line))
        except Misfit as misfit:
            raise Unusable(f"Row {number} of {name} in the backup: {misfit}.") from None
        if len(waiting) == _AT_ONCE:
            connection.execute(table.insert(), waiting)
            waiting = []
    if waiting:
        connection.execute(table.insert(), waiting)
    if connection.scalar(select(func.count()).select_from(table)) != part.rows:
        raise Unusable(f"Not every row of {name} could be brought back.")
    _count_on(connection, table)


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after the ones that were put in."""
    keys = list(table.primary_key.columns)
    if connection.dialect.name != "postgresql" or len(keys) != 1:
        return
    if isinstance(keys[0].type, Integer):
        quoted = connection.dialect.identifier_preparer.quote(table.name)
        connection.execute(
            text(
                "SELECT setval(pg_get_serial_sequence(:table, :key), :last)"
                " WHERE :last > 0 AND pg_get_serial_sequence(:table, :key) IS NOT NULL"
            ),
            {
                "table": quoted,
                "key": keys[0].name,
                "last": connection.scalar(select(func.max(keys[0]))) or 0,
            },
        )


def _refuse_pointing_nowhere(connection: Connection) -> None:
    """SQLite was not watching while rows went in; PostgreSQL was."""
    if connection.dialect.name == "sqlite":
        tables = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
        if tables:
            named = ", ".join(sorted(tables))
            raise Unusable(f"Rows of {named} in the backup point to rows that are not there.")
