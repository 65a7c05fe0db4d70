"""A house with tiny content for evaluators' reports, and a session in it that keeps nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import _prepared, make_house
from tests.databases import fresh_sqlite_url


@pytest.fixture(scope="package")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("evaluated")
    made = make_house(folder, fresh_sqlite_url(folder, _prepared))
    yield made
    made.extensions["database"].engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.extensions["database"].session() as found:
        yield found
        found.rollback()
