"""Players ask for parts of a sound: they get them, and nobody else's answer changes."""

from pathlib import Path

import pytest
from werkzeug.test import Client, TestResponse

from edu.pages.ranges import part_of
from edu.pages.serve import Published

BODY = bytes(range(100))


@pytest.fixture
def browser(tmp_path: Path) -> Client:
    (tmp_path / "sound").mkdir()
    for name in ("5.opus", "5.mp3"):
        (tmp_path / "sound" / name).write_bytes(BODY)
    (tmp_path / "a.html").write_bytes(BODY)

    def nothing(environ: dict[str, object], start_response: object) -> list[bytes]:
        raise AssertionError("the application is not asked")

    return Client(Published(nothing, tmp_path))


def asks(browser: Client, part: str, **headers: str) -> TestResponse:
    return browser.get("/sound/5.opus", headers={"Range": part, **headers})


PARTS = {
    "bytes=0-9": (0, 10),
    "bytes=10-": (10, 100),
    "bytes=-20": (80, 100),
    "bytes=90-500": (90, 100),
    "bytes=99-99": (99, 100),
}


@pytest.mark.parametrize("asked", PARTS)
def test_a_part_is_answered_with_its_place(browser: Client, asked: str) -> None:
    first, end = PARTS[asked]
    answer = asks(browser, asked)
    assert (answer.status_code, answer.data) == (206, BODY[first:end])
    assert answer.headers["Content-Range"] == f"bytes {first}-{end - 1}/100"
    assert answer.headers["Content-Length"] == str(end - first)


@pytest.mark.parametrize(
    "asked", ["", "bytes", "bytes=-", "bytes=5-2", "bytes=0-1,5-6", "lines=0-9", "bytes=0-"]
)
def test_what_is_no_single_part_gets_the_whole(browser: Client, asked: str) -> None:
    answer = asks(browser, asked)
    assert (answer.status_code, answer.data) == (200, BODY)
    assert "Content-Range" not in answer.headers


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(browser: Client, asked: str) -> None:
    answer = asks(browser, asked)
    assert (answer.status_code, answer.data) == (416, b"")
    assert answer.headers["Content-Range"] == "bytes */100"


def test_a_part_of_an_older_sound_is_not_mixed_with_a_newer_one(browser: Client) -> None:
    tag = browser.get("/sound/5.opus").headers["ETag"]
    assert asks(browser, "bytes=0-9", **{"If-Range": tag}).status_code == 206
    assert asks(browser, "bytes=0-9", **{"If-Range": '"older"'}).data == BODY


def test_a_head_names_the_part_and_sends_nothing(browser: Client) -> None:
    answer = browser.head("/sound/5.mp3", headers={"Range": "bytes=0-9"})
    assert (answer.status_code, answer.headers["Content-Length"], answer.data) == (206, "10", b"")


def test_only_what_is_played_comes_in_parts(browser: Client) -> None:
    page = browser.get("/a.html", headers={"Range": "bytes=0-9"})
    assert (page.status_code, page.data) == (200, BODY)
    assert "Accept-Ranges" not in page.headers
    assert browser.get("/sound/5.mp3").headers["Accept-Ranges"] == "bytes"


def test_a_number_as_long_as_one_likes_is_no_number() -> None:
    assert part_of("bytes=" + "9" * 5_000 + "-", 100) is None
