"""What is sent is read whole before the application, and its session, begin."""

import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from edu.pages.headers import SECURITY
from edu.pages.whole import LONG, SMALL, Whole


class Slow(io.RawIOBase):
    """A body of which only the beginning comes; then the other side is silent, or gone."""

    def __init__(self, begun: bytes, silent: bool) -> None:
        self.begun = io.BytesIO(begun)
        self.silent = silent

    def read(self, size: int = -1) -> bytes:
        """As a socket with an end to its patience would."""
        found = self.begun.read(size)
        if not found and self.silent:
            raise TimeoutError
        return found


class Asked:
    """An application that counts and says what reached it."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.bodies.append(environ["wsgi.input"].read())
        start_response("200 OK", [])
        return [b"done"]


def send(whole: Whole, body: Any, length: object, **said: str) -> tuple[str, dict[str, str]]:
    """Status and headers for a body of this length, as far as it says so."""
    told: list[Any] = []
    source = io.BytesIO(body) if isinstance(body, bytes) else body
    environ = {"PATH_INFO": "/", "CONTENT_LENGTH": str(length), "wsgi.input": source, **said}
    answer = whole(environ, lambda status, headers: told.extend([status, dict(headers)]))
    b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return told[0], told[1]


STAFF = {"HTTP_COOKIE": "__Host-staff=token"}


def test_a_body_arrives_whole_and_ends() -> None:
    asked = Asked()
    whole = Whole(asked)
    assert send(whole, b"hello, and the next", 5)[0] == "200 OK"
    assert send(whole, b"", "")[0] == "200 OK"
    assert send(whole, b"x" * (SMALL + 1), SMALL + 1, **STAFF)[0] == "200 OK"
    assert asked.bodies == [b"hello", b"", b"x" * (SMALL + 1)]


@pytest.mark.parametrize("length", [5, SMALL + 5])
def test_of_a_body_that_stops_the_application_never_hears(length: int) -> None:
    asked = Asked()
    whole = Whole(asked, at_once=1)
    for _ in range(2):  # and what it held is free again
        status, headers = send(whole, Slow(b"hell", silent=True), length, **STAFF)
        assert (status, headers["Connection"]) == ("408 Request Timeout", "close")
        assert send(whole, Slow(b"hell", silent=False), length, **STAFF)[0] == "400 Bad Request"
    assert asked.bodies == []
    assert {name: headers[name] for name, _ in SECURITY} == dict(SECURITY)


@pytest.mark.parametrize("length", ["-1", "+5", "5.0", "٥", "many"])
def test_a_length_that_is_none_is_refused(length: str) -> None:
    asked = Asked()
    assert send(Whole(asked), b"hello", length)[0] == "400 Bad Request"
    assert send(Whole(asked), b"hello", 5, HTTP_TRANSFER_ENCODING="chunked")[0] == "400 Bad Request"
    assert asked.bodies == []


def test_strangers_send_nothing_long_and_nobody_anything_endless() -> None:
    asked = Asked()
    unread = Slow(b"", silent=True)
    assert send(Whole(asked), unread, SMALL + 1)[0] == "200 OK"
    assert send(Whole(asked), unread, LONG + 1, **STAFF)[0] == "200 OK"
    assert asked.bodies == [b"", b""], "not read: the application judges by the length alone"


def test_only_a_few_long_bodies_are_read_at_the_same_time() -> None:
    asked, inside = Asked(), threading.Event()
    go_on = threading.Event()

    class Waiting(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            inside.set()
            go_on.wait(30)
            return b"x" * size

    whole = Whole(asked, at_once=1)
    first = threading.Thread(target=send, args=(whole, Waiting(), SMALL + 1), kwargs=STAFF)
    first.start()
    inside.wait(30)
    status, headers = send(whole, b"x" * (SMALL + 1), SMALL + 1, **STAFF)
    assert (status, headers["Retry-After"]) == ("503 Service Unavailable", "30")
    assert send(whole, b"form", 4)[0] == "200 OK"
    go_on.set()
    first.join()
    assert asked.bodies == [b"form", b"x" * (SMALL + 1)]


@contextmanager
def living(house: Flask) -> Iterator[int]:
    """The house on a port of its own, each connection with a thread."""
    server = make_server("127.0.0.1", 0, house, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_while_a_form_arrives_slowly_others_write(house: Flask) -> None:
    head = (
        b"POST /en/return HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n"
        b"Connection: close\r\n\r\n"
    )
    with (
        living(house) as port,
        socket.create_connection(("127.0.0.1", port), timeout=30) as slow,
    ):
        slow.sendall(head + b"code=")
        # The quick ones come after the slow one has begun, and all want to write.
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", port), timeout=30) as quick:
                quick.sendall(head + b"code=1")
                assert quick.makefile("rb").readline().split()[1] == b"422"
        slow.sendall(b"1")
        assert slow.makefile("rb").readline().split()[1] == b"422"
