"""Over TLS a cookie's name says that nobody else can have set it."""

import pytest
from flask import Flask, Response, request, session
from flask.testing import FlaskClient

from edu.pages.cookies import HostCookieSession, drop_cookie, read_cookie, set_cookie

PLAIN = "http://daraja.example"
SAFE = "https://daraja.example"


@pytest.fixture
def browser() -> FlaskClient:
    """A browser at a site that keeps one cookie, and one in Flask's session."""
    app = Flask("cookies")
    app.config.update(SECRET_KEY="a test's", SESSION_COOKIE_NAME="form")
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.session_interface = HostCookieSession()

    @app.get("/read")
    def read() -> str:
        return str(read_cookie(request, "sid"))

    @app.get("/set")
    def keep() -> Response:
        answer = Response("kept")
        set_cookie(request, answer, "sid", "value", seconds=60)
        return answer

    @app.get("/drop")
    def drop() -> Response:
        answer = Response("dropped")
        drop_cookie(request, answer, "sid")
        return answer

    @app.get("/session")
    def count() -> str:
        session["count"] = session.get("count", 0) + 1
        return str(session["count"])

    return app.test_client()


def parts(header: str) -> set[str]:
    """A Set-Cookie header without what differs from day to day."""
    return {each for each in header.split("; ") if not each.startswith("Expires=")}


def test_over_tls_a_cookie_belongs_to_this_host_alone(browser: FlaskClient) -> None:
    told = browser.get("/set", base_url=SAFE).headers["Set-Cookie"]
    assert parts(told) == {
        *("__Host-sid=value", "Max-Age=60", "Path=/"),
        *("Secure", "HttpOnly", "SameSite=Lax"),
    }
    assert browser.get("/read", base_url=SAFE).text == "value"


def test_over_plain_http_it_is_kept_under_its_plain_name(browser: FlaskClient) -> None:
    told = browser.get("/set", base_url=PLAIN).headers["Set-Cookie"]
    assert parts(told) == {"sid=value", "Max-Age=60", "Path=/", "HttpOnly", "SameSite=Lax"}
    assert browser.get("/read", base_url=PLAIN).text == "value"


def test_what_was_planted_over_plain_http_is_not_believed_over_tls(browser: FlaskClient) -> None:
    browser.set_cookie("sid", "planted", domain="daraja.example")
    assert browser.get("/read", base_url=PLAIN).text == "planted"
    assert browser.get("/read", base_url=SAFE).text == "None"


def test_a_cookie_is_dropped_under_the_name_it_was_kept_under(browser: FlaskClient) -> None:
    for where, name in ((SAFE, "__Host-sid"), (PLAIN, "sid")):
        browser.get("/set", base_url=where)
        told = browser.get("/drop", base_url=where).headers["Set-Cookie"]
        assert (name + "=" in parts(told), "Max-Age=0" in parts(told)) == (True, True)
        assert browser.get("/read", base_url=where).text == "None"


def test_the_cookie_of_a_forms_token_follows_the_same_rule(browser: FlaskClient) -> None:
    for where, name in ((SAFE, "__Host-form"), (PLAIN, "form")):
        first = browser.get("/session", base_url=where)
        assert first.headers["Set-Cookie"].split("=")[0] == name
        assert ("Secure" in parts(first.headers["Set-Cookie"])) == (where == SAFE)
        assert [first.text, browser.get("/session", base_url=where).text] == ["1", "2"]
