"""PostgreSQL that gives no answer is told as such: by the doctor, at a start, by a command."""

from pathlib import Path

import pytest
from flask import Flask
from psycopg.errors import DiskFull, QueryCanceled
from sqlalchemy.exc import OperationalError

from edu.health.case import case
from edu.health.database_checks import opens
from edu.health.finding import Level
from edu.health.reaching import unreached
from edu.health.words import told
from edu.preparing import get_ready
from tests.conftest import copy_instance, make_house, prepared_instance
from tests.databases import drop_postgres, fresh_postgres_url
from tests.health.patients import database_of, settings_of

_NOBODY_THERE = "postgresql://daraja:hidden@127.0.0.1:1/daraja"
_SILENT = "PostgreSQL does not answer (127.0.0.1:1)."


def _look(app: Flask) -> tuple[Level, str, str]:
    found = opens(case(database_of(app), settings_of(app)))
    return found.level, found.what, found.todo


def test_a_silent_postgresql_is_told_and_lessons_are_served(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy_instance(prepared_instance(tmp_path_factory), tmp_path)
    app = make_house(tmp_path, _NOBODY_THERE)
    level, what, todo = _look(app)
    assert (level, what.startswith(_SILENT)) == (Level.SERIOUS, True)
    assert get_ready(app).warnings == (f"{what}\nWhat to do: {todo}",)
    assert "systemctl start postgresql" in todo
    assert "hidden" not in what + todo


def test_without_pages_a_start_says_that_postgresql_is_silent(tmp_path: Path) -> None:
    app = make_house(tmp_path, _NOBODY_THERE)
    ended = app.test_cli_runner().invoke(args=["prepare"])
    assert (ended.exit_code, ended.stderr.startswith(f"Error: {_SILENT}")) == (1, True)


def test_a_postgresql_that_does_not_know_us_is_told_apart(tmp_path: Path) -> None:
    url = fresh_postgres_url()
    drop_postgres(url)
    level, what, todo = _look(make_house(tmp_path, url))
    assert level is Level.SERIOUS
    assert "does not let Daraja in" in what
    assert "password" in todo


def test_what_is_no_silence_is_not_called_so() -> None:
    full, slow = (OperationalError("", {}, kind()) for kind in (DiskFull, QueryCanceled))
    found = unreached(full, _NOBODY_THERE)
    assert found is not None
    assert "its disk is full" in told(found)
    assert unreached(slow, _NOBODY_THERE) is None
    assert unreached(full, "sqlite:///daraja.sqlite") is None
