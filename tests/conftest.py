"""A house of its own for each test: tiny content, an empty database, on both kinds of database."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser

from edu import create_app
from edu.partners import passwords
from edu.preparing import prepare
from edu.settings import ROOT, Settings
from tests.by_lot import draw
from tests.chromium import chromium
from tests.databases import drop_postgres, fresh_postgres_url, fresh_url, with_tables
from tests.once import made_once
from tests.people import People
from tests.sharing import collect_seldom, compiled_templates, share

TINY = Path(__file__).parent / "tiny"

# What each house of a file has begun in processes of their own.
_begun: list[list[subprocess.Popen[bytes]]] = []


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before tests are chosen by their marks."""
    draw(items, Path(__file__).parent)


def make_house(instance: Path, url: str, root: Path = TINY) -> Flask:
    """An application over its own instance folder and database."""
    settings = Settings(
        instance=instance, database_url=url, secret_key="a test's secret", root=root
    )
    app = create_app(settings)
    app.testing = True
    # Templates are compiled once for all houses, not once for each.
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(compiled_templates())
    # Where work in a process of its own is begun, it finds no program here and ends by itself;
    # otherwise it would open the instance of whoever runs the tests.
    app.extensions["jobs"].program = instance
    _begun.append(app.extensions["jobs"].children)
    return app


def leave(app: Flask) -> None:
    """Nothing that was begun in a house outlives it."""
    app.extensions["later"].wait()
    _end(app.extensions["jobs"].children)
    app.extensions["database"].engine.dispose()


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.kill()
        child.wait(timeout=60)


@pytest.fixture(autouse=True, scope="module")
def ended_work() -> Iterator[None]:
    """Work that was begun in a house and forgotten ends with the file it was begun in."""
    yield
    while _begun:
        _end(_begun.pop())


@pytest.fixture(autouse=True, scope="session")
def shared_work() -> Iterator[None]:
    """What is the same for all houses is made once; see sharing.py."""
    with pytest.MonkeyPatch.context() as patch:
        share(patch)
        collect_seldom()
        yield


@pytest.fixture(autouse=True, scope="module")
def quick_passwords() -> Iterator[None]:
    """Nobody guesses at the passwords of the tests' world: they need not be dear to look at."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", quick)
        patch.setattr(passwords, "_NOBODY", quick.hash("nobody"))
        yield


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database; each test that asks for it runs on SQLite and on PostgreSQL."""
    with fresh_url(request.param, tmp_path) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def tables_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The same with all tables and no row."""
    with fresh_url(request.param, tmp_path, with_tables) as url:
        yield url


def prepared_instance(factory: pytest.TempPathFactory, root: Path = TINY) -> Path:
    """An instance folder with content released and its pages made, to be copied."""
    name = {TINY: "tiny", ROOT: "all"}.get(root, "real")
    return made_once(factory, name, lambda folder: _prepare(sqlite_in(folder), folder, root))


def copy_instance(made: Path, instance: Path) -> None:
    """What was prepared, to live in."""
    shutil.copytree(made, instance, dirs_exist_ok=True)


def sqlite_in(instance: Path) -> str:
    """The address of an instance's own database."""
    return f"sqlite:///{instance / 'daraja.sqlite'}"


def _prepared(url: str) -> None:
    """Prepare an empty database for the tiny content; its pages are those made already."""
    with tempfile.TemporaryDirectory() as folder:
        _prepare(url, Path(folder))


def _prepare(url: str, instance: Path, root: Path = TINY) -> None:
    app = make_house(instance, url, root)
    prepare(app)
    app.extensions["database"].engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def house(
    request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The application with the tiny content released, on both databases."""
    copy_instance(prepared_instance(tmp_path_factory), tmp_path)
    postgres = request.param == "postgres"
    url = fresh_postgres_url(_prepared) if postgres else sqlite_in(tmp_path)
    app = make_house(tmp_path, url)
    yield app
    leave(app)
    if postgres:
        drop_postgres(url)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One house for the tests of a file that only look at it."""
    folder = tmp_path_factory.mktemp("home")
    copy_instance(prepared_instance(tmp_path_factory), folder)
    app = make_house(folder, sqlite_in(folder))
    yield app
    leave(app)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; one for the whole run, because two drivers in one process disturb each other."""
    with chromium() as running:
        yield running


@pytest.fixture
def people(house: Flask) -> People:
    """Everybody who lives in the tests' world; see people.py."""
    return People(house)
