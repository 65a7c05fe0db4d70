"""However slowly phones speak and read, others are served, and everything arrives whole."""

import asyncio
import hashlib
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from edu.pages.headers import SECURITY
from tests.slow.phones import Aim, crowd
from tests.slow.served import Served, everything, serving
from tests.slow.tiny_app import BIG


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with two threads, for all tests that leave it as it was."""
    with serving(tmp_path_factory.mktemp("served")) as running:
        yield running


def digest(body: bytes) -> str:
    """As the tiny program says it."""
    return hashlib.sha256(body).hexdigest()[:8]


def get(path: str, *fields: str) -> bytes:
    """A request without a body."""
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: a", *fields, "", ""]).encode()


def post(path: str, body: bytes, *fields: str) -> bytes:
    """A request with a body, after which the connection closes."""
    head = [f"POST {path} HTTP/1.1", "Host: a", "Connection: close", *fields]
    return "\r\n".join([*head, f"Content-Length: {len(body)}", "", ""]).encode() + body


CLOSE = "Connection: close"


def test_a_hundred_slow_phones_do_not_keep_others_from_two_threads(served: Served) -> None:
    aim = Aim("127.0.0.1", served.port, page="/big", form="/form")
    slow = crowd(
        aim, sockets=100, paths=["/a", "/b"], checks=6, pause=0.5, between=0.1, patience=30
    )
    # In a thread of its own: a browser's driver may have a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        seen = thread.submit(asyncio.run, slow).result()
    assert (seen.sockets["open"], [status for _, status, _ in seen.checks]) == (100, [200] * 6)


def test_a_request_that_comes_byte_by_byte_is_answered(served: Served) -> None:
    with served.line() as line:
        for byte in post("/form", b"hello"):
            line.sendall(bytes([byte]))
        assert everything(line).endswith(f"POST /form {digest(b'hello')}".encode())


def test_requests_in_one_go_are_answered_in_order(served: Served) -> None:
    asked = [get(f"/{number}") for number in range(20)]
    answers = served.say(b"".join(asked) + post("/end", b"x" * 1000))
    told = [line.split()[-2].decode() for line in answers.split(b"HTTP/1.1 200 OK")[1:]]
    assert told == [*(f"/{number}" for number in range(20)), "/end"]


def test_what_a_program_does_not_read_is_not_taken_for_the_next_request(served: Served) -> None:
    body = get("/smuggled")
    answers = served.say(
        post("/unread", body).replace(b"Connection: close\r\n", b"") + get("/next", CLOSE)
    )
    assert answers.count(b"HTTP/1.1") == 2
    assert answers.endswith(f"GET /next {digest(b'')}".encode())


def test_a_long_body_arrives_whole(served: Served) -> None:
    body = bytes(range(256)) * 4000
    assert served.say(post("/form", body)).endswith(f"POST /form {digest(body)}".encode())


def test_a_long_body_that_nobody_reads_ends_the_connection(served: Served) -> None:
    body = b"x" * 300_000
    with served.line() as line:
        line.sendall(post("/unread", body) + get("/next"))
        assert everything(line).endswith(b"unread")


def test_who_asks_before_sending_is_told_to_go_on(served: Served) -> None:
    request = post("/form", b"hello", "Expect: 100-continue")
    with served.line() as line:
        line.sendall(request[:-5])
        assert line.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        line.sendall(request[-5:])
        assert everything(line).endswith(f"POST /form {digest(b'hello')}".encode())


def test_long_answers_arrive_whole_at_more_slow_readers_than_threads(served: Served) -> None:
    lines = [socket.socket() for _ in range(6)]
    for line in lines:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(30)
        line.connect(("127.0.0.1", served.port))
        line.sendall(get("/big", CLOSE))
    assert served.say(get("/meanwhile", CLOSE)).endswith(digest(b"").encode())
    for line in lines:
        with line:
            assert everything(line).partition(b"\r\n\r\n")[2] == BIG


def test_an_answer_made_in_pieces_arrives_whole(served: Served) -> None:
    answer = served.say(b"GET /pieces HTTP/1.0\r\n\r\n")
    assert answer.partition(b"\r\n\r\n")[2] == b"".join(b"piece %d\n" % n for n in range(20_000))


def test_only_a_head_is_answered_with_a_head(served: Served) -> None:
    answer = served.say(b"HEAD /big HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert answer.endswith(f"Content-Length: {len(BIG)}\r\n\r\n".encode())


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (get("/", "Host: b", "Content-Length: 5", "Content-Length: 6"), 400),
        (get("/", "bad name: x"), 400),
        (get("/" + "a" * 5000), 414),
        (get("/", "X-Long: " + "a" * 9000), 431),
        (get("/", "X-Long: " + "a" * 20_000), 431),
        (get("/", "Transfer-Encoding: chunked") + b"0\r\n\r\n", 411),
        (get("/fail"), 500),
    ],
)
def test_a_request_that_is_none_is_refused_with_all_headers(
    served: Served, request_: bytes, status: int
) -> None:
    answer = served.say(request_).decode()
    head = answer.partition("\r\n\r\n")[0].split("\r\n")
    assert head[0].split()[1] == str(status)
    assert [line for line in head if line.partition(": ")[0] in dict(SECURITY)] == [
        f"{name}: {value}" for name, value in SECURITY
    ]
    assert "Connection: close" in head


def test_the_log_says_neither_who_nor_what_was_asked(served: Served) -> None:
    served.say(get("/fail?secret=1"))
    served.say(b"GET / HTTP/9.9\r\nsecret\r\n\r\n")
    said = served.log.read_text()
    assert "RuntimeError" in said
    assert [word for word in ("127.0.0.1", "/fail", "secret") if word in said] == []


def test_patience_ends(tmp_path: Path) -> None:
    with serving(tmp_path, hurry=True) as served:
        assert served.say(b"") == b""
        assert served.say(b"GET / HTTP/1.1\r\nHo") == b""
        refused = served.say(post("/form", b"hello")[:-1])
        assert refused.startswith(b"HTTP/1.1 408 Request Timeout\r\n")


def test_when_there_is_no_room_the_idle_make_room(tmp_path: Path) -> None:
    with serving(tmp_path, connections=5) as served:
        silent = [served.line() for _ in range(12)]
        assert served.say(get("/late", CLOSE)).endswith(digest(b"").encode())
        assert [line.recv(1) for line in silent[:7]] == [b""] * 7
        for line in silent:
            line.close()


def test_a_server_that_is_told_to_stop_finishes_what_has_begun(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        with served.line() as begun, served.line() as idle:
            idle.sendall(get("/first"))
            assert digest(b"").encode() in idle.recv(65536)
            request = post("/form", b"hello")
            begun.sendall(request[:-1])
            served.stop()
            begun.sendall(request[-1:])
            assert everything(begun).endswith(f"POST /form {digest(b'hello')}".encode())
            assert everything(idle) == b""
        assert served.process.wait(timeout=60) == 0
