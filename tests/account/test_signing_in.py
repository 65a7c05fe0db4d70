"""The way in: the first link, names and passwords, and everything that somebody may try."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from edu.partners.members import give_role, new_setup_token, organisation_named
from edu.partners.models import Grant, Member, Organisation
from edu.partners.roles import Role
from edu.server.choices import SecondStep
from tests.account.hands import (
    ask,
    asks_second_step_of,
    is_in,
    member_of,
    stranger,
    takes_list,
    told,
    types_password,
    words,
)
from tests.people import OURS, PASSWORD, People, StaffPerson, fields_of

SIGN_IN = "/en/staff/sign-in"
GOOD = "four gentle goats under one umbrella"


def first_link(house: Flask) -> str:
    """What the first start prints."""
    with house.extensions["database"].work() as session:
        return f"/en/staff/first/{new_setup_token(session)}"


def test_the_first_link_makes_a_keeper_with_her_organisation_once(house: Flask) -> None:
    asks_second_step_of(house, SecondStep.NOBODY)
    link = first_link(house)
    person = stranger(house)
    answer = person.fills(link, follow=False, organisation="Bridge", login="Ruth", password=GOOD)
    assert answer.headers["Location"] == "/en/staff"
    assert is_in(person)
    roles = ask(
        house, lambda session: list(session.scalars(select(Grant.role).order_by(Grant.role)))
    )
    assert roles == ["administrator", "keeper"]
    assert member_of(house, "ruth").login == "ruth"
    assert stranger(house).browser.get(link).status_code == 404
    assert stranger(house).browser.post(link, headers=OURS).status_code == 404


def test_a_newer_first_link_ends_the_older_one(house: Flask) -> None:
    old, new = first_link(house), first_link(house)
    person = stranger(house)
    assert person.browser.get(old).status_code == 404
    assert person.browser.get(new).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"password": "short"},
        {"password": "Bridge of hope"},
        {"login": "a"},
        {"login": "two words"},
        {"login": "ruth<b>"},
        {"organisation": ""},
    ],
)
def test_what_does_not_fit_is_typed_again_without_losing_the_rest(
    house: Flask, changes: dict[str, str]
) -> None:
    link = first_link(house)
    values = {"organisation": "Bridge of Hope", "login": "ruth", "password": GOOD} | changes
    page = stranger(house).fills(link, **values)
    assert page.status_code == 422
    kept = set(re.findall(r'value="(Bridge of Hope|ruth)"', page.text))
    wanted = {values["organisation"], values["login"]} & {"Bridge of Hope", "ruth"}
    assert kept == wanted
    assert ask(house, lambda session: session.scalars(select(Organisation)).all()) == []


def test_a_wrong_name_and_a_wrong_password_get_the_same_page(house: Flask, people: People) -> None:
    people.tendai.opens("/en/staff")
    pages = {
        login: types_password(stranger(house), login, "not the password")
        for login in ("tendai", "nobody")
    }
    there, missing = pages.values()
    assert (there.status_code, words(there)) == (missing.status_code, words(missing))
    assert sorted(there.headers.keys()) == sorted(missing.headers.keys())
    assert "The name or the password is not right." in there.text


def test_the_trail_names_who_exists_and_nobody_else(house: Flask, people: People) -> None:
    people.tendai.opens("/en/staff")
    types_password(stranger(house), "tendai", "not the password")
    types_password(stranger(house), "my secret by mistake", "not the password")
    assert told(house, "tendai") == [("signed in", ""), ("password was wrong", "")]
    assert told(house, "my secret by mistake") == []


def test_a_name_is_the_same_however_it_is_written(house: Flask, people: People) -> None:
    people.tendai.opens("/en/staff")
    for login in ("TENDAI", "  tendai ", "Tendai"):
        person = stranger(house)
        types_password(person, login)
        assert is_in(person)


@pytest.mark.parametrize("login", ["\x00", "\ud800", "ß" * 200, "' OR 1=1 --", "tendai\x00"])
def test_nothing_that_can_be_typed_as_a_name_breaks_the_page(
    house: Flask, people: People, login: str
) -> None:
    people.tendai.opens("/en/staff")
    typed = login.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    assert types_password(stranger(house), typed).status_code == 422


def test_ten_wrong_passwords_close_a_name_for_strangers_and_not_for_her(
    house: Flask, people: People
) -> None:
    tendai = people.tendai
    tendai.fills("/en/staff/account", to="/en/staff/sign-out")
    found = [types_password(stranger(house), "tendai", "wrong").status_code for _ in range(11)]
    assert found == [422] * 10 + [429]
    closed = types_password(stranger(house), "tendai", PASSWORD)
    assert closed.status_code == 429
    assert 0 < int(closed.headers["Retry-After"]) <= 900
    assert "Wait 15 minutes, then try again." in closed.text
    types_password(tendai, "tendai")
    assert is_in(tendai)


def test_names_that_nobody_has_are_closed_alike(house: Flask, people: People) -> None:
    people.tendai.opens("/en/staff")
    found = [types_password(stranger(house), "nobody", "wrong").status_code for _ in range(11)]
    assert found == [422] * 10 + [429]


def test_right_passwords_are_not_counted(house: Flask, people: People) -> None:
    people.tendai.opens("/en/staff")
    for _ in range(12):
        person = stranger(house)
        types_password(person, "tendai")
        assert is_in(person)


def test_the_mark_of_a_device_lets_nobody_in_and_is_of_one_name_only(
    house: Flask, people: People
) -> None:
    known = people.tendai.browser.get_cookie("known")
    assert known is not None
    person = stranger(house)
    person.browser.set_cookie("known", known.value)
    assert not is_in(person)
    for _ in range(10):
        types_password(stranger(house), "ruth", "wrong")
    person.browser.set_cookie("known", known.value)
    assert types_password(person, "ruth").status_code == 429


@pytest.mark.parametrize("mark", ["", "x", "é", "\udcff", "a" * 4000])
def test_a_made_up_mark_changes_nothing(house: Flask, people: People, mark: str) -> None:
    people.tendai.opens("/en/staff")
    browser = house.test_client(use_cookies=False)
    page = browser.get(SIGN_IN)
    form = page.headers["Set-Cookie"].partition(";")[0]
    header = f"{form}; known={mark}".encode("utf-8", "surrogateescape").decode("latin-1")
    answer = browser.post(
        SIGN_IN,
        headers=OURS | {"Cookie": header},
        data={
            "login": "tendai",
            "password": PASSWORD,
            "csrf_token": fields_of(page).hidden["csrf_token"],
        },
    )
    assert answer.headers["Location"] == "/en/staff"


def staff_posts(house: Flask) -> list[str]:
    """Every address of staff to which a form is sent, those of one's own account and without."""
    return sorted(
        rule.rule.replace("<tag>", "en")
        for rule in house.url_map.iter_rules()
        if rule.rule.startswith("/<tag>/staff")
        and "POST" in (rule.methods or ())
        and not rule.arguments - {"tag"}
    )


