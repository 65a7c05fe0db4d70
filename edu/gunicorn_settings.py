"""How gunicorn serves: slow phones hold no thread, one loaded copy for all, no access log."""

import gc
import resource
from typing import Any

from edu.health.gunicorn_log import PlainLog
from edu.health.keeper import start_keeper
from edu.settings import read_settings

_settings = read_settings()

#: Connections of one process: 1,000 slow phones may all come to the same one.
_CONNECTIONS = 2000
#: Files a process opens besides: the database, pages, what libraries hold.
_OTHER_FILES = 256


def _room_for(connections: int) -> int:
    """Ask the system for as many open files as connections need; how many it has room for."""
    wanted = connections + _OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        return min(connections, soft - _OTHER_FILES)
    return connections


# A unix socket has no port.
_is_socket = _settings.host.startswith("unix:")
bind = _settings.host if _is_socket else f"{_settings.host}:{_settings.port}"
workers = _settings.workers
threads = _settings.threads
worker_class = "edu.slow_phones.worker.GatheringWorker"
worker_connections = _room_for(_CONNECTIONS)
preload_app = True
keepalive = 65
# A stopping process finishes what has begun; a form from a slow phone may take so long.
graceful_timeout = 30
# Answers pass through the worker's own hands, which never wait for a phone.
sendfile = False
# One parser on every machine, whatever else is installed.
http_parser = "python"
limit_request_fields = 64
# Which headers of a proxy are believed, one place decides: BEHIND_PROXY, in create_app.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""
# What people read and when is nobody's business, so no request is logged.
accesslog = None
logger_class = PlainLog
errorlog = "-"
loglevel = "warning"
control_socket_disable = True


def when_ready(_server: Any) -> None:
    """What is loaded by now stays shared between the processes: so templates are loaded too, and
    one page made, for which no first reader then waits."""
    from app import app

    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    app.test_client().get("/en/return")
    app.extensions["database"].engine.dispose()
    start_keeper(_settings.instance)
    gc.collect()
    gc.freeze()


def post_fork(_server: Any, _worker: Any) -> None:
    """A process must not use the connections of the one it was copied from."""
    from app import app

    app.extensions["database"].engine.dispose(close=False)
