"""Signing in with an account of another house that is honest."""

import html
import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from edu.partners.models import Member
from edu.server.choices import SecondStep
from tests.account.elsewhere import GO, LINK, comes_back, enters, goes, links
from tests.account.hands import (
    ask,
    asks_second_step_of,
    change,
    invited,
    is_in,
    member_of,
    stranger,
    takes_list,
    told,
    types_password,
)
from tests.oidc_provider import OtherHouse
from tests.people import OURS, PASSWORD, People


def test_without_the_setting_there_is_no_such_way_in(house: Flask, people: People) -> None:
    assert "account of your organisation" not in stranger(house).opens("/en/staff/sign-in").text
    assert "account of your organisation" not in people.tendai.opens("/en/staff/account").text
    for address in (GO, LINK, "/oidc/callback?code=x&state=y", f"{GO}/on"):
        assert stranger(house).browser.get(address).status_code == 404


def test_a_linked_account_signs_in_without_a_password(
    open_house: Flask, crowd: People, there: OtherHouse
) -> None:
    assert links(crowd.tendai, there).headers["Location"] == "/en/staff/account"
    assert member_of(open_house, "tendai").subject == f"{there.issuer}|amara-7"
    person = stranger(open_house)
    assert "Sign in with the account of your organisation" in person.opens("/en/staff/sign-in").text
    assert enters(person, there).headers["Location"] == "/en/staff"
    assert is_in(person)
    assert told(open_house, "tendai")[-2:] == [("set", "linked"), ("signed in", "")]


def test_coming_back_alone_writes_nothing_and_signs_nobody_in(
    open_house: Flask, crowd: People, there: OtherHouse
) -> None:
    links(crowd.tendai, there)
    person = stranger(open_house)
    on = comes_back(person, there, goes(person)).headers["Location"]
    assert "tendai" in person.opens(on).text
    assert not is_in(person)
    assert person.browser.post(on, headers=OURS).status_code == 200
    assert not is_in(person)


def test_somebody_whom_nobody_here_knows_gets_no_account(
    open_house: Flask, crowd: People, there: OtherHouse
) -> None:
    crowd.tendai.opens("/en/staff")
    person = stranger(open_house)
    assert "Nobody here has this account yet" in enters(person, there).text
    assert not is_in(person)
    names = ask(open_house, lambda session: list(session.scalars(select(Member.login))))
    assert sorted(names) == ["kamal", "lindiwe", "ruth", "tendai"]


def test_an_account_there_belongs_to_one_account_here(
    open_house: Flask, crowd: People, there: OtherHouse
) -> None:
    links(crowd.tendai, there)
    page = links(crowd.ruth, there)
    assert (page.status_code, "This account is linked already" in page.text) == (422, True)
    assert member_of(open_house, "ruth").subject is None


def test_linking_and_unlinking_ask_for_the_password(
    open_house: Flask, crowd: People, there: OtherHouse
) -> None:
    tendai = crowd.tendai
    assert tendai.fills(LINK, now="not my password").status_code == 422
    links(tendai, there)
    assert tendai.fills(LINK, now="not my password").status_code == 422
    assert member_of(open_house, "tendai").subject is not None
    tendai.fills(LINK, now=PASSWORD)
    assert member_of(open_house, "tendai").subject is None
    assert "Nobody here has this account yet" in enters(stranger(open_house), there).text


def test_what_one_began_to_link_another_cannot_finish(
    open_house: Flask, crowd: People, there: OtherHouse
) -> None:
    tendai, ruth = crowd.tendai, crowd.ruth
    page = tendai.fills(LINK, now=PASSWORD)
    way = html.unescape(re.findall(r'href="(http://127[^"]+)"', page.text)[0])
    on = comes_back(tendai, there, way).headers["Location"]
    kept = tendai.browser.get_cookie("elsewhere")
    assert kept is not None
    ruth.browser.set_cookie("elsewhere", kept.value)
    assert ruth.browser.get(on).headers["Location"] == "/en/staff/account"
    assert ruth.browser.get(f"{GO}/on").headers["Location"] == "/en/staff/sign-in"
    assert member_of(open_house, "ruth").subject is None


