"""Whether a request is here is told from its first bytes, and its last."""

import pytest

from edu.slow_phones.gathered import GATHERED_BODY, LONGEST_HEAD, Arrival, look

GET = b"GET /en/ HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST /en/leave HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"


def post(*fields: bytes) -> bytes:
    """A head with these fields."""
    return b"\r\n".join([b"POST / HTTP/1.1", *fields, b"", b""])


def test_a_request_is_here_with_its_last_byte_and_not_before() -> None:
    for request in (GET, POST + b"hello"):
        here = [look(request[:end]).is_here(end) for end in range(len(request) + 1)]
        assert here == [False] * len(request) + [True]


def test_what_follows_belongs_to_the_next() -> None:
    assert look(POST + b"hello" + GET) == look(POST + b"hello")


def test_a_head_without_end_is_refused() -> None:
    assert look(b"GET /" + b"a" * (LONGEST_HEAD - 6)).refused is None
    assert look(b"GET /" + b"a" * LONGEST_HEAD).refused == 431


@pytest.mark.parametrize(
    "name", [b"Transfer-Encoding", b"transfer-encoding ", b"TRANSFER-ENCODING"]
)
def test_a_body_without_a_length_is_refused(name: bytes) -> None:
    assert look(post(name + b": chunked")).refused == 411
    assert look(post(b"Content-Length: 5", name + b": chunked")).refused == 411


@pytest.mark.parametrize(
    "fields",
    [
        [b"Content-Length: 5", b"Content-Length: 6"],
        [b"Content-Length: +5"],
        [b"Content-Length: 5, 5"],
        [b"Content-Length: " + "٥".encode()],
        [b"Content-Length: " + b"9" * 16],
    ],
)
def test_a_length_that_is_none_is_left_to_the_parser(fields: list[bytes]) -> None:
    request = post(*fields)
    assert look(request) == Arrival(head=True, enough=len(request))


def test_of_a_long_body_a_beginning_is_enough() -> None:
    request = post(b"Content-Length: 10000000")
    assert look(request) == Arrival(
        head=True, enough=len(request) + GATHERED_BODY, whole=False, asks_first=False
    )


def test_a_body_that_is_longer_than_any_is_refused_before_it_comes() -> None:
    assert look(post(b"Content-Length: 67108864")).refused is None
    assert look(post(b"Content-Length: 67108865")).refused == 413


def test_who_asks_before_sending_is_told_only_while_something_is_missing() -> None:
    request = post(b"Content-Length: 5", b"Expect: 100-Continue")
    assert look(request).asks_first
    assert not look(request + b"hello").asks_first
