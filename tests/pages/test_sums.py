"""A finished page that a bad card has changed is not shown; its other forms, or words, are."""

import json
import os
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client

from edu.pages.serve import Published
from edu.pages.store import Page, publish
from tests.pages.test_serve import application

#: Long enough that its packed forms are kept beside it.
TEXT = b"<p>" + b"Come in and sit down. " * 200 + b"</p>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A published folder with the digests of its files."""
    made = tmp_path / "published"
    publish(made, [Page("m1/index.html", TEXT)])
    files = [each for each in made.rglob("*") if each.is_file()]
    sums = {str(each.relative_to(made)): sha256(each.read_bytes()).hexdigest() for each in files}
    made.with_suffix(".sums").write_text(json.dumps(sums))
    return made


def turn_a_byte(file: Path) -> None:
    """What a worn-out card does: a bit changes, the time of change does not."""
    times = os.stat(file)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def test_whole_pages_are_shown(folder: Path) -> None:
    browser = Client(Published(application, folder))
    assert browser.get("/m1/").data == TEXT


def test_a_damaged_packed_form_is_replaced_by_the_plain_one(folder: Path) -> None:
    turn_a_byte(folder / "m1" / "index.html.br")
    answer = Client(Published(application, folder)).get("/m1/", headers={"Accept-Encoding": "br"})
    assert (answer.data, answer.headers.get("Content-Encoding")) == (TEXT, None)


def test_a_damaged_page_is_never_shown(folder: Path) -> None:
    for file in (folder / "m1").iterdir():
        turn_a_byte(file)
    for accepted in ("", "gzip", "br"):
        browser = Client(Published(application, folder))
        answer = browser.get("/m1/", headers={"Accept-Encoding": accepted})
        assert (answer.status_code, answer.data) == (404, b"the application")


def test_a_page_written_after_the_digests_is_shown(folder: Path) -> None:
    publish(folder, [Page("m1/index.html", TEXT + b"new")])
    later = folder.with_suffix(".sums").stat().st_mtime_ns + 10**9
    for file in (folder / "m1").iterdir():
        os.utime(file, ns=(later, later))
    assert Client(Published(application, folder)).get("/m1/").data == TEXT + b"new"


def test_the_reader_is_told_that_the_page_cannot_be_shown_now(house: Flask) -> None:
    folder = house.extensions["settings"].published
    page = folder / "en" / "m1" / "index.html"
    sums = {"en/m1/index.html": sha256(page.read_bytes()).hexdigest()}
    folder.with_suffix(".sums").write_text(json.dumps(sums))
    turn_a_byte(page)
    answer = house.test_client().get("/en/m1/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "This page cannot be shown now" in answer.text
    assert house.test_client().get("/en/m2/").status_code == 404
