"""How finished pages are served: the same bytes for everybody, quickly, and nothing else."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from edu.pages.assets import stylesheet
from edu.pages.serve import Published
from edu.pages.store import Page, publish
from tests.people import People

PAGE = Page("en/m1/1/", "<p>Salamu, مرحبا</p>".encode() * 20)
STYLE = Page("static/daraja.0123456789.css", b"p{margin:0}" * 50)


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """What stands behind the finished pages."""
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"the application"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A published folder beside things that are nobody's business."""
    publish(tmp_path / "published", [PAGE, STYLE])
    (tmp_path / "secret.key").write_text("secret")
    (tmp_path / "published.stamp").write_text("secret")
    (tmp_path / "published-old").mkdir()
    (tmp_path / "published-old" / "page").write_text("secret")
    return tmp_path / "published"


@pytest.fixture
def browser(folder: Path) -> Client:
    return Client(Published(application, folder))


def ask(folder: Path, path: str, method: str = "GET") -> bytes:
    """The answer to an address exactly as a server would hand it over."""
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.url_scheme": "http"}
    return b"".join(Published(application, folder)(environ, lambda *_: None))


def said(response: TestResponse) -> tuple[int, str | None]:
    return response.status_code, response.headers.get("Content-Encoding")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip;q=0, br; q=0.0", None),
        ("gzip;q=0.5, br;q=0.1", "br"),
        ("gzip, br;q=0.000", "gzip"),
        ("gzip;q=0.00", None),
        ("deflate", None),
    ],
)
def test_a_page_is_packed_only_in_ways_the_browser_takes(
    browser: Client, accepted: str, encoding: str | None
) -> None:
    page = browser.get("/en/m1/1/", headers={"Accept-Encoding": accepted})
    assert said(page) == (200, encoding)
    unpack = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}[encoding]
    assert unpack(page.data) == PAGE.body
    assert page.headers["Content-Length"] == str(len(page.data))
    assert page.headers["Vary"] == "Accept-Encoding"


def test_each_form_of_a_page_has_a_strong_tag_of_its_own(browser: Client) -> None:
    tags = {
        browser.get("/en/m1/1/", headers={"Accept-Encoding": each}).headers["ETag"]
        for each in ("identity", "gzip", "br")
    }
    assert len(tags) == 3
    assert [tag for tag in tags if tag.startswith("W/") or not tag.startswith('"')] == []


@pytest.mark.parametrize(
    ("asked", "status"),
    [("{tag}", 304), ('"other", {tag}', 304), ("*", 304), ('"other"', 200), ("W/{tag}", 304)],
)
def test_a_page_the_browser_has_is_not_sent_again(browser: Client, asked: str, status: int) -> None:
    tag = browser.get("/en/m1/1/").headers["ETag"]
    again = browser.get("/en/m1/1/", headers={"If-None-Match": asked.format(tag=tag)})
    assert again.status_code == status
    assert again.headers["ETag"] == tag
    assert again.data == (b"" if status == 304 else PAGE.body)


def test_head_says_what_get_would_say_without_the_page(browser: Client) -> None:
    got, head = (browser.open("/en/m1/1/", method=method) for method in ("GET", "HEAD"))
    assert head.data == b""
    assert list(head.headers) == list(got.headers)
    assert head.headers["Content-Length"] == str(len(PAGE.body))


def test_other_methods_are_left_to_the_application(browser: Client) -> None:
    assert browser.post("/en/m1/1/").data == b"the application"


def test_an_asset_may_be_kept_for_ever_and_a_page_may_not(browser: Client) -> None:
    style = browser.get("/static/daraja.0123456789.css").headers
    page = browser.get("/en/m1/1/").headers
    assert style["Cache-Control"] == "public, max-age=31536000, immutable"
    assert style["Content-Type"] == "text/css; charset=utf-8"
    assert page["Cache-Control"] == "max-age=300, stale-while-revalidate=86400"
    assert page["Content-Type"] == "text/html; charset=utf-8"


