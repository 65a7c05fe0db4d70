"""Empty databases with our schema, and translations written for one test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from edu.database import Database
from edu.partners.models import Member
from edu.partners.roles import Role
from tests.conftest import TINY
from tests.editions.moving_world import World
from tests.editions.sharing_world import Places
from tests.people import make_staff


@pytest.fixture
def database(tables_url: str) -> Iterator[Database]:
    """The tables without a row, on both kinds of database."""
    made = Database(tables_url)
    yield made
    made.engine.dispose()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the tiny content that a test may write in."""
    copy = tmp_path / "root"
    shutil.copytree(TINY, copy)
    return copy


@pytest.fixture
def chipo(database: Database) -> Member:
    """A translator."""
    with database.work() as session:
        return make_staff(session, "chipo", "Bridge Society", Role.TRANSLATOR)


@pytest.fixture
def world(database: Database, root: Path) -> World:
    """A lesson whose texts move."""
    for file in (root / "content/m1").glob("*.md"):
        file.unlink()
    return World(database, root)


@pytest.fixture
def places(database: Database, chipo: Member) -> Iterator[Places]:
    """Places that share their work."""
    with database.work() as session:
        yield Places(session, chipo.id)
