"""The tables of a database as they are at some schema, with kinds that both databases know."""

from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    MetaData,
    Table,
    create_engine,
    event,
    inspect,
    text,
)

from edu.backups.pack import PASSING
from edu.schema import migrate_within
from edu.sqlite import DRIVER

_NUMBER_OF_SCHEMA = "alembic_version"


@cache
def names_at(revision: str) -> tuple[str, ...]:
    """The tables that our own migrations make up to a schema: only they are ever read or written,
    whatever else a database or a backup holds."""
    engine = create_engine("sqlite://", module=DRIVER)
    try:
        with engine.begin() as connection:
            migrate_within(connection, revision)
            names = inspect(connection).get_table_names()
    finally:
        engine.dispose()
    return tuple(sorted(set(names) - {_NUMBER_OF_SCHEMA}))


def kept_at(revision: str) -> tuple[str, ...]:
    """The tables that a backup holds at a schema."""
    return tuple(name for name in names_at(revision) if name not in PASSING)


def drawn(connection: Connection, names: tuple[str, ...]) -> dict[str, Table]:
    """These tables as they are in a database, in an order in which rows can be put in."""
    metadata = MetaData()
    event.listen(metadata, "column_reflect", _generic)
    metadata.reflect(connection, only=list(names))
    return {table.name: table for table in metadata.sorted_tables if table.name in names}


def _generic(_inspector: Any, _table: Any, column: Any) -> None:
    column["type"] = column["type"].as_generic()
    if isinstance(column["type"], JSON):
        column["type"] = JSON(none_as_null=bool(column.get("nullable")))


def in_order(table: Table) -> list[Column[Any]]:
    """The columns by which a table's rows are put in order."""
    return list(table.primary_key.columns) or list(table.columns)


def drop_all(connection: Connection, revision: str) -> None:
    """Take away every table of ours, that of the schema's number included."""
    metadata = MetaData()
    names = [*names_at(revision), _NUMBER_OF_SCHEMA] if revision else []
    there = set(inspect(connection).get_table_names())
    if there.intersection(names):
        metadata.reflect(connection, only=sorted(there.intersection(names)))
        metadata.drop_all(connection)
    if connection.dialect.name == "postgresql":
        # What a trigger of ours called does not go with its table.
        for name in connection.execute(text(_CALLED_BY_TRIGGERS)).scalars().all():
            quoted = connection.dialect.identifier_preparer.quote(name)
            connection.exec_driver_sql(f"DROP FUNCTION {quoted}()")


_CALLED_BY_TRIGGERS = """
SELECT proname FROM pg_proc
WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype
AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
AND NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgfoid = pg_proc.oid)
"""
