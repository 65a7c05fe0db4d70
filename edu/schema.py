"""Bring a database to the schema this program needs, and know where it stands."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from edu.database import rebuilding

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


class TooNew(Exception):
    """The database was made by a newer program than this one."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database is of schema {revision}, which this program does not know: it was used"
            " with a newer Daraja. Start the newer one, or restore a backup from before into an"
            " empty instance. Nothing was changed."
        )


def migrate(engine: Engine, revision: str = "head") -> None:
    """Run the migrations that are missing, all in one transaction. Raises TooNew."""
    with rebuilding(engine) as connection:
        migrate_within(connection, revision)


def migrate_within(connection: Connection, revision: str = "head") -> None:
    """Run the missing migrations in a transaction of the caller's; see `database.rebuilding`."""
    found = revision_of(connection)
    if found and found not in known_revisions():
        raise TooNew(found)
    command.upgrade(_config(connection), revision)


def revision_of(connection: Connection) -> str:
    """The schema a database has; empty where there is none."""
    return MigrationContext.configure(connection).get_current_revision() or ""


@cache
def known_revisions() -> tuple[str, ...]:
    """The schemas this program knows, the oldest first."""
    script = ScriptDirectory.from_config(_config())
    return tuple(reversed([step.revision for step in script.walk_revisions()]))


def newest_revision() -> str:
    """The schema this program needs."""
    return known_revisions()[-1]


def make_revision(engine: Engine, message: str, number: str) -> None:
    """Write the migration from the database's schema to the models', for a person to read;
    `number` is its place in the row: `0002`."""
    with engine.connect() as connection, connection.begin():
        command.revision(_config(connection), message, autogenerate=True, rev_id=number)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
