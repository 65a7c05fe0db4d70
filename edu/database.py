"""The engine, the base of all tables, and one session with one commit for each request."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pysqlite3.dbapi2
from sqlalchemy import Engine, MetaData, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session

# Names are settled by rule, so that a migration can always name what it changes and a
# violated constraint can be told apart by name.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMING)


# FULL, because NORMAL loses acknowledged answers in a power cut; WAL, so that readers never
# wait for the one who writes; secure_delete, so that what a learner deletes is overwritten.
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "secure_delete=ON",
    "trusted_schema=OFF",
)


def make_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL with the settings that durability needs.

    SQLite comes from pysqlite3, because the one in many systems (before 3.51.3) can damage
    a database that two processes write to.
    """
    if not url.startswith("sqlite"):
        return create_engine(
            url.replace("postgresql://", "postgresql+psycopg://", 1),
            hide_parameters=True,
            pool_pre_ping=True,
        )
    engine = create_engine(url, module=pysqlite3.dbapi2, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver must not open transactions by itself: it would begin them as readers,
        # and a reader that turns writer is refused when somebody else wrote meanwhile.
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


class Database:
    """One engine, and sessions on it."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self._reader = self.engine.execution_options(reading=True)

    def session(self, *, reading: bool = False) -> Session:
        """A session; `reading` never takes SQLite's write lock."""
        return Session(self._reader if reading else self.engine, expire_on_commit=False)

    def scrub(self) -> None:
        """Empty SQLite's write-ahead log: deleted words stay readable in it until it is reused.
        Where somebody reads at this moment, it is emptied at the next chance."""
        if self.engine.dialect.name == "sqlite":
            # By the driver alone: the engine would open a transaction, and none may be open.
            with closing(self.engine.raw_connection()) as plain:
                plain.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def work(self) -> Iterator[Session]:
        """A piece of work outside a request: committed whole, or not at all."""
        with self.session() as session, session.begin():
            yield session
