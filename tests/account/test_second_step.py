"""The second step: digits of an authenticator, a printed list, and nobody past it."""

import re
import threading
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import update

from edu.partners import second_step
from edu.partners.models import FirstStep
from edu.server.choices import SecondStep
from tests.account.hands import (
    APP,
    LIST,
    Authenticator,
    ask,
    asks_second_step_of,
    change,
    is_in,
    member_of,
    printed,
    stranger,
    takes_app,
    takes_list,
    told,
    types_password,
)
from tests.people import OURS, PASSWORD, People, StaffPerson

SECOND = "/en/staff/sign-in/second"


def at_second(house: Flask, login: str) -> StaffPerson:
    """Somebody who has typed name and password on a strange device."""
    person = stranger(house)
    answer = types_password(person, login)
    assert answer.headers["Location"] == SECOND
    return person


def test_digits_let_in_after_the_password(house: Flask, people: People) -> None:
    app, _codes = takes_app(people.tendai)
    person = at_second(house, "tendai")
    assert not is_in(person)
    assert person.fills(SECOND, follow=False, code=app.digits()).headers["Location"] == "/en/staff"
    assert is_in(person)


def test_digits_in_other_scripts_and_with_spaces_are_right_too(
    house: Flask, people: People
) -> None:
    app, _codes = takes_app(people.tendai)
    typed = app.digits().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    person = at_second(house, "tendai")
    person.fills(SECOND, code=f" {typed[:3]} {typed[3:]} ")
    assert is_in(person)


@pytest.mark.parametrize(
    ("wrong_by", "enters"), [(-30, True), (30, True), (-95, False), (95, False)]
)
def test_a_phone_may_be_wrong_by_half_a_minute(
    house: Flask, people: People, wrong_by: int, enters: bool
) -> None:
    app = Authenticator((tendai := people.tendai).opens(APP))
    tendai.fills(APP, now=PASSWORD, code=app.digits())
    change(house, "tendai", totp_step=0)
    person = at_second(house, "tendai")
    person.fills(SECOND, code=app.digits(wrong_by))
    assert is_in(person) is enters


def test_digits_are_good_once(house: Flask, people: People) -> None:
    app, _codes = takes_app(people.tendai)
    digits = app.digits()
    first, second = at_second(house, "tendai"), at_second(house, "tendai")
    first.fills(SECOND, code=digits)
    page = second.fills(SECOND, code=digits)
    assert is_in(first)
    assert page.status_code == 422
    assert "it was used before" in page.text
    assert not is_in(second)


def test_earlier_digits_are_refused_after_later_ones(house: Flask, people: People) -> None:
    app, _codes = takes_app(people.tendai)
    at_second(house, "tendai").fills(SECOND, code=app.digits(30))
    late = at_second(house, "tendai")
    late.fills(SECOND, code=app.digits())
    assert not is_in(late)


def test_the_digits_that_proved_an_app_sign_nobody_in(house: Flask, people: People) -> None:
    app = Authenticator((tendai := people.tendai).opens(APP))
    digits = app.digits()
    tendai.fills(APP, now=PASSWORD, code=digits)
    person = at_second(house, "tendai")
    person.fills(SECOND, code=digits)
    assert not is_in(person)


