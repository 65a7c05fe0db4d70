"""A house of its own for each test: tiny content, an empty database, on both kinds of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from edu import create_app
from edu.preparing import prepare
from edu.settings import Settings
from tests.databases import drop_postgres, fresh_postgres_url, fresh_sqlite_url
from tests.people import People

TINY = Path(__file__).parent / "tiny"


def make_house(instance: Path, url: str, root: Path = TINY) -> Flask:
    """An application over its own instance folder and database."""
    settings = Settings(
        instance=instance, database_url=url, secret_key="a test's secret", root=root
    )
    app = create_app(settings)
    app.testing = True
    return app


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database; each test that asks for it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield fresh_sqlite_url(tmp_path)
        return
    url = fresh_postgres_url()
    yield url
    drop_postgres(url)


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Iterator[Flask]:
    """The application with the tiny content released, on both databases."""
    app = make_house(tmp_path, database_url)
    prepare(app)
    yield app
    app.extensions["database"].engine.dispose()


@pytest.fixture
def people(house: Flask) -> People:
    """Everybody who lives in the tests' world; see people.py."""
    return People(house)