def test_an_invitation_is_taken_with_an_account_there(
    open_house: Flask, crowd: People, there: OtherHouse
) -> None:
    crowd.ruth.opens("/en/staff")
    link = invited(open_house)
    person = stranger(open_house)
    way = goes(person, f"{link}/elsewhere")
    on = comes_back(person, there, way).headers["Location"]
    assert person.fills(on, login="ruth").status_code == 422
    assert person.fills(on, follow=False, login="Amara").headers["Location"] == "/en/staff"
    assert is_in(person)
    amara = member_of(open_house, "amara")
    assert (amara.password_hash, amara.subject) == (None, f"{there.issuer}|amara-7")
    assert types_password(stranger(open_house), "amara", "").status_code == 422
    again = stranger(open_house)
    assert again.browser.get(f"{link}/elsewhere").status_code == 404
    assert enters(again, there).headers["Location"] == "/en/staff"
    only = again.opens(LINK)
    assert "It is the only way in to your account." in only.text
    again.sends(LINK, csrf_token="x")
    assert member_of(open_house, "amara").subject is not None
    again.fills("/en/staff/account/password", password="four gentle goats in the rain")
    assert member_of(open_house, "amara").password_hash is not None


@pytest.mark.parametrize(
    ("claims", "asked"),
    [
        ({}, True),
        ({"amr": ["pwd"]}, True),
        ({"amr": "mfa"}, True),
        ({"acr": "1"}, True),
        ({"amr": ["pwd", "otp", "mfa"]}, False),
        ({"acr": "https://refeds.org/profile/mfa"}, False),
    ],
)
def test_our_second_step_is_left_out_only_where_two_things_were_shown_there(
    open_house: Flask,
    crowd: People,
    there: OtherHouse,
    claims: dict[str, object],
    asked: bool,
) -> None:
    tendai = crowd.tendai
    if claims.get("amr") == "mfa":
        there.claims = {"amr": "mfa"}
        links_refused = tendai.fills(LINK, now=PASSWORD)
        way = html.unescape(re.findall(r'href="(http://127[^"]+)"', links_refused.text)[0])
        assert comes_back(tendai, there, way).status_code == 422
        return
    links(tendai, there)
    asks_second_step_of(open_house, SecondStep.EVERYBODY)
    there.claims = claims
    without = stranger(open_house)
    assert enters(without, there).headers["Location"] == "/en/staff"
    assert is_in(without) is not asked
    asks_second_step_of(open_house, SecondStep.NOBODY)
    takes_list(tendai)
    person = stranger(open_house)
    to = "/en/staff/sign-in/second" if asked else "/en/staff"
    assert enters(person, there).headers["Location"] == to
    assert is_in(person) is not asked


def test_an_invitation_is_no_way_around_our_second_step(
    open_house: Flask, crowd: People, there: OtherHouse
) -> None:
    tendai = crowd.tendai
    links(tendai, there)
    takes_list(tendai)
    link = invited(open_house, by="lindiwe", into="Other House")
    person = stranger(open_house)
    way = goes(person, f"{link}/elsewhere")
    on = comes_back(person, there, way).headers["Location"]
    to = person.fills(on, follow=False).headers["Location"]
    assert to == "/en/staff/sign-in/second"
    assert not is_in(person)


def test_a_member_who_ended_does_not_come_in_by_the_other_house(
    open_house: Flask, crowd: People, there: OtherHouse
) -> None:
    links(crowd.tendai, there)
    change(open_house, "tendai", ended_on=date(2026, 1, 1))
    assert "Nobody here has this account yet" in enters(stranger(open_house), there).text
