"""PostgreSQL as it must run for real people: with every promise to keep what it acknowledged."""

import functools
import os
import pwd
import shutil
import tempfile
from atexit import register
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from tests import databases
from tests.databases import Prepare
from tests.drill.supervised import Supervised

_SERVANT = "nobody"
_NAME = "daraja"


@dataclass
class Cluster:
    """A server of its own, supervised; `folder` holds its data and its socket."""

    folder: Path
    server: Supervised

    @property
    def url(self) -> str:
        """The address of its only database."""
        return _url(self.folder)


def _url(folder: Path) -> str:
    return f"postgresql+psycopg://postgres@/{_NAME}?host={quote(str(folder))}"


@contextmanager
def cluster(prepare: Prepare | None = None) -> Iterator[Cluster]:
    """A running server in a folder of its own, with an empty database or what `prepare` made."""
    with place() as folder:
        fill(folder / "data", prepare)
        with running(folder) as found:
            yield found


@contextmanager
def place() -> Iterator[Path]:
    """A folder for a cluster. Not inside the drill's own: the path of a socket must be short,
    and the servant must come to it."""
    with tempfile.TemporaryDirectory(prefix="daraja-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "data").mkdir()
        _give(folder)
        yield folder


def fill(data: Path, prepare: Prepare | None = None) -> None:
    """Put a cluster into a folder, with an empty database or what `prepare` made."""
    shutil.copytree(_template(prepare) / "data", data, dirs_exist_ok=True)
    _give(data)


def _give(folder: Path) -> None:
    """Make everything in a folder the servant's."""
    if os.geteuid() == 0:
        who = pwd.getpwnam(_SERVANT)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, who.pw_uid, who.pw_gid)


@contextmanager
def running(
    folder: Path, before: Sequence[str] = (), options: Sequence[str] = ()
) -> Iterator[Cluster]:
    """A server over the data that is in a folder already. fsync is on, as it is by default."""
    root = os.geteuid() == 0
    command = [
        *before,
        str(programs() / "postgres"),
        *("-D", str(folder / "data"), "-k", str(folder), "-c", "listen_addresses="),
        *("-c", "max_connections=120"),
        *options,
    ]
    log = folder / "log"
    log.touch()
    if before:
        # What precedes needs the rights of whoever started the drill.
        command = [*before, *_as_servant(), *command[len(before) :]]
    servant: dict[str, Any] = {"user": _SERVANT, "extra_groups": []} if root and not before else {}
    answers = functools.partial(_answers, folder)
    with Supervised(command, log, answers, cwd="/", **servant) as server:
        yield Cluster(folder, server)


def _as_servant() -> list[str]:
    if os.geteuid():
        return []
    who = pwd.getpwnam(_SERVANT)
    return ["setpriv", f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups"]


def _answers(folder: Path) -> bool:
    try:
        with psycopg.connect(f"host={folder} user=postgres dbname={_NAME}", connect_timeout=2):
            return True
    except psycopg.Error:
        return False


@functools.cache
def programs() -> Path:
    """The folder of PostgreSQL's programs."""
    folder = Path(tempfile.mkdtemp(prefix="daraja-pg-"))
    register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    return databases._programs(folder)


@functools.cache
def _template(prepare: Prepare | None) -> Path:
    """A stopped cluster with one database, made once for each way of preparing it."""
    folder = Path(tempfile.mkdtemp(prefix="daraja-pg-"))
    register(shutil.rmtree, folder, ignore_errors=True)
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam(_SERVANT).pw_uid, -1)
    data = folder / "data"
    options = "-U postgres -A trust -E UTF8 --locale=C --no-sync --wal-segsize=1"
    databases._run(programs() / "initdb", f"-D {data} {options}")
    quick = f"-k {folder} -c listen_addresses='' -c fsync=off"
    databases._run(programs() / "pg_ctl", f"-D {data} -w -l {folder / 'log'} start", "-o", quick)
    try:
        with psycopg.connect(f"host={folder} user=postgres dbname=postgres", autocommit=True) as db:
            db.execute(f'CREATE DATABASE "{_NAME}" TEMPLATE template0'.encode())
        if prepare is not None:
            prepare(_url(folder))
    finally:
        databases._run(programs() / "pg_ctl", f"-D {data} -w -m fast stop")
    return folder