def test_a_form_without_its_token_does_nothing_and_keeps_what_was_typed(
    house: Flask, people: People
) -> None:
    kamal = people.kamal
    typed = "Some words that took a while"
    names = ("name", "login", "organisation", "email", "text", "code", "place", "now")
    values, found = dict.fromkeys(names, typed), {}
    for address in staff_posts(house):
        for token in ({}, {"csrf_token": "made up"}):
            answer = kamal.browser.post(address, data=values | token, headers=OURS)
            found[address] = answer.status_code
    # Without a mail server there is nothing to ask for: the page says whom to ask.
    assert found.pop("/en/staff/forgotten") == 200
    assert set(found.values()) <= {303, 400, 403, 422}
    assert found["/en/staff/sign-out"] == 400
    assert is_in(kamal)
    page = stranger(house).sends(SIGN_IN, login="somebody's name", password="x")
    assert page.status_code == 422
    assert "This page was open for too long." in page.text
    assert 'value="somebody&#39;s name"' in page.text


def test_a_form_may_stay_open_for_days(house: Flask, people: People) -> None:
    people.tendai.opens("/en/staff")
    assert house.config["WTF_CSRF_TIME_LIMIT"] is None


def test_no_field_that_is_not_on_a_form_is_taken(house: Flask, people: People) -> None:
    tendai = people.tendai
    before = member_of(house, "tendai")
    for address, values in (
        ("/en/staff/account/email", {"now": PASSWORD, "email": "t@example.org"}),
        ("/en/staff/account/password", {"now": PASSWORD, "password": GOOD}),
    ):
        tendai.fills(
            address,
            **values,
            **{
                column.name: "1" for column in Member.__table__.columns if column.name not in values
            },
            role="keeper",
            organisation_id="2",
        )
    after = member_of(house, "tendai")
    for name in ("id", "login", "totp_seed", "totp_step", "subject", "ended_on"):
        assert getattr(after, name) == getattr(before, name)
    assert after.email == "t@example.org"
    assert [grant.role for grant in ask(house, lambda s: s.merge(after).grants)] == ["trainer"]