def test_a_new_release_shows_at_once(browser: Client, folder: Path) -> None:
    old = browser.get("/en/m1/1/").headers["ETag"]
    publish(folder, [Page(PAGE.path, b"new"), STYLE])
    page = browser.get("/en/m1/1/")
    assert page.data == b"new"
    assert page.headers["ETag"] != old
    assert (
        gzip.decompress(browser.get("/en/m1/1/", headers={"Accept-Encoding": "gzip"}).data)
        == b"new"
    )


def test_a_page_that_was_taken_back_is_gone_at_once(browser: Client, folder: Path) -> None:
    browser.get("/en/m1/1/", headers={"Accept-Encoding": "br"})
    publish(folder, [STYLE])
    page = browser.get("/en/m1/1/", headers={"Accept-Encoding": "br"})
    assert page.data == b"the application"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.key",
        "/en/../../secret.key",
        "/en/m1/../../../secret.key",
        "//../secret.key",
        "/..",
        "/.",
        "/en/.",
        "/en\0/",
        "/en/m1/1/\0",
        "\\..\\secret.key",
        "/en/..\\..\\secret.key",
        "/en",
        "/en/m1",
        "",
        "/",
        ".stamp",
        "-old/page",
        "/en/\u00e9/",
        "/" + "a" * 5000,
    ],
)
def test_no_address_leads_out_of_the_folder(folder: Path, path: str) -> None:
    assert ask(folder, path) == b"the application"


def test_a_page_asked_for_without_its_last_slash_is_led_to(browser: Client) -> None:
    answer = browser.get("/en/m1/1")
    assert (answer.status_code, answer.headers["Location"], answer.data) == (308, "/en/m1/1/", b"")
    assert browser.get("/en/m1/1?", follow_redirects=True).data == PAGE.body


@pytest.mark.parametrize(
    "path", ["/%2e%2e/secret.key", "/en/%2e%2e/%2e%2e/secret.key", "/en/..%2f..%2fsecret.key"]
)
def test_no_disguised_address_leads_out_of_the_folder(browser: Client, path: str) -> None:
    assert browser.get(path).data == b"the application"


def test_a_thousand_spellings_of_one_address_take_no_memory(folder: Path) -> None:
    published = Published(application, folder)
    for number in range(1, 1001):
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/" * number + "en/m1/1/"}
        published(environ, lambda *_: None)
    assert len(published._kept) <= 1


def encodings(app: Flask, address: str) -> Iterator[bytes]:
    for name, unpack in (("identity", bytes), ("gzip", gzip.decompress), ("br", brotli.decompress)):
        yield unpack(app.test_client().get(address, headers={"Accept-Encoding": name}).data)


def test_a_page_is_the_same_bytes_for_a_learner_and_for_a_stranger(
    tiny: Flask, tiny_people: People
) -> None:
    amina = tiny_people.amina
    amina.starts("m1")
    amina.answers("before", "feelings", contact_1="3")
    amina.finishes("m1.1")
    stranger = tiny.test_client()
    for address in ("/en/", "/en/m1/", "/en/m1/1/", "/en/m1/1/notes/", "/en/support/"):
        hers, theirs = amina.browser.get(address), stranger.get(address)
        assert hers.data == theirs.data
        assert hers.headers == theirs.headers


def test_a_finished_page_sets_no_cookie(tiny: Flask) -> None:
    for address in ("/en/", "/sw/m1/1/", "/sw-KE/m1/", stylesheet(), stylesheet("staff.css")):
        page = tiny.test_client().get(address)
        assert (page.status_code, page.headers.getlist("Set-Cookie")) == (200, [])


def test_every_packing_of_a_real_page_holds_the_same_text(tiny: Flask) -> None:
    for address in ("/ar/", "/sw-KE/m1/1/", stylesheet(), stylesheet("staff.css")):
        assert len(set(encodings(tiny, address))) == 1