def test_of_many_with_the_same_digits_at_once_one_is_let_in(house: Flask, people: People) -> None:
    app, codes = takes_app(people.tendai)
    for typed in (app.digits(), codes[0]):
        persons = [at_second(house, "tendai") for _ in range(6)]
        tokens = [
            re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', each.opens(SECOND).text)[0]
            for each in persons
        ]
        start = threading.Barrier(len(persons))

        def send(
            person: StaffPerson, token: str, typed: str = typed, start: threading.Barrier = start
        ) -> None:
            start.wait()
            person.browser.post(SECOND, data={"csrf_token": token, "code": typed}, headers=OURS)

        threads = [
            threading.Thread(target=send, args=pair) for pair in zip(persons, tokens, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(is_in(each) for each in persons) == 1


def test_a_wrong_clock_is_told_on_a_device_that_is_known_and_not_to_a_guesser(
    house: Flask, people: People
) -> None:
    tendai = people.tendai
    app, _codes = takes_app(tendai)
    off = app.digits(20 * 60)
    guessing = at_second(house, "tendai").fills(SECOND, code=off)
    assert "another time" not in guessing.text
    assert "is the phone&#39;s clock right?" in guessing.text
    tendai.fills("/en/staff/account", to="/en/staff/sign-out")
    types_password(tendai, "tendai")
    assert "These digits belong to another time." in tendai.fills(SECOND, code=off).text
    assert "another time" not in tendai.fills(SECOND, code="000 00").text


def test_a_printed_list_alone_is_enough_and_each_code_is_good_once(
    house: Flask, people: People
) -> None:
    codes = takes_list(people.tendai)
    assert len(set(codes)) == 40
    person = at_second(house, "tendai")
    assert "printed list" in person.opens(SECOND).text
    person.fills(SECOND, code=codes[7].lower().replace(" ", "-"))
    assert is_in(person)
    again = at_second(house, "tendai")
    again.fills(SECOND, code=codes[7])
    assert not is_in(again)
    assert told(house, "tendai")[-1] == ("second step was wrong", "")


def test_a_code_of_somebody_else_is_wrong(house: Flask, people: People) -> None:
    takes_list(people.tendai)
    others = takes_list(people.ruth)
    person = at_second(house, "tendai")
    person.fills(SECOND, code=others[0])
    assert not is_in(person)


def test_a_new_list_ends_the_old_one(house: Flask, people: People) -> None:
    tendai = people.tendai
    old, new = takes_list(tendai), takes_list(tendai)
    person = at_second(house, "tendai")
    person.fills(SECOND, code=old[0])
    assert not is_in(person)
    person.fills(SECOND, code=new[0])
    assert is_in(person)


def test_codes_are_kept_as_keyed_digests(house: Flask, people: People) -> None:
    codes = takes_list(people.tendai)
    kept = second_step._kept("a test's secret", member_of(house, "tendai"), codes[0])
    other = second_step._kept("another secret", member_of(house, "tendai"), codes[0])
    assert ask(house, lambda session: session.get(second_step.RecoveryCode, kept)) is not None
    assert ask(house, lambda session: session.get(second_step.RecoveryCode, other)) is None


def test_when_few_codes_are_left_the_account_says_so(house: Flask, people: People) -> None:
    tendai = people.tendai
    codes = takes_list(tendai)
    member = member_of(house, "tendai")
    with house.extensions["database"].work() as session:
        for code in codes[: 40 - second_step.FEW_CODES]:
            assert second_step.is_right(session, "a test's secret", member, code)
    assert "Print a new list soon." not in tendai.opens("/en/staff/account").text
    at_second(house, "tendai").fills(SECOND, code=codes[-1])
    assert "Print a new list soon." in tendai.opens("/en/staff/account").text


def test_an_app_counts_only_after_its_digits_were_right(house: Flask, people: People) -> None:
    tendai = people.tendai
    app = Authenticator(tendai.opens(APP))
    for sent in (
        {"now": PASSWORD, "code": "123456"},
        {"now": "not my password", "code": app.digits()},
    ):
        assert tendai.fills(APP, **sent).status_code == 422
    assert member_of(house, "tendai").totp_seed is None
    assert Authenticator(tendai.opens(APP)).totp.secret == app.totp.secret


def test_a_list_is_shown_only_for_the_password(house: Flask, people: People) -> None:
    page = people.tendai.fills(LIST, now="not my password")
    assert (page.status_code, printed(page)) == (422, [])
    assert "This is not your password." in page.text


def test_whoever_sat_at_this_browser_before_does_not_know_the_next_ones_digits(
    house: Flask, people: People
) -> None:
    tendai, ruth = people.tendai, people.ruth
    before = Authenticator(tendai.opens(APP))
    seen = tendai.browser.get_cookie("staff_form")
    assert seen is not None
    ruth.browser.set_cookie("staff_form", seen.value)
    after = Authenticator(ruth.opens(APP))
    assert after.totp.secret != before.totp.secret
    tendai.fills("/en/staff/account", to="/en/staff/sign-out")
    types_password(tendai, "tendai")
    assert Authenticator(tendai.opens(APP)).totp.secret != before.totp.secret


@pytest.mark.parametrize(
    ("policy", "must"),
    [
        (SecondStep.EVERYBODY, {"tendai", "ruth", "kamal"}),
        (SecondStep.ADMINISTRATORS, {"ruth", "kamal"}),
        (SecondStep.NOBODY, set()),
    ],
)
def test_the_server_decides_who_needs_a_second_step(
    house: Flask, people: People, policy: SecondStep, must: set[str]
) -> None:
    persons = {"tendai": people.tendai, "ruth": people.ruth, "kamal": people.kamal}
    asks_second_step_of(house, policy)
    assert {name for name, person in persons.items() if not is_in(person)} == must


def test_nobody_walks_around_the_choice_of_a_second_step(house: Flask, people: People) -> None:
    kamal = people.kamal
    asks_second_step_of(house, SecondStep.EVERYBODY)
    choosing = "/en/staff/account/second-step"
    passing = {}
    for rule in house.url_map.iter_rules():
        if not rule.rule.startswith("/<tag>/staff") or rule.arguments - {"tag"}:
            continue
        address = rule.rule.replace("<tag>", "en")
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            answer = kamal.browser.open(address, method=method, headers=OURS)
            if answer.headers.get("Location") != choosing:
                passing[method, address] = answer.status_code
    assert passing == {
        ("GET", "/en/staff/sign-in"): 303,
        ("POST", "/en/staff/sign-in"): 303,
        ("GET", "/en/staff/sign-in/second"): 303,
        ("POST", "/en/staff/sign-in/second"): 303,
        ("POST", "/en/staff/sign-in/passkey"): 303,
        ("POST", "/en/staff/sign-in/passkey/begin"): 400,
        ("POST", "/en/staff/sign-in/second/passkey"): 303,
        ("POST", "/en/staff/sign-in/second/passkey/begin"): 400,
        ("POST", "/en/staff/sign-out"): 400,
        ("GET", "/en/staff/forgotten"): 200,
        ("POST", "/en/staff/forgotten"): 200,
        ("GET", "/en/staff/forgotten/sent"): 200,
        ("GET", choosing): 200,
        ("GET", APP): 200,
        ("POST", APP): 422,
        ("GET", LIST): 200,
        ("POST", LIST): 422,
    }
    takes_list(kamal)
    assert is_in(kamal)


def test_whoever_waits_too_long_begins_again(house: Flask, people: People) -> None:
    takes_list(people.tendai)
    person = at_second(house, "tendai")
    with house.extensions["database"].work() as session:
        session.execute(update(FirstStep).values(ends_at=datetime(2020, 1, 1)))
    assert person.browser.get(SECOND).headers["Location"] == "/en/staff/sign-in"
    assert not is_in(person)


def test_wrong_second_steps_are_slowed_and_the_right_one_is_not_counted(
    house: Flask, people: People
) -> None:
    codes = takes_list(people.tendai)
    for code in codes[:12]:
        person = at_second(house, "tendai")
        person.fills(SECOND, code=code)
        assert is_in(person)
    guesser = at_second(house, "tendai")
    found = [guesser.fills(SECOND, code="000000").status_code for _ in range(11)]
    assert found == [422] * 10 + [429]
    assert guesser.fills(SECOND, code=codes[20]).status_code == 429
    assert not is_in(guesser)


def test_a_new_password_ends_half_finished_sign_ins(house: Flask, people: People) -> None:
    tendai = people.tendai
    codes = takes_list(tendai)
    waiting = at_second(house, "tendai")
    tendai.fills(
        "/en/staff/account/password", now=PASSWORD, password="seven quiet lamps by the river"
    )
    waiting.browser.post(SECOND, data={"code": codes[0]}, headers=OURS)
    assert not is_in(waiting)


def test_the_step_between_is_no_session(house: Flask, people: People) -> None:
    takes_list(people.tendai)
    person = at_second(house, "tendai")
    between = person.browser.get_cookie("between")
    assert between is not None
    person.browser.set_cookie("staff", between.value)
    assert not is_in(person)
