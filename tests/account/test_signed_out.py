"""A session may end while somebody writes. What she wrote is given back to her."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.people import OURS, PASSWORD, People, StaffPerson, fields_of

TODAY = datetime.now(UTC).date()
NEW = "/en/staff/server/announcements/new"
WRITTEN = {
    "text": 'On Monday the box rests. "Bring" paper & pens <b>',
    "language": "en",
    "audience": "staff",
    "starts_on": str(TODAY),
    "ends_on": str(TODAY + timedelta(days=9)),
}


def is_signed_out(person: StaffPerson) -> None:
    """Her session ends; the page she writes on stays open."""
    person.browser.delete_cookie("staff")


def hidden_of(page: TestResponse) -> dict[str, str]:
    return fields_of(page).hidden


def test_what_was_written_is_given_back_and_is_kept_after_signing_in_again(
    people: People,
) -> None:
    kamal = people.kamal
    token = hidden_of(kamal.opens(NEW))["csrf_token"]
    is_signed_out(kamal)
    page = kamal.sends(NEW, True, csrf_token=token, **WRITTEN)
    assert page.status_code == 403
    assert hidden_of(page) == WRITTEN
    kamal.signs_in()
    again = kamal.sends(NEW, True, **hidden_of(page))
    assert again.status_code == 422  # her token is new; the form says so and holds her words
    assert "On Monday the box rests." in again.text
    kept = kamal.sends(NEW, True, csrf_token=hidden_of(again)["csrf_token"], **WRITTEN)
    assert kept.request.path == "/en/staff/server/announcements"
    assert "On Monday the box rests." in kept.text


def test_over_plain_http_a_browser_that_says_only_its_origin_gets_them_too(house: Flask) -> None:
    browser = house.test_client()
    ours = {"Origin": "http://localhost"}
    assert browser.post(NEW, data=WRITTEN, headers=ours).status_code == 403
    theirs = {"Origin": "http://elsewhere.example"}
    assert browser.post(NEW, data=WRITTEN, headers=theirs).status_code == 303


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}], ids=repr
)
def test_a_strangers_words_are_not_shown_as_hers(house: Flask, headers: dict[str, str]) -> None:
    answer = house.test_client().post(NEW, data=WRITTEN, headers=headers)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/staff/sign-in")


@pytest.mark.parametrize("name", ["password", "now", "code"])
def test_a_secret_is_not_written_into_a_page(house: Flask, name: str) -> None:
    sent = {name: PASSWORD, "email": "a word of mine"}
    answer = house.test_client().post("/en/staff/account/email", data=sent, headers=OURS)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/staff/sign-in")


def test_an_empty_form_leads_to_signing_in(house: Flask) -> None:
    answer = house.test_client().post(NEW, data={"csrf_token": "x", "text": " "}, headers=OURS)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/staff/sign-in")
