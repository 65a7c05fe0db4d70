"""Errors: in the reader's language, with a way on, and without a word of what was written."""

import errno
import logging
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, event, text
from werkzeug.test import TestResponse

from edu import sqlite
from tests.conftest import make_house
from tests.pages.seen import Seen
from tests.people import OURS, People, fields_of
from tests.test_preparing import rows

SECRET = "my aunt in Kisumu hears voices"


def seen(page: TestResponse, status: int, tag: str, direction: str = "ltr") -> Seen:
    """An error page, sound and in the reader's language."""
    assert page.status_code == status
    found = Seen(page.text)
    assert found.all("html") == [{"lang": tag, "dir": direction}]
    assert len(found.all("h1")) == 1
    assert found.loose == []
    links = [each.get("href") for each in found.all("a")]
    assert f"/{tag}/support/" in links
    assert "/out" in links
    return found


def drop(house: Flask, table: str) -> None:
    """Break the database."""
    engine = house.extensions["database"].engine
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text(f"DROP TABLE {table} CASCADE"))
        return
    # Not by the engine, which watches what points where.
    with closing(sqlite.DRIVER.connect(engine.url.database)) as file:
        file.execute(f"DROP TABLE {table}")


def test_a_page_that_is_not_here_says_so_in_the_language_of_its_address(home: Flask) -> None:
    for address, tag, direction in (
        ("/en/nothing", "en", "ltr"),
        ("/sw-KE/start/m9", "sw-KE", "ltr"),
        ("/ar/join/XXXXXXXX", "ar", "rtl"),
        ("/sw/staff/first/nothing", "sw", "ltr"),
        ("/nothing", "en", "ltr"),
        ("/en/%00", "en", "ltr"),
        ("/\u0161", "en", "ltr"),
    ):
        seen(home.test_client().get(address), 404, tag, direction)


@pytest.mark.parametrize("address", ["/sw/nothing", "/sw/m1/99/", "/sw/nothing/at/all"])
def test_an_address_of_no_page_at_all_is_answered_in_its_language_too(
    home: Flask, address: str
) -> None:
    seen(home.test_client().get(address), 404, "sw")


def test_without_a_language_in_the_address_the_browsers_own_is_spoken(home: Flask) -> None:
    page = home.test_client().get("/nothing", headers={"Accept-Language": "ar"})
    seen(page, 404, "ar", "rtl")


def test_what_may_only_be_sent_says_so_in_the_readers_language(home: Flask) -> None:
    seen(home.test_client().get("/sw/leave"), 405, "sw")


def test_who_may_not_see_a_page_is_told_in_her_language(people: People) -> None:
    page = people.kamal.browser.get("/sw/staff/groups/new")
    found = seen(page, 403, "sw")
    assert "This is not for you to see" in found.page
    # She is led back to her own work, and learners are not led there.
    assert 'class="button quiet" href="/sw/staff"' in page.text
    assert (
        'class="button quiet" href="/sw/staff"' not in people.kamal.browser.get("/sw/nowhere").text
    )


def test_a_page_that_stood_open_for_too_long_is_to_be_loaded_again(people: People) -> None:
    page = people.kamal.browser.post(
        "/en/staff/server/content", data={"csrf_token": "of yesterday"}, headers=OURS
    )
    assert "Go back, load that page again" in seen(page, 400, "en").page


def test_a_form_from_another_site_is_refused_in_the_readers_language(home: Flask) -> None:
    page = home.test_client().post("/ar/leave", headers={"Sec-Fetch-Site": "cross-site"})
    seen(page, 403, "ar", "rtl")


@pytest.mark.parametrize("headers", [OURS, {}])
def test_too_much_at_once_is_refused_in_the_readers_language(
    home: Flask, headers: dict[str, str]
) -> None:
    data = {"code": "1" * 300_000}
    page = home.test_client().post("/sw/return", data=data, headers=headers)
    found = seen(page, 413, "sw")
    assert "Nothing was kept." in found.page


def test_too_many_fields_are_refused_in_the_readers_language(home: Flask) -> None:
    fields = "&".join(f"f{number}=1" for number in range(20_000))
    page = home.test_client().post(
        "/sw/return",
        data=fields,
        headers=OURS,
        content_type="application/x-www-form-urlencoded",
    )
    assert page.status_code in (413, 422)


