"""What an attacker and a clumsy user found once, so that it stays mended."""

from datetime import date

import pytest
from flask import Flask

from edu.partners.looking_after import dismiss
from edu.partners.members import member_named
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


@pytest.mark.parametrize("scope", [{"language": "sw"}, {"programme": "7"}])
def test_a_role_that_does_not_exist_is_refused_whatever_is_sent_beside_it(
    people: People, scope: dict[str, str]
) -> None:
    page = people.ruth.fills("/en/staff/members/invite", role="queen", **scope)
    assert page.status_code == 422
