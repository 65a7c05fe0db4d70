"""The journey full of canaries, with the server as it serves real people: nothing in its output,
nothing in its temporary folder, nothing on its disk that does not belong there."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from edu.settings import ROOT
from tests.canaries import (
    BY_THE_WAY,
    MISTYPED,
    NAMED,
    TYPED,
    Walker,
    bytes_under,
    errs,
    found_in,
    leads,
    learns,
    over,
)
from tests.people import PASSWORD, People, open_at_once

CONFIG = ROOT / "edu" / "gunicorn_settings.py"
SITE = ROOT / "tests" / "drill" / "tiny_site"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def serving(house: Flask, said: Path, temporary: Path) -> Iterator[int]:
    """gunicorn with the program's own settings over a house; the port at which it answers."""
    settings, port = house.extensions["settings"], free_port()
    environment = os.environ | {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "WORKERS": "2",
        "BEHIND_PROXY": "1",
        "BACKUP_INTO": "none",
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(temporary),
    }
    command = [sys.executable, "-m", "gunicorn", "--config", str(CONFIG), "app:app"]
    with said.open("wb") as output:
        server = subprocess.Popen(command, cwd=SITE, env=environment, stdout=output, stderr=output)
        try:
            wait_for(port, server)
            yield port
        finally:
            server.terminate()
            server.wait(60)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait at most a minute until somebody listens."""
    for _ in range(600):
        if server.poll() is not None:
            break
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not start")


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_a_real_server_says_and_keeps_nothing(house: Flask, people: People, tmp_path: Path) -> None:
    people.tendai  # noqa: B018 (makes the staff)
    engine = house.extensions["database"].engine
    engine.dispose()
    said, temporary = tmp_path / "said", tmp_path / "temporary"
    temporary.mkdir()
    with serving(house, said, temporary) as port:
        amina, tendai = Walker("amina", over(port)), Walker("tendai", over(port))
        group, join_code = leads(tendai, "tendai", PASSWORD)
        open_at_once(house, group)
        assert errs(amina) == [404, 404, 422, 404, 422, 422, 422, 413, 404]
        code = learns(amina, join_code)
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE learner RENAME TO away"))
        assert amina.sends("/en/return", code=code).status == 500
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE away RENAME TO learner"))
        engine.dispose()
        told = said.read_bytes()
        assert b'"event": "fault"' in told
        nowhere = (*BY_THE_WAY, *TYPED, *MISTYPED, *NAMED, code, PASSWORD, join_code)
        assert found_in(told, *nowhere, "127.0.0.1:", "/en/") == []
        assert found_in(bytes_under(temporary), *nowhere) == []
        kept = bytes_under(house.extensions["settings"].instance)
        assert found_in(kept, "canaryuncle") == ["canaryuncle"]
        assert amina.sends("/en/forget", code=code).status == 200
    engine.dispose()
    left = bytes_under(house.extensions["settings"].instance, temporary)
    nowhere = (*BY_THE_WAY, *TYPED, *MISTYPED, code, PASSWORD)
    assert found_in(left.replace(told, b""), *nowhere) == []
