"""The real site, prepared once and served on a free port, for tests that drive a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from werkzeug.serving import make_server

from edu.preparing import prepare
from edu.settings import ROOT
from tests.conftest import leave, make_house, sqlite_in


@contextmanager
def living_house(instance: Path, root: Path = ROOT, url: str = "") -> Iterator[tuple[Flask, str]]:
    """The application with the real content, and the address at which it answers. Its database is
    a file in the instance, or where `url` says. What is prepared already is not made again."""
    app = make_house(instance, url or sqlite_in(instance), root)
    prepare(app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    try:
        yield app, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        leave(app)
