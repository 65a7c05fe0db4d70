"""How gunicorn serves: threads for slow phones, one loaded copy for all, no access log."""

import gc
from typing import Any

from edu.settings import read_settings

_settings = read_settings()

bind = f"{_settings.host}:{_settings.port}"
workers = _settings.workers
threads = _settings.threads
worker_class = "gthread"
preload_app = True
keepalive = 65
# What people read and when is nobody's business, so no request is logged.
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True


def when_ready(_server: Any) -> None:
    """What is loaded by now stays shared between the processes."""
    gc.collect()
    gc.freeze()


def post_fork(_server: Any, _worker: Any) -> None:
    """A process must not use the connections of the one it was copied from."""
    from app import app

    app.extensions["database"].engine.dispose(close=False)
