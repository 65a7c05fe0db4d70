"""The headers of every answer: nothing from elsewhere, nothing kept that is somebody's own."""

import base64
import hashlib
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from edu import create_app
from edu.pages.assets import script, script_digests, stylesheet
from edu.pages.headers import FINISHED, SECURITY
from tests.people import OURS, People

#: Answers with what was made before anybody asked.
MADE_BEFORE = ("finished", "asset", "staff asset", "not modified", "head")


@pytest.fixture(scope="module")
def answers(home: Flask) -> dict[str, TestResponse]:
    """One answer of every kind."""
    people = People(home)
    amina, tendai, stranger = people.amina, people.tendai, home.test_client()
    group = tendai.makes_group()
    card = amina.starts("m1")
    amina.finishes("m0.1", "m1.1", "m1.2")
    amina.answers("after", "feelings", contact_1="1")
    return {
        "finished": stranger.get("/en/m1/1/"),
        "asset": stranger.get(stylesheet()),
        "staff asset": stranger.get(stylesheet("staff.css")),
        "not modified": stranger.get("/en/", headers={"If-None-Match": "*"}),
        "head": stranger.head("/en/m1/"),
        "no slash": stranger.get("/en/m1"),
        "first": stranger.get("/"),
        "nearest": stranger.get("/sw-TZ/my"),
        "out": stranger.get("/out"),
        "dynamic": stranger.get("/en/return"),
        "hers": amina.browser.get("/en/my"),
        "card": card,
        "calendar": amina.browser.get("/en/reminder.ics"),
        "refused": stranger.post("/en/return", data={"code": "1"}, headers=OURS),
        "once more": stranger.post("/en/return", data={"code": "1"}),
        "strange": stranger.post("/en/leave", headers={"Sec-Fetch-Site": "cross-site"}),
        "sent": amina.browser.post("/en/m1/1/done", data={"release": "1"}, headers=OURS),
        "missing": stranger.get("/en/nothing"),
        "method": stranger.get("/en/leave"),
        "options": stranger.options("/en/return"),
        "too much": stranger.post("/en/return", data={"code": "1" * 300_000}, headers=OURS),
        "forbidden": tendai.browser.get("/en/staff/members"),
        "sign in": stranger.get("/en/staff/sign-in"),
        "staff": tendai.browser.get("/en/staff"),
        "report": tendai.browser.get(f"/en/staff/groups/{group}/report"),
        "download": tendai.browser.get(f"/en/staff/groups/{group}/report/table.csv"),
        "codebook": tendai.browser.get(f"/en/staff/groups/{group}/report/codebook.csv"),
    }


def test_the_answers_are_what_they_are_meant_to_be(answers: dict[str, TestResponse]) -> None:
    assert {name: answer.status_code for name, answer in answers.items()} == {
        **dict.fromkeys(answers, 200),
        "not modified": 304,
        "no slash": 308,
        "first": 302,
        "nearest": 302,
        "refused": 422,
        "strange": 403,
        "sent": 303,
        "missing": 404,
        "method": 405,
        "too much": 413,
        "forbidden": 403,
    }


def test_every_answer_carries_the_headers_that_protect_its_reader(
    answers: dict[str, TestResponse],
) -> None:
    for kind, answer in answers.items():
        for name, value in FINISHED if kind in MADE_BEFORE else SECURITY:
            assert (kind, name, answer.headers.getlist(name)) == (kind, name, [value])


