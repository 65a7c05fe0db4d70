"""WSGI: `/health` and `/metrics`, answered before Flask wakes up, so that they also answer when
nothing else does."""

import hmac
import ipaddress
import json
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from edu.database import Database
from edu.health.verdict import reasons
from edu.pages.headers import ONLY_ENCRYPTED, SECURITY
from edu.settings import Settings
from edu.watching.figures import Figures

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
#: What only a proxy adds: with it, a request from this machine comes from somewhere else.
_PASSED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


class Watched:
    """Answers for the server's health; hands everything else on."""

    def __init__(self, application: Any, app: Flask) -> None:
        self.application = application
        self.settings: Settings = app.extensions["settings"]
        self.database: Database = app.extensions["database"]
        self._registry = CollectorRegistry()
        self._registry.register(Figures(self.database, self.settings))

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            if environ["PATH_INFO"] == "/health":
                return self._health(environ, start_response)
            if environ["PATH_INFO"] == "/metrics" and self._may_see(environ):
                body = generate_latest(self._registry)
                return _answer("200 OK", CONTENT_TYPE_PLAIN_0_0_4, body, environ, start_response)
        answer: Iterable[bytes] = self.application(environ, start_response)
        return answer

    def _health(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        found = reasons(self.database, self.settings)
        told = {"status": "failing" if found else "ok", "reasons": found}
        body = json.dumps(told).encode() + b"\n"
        status = "503 Service Unavailable" if found else "200 OK"
        return _answer(status, "application/json", body, environ, start_response)

    def _may_see(self, environ: Environ) -> bool:
        """Figures are for this machine, and for whoever has the word for them."""
        given = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
        wanted = self.settings.metrics_token
        if wanted and hmac.compare_digest(given, f"Bearer {wanted}".encode()):
            return True
        return _is_here(environ, behind_proxy=self.settings.behind_proxy)


def _is_here(environ: Environ, *, behind_proxy: bool) -> bool:
    """Whether the one who asks is on this machine, as far as that can be known."""
    # With a proxy that we know of, its word for the address stands in REMOTE_ADDR already.
    if not behind_proxy and any(name in environ for name in _PASSED_ON):
        return False
    try:
        return ipaddress.ip_address(environ.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _answer(
    status: str, kind: str, body: bytes, environ: Environ, start_response: StartResponse
) -> Iterable[bytes]:
    headers = [
        ("Content-Type", kind),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        *SECURITY,
    ]
    if environ.get("wsgi.url_scheme") == "https":
        headers.append(ONLY_ENCRYPTED)
    start_response(status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
