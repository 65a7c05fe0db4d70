"""A second, empty database beside the first, of the same kind or of the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.backups.homes import empty_house
from tests.databases import fresh_sqlite_url, fresh_url


@pytest.fixture(params=["into sqlite", "into postgres"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An empty house on either database."""
    folder = tmp_path / "other"
    folder.mkdir()
    with fresh_url(request.param.removeprefix("into "), folder) as url:
        app = empty_house(folder, url)
        yield app
        app.extensions["database"].engine.dispose()


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Flask]:
    """An empty house on SQLite."""
    folder = tmp_path / "village"
    folder.mkdir()
    app = empty_house(folder, fresh_sqlite_url(folder))
    yield app
    app.extensions["database"].engine.dispose()
