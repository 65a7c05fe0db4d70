"""A program that says what it was sent: for tests of how requests and answers travel."""

import hashlib
from collections.abc import Iterable
from typing import Any

from edu.pages.headers import SECURITY
from edu.slow_phones import phone

#: More than the system keeps of an answer, and less than the worker does.
BIG = bytes(range(256)) * 12_000


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answers with method, path and a digest of the body; some paths do more."""
    path = environ["PATH_INFO"]
    if path == "/fail":
        raise RuntimeError(path)
    if path == "/big":
        start_response("200 OK", [("Content-Length", str(len(BIG)))])
        return [BIG]
    if path == "/pieces":
        start_response("200 OK", [])
        return (b"piece %d\n" % number for number in range(20_000))
    if path == "/unread":
        start_response("200 OK", [("Content-Length", "6"), *SECURITY])
        return [b"unread"]
    body = environ["wsgi.input"].read()
    said = f"{environ['REQUEST_METHOD']} {path} {hashlib.sha256(body).hexdigest()[:8]}".encode()
    start_response("200 OK", [("Content-Length", str(len(said)))])
    return [said]


def hurry(_server: Any, _worker: Any) -> None:
    """For tests of patience: it ends soon."""
    phone.SECONDS.update(dict.fromkeys(phone.SECONDS, 0.2))
