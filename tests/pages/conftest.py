"""Two houses for the whole session, for tests that only read: the tiny content, and the real."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from edu.settings import ROOT
from tests.conftest import TINY, copy_instance, make_house, prepared_instance, sqlite_in
from tests.people import People
from tests.real import enough


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


@pytest.fixture(scope="session", params=["enough", pytest.param("all", marks=pytest.mark.thorough)])
def real(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """What this project ships, released and published; see real.py."""
    root = ROOT if request.param == "all" else enough(tmp_path_factory)
    yield from _prepared(tmp_path_factory, root)


@pytest.fixture
def tiny_people(tiny: Flask) -> People:
    """Everybody, in the tiny house."""
    return People(tiny)
