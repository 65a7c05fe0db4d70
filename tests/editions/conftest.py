"""Empty databases with our schema, and translations written for one test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from edu.database import Database
from edu.schema import migrate
from tests.conftest import TINY


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The tables without a row, on both kinds of database."""
    made = Database(database_url)
    migrate(made.engine)
    yield made
    made.engine.dispose()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the tiny content that a test may write in."""
    copy = tmp_path / "root"
    shutil.copytree(TINY, copy)
    return copy
