"""The database's schema: what migrations make is what the models say, or nothing at all."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Engine, inspect, text

from edu.database import make_engine
from edu.models import Base
from edu.schema import MIGRATIONS, migrate

#: Migrates, and is killed by the machine just before its n-th statement that makes something.
_KILLED = """
import os, signal, sys
from sqlalchemy import event
from edu.database import make_engine
from edu.schema import migrate

url, left = sys.argv[1], [int(sys.argv[2])]
engine = make_engine(url)

@event.listens_for(engine, "before_cursor_execute")
def kill(_connection, _cursor, statement, *_rest):
    if statement.lstrip().upper().startswith(("CREATE", "INSERT")):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

migrate(engine)
"""


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = make_engine(database_url)
    yield made
    made.dispose()


def test_the_migrated_database_is_what_the_models_say(engine: Engine) -> None:
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_the_checks_of_the_models_are_in_the_database(engine: Engine) -> None:
    migrate(engine)
    inspector = inspect(engine)
    declared = {
        (table.name, str(each.name))
        for table in Base.metadata.sorted_tables
        for each in table.constraints
        if isinstance(each, CheckConstraint)
    }
    found = {
        (table, str(each["name"]))
        for table in inspector.get_table_names()
        for each in inspector.get_check_constraints(table)
    }
    assert found == declared
    assert len(declared) == 61


def test_every_constraint_has_a_name_in_the_models() -> None:
    nameless = [
        (table.name, each)
        for table in Base.metadata.sorted_tables
        for each in [*table.constraints, *table.indexes]
        if not each.name
    ]
    assert nameless == []


def test_every_constraint_has_a_name_in_the_database(engine: Engine) -> None:
    migrate(engine)
    inspector = inspect(engine)
    nameless = []
    for table in inspector.get_table_names():
        if table == "alembic_version":
            continue
        each = [
            inspector.get_pk_constraint(table),
            *inspector.get_unique_constraints(table),
            *inspector.get_foreign_keys(table),
            *inspector.get_check_constraints(table),
            *inspector.get_indexes(table),
        ]
        nameless += [(table, found) for found in each if not found["name"]]
    assert nameless == []


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO organisation (id, name) VALUES (1, 'Bridge')"))
    migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM organisation")).all() == [("Bridge",)]


def test_the_way_back_leaves_nothing_behind(engine: Engine) -> None:
    migrate(engine)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]


@pytest.mark.parametrize("statement", [2, 9, 21])
def test_a_kill_in_the_middle_leaves_the_old_schema_whole(
    database_url: str, engine: Engine, statement: int
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, database_url, str(statement)],
        cwd=Path(__file__).resolve().parent.parent,
        capture_output=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert inspect(engine).get_table_names() == []
    migrate(engine)
    assert "sitting" in inspect(engine).get_table_names()
