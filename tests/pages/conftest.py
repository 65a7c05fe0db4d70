"""Two houses for the whole session, for tests that only read: the tiny content, and the real."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from edu.settings import ROOT
from tests.conftest import TINY, copy_instance, make_house, prepared_instance, sqlite_in
from tests.people import People


def _prepared(factory: pytest.TempPathFactory, root: Path) -> Iterator[Flask]:
    folder = factory.mktemp("house")
    copy_instance(prepared_instance(factory, root), folder)
    app = make_house(folder, sqlite_in(folder), root)
    yield app
    app.extensions["database"].engine.dispose()


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The tiny content, released and published."""
    yield from _prepared(tmp_path_factory, TINY)


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """What this project ships, released and published."""
    yield from _prepared(tmp_path_factory, ROOT)


@pytest.fixture
def tiny_people(tiny: Flask) -> People:
    """Everybody, in the tiny house."""
    return People(tiny)