def test_nothing_from_elsewhere_is_ever_loaded(answers: dict[str, TestResponse]) -> None:
    policy = dict(
        part.strip().split(" ", 1)
        for part in answers["dynamic"].headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert set(policy["script-src"].split()) == set(script_digests())
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert policy["base-uri"] == "'none'"
    assert not [part for part in policy.values() if "unsafe" in part or "http" in part]


def test_a_finished_page_may_run_the_scripts_it_has_and_ask_for_nothing(
    answers: dict[str, TestResponse],
) -> None:
    said = {
        kind: answers[kind].headers["Content-Security-Policy"].split("; ") for kind in MADE_BEFORE
    }
    digest = base64.b64encode(hashlib.sha256(script("exit.js").encode()).digest()).decode()
    least = [
        "default-src 'none'",
        f"script-src 'sha256-{digest}'",
        *("style-src 'self'", "img-src 'self' data:", "media-src 'self'", "form-action 'self'"),
        *("base-uri 'none'", "frame-ancestors 'none'"),
    ]
    plain = [least[0], "script-src 'none'", *least[2:]]
    assets = {"asset", "staff asset"}
    assert said == {kind: plain if kind in assets else least for kind in MADE_BEFORE}


def test_only_what_is_the_same_for_everybody_may_be_kept(
    answers: dict[str, TestResponse],
) -> None:
    kept = {
        name
        for name, answer in answers.items()
        if answer.headers.get("Cache-Control") != "no-store"
    }
    assert kept == {*MADE_BEFORE, "no slash"}


def test_only_the_first_answer_depends_on_the_language_of_the_browser(
    answers: dict[str, TestResponse],
) -> None:
    found = {
        name for name, each in answers.items() if "Accept-Language" in each.headers.get("Vary", "")
    }
    assert found == {"first"}


def test_a_download_says_what_it_is(answers: dict[str, TestResponse]) -> None:
    for name in ("download", "codebook"):
        assert answers[name].headers["Content-Type"] == "text/csv; charset=utf-8"
        assert answers[name].headers["Content-Disposition"].startswith('attachment; filename="')
    assert answers["calendar"].headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_a_fault_of_ours_carries_them_too(house: Flask) -> None:
    @house.get("/<tag>/break")
    def fail() -> str:
        raise RuntimeError

    answer = house.test_client().get("/en/break")
    assert answer.status_code == 500
    assert [answer.headers.getlist(name) for name, _ in SECURITY] == [
        [value] for _, value in SECURITY
    ]


def test_encrypted_connections_stay_encrypted(home: Flask) -> None:
    strict = "max-age=63072000; includeSubDomains"
    browser = home.test_client()
    for address in ("/en/", "/en/return", "/en/nothing", stylesheet()):
        plain = browser.get(address)
        safe = browser.get(address, base_url="https://localhost")
        assert plain.headers.getlist("Strict-Transport-Security") == []
        assert safe.headers.getlist("Strict-Transport-Security") == [strict]


def test_a_proxy_is_believed_only_where_there_is_one(home: Flask) -> None:
    forwarded = {"X-Forwarded-Proto": "https"}
    assert (
        "Strict-Transport-Security" not in home.test_client().get("/en/", headers=forwarded).headers
    )
    behind = create_app(replace(home.extensions["settings"], behind_proxy=True))
    for address in ("/en/", "/en/return"):
        answer = behind.test_client().get(address, headers=forwarded)
        assert "Strict-Transport-Security" in answer.headers
    behind.extensions["database"].engine.dispose()


def test_a_host_that_is_not_ours_is_refused_with_all_headers(home: Flask) -> None:
    own = create_app(replace(home.extensions["settings"], trusted_hosts=("daraja.example",)))
    own.testing = True
    answer = own.test_client().get("/en/return", base_url="http://elsewhere.example")
    assert answer.status_code == 400
    assert [answer.headers.get(name) for name, _ in SECURITY] == [value for _, value in SECURITY]
    good = own.test_client().get("/en/return", base_url="http://daraja.example")
    assert good.status_code == 200
    own.extensions["database"].engine.dispose()


def test_the_first_address_leads_to_the_nearest_language_on_offer(home: Flask) -> None:
    browser = home.test_client()
    for wanted, found in (
        ("sw-KE", "/sw-KE/"),
        ("sw-TZ, ar;q=0.5", "/sw/"),
        ("fr, ar;q=0.8, en;q=0.5", "/ar/"),
        ("en-GB, sw;q=0.5", "/en/"),
        ("xx-not-a-tag-!!, ", "/en/"),
        ("*", "/en/"),
    ):
        answer = browser.get("/", headers={"Accept-Language": wanted})
        assert (wanted, answer.status_code, answer.headers["Location"]) == (wanted, 302, found)
