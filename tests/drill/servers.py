"""gunicorn as it serves real people, over a drill's house."""

import http.client
import os
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from edu.settings import ROOT
from tests.drill.houses import House
from tests.drill.supervised import Supervised

_SITE = Path(__file__).parent / "tiny_site"
WORKERS = 2
#: Ports that drills listen on.
_PORTS = range(8300, 8400)


def free_port() -> int:
    """A port of ours that nobody listens on; two drills at a time begin to look in two places."""
    start = os.getpid() * 7 % len(_PORTS)
    ports: list[int] = [*_PORTS[start:], *_PORTS[:start]]
    for port in ports:
        with socket.socket() as trying, suppress(OSError):
            trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trying.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


def server(
    house: House,
    port: int,
    log: Path,
    *,
    environment: Mapping[str, str] | None = None,
    reachable: bool = True,
) -> Supervised:
    """The site's server, with the program's own gunicorn settings.

    Where this process cannot reach the port (another network namespace), `reachable` is false
    and the caller waits by other means.
    """
    command = [*house.before, sys.executable, "-m", "gunicorn", "--config", _CONFIG, "app:app"]
    told = {**environment_of(house), "PORT": str(port), **(environment or {})}
    answers = (lambda: answers_at(port)) if reachable else (lambda: True)
    return Supervised(command, log, answers, told, cwd=_SITE)


def environment_of(house: House) -> dict[str, str]:
    """The settings under which a house is served."""
    return {
        "INSTANCE": str(house.instance),
        "DATABASE_URL": house.url,
        "SECRET_KEY": house.secret,
        "HOST": "127.0.0.1",
        "WORKERS": str(WORKERS),
        "THREADS": "16",
        # The drill speaks as a proxy, to give each phone an address of its own.
        "BEHIND_PROXY": "1",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        # No housekeeping of its own beside the drill.
        "BACKUP_INTO": "none",
    }


_CONFIG = str(ROOT / "edu" / "gunicorn_settings.py")


def answers_at(port: int) -> bool:
    """Whether a finished page comes from this port."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        line.request("GET", "/en/")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
