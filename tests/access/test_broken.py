"""What an attacker and a clumsy user found once, so that it stays mended."""

import unicodedata
from datetime import date

import pytest
from flask import Flask

from edu.partners.links import invite
from edu.partners.looking_after import dismiss
from edu.partners.members import member_named
from edu.partners.roles import Role
from edu.server.choices import SecondStep
from tests.account.hands import (
    asks_second_step_of,
    change,
    is_in,
    member_of,
    stranger,
    takes_list,
    types_password,
)
from tests.people import OURS, PASSWORD, People, fields_of
from tests.test_errors import closed

GOATS = "four gentle goats in the rain"


def test_a_password_asked_for_once_more_is_not_written_into_a_page_either(
    house: Flask, people: People
) -> None:
    house.config["PROPAGATE_EXCEPTIONS"] = False
    tendai = people.tendai
    token = fields_of(tendai.opens("/en/staff/account/email")).hidden["csrf_token"]
    sent = {"csrf_token": token, "now": PASSWORD}
    with closed(house):
        page = tendai.browser.post("/en/staff/account/email", data=sent, headers=OURS)
    assert page.status_code == 503
    assert PASSWORD not in page.text


def test_whoever_got_in_with_the_password_alone_is_out_when_a_second_step_is_chosen(
    house: Flask, people: People
) -> None:
    tendai = people.tendai
    asks_second_step_of(house, SecondStep.EVERYBODY)
    thief = stranger(house)
    types_password(thief, "tendai")
    assert thief.browser.get("/en/staff").headers["Location"] == "/en/staff/account/second-step"
    assert len(takes_list(tendai)) == 40
    assert is_in(tendai)
    assert not is_in(thief)


def test_whoever_has_left_may_come_back_with_her_address_and_her_account_elsewhere(
    house: Flask, people: People
) -> None:
    assert people.tendai.login == "tendai"
    change(house, "tendai", email="tendai@example.org", subject="https://id.example.org|7")
    with house.extensions["database"].work() as session:
        tendai = member_named(session, "tendai")
        assert tendai is not None
        dismiss(session, tendai, tendai.grants[0].organisation_id, date(2026, 11, 21))
    left = member_of(house, "tendai")
    assert (left.ended_on, left.email, left.subject) == (date(2026, 11, 21), None, None)


@pytest.mark.parametrize(("tag", "programme"), [("sw", "0"), ("", "7")])
def test_a_role_that_does_not_exist_is_refused_whatever_is_sent_beside_it(
    people: People, tag: str, programme: str
) -> None:
    page = people.ruth.fills(
        "/en/staff/members/invite", role="queen", language=tag, programme=programme
    )
    assert page.status_code == 422


NAMES = ["प्रिया", "தமிழ்", "محمّد", "élan"]
JOIN = "/en/staff/invitation/"


def invited(house: Flask) -> str:
    """The address of a fresh invitation by Ruth."""
    with house.extensions["database"].work() as session:
        ruth = member_named(session, "ruth")
        assert ruth is not None
        return JOIN + invite(session, ruth, ruth.grants[0].organisation, Role.TRAINER)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_signs_in_from_any_keyboard(
    house: Flask, people: People, name: str
) -> None:
    assert people.ruth.login == "ruth"
    typed = unicodedata.normalize("NFD", name)
    stranger(house).fills(invited(house), login=typed, password=GOATS)
    for form in ("NFC", "NFD"):
        person = stranger(house)
        types_password(person, unicodedata.normalize(form, name), GOATS)
        assert is_in(person)


@pytest.mark.parametrize("name", ["tendai\u3164", "ten\u034fdai", "tendai\ufe0f", "ｔｅｎｄａｉ"])
def test_nobody_takes_a_name_that_looks_the_same(house: Flask, people: People, name: str) -> None:
    assert people.ruth.login == "ruth"
    page = stranger(house).fills(invited(house), login=name, password=GOATS)
    assert page.status_code == 422


def test_a_name_kept_by_the_first_version_still_signs_in(house: Flask, people: People) -> None:
    assert people.ruth.login == "ruth"
    kept = "\u0958\u0932\u092e"
    assert unicodedata.normalize("NFC", kept) != kept
    with house.extensions["database"].work() as session:
        tendai = member_named(session, "tendai")
        assert tendai is not None
        tendai.login = kept
    person = stranger(house)
    types_password(person, kept)
    assert is_in(person)


@pytest.mark.parametrize("address", ["/sw-TZ", "/ar-EG"])
def test_a_place_without_anything_behind_it_leads_to_its_language(
    house: Flask, address: str
) -> None:
    answer = house.test_client().get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{address[:3]}/")


@pytest.mark.parametrize(
    "address",
    ["/en/staff/account/devices/%00/end", "/en/staff/members/invitations/%00/take-back"],
)
def test_a_number_that_no_database_holds_is_not_there(people: People, address: str) -> None:
    assert people.ruth.fills("/en/staff/account", to=address).status_code == 404
