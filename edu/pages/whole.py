"""What was sent is read whole before anything is done with it.

An application that opens its session and then reads holds the database's write lock for as long
as a phone takes to send a form; everybody else who writes waits. So bodies are read here first.
Small ones are kept in memory. Long ones, which only staff send, go to a temporary file, and only
a few are read at the same time, because each holds a thread.
"""

import io
import tempfile
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, BinaryIO

from werkzeug.wsgi import ClosingIterator

from edu.pages.headers import ONLY_ENCRYPTED, SECURITY

#: Bytes of a body that anybody may send, as in the application's MAX_CONTENT_LENGTH.
SMALL = 256 * 1024
#: Bytes of the longest body there is, for staff: a pack with its recordings.
LONG = 64 * 1024 * 1024
#: Long bodies read at the same time in one process.
AT_ONCE = 4
_STEP = 64 * 1024

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


class Whole:
    """WSGI: hands a request on when its body is here; answers 408 when it never comes."""

    def __init__(self, application: Any, *, small: int = SMALL, at_once: int = AT_ONCE) -> None:
        self.application = application
        self.small = small
        self._places = threading.BoundedSemaphore(at_once)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        length = _length(environ)
        if length is None:
            return _refuse(HTTPStatus.BAD_REQUEST, environ, start_response)
        if length > self.small:
            return self._long(length, environ, start_response)
        body = io.BytesIO()
        refused = _read(environ["wsgi.input"], length, body)
        return self._hand_on(body, refused, environ, start_response)

    def _long(
        self, length: int, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        if length > LONG or not _from_staff(environ):
            # Not read at all: the application sees the length and refuses it.
            environ["wsgi.input"] = io.BytesIO()
            answer: Iterable[bytes] = self.application(environ, start_response)
            return answer
        if not self._places.acquire(blocking=False):
            return _refuse(HTTPStatus.SERVICE_UNAVAILABLE, environ, start_response)
        try:
            body = tempfile.TemporaryFile()  # noqa: SIM115, closed when the answer is out
            refused = _read(environ["wsgi.input"], length, body)
        finally:
            self._places.release()
        return self._hand_on(body, refused, environ, start_response)

    def _hand_on(
        self,
        body: BinaryIO,
        refused: HTTPStatus | None,
        environ: Environ,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        if refused is not None:
            body.close()
            return _refuse(refused, environ, start_response)
        body.seek(0)
        environ["wsgi.input"] = body
        return ClosingIterator(self.application(environ, start_response), body.close)


def _length(environ: Environ) -> int | None:
    """How long the body is; None when that is not said in a number, or not at all."""
    said = environ.get("CONTENT_LENGTH") or "0"
    if "HTTP_TRANSFER_ENCODING" in environ or not (said.isascii() and said.isdigit()):
        return None
    return int(said)


def _from_staff(environ: Environ) -> bool:
    """Whether somebody may be signed in. The application asks properly; this only keeps
    strangers from filling the disk."""
    return "staff=" in environ.get("HTTP_COOKIE", "")


def _read(source: Any, length: int, into: BinaryIO) -> HTTPStatus | None:
    """Read so many bytes; the status of a refusal when they do not come."""
    missing = length
    while missing:
        try:
            found = source.read(min(missing, _STEP))
        except TimeoutError:
            return HTTPStatus.REQUEST_TIMEOUT
        if not found:
            return HTTPStatus.BAD_REQUEST
        into.write(found)
        missing -= len(found)
    return None


def _refuse(status: HTTPStatus, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    words = f"{status.phrase}\n".encode("ascii")
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(words))),
        ("Cache-Control", "no-store"),
        # Where the next request would begin is not known.
        ("Connection", "close"),
        *SECURITY,
    ]
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append(("Retry-After", "30"))
    if environ.get("wsgi.url_scheme") == "https":
        headers.append(ONLY_ENCRYPTED)
    start_response(f"{status.value} {status.phrase}", headers)
    return [words]