def test_whoever_is_signed_in_needs_no_sign_in_page(people: People) -> None:
    answer = people.tendai.browser.get(SIGN_IN)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/staff")


def test_no_page_asks_to_remember_what_is_secret(house: Flask, people: People) -> None:
    page = stranger(house).opens(SIGN_IN).text
    assert re.findall(r'autocomplete="([\w-]+)"', page) == ["username", "current-password"]
    page = people.tendai.opens("/en/staff/account/second-step/app").text
    assert re.findall(r'autocomplete="([\w-]+)"', page) == ["one-time-code", "current-password"]


def test_two_organisations_and_the_place_of_work(house: Flask, people: People) -> None:
    tendai = people.tendai
    with house.extensions["database"].work() as session:
        other = organisation_named(session, "Other House")
        bridge = organisation_named(session, "Bridge Society")
        assert other is not None
        assert bridge is not None
        give_role(session, session.merge(member_of(house, "tendai")), other, Role.EVALUATOR)
        here, there = bridge.id, other.id
    assert "Bridge Society" in tendai.opens("/en/staff").text
    place = "/en/staff/account/place"
    page = tendai.fills("/en/staff/account", to=place, organisation=str(there))
    assert ("Other House" in page.text, "Bridge Society" in page.text) == (True, False)
    assert tendai.browser.get("/en/staff/groups/new").status_code == 403
    ruth = people.ruth
    assert ruth.sends(place, organisation=str(there)).status_code == 400
    token = fields_of(ruth.opens("/en/staff/account")).hidden["csrf_token"]
    assert ruth.sends(place, csrf_token=token, organisation=str(there)).status_code == 400
    assert "Bridge Society" in ruth.opens("/en/staff").text
    tendai.fills("/en/staff/account", to=place, organisation=str(here))
    assert tendai.browser.get("/en/staff/groups/new").status_code == 200


def test_the_demonstration_and_the_command_still_let_somebody_in(
    house: Flask, people: People
) -> None:
    signed_in = people.tendai
    said = house.test_cli_runner().invoke(args=["password", "tendai"])
    password = said.output.strip()
    assert not is_in(signed_in)
    person = stranger(house)
    types_password(person, "tendai", password)
    assert is_in(person)


def test_the_command_leaves_the_second_step(house: Flask, people: People) -> None:
    takes_list(people.tendai)
    said = house.test_cli_runner().invoke(args=["password", "tendai"])
    person = StaffPerson(house.test_client())
    answer = types_password(person, "tendai", said.output.strip())
    assert answer.headers["Location"] == "/en/staff/sign-in/second"
