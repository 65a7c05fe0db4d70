"""The tiny content's editions, as they shipped, in a database of either kind."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from edu.database import Database
from edu.editions.drift.catching_up import catch_up
from edu.editions.loading import load_shipped
from edu.editions.shipped import read_shipped
from tests.conftest import TINY
from tests.databases import fresh_url, with_tables
from tests.exchange.desk import Desk


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the tiny content that a test may write in."""
    copy = tmp_path / "root"
    shutil.copytree(TINY, copy)
    return copy


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """What ships in the tiny content, loaded; nothing is released."""
    with fresh_url(request.param, tmp_path, _loaded) as url:
        made = Database(url)
        yield made
        made.engine.dispose()


def _loaded(url: str) -> None:
    with_tables(url)
    made = Database(url)
    with made.work() as session:
        load_shipped(session, read_shipped(TINY)[0])
        catch_up(session, TINY)
    made.engine.dispose()


@pytest.fixture
def desk(database: Database, root: Path) -> Desk:
    """The Swahili of m1, ready to go out and to come back."""
    return Desk(database, root)
