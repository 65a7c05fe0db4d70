"""The engine, the base of all tables, and one session with one commit for each request."""

import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, declared_attr

from edu import sqlite
from edu.sqlite import Unsafe

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
    """The base of every table. A table has its class's name: `ReviewLink` is `review_link`."""

    metadata = MetaData(naming_convention=NAMING)

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


def make_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL with the settings that durability needs.

    Connecting raises Unsafe where the database cannot keep its promises.
    """
    if not url.startswith("sqlite"):
        return _postgres(url)
    engine = create_engine(
        url,
        module=sqlite.DRIVER,
        hide_parameters=True,
        # Connections to a file cost little; each request that works at a time has its own.
        **({} if _in_memory(url) else {"pool_size": 8, "max_overflow": 56, "pool_timeout": 10}),
    )

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, where: Any, options: Any) -> Any:
        return sqlite.connect(where[0], options)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("reading", False):
            connection.exec_driver_sql("BEGIN")
        else:
            _begin_writing(connection)

    return engine


def _in_memory(url: str) -> bool:
    return make_url(url).database in (None, "", ":memory:")


def _begin_writing(connection: Connection) -> None:
    """Take SQLite's write lock, waiting up to ten seconds for whoever has it.

    The waiting is done here and not inside SQLite: there it would also hold up whoever shares
    this thread with the one who has the lock, so that neither could go on.
    """
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        for pause in _PAUSES:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            except OperationalError as error:
                if sqlite.kind_of(error.orig) != "SQLITE_BUSY":
                    raise
                time.sleep(pause)
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={sqlite.BUSY_MILLISECONDS}")


#: Seconds between tries; together about ten.
_PAUSES = (0.001, 0.002, 0.005, 0.01, 0.015, 0.02) + 400 * (0.025,)

#: Nobody waits for a statement for ever: a stuck one would hold everybody up.
_POSTGRES = (
    "SET statement_timeout = '30s'",
    "SET lock_timeout = '10s'",
    "SET idle_in_transaction_session_timeout = '60s'",
)


def _postgres(url: str) -> Engine:
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        hide_parameters=True,
        pool_pre_ping=True,
        # Four processes fit into the hundred connections that PostgreSQL allows unasked.
        pool_size=5,
        max_overflow=15,
        pool_timeout=10,
        # A machine that was unplugged says nothing at all: a reader's page does not wait for it.
        connect_args={"connect_timeout": 5},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            for statement in _POSTGRES:
                cursor.execute(statement)
        connection.commit()

    return engine


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """A connection with one transaction in which tables may be dropped and made anew.

    SQLite deletes a table's rows before it drops it, and with them whatever points there. So the
    pointing is not watched meanwhile; it is checked as a whole before the commit, and Unsafe is
    raised where something points to nothing.
    """
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            yield connection
        return
    with engine.connect() as connection:
        plain = connection.connection.cursor()
        plain.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                _refuse_loose_ends(connection)
        finally:
            plain.execute("PRAGMA foreign_keys=ON")
            plain.close()


def _refuse_loose_ends(connection: Connection) -> None:
    tables = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    if tables:
        raise Unsafe(f"rows of {', '.join(sorted(tables))} point to rows that are not there")


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