def test_a_fault_of_ours_loses_nothing_that_was_typed(house: Flask, people: People) -> None:
    amina = people.learner("sw")
    amina.starts("m1")
    before = rows(house)
    drop(house, "pair")
    sent = {"key": "k" * 32, "do": "submit", "contact-1": "3", "hope-2": "?"}
    page = amina.browser.post("/sw/questions/before/feelings", data=sent, headers=OURS)
    seen(page, 500, "sw")
    assert fields_of(page).hidden == sent
    assert re.search(r'<form method="post">', page.text)
    with house.extensions["database"].engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM sitting")).scalar() == 0
    assert before["sitting"] == 0


def test_the_second_try_works_once_the_fault_is_mended(house: Flask, people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    engine = house.extensions["database"].engine
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE pair RENAME TO away"))
    sent = {"key": "k" * 32, "do": "submit", "contact-1": "3"}
    page = amina.sends("/en/questions/before/feelings", **sent)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO pair"))
    again = amina.sends("/en/questions/before/feelings", **fields_of(page).hidden)
    assert (page.status_code, again.status_code) == (500, 200)
    assert "Your answers are saved." in again.text


def test_a_page_that_cannot_be_read_offers_no_form_to_send_again(
    house: Flask, people: People
) -> None:
    amina = people.amina
    amina.starts("m1")
    drop(house, "lesson_done")
    page = amina.browser.get("/en/my")
    seen(page, 500, "en")
    assert "<form" not in page.text


def test_even_without_a_database_there_is_a_page_with_the_way_to_support(house: Flask) -> None:
    drop(house, "rendering")
    drop(house, "change")
    drop(house, "edition")
    page = house.test_client().get("/en/my")
    seen(page, 500, "en")


def test_what_somebody_typed_is_never_in_the_log_when_the_database_fails(
    house: Flask, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    tendai = people.tendai
    code = tendai.join_code(tendai.makes_group(open_question="y"))
    amina = people.amina
    amina.joins(code)
    amina.finishes("m0.1", "m1.1", "m1.2")
    drop(house, "open_answer")
    with house.extensions["database"].engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TABLE open_answer (sitting_id VARCHAR, item VARCHAR,"
                " text VARCHAR CHECK (length(text) < 3))"
            )
        )
    with caplog.at_level(logging.DEBUG):
        page = amina.sends("/en/questions/after/openly", key="k" * 32, do="submit", words=SECRET)
    assert page.status_code == 500
    assert "Error" in caplog.text
    assert SECRET not in caplog.text


def test_the_words_of_an_unexpected_fault_are_never_in_the_log(
    house: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    @house.post("/<tag>/break")
    def fail() -> str:
        raise ValueError(SECRET)

    with caplog.at_level(logging.DEBUG):
        page = house.test_client().post("/en/break", data={"words": SECRET}, headers=OURS)
    assert page.status_code == 500
    assert "ValueError in fail" in caplog.text
    assert SECRET not in caplog.text


def test_a_learners_number_is_never_in_the_log(
    house: Flask, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        amina = people.amina
        amina.starts("m1")
        people.learner().comes_back(amina.code)
        people.learner().browser.post("/en/return", data={"code": amina.code})
    assert len(amina.code) == 12
    assert amina.code not in caplog.text


def test_nothing_that_is_sent_is_a_fault_of_ours(people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    questions = "/en/questions/before/feelings"
    sent: list[tuple[str, dict[str, str]]] = [
        ("/en/m1/1/done", {"release": "\u0663"}),
        ("/en/m1/1/done", {"release": "9" * 30}),
        ("/en/m1/2/done", {"release": "9" * 5000}),
        ("/en/m1\0/1/done", {}),
        ("/en/return", {"code": "\0" * 12}),
        ("/en/join", {"code": "AB\0CDEFG"}),
        ("/en/start/m1", {"agree": "yes", "key": "\0" * 30}),
        (questions, {"key": "k" * 40, "contact-1": "\0"}),
        (questions, {"key": "k\0" * 20, "do": "submit"}),
        (questions, {"key": "k" * 100_000, "do": "submit"}),
    ]
    faults = [
        (address, values)
        for address, values in sent
        if amina.browser.post(address, data=values, headers=OURS).status_code >= 500
    ]
    assert faults == []


def test_a_key_used_for_two_questionnaires_is_no_fault_of_ours(people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    for instrument in ("feelings", "facts"):
        page = amina.sends(f"/en/questions/before/{instrument}", key="k" * 32, do="submit")
        assert page.status_code < 500


@contextmanager
def closed(house: Flask) -> Iterator[None]:
    """The database takes nothing in, as on a full or closed disk, and then it does again."""
    engine = house.extensions["database"].engine
    sqlite = engine.dialect.name == "sqlite"

    def close(connection: Connection) -> None:
        plain = connection.connection.dbapi_connection
        assert plain is not None
        how = "PRAGMA query_only=ON" if sqlite else "SET TRANSACTION READ ONLY"
        plain.cursor().execute(how)

    def open_again(connection: Connection) -> None:
        plain = connection.connection.dbapi_connection
        if sqlite and plain is not None:
            plain.cursor().execute("PRAGMA query_only=OFF")

    event.listen(engine, "begin", close)
    event.listen(engine, "rollback", open_again)
    event.listen(engine, "commit", open_again)
    try:
        yield
    finally:
        for name, deed in (("begin", close), ("rollback", open_again), ("commit", open_again)):
            event.remove(engine, name, deed)
        engine.dispose()


def test_what_cannot_be_saved_comes_back_in_the_readers_language_and_is_saved_later(
    house: Flask, people: People
) -> None:
    amina = people.learner("sw")
    amina.starts("m1")
    sent = {"key": "k" * 32, "do": "submit", "contact-1": "3", "hope-2": "?"}
    with closed(house):
        page = amina.browser.post("/sw/questions/before/feelings", data=sent, headers=OURS)
    found = seen(page, 503, "sw")
    assert page.headers["Retry-After"] == "30"
    assert fields_of(page).hidden == sent
    assert len(found.all("button")) == 1
    again = amina.sends("/sw/questions/before/feelings", **fields_of(page).hidden)
    assert again.status_code == 200
    with house.extensions["database"].engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM sitting")).scalar() == 1


def test_a_commit_that_fails_is_told_like_any_other_fault(house: Flask, people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    engine = house.extensions["database"].engine
    house.config["PROPAGATE_EXCEPTIONS"] = False

    def fail(_connection: Connection) -> None:
        raise OSError(errno.ENOSPC, SECRET)

    event.listen(engine, "commit", fail)
    sent = {"key": "k" * 32, "do": "submit", "contact-1": "3"}
    page = amina.browser.post("/en/questions/before/feelings", data=sent, headers=OURS)
    event.remove(engine, "commit", fail)
    seen(page, 503, "en")
    assert fields_of(page).hidden == sent
    assert amina.sends("/en/questions/before/feelings", **sent).status_code == 200


def test_when_the_database_is_gone_pages_say_so_in_the_language_of_the_address(
    tmp_path: Path,
) -> None:
    app = make_house(tmp_path, f"postgresql://nobody@/nothing?host={tmp_path}")
    for tag, direction in (("en", "ltr"), ("sw-KE", "ltr"), ("ar", "rtl")):
        page = app.test_client().get(f"/{tag}/my")
        found = seen(page, 503, tag, direction)
        assert "<form" not in found.page
        assert page.headers["Retry-After"] == "30"
    page = app.test_client().get("/nothing", headers={"Accept-Language": "ar, en;q=0.5"})
    seen(page, 503, "ar", "rtl")
    page = app.test_client().post("/sw/return", data={"code": "1234"}, headers=OURS)
    seen(page, 503, "sw")
    assert fields_of(page).hidden == {"code": "1234"}


def test_a_password_that_cannot_be_saved_is_not_written_into_the_page(
    house: Flask, people: People
) -> None:
    house.config["PROPAGATE_EXCEPTIONS"] = False
    tendai = people.learner().browser
    token = fields_of(tendai.get("/sw/staff/sign-in")).hidden["csrf_token"]
    sent = {"csrf_token": token, "login": "tendai", "password": SECRET}
    with closed(house):
        page = tendai.post("/sw/staff/sign-in", data=sent, headers=OURS)
    found = seen(page, 503, "sw")
    assert SECRET not in page.text
    assert found.all("button") == []


def test_a_path_is_never_in_the_log(
    house: Flask, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    amina = people.amina
    amina.starts("m1")
    house.config["PROPAGATE_EXCEPTIONS"] = False
    drop(house, "lesson_done")
    with caplog.at_level(logging.DEBUG):
        page = amina.browser.get("/en/my?word=kanari")
    assert page.status_code == 500
    assert "kanari" not in caplog.text
    assert "/en/my" not in caplog.text
