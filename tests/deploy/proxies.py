"""Daraja on a unix socket, and nginx or Caddy before it, from the files in `deploy/`.

Only what belongs to a machine is exchanged: ports, folders, users. All else is as it ships.
"""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from edu.settings import ROOT

DEPLOY = ROOT / "deploy"
NAME = "daraja.example"
#: Debian keeps it where not everybody looks.
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
CADDY = shutil.which("caddy")


@dataclass(frozen=True)
class Place:
    """Where everything of one trial is."""

    folder: Path
    plain: int
    safe: int

    @property
    def sock(self) -> Path:
        """Where Daraja listens."""
        return self.folder / "daraja.sock"

    @property
    def tls(self) -> Path:
        """The authority and the server's certificate."""
        return self.folder / "tls"


def place(folder: Path) -> Place:
    """A place with two free ports and a certificate from the script that ships."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("", 0)) as two:
        found = Place(folder, one.getsockname()[1], two.getsockname()[1])
    script = DEPLOY / "tls" / "make-authority.sh"
    subprocess.run(["sh", script, found.tls, NAME], check=True, capture_output=True)
    return found


@contextmanager
def daraja(where: Place, instance: Path) -> Iterator[None]:
    """The program with its own settings, as the unit starts it."""
    environment = {
        **os.environ,
        "HOST": f"unix:{where.sock}",
        "INSTANCE": str(instance),
        "DATABASE_URL": "",
        "BEHIND_PROXY": "1",
        "TRUSTED_HOSTS": NAME,
        "PUBLIC_URL": f"https://{NAME}",
        "WORKERS": "1",
    }
    program = ["-m", "gunicorn", "--config", "edu/gunicorn_settings.py", "app:app"]
    with running([sys.executable, *program], environment):
        until(lambda: asked(where, None, "/en/").status, where.folder)
        yield


@contextmanager
def running(command: list[str], environment: dict[str, str] | None = None) -> Iterator[None]:
    """A program for as long as it is needed."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        yield
    finally:
        process.terminate()
        said = process.communicate(timeout=60)[1]
        print(said.decode())


def until(ready: object, folder: Path) -> None:
    """Wait until something answers; a minute at most."""
    for _ in range(600):
        try:
            assert callable(ready)
            ready()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answers in {folder}")


def nginx_files(where: Place) -> Path:
    """nginx's two files as they ship, at this place."""
    site = (DEPLOY / "nginx" / "daraja.conf").read_text()
    site = re.sub(r"^ *listen \[::\].*\n", "", site, flags=re.MULTILINE)
    site = site.replace("listen 80", f"listen 127.0.0.1:{where.plain}")
    site = site.replace("listen 443", f"listen 127.0.0.1:{where.safe}")
    site = site.replace("/run/daraja/daraja.sock", str(where.sock))
    site = site.replace("/etc/daraja/tls", str(where.tls))
    (where.folder / "daraja.conf").write_text(site)
    main = (DEPLOY / "nginx" / "nginx.conf").read_text()
    main = main.replace("user www-data;", "user root;" if os.geteuid() == 0 else "")
    main = main.replace("worker_processes auto;", "worker_processes 1;")
    main = main.replace("/run/nginx.pid", str(where.folder / "nginx.pid"))
    main = main.replace("/var/log/nginx/error.log", str(where.folder / "error.log"))
    main = main.replace("/etc/nginx/sites-enabled/*", str(where.folder / "daraja.conf"))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"    {kind}_temp_path {where.folder / kind};\n" for kind in kinds)
    main = main.replace("http {\n", "http {\n" + temporary)
    path = where.folder / "nginx.conf"
    path.write_text(main)
    return path


def nginx_command(path: Path) -> list[str]:
    """nginx in the foreground, with a whole configuration of its own."""
    return [NGINX or "nginx", "-c", str(path), "-p", str(path.parent), "-g", "daemon off;"]


def caddy_file(where: Place, name: str = "village.Caddyfile") -> Path:
    """Caddy's file as it ships, at this place."""
    text = (DEPLOY / "caddy" / name).read_text()
    ports = f"{{\n\thttp_port {where.plain}\n\thttps_port {where.safe}\n\tdefault_bind 127.0.0.1\n"
    text = text.replace("{\n", ports, 1)
    text = text.replace("/run/daraja/daraja.sock", str(where.sock))
    text = text.replace("/etc/daraja/tls", str(where.tls))
    path = where.folder / name
    path.write_text(text)
    return path


def caddy_command(path: Path, do: str = "run") -> list[str]:
    """Caddy with this file."""
    return [CADDY or "caddy", do, "--adapter", "caddyfile", "--config", str(path)]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> list[str]:
        """Each value of a header."""
        return [value for key, value in self.headers if key.lower() == name.lower()]


def asked(
    where: Place,
    port: int | None,
    path: str,
    *,
    method: str = "GET",
    body: str | None = None,
    headers: dict[str, str] | None = None,
    host: str = NAME,
) -> Answer:
    """Ask for a page: through a proxy's port, or Daraja itself as a proxy would (None)."""
    line = http.client.HTTPConnection(host, timeout=30)
    sent = dict(headers or {})
    if port is None:
        line.sock = socket.socket(socket.AF_UNIX)
        line.sock.settimeout(30)
        sent = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1", **sent}
    else:
        line.sock = socket.create_connection(("127.0.0.1", port), timeout=30)
    try:
        if port is None:
            line.sock.connect(str(where.sock))
        elif port == where.safe:
            # A context made only of our own authority: it trusts nothing else.
            trusted = ssl.create_default_context(cafile=str(where.tls / "ca.crt"))
            line.sock = trusted.wrap_socket(line.sock, server_hostname=NAME)
        line.request(method, path, body=body, headers=sent)
        answer = line.getresponse()
        return Answer(answer.status, answer.getheaders(), answer.read())
    finally:
        line.close()
