"""The daily work lets a number vanish, also where a mistake in a file stops new releases."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from edu.backups import daily
from edu.communities.models import Profile, ProfileEntry
from edu.health import marks, published
from edu.preparing import get_ready, prepare, renew_pages
from tests.conftest import make_house
from tests.databases import fresh_sqlite_url


@pytest.fixture
def called(tmp_path: Path, root: Path) -> Flask:
    """A server of its own, with a number that somebody called today on its support page."""
    app = make_house(tmp_path / "instance", fresh_sqlite_url(tmp_path), root)
    (tmp_path / "instance").mkdir()
    prepare(app)
    line = ProfileEntry(
        section="service",
        slug="line",
        position=0,
        fields={"name": "The line", "number": "0000 111", "kind": "helpline"},
        confirmed_on=marks.now().date(),
        confirmed_by="chipo",
    )
    with app.extensions["database"].work() as session:
        session.add(Profile(tag="sw-KE", entries=[line]))
    return app


def shows(app: Flask) -> bool:
    """Whether the finished support page holds the number."""
    folder = app.extensions["settings"].published / "sw-KE" / "support"
    pages = [folder / f"index.html{ending}" for ending in ("", ".gz")]
    assert all(page.exists() for page in pages)
    return b"0000 111" in pages[0].read_bytes()


def a_later_day(app: Flask, days: int) -> None:
    """The server was awake on a later day."""
    folder = app.extensions["settings"].instance / "marks"
    folder.mkdir(exist_ok=True)
    moment = (marks.now() + timedelta(days=days)).isoformat()
    mark = {"name": "clock", "ended_at": moment, "outcome": "well", "detail": "", "last_well": None}
    (folder / "clock.json").write_text(json.dumps(mark), encoding="utf-8")


def keeps(app: Flask) -> dict[str, bool]:
    """Do the day's work, as `flask keep` does."""
    settings = app.extensions["settings"]
    done = daily.keep(app.extensions["database"], settings, lambda: renew_pages(app))
    return {each.name: each.well for each in done}


def test_the_day_s_work_shows_a_number_and_lets_it_vanish(called: Flask) -> None:
    assert not shows(called)
    assert keeps(called)["renewal"]
    assert shows(called)
    assert renew_pages(called) == 0  # no news
    a_later_day(called, 181)
    assert keeps(called)["renewal"]
    assert not shows(called)


def test_a_start_on_a_later_day_lets_it_vanish_too(called: Flask) -> None:
    get_ready(called)
    assert shows(called)
    a_later_day(called, 181)
    get_ready(called)
    assert not shows(called)


def test_a_mistake_in_a_file_keeps_no_number_alive(called: Flask) -> None:
    renew_pages(called)
    assert shows(called)
    root = called.extensions["settings"].root
    (root / "content" / "pages" / "support.md").write_text("no head\n", encoding="utf-8")
    a_later_day(called, 181)
    assert get_ready(called).warnings != ()
    assert keeps(called)["renewal"]
    assert not shows(called)
    # The sums are those of the pages as they are now, and the files still wait to be mended.
    settings = called.extensions["settings"]
    assert published.damaged(settings) == []
    files = published.digest_of_files(settings)
    assert not published.are_fresh(called.extensions["database"], settings, files)


def test_nothing_is_made_where_no_page_was_ever_made(tmp_path: Path, root: Path) -> None:
    app = make_house(tmp_path, fresh_sqlite_url(tmp_path), root)
    assert renew_pages(app) == 0
