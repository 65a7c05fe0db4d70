"""gunicorn with Daraja's worker around the tiny program, on a port of its own."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PROGRAM = "tests.slow.tiny_app:application"
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Served:
    """A running server: where it is, its process and what it has said."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def line(self) -> socket.socket:
        """A new connection to it. Nothing that should come takes half a minute."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def say(self, request: bytes) -> bytes:
        """What is answered until the server closes."""
        with self.line() as line:
            line.sendall(request)
            return everything(line)

    def stop(self) -> None:
        """Ask it to finish what has begun."""
        self.process.send_signal(signal.SIGTERM)


def everything(line: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    found = b""
    while data := line.recv(65536):
        found += data
    return found


@contextmanager
def serving(folder: Path, *, hurry: bool = False, connections: int = 2000) -> Iterator[Served]:
    """One process with two threads, so that a few phones would hold them all."""
    config = folder / "served.py"
    config.write_text(
        "from tests.slow import tiny_app\n"
        "worker_class = 'edu.slow_phones.worker.GatheringWorker'\n"
        "workers, threads, sendfile, http_parser = 1, 2, False, 'python'\n"
        f"worker_connections, control_socket_disable = {connections}, True\n"
        "accesslog, errorlog, loglevel = None, '-', 'warning'\n"
        + ("post_fork = tiny_app.hurry\n" if hurry else "")
    )
    log = folder / "served.log"
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener, log.open("wb") as said:
        bind = f"fd://{listener.fileno()}"
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", config, "--bind", bind, _PROGRAM],
            cwd=ROOT,
            pass_fds=[listener.fileno()],
            stderr=said,
        )
        served = Served(listener.getsockname()[1], process, log)
        try:
            yield served
        finally:
            process.terminate()
            process.wait(timeout=60)
