"""Signing in with a passkey alone; and every false one."""

import json
import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from edu.partners.passkey_models import PasskeyChallenge
from edu.server.choices import SecondStep
from tests.account.device import (
    BY_PASSKEY,
    BY_PASSKEY_SECOND,
    SECOND,
    SIGN_IN,
    Device,
    adds,
    asked_to_show,
    sends,
    shows,
    text,
)
from tests.account.hands import (
    ask,
    asks_second_step_of,
    change,
    is_in,
    member_of,
    stranger,
    takes_list,
    told,
    types_password,
    words,
)
from tests.account.passkey_hands import FALSE, STOPPED, at_second, has_one, the_one
from tests.people import PASSWORD, People, StaffPerson, fields_of


def test_a_passkey_alone_lets_in_where_two_steps_are_asked_of_everybody(
    house: Flask, people: People
) -> None:
    device = has_one(people)
    asks_second_step_of(house, SecondStep.EVERYBODY)
    person = stranger(house)
    answer = shows(person, device)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/staff")
    assert is_in(person)
    found = the_one(house)
    assert (found.sign_count, found.used_on) == (device.count, datetime.now(UTC).date())
    assert told(house, "tendai")[-1] == ("signed in", "")
    assert person.browser.get_cookie("passkey") is None


def test_a_device_that_does_not_count_lets_in_again_and_again(house: Flask, people: People) -> None:
    tendai = people.tendai
    takes_list(tendai)
    device = adds(tendai, Device(count=0)).but(count=0)
    for _ in range(2):
        person = stranger(house)
        shows(person, device)
        assert is_in(person)


@pytest.mark.parametrize("at", [BY_PASSKEY, BY_PASSKEY_SECOND])
@pytest.mark.parametrize(
    "false",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost:8001"},
        {"origin": "https://localhost"},
        {"host": "evil.example"},
        {"verifies": False},
        {"present": False},
        {"credential": b"another one of 32 bytes, or more"},
        {"key": Device().key},
        {"handle": b"somebody else"},
    ],
    ids=lambda value: value if isinstance(value, str) else next(iter(value)),
)
def test_a_false_answer_opens_nothing_and_says_no_more_than_that(
    house: Flask, people: People, at: str, false: dict[str, object]
) -> None:
    device = has_one(people)
    person = stranger(house) if at == BY_PASSKEY else at_second(house)
    before = the_one(house)
    page = shows(person, device.but(**false), at)
    assert (page.status_code, FALSE in page.text) == (422, True)
    assert not is_in(person)
    after = the_one(house)
    assert (after.sign_count, after.used_on, after.stopped_on) == (before.sign_count, None, None)
    shows(person, device, at)
    assert is_in(person)


@pytest.mark.parametrize(("at", "takes"), [(BY_PASSKEY, SIGN_IN), (BY_PASSKEY_SECOND, SECOND)])
def test_the_page_after_a_false_answer_takes_the_password_or_the_code_as_ever(
    house: Flask, people: People, at: str, takes: str
) -> None:
    has_one(people)
    person = stranger(house) if at == BY_PASSKEY else at_second(house)
    page = shows(person, Device(handle=b"nobody"), at)
    assert re.findall(r'<form method="post" action="([^"]*)" class="narrow">', page.text) == [takes]
    assert 'autocomplete="current-password"' in page.text or 'name="code"' in page.text


def test_all_false_answers_get_the_same_page(house: Flask, people: People) -> None:
    device = has_one(people)
    has_one(people, "ruth")
    change(house, "ruth", ended_on=datetime(2026, 1, 1).date())
    person = stranger(house)
    pages = [
        shows(person, device.but(origin="https://evil.example")),
        shows(person, Device(handle=b"nobody")),
        sends(person, "{}"),
        sends(person, device.shows({"challenge": text(bytes(32)), "userVerification": "required"})),
        sends(person, device.shows(asked_to_show(person)).replace(text(device.credential), "x")),
    ]
    assert {(page.status_code, words(page)) for page in pages} == {(422, words(pages[0]))}
    assert len({tuple(sorted(page.headers.keys())) for page in pages}) == 1


@pytest.mark.parametrize(
    "answer",
    [
        *("x", "[]", "{}", "null", '"id"', "[" * 9000, "\x00", '{"id": 1}', '{"id": "\\ud800"}'),
        '{"id": "CREDENTIAL", "rawId": "CREDENTIAL", "type": "public-key", "response": "x"}',
        '{"id": "CREDENTIAL", "rawId": "é", "type": "public-key", "response": {}}',
        '{"id": "CREDENTIAL", "rawId": "CREDENTIAL", "type": "public-key", "response": '
        '{"clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA"}}',
    ],
    ids=lambda value: value[:30],
)
def test_nothing_that_a_stranger_sends_breaks_the_page(
    house: Flask, people: People, answer: str
) -> None:
    device = has_one(people)
    person = stranger(house)
    asked_to_show(person)
    page = sends(person, answer.replace("CREDENTIAL", text(device.credential)))
    assert (page.status_code, FALSE in page.text) == (422, True)


@pytest.mark.parametrize("at", [BY_PASSKEY, BY_PASSKEY_SECOND])
def test_an_answer_is_good_once_and_in_one_browser(house: Flask, people: People, at: str) -> None:
    device = has_one(people)

    def comes() -> StaffPerson:
        return stranger(house) if at == BY_PASSKEY else at_second(house)

    person, thief = comes(), comes()
    answer = device.shows(asked_to_show(person, at))
    cookie = person.browser.get_cookie("passkey")
    assert cookie is not None
    assert FALSE in sends(thief, answer, at).text
    sends(person, answer, at)
    assert is_in(person)
    thief.browser.set_cookie("passkey", cookie.value)
    assert FALSE in sends(thief, answer, at).text
    assert not is_in(thief)


def test_a_challenge_is_used_up_by_a_false_answer(house: Flask, people: People) -> None:
    device = has_one(people)
    person = stranger(house)
    wish = asked_to_show(person)
    cookie = person.browser.get_cookie("passkey")
    assert cookie is not None
    for answer in (device.but(verifies=False).shows(wish), device.shows(wish)):
        person.browser.set_cookie("passkey", cookie.value)
        assert FALSE in sends(person, answer).text
    assert not is_in(person)


def test_after_five_minutes_it_is_too_late(house: Flask, people: People) -> None:
    device = has_one(people)
    person = stranger(house)
    wish = asked_to_show(person)
    with house.extensions["database"].work() as session:
        session.execute(update(PasskeyChallenge).values(ends_at=datetime(2026, 1, 1)))
    assert FALSE in sends(person, device.shows(wish)).text
    assert not is_in(person)


def test_a_challenge_for_the_second_step_is_none_for_both_steps(
    house: Flask, people: People
) -> None:
    device = has_one(people)
    for asking, telling in ((BY_PASSKEY, BY_PASSKEY_SECOND), (BY_PASSKEY_SECOND, BY_PASSKEY)):
        person = at_second(house)
        answer = device.shows(asked_to_show(person, asking))
        assert FALSE in sends(person, answer, telling).text
        assert not is_in(person)


@pytest.mark.parametrize("count", [0, 1, 4, 5])
def test_a_count_that_goes_back_stops_the_passkey_and_is_told(
    house: Flask, people: People, count: int
) -> None:
    device = has_one(people).but(count=5)
    shows(stranger(house), device)
    person = stranger(house)
    page = shows(person, device.but(count=count))
    assert (page.status_code, STOPPED in page.text) == (422, True)
    assert not is_in(person)
    # From then on nobody comes in with it: who has the copy, nobody knows.
    page = shows(person, device.but(count=9))
    assert (page.status_code, STOPPED in page.text) == (422, True)
    assert not is_in(person)
    tendai = people.tendai
    assert the_one(house).stopped_on == datetime.now(UTC).date()
    assert told(house, "tendai").count(("a passkey was stopped", "")) == 1
    assert tendai.browser.get("/en/staff").status_code == 303  # the second step is awaited


def test_a_stopped_passkey_is_told_where_she_begins_and_in_its_list(
    house: Flask, people: People
) -> None:
    tendai = people.tendai
    takes_list(tendai)
    device = adds(tendai).but(count=5)
    said = "Somebody may have a copy of one of your passkeys."
    shows(stranger(house), device)
    assert said not in tendai.opens("/en/staff").text
    shows(stranger(house), device.but(count=5))
    assert said in tendai.opens("/en/staff").text
    assert "It opens nothing any more." in tendai.opens("/en/staff/account/passkeys").text
    assert said not in people.ruth.opens("/en/staff").text


def test_a_copy_is_not_told_to_whoever_has_no_copy(house: Flask, people: People) -> None:
    device = has_one(people).but(count=5)
    shows(stranger(house), device)
    page = shows(stranger(house), device.but(count=1, key=Device().key))
    assert (FALSE in page.text, STOPPED in page.text) == (True, False)
    assert the_one(house).stopped_on is None


def test_what_a_device_is_asked_is_the_same_whoever_has_an_account(
    house: Flask, people: People
) -> None:
    before = asked_to_show(stranger(house))
    has_one(people)
    after = asked_to_show(stranger(house))
    assert before.pop("challenge") != after.pop("challenge")
    assert (
        before
        == after
        == {
            "allowCredentials": [],
            "rpId": "localhost",
            "timeout": 300000,
            "userVerification": "required",
        }
    )


def test_a_name_that_was_typed_must_be_the_passkeys(house: Flask, people: People) -> None:
    device = has_one(people)
    people.ruth.opens("/en/staff")
    person = stranger(house)
    pages = [
        shows(person, device.but(count=4 + at), login=login)
        for at, login in enumerate(("ruth", "nobody"))
    ]
    assert {page.status_code for page in pages} == {422}
    assert "This passkey belongs to another name" in words(pages[0])
    assert words(pages[0]) == words(pages[1])
    assert not is_in(person)
    shows(person, device.but(count=9), login=" TENDAI ")
    assert is_in(person)


def test_names_that_exist_and_names_that_do_not_are_refused_in_the_same_words(
    house: Flask, people: People
) -> None:
    has_one(people)
    pages = [
        shows(stranger(house), Device(handle=b"x" * 32), login=login)
        for login in ("tendai", "nobody", "")
    ]
    assert len({words(page) for page in pages}) == 1
    assert told(house, "nobody") == []


def test_somebody_without_work_or_account_does_not_come_in(house: Flask, people: People) -> None:
    device = has_one(people)
    with house.extensions["database"].work() as session:
        member = session.merge(member_of(house, "tendai"))
        session.delete(member.grants[0])
    person = stranger(house)
    assert FALSE in shows(person, device).text
    assert not is_in(person)


def test_an_ended_account_does_not_come_in(house: Flask, people: People) -> None:
    device = has_one(people)
    change(house, "tendai", ended_on=datetime(2026, 1, 1).date())
    assert FALSE in shows(stranger(house), device).text


def test_without_a_name_the_device_must_say_whose_key_it_is(house: Flask, people: People) -> None:
    device = has_one(people)
    assert FALSE in shows(stranger(house), device.but(handle=None)).text


def test_asking_is_slowed_and_what_was_right_is_not_counted(house: Flask, people: People) -> None:
    device = has_one(people)
    for count in range(3):
        shows(stranger(house), device.but(count=10 + count))
    person = stranger(house)
    token = fields_of(person.opens(SIGN_IN)).hidden["csrf_token"]
    found = [person.sends(f"{BY_PASSKEY}/begin", csrf_token=token).status_code for _ in range(61)]
    assert found == [200] * 60 + [429]
    assert person.sends(BY_PASSKEY, csrf_token=token).status_code == 429
    counted = select(func.count(PasskeyChallenge.digest))
    assert ask(house, lambda session: session.scalar(counted)) == 60
    # Passwords are counted apart.
    types_password(person, "tendai")
    assert person.opens(SECOND).status_code == 200


@pytest.mark.parametrize("at", [BY_PASSKEY, BY_PASSKEY_SECOND])
def test_without_the_pages_token_nothing_is_asked_and_nothing_taken(
    house: Flask, people: People, at: str
) -> None:
    device = has_one(people)
    person = stranger(house) if at == BY_PASSKEY else at_second(house)
    for token in ({}, {"csrf_token": "made up"}):
        assert person.sends(f"{at}/begin", **token).status_code == 400
    wish = asked_to_show(person, at)
    answer = device.shows(wish)
    page = person.sends(at, passkey=answer)
    assert (page.status_code, "open for too long" in page.text) == (422, True)
    assert not is_in(person)
    # The challenge was not used up by that.
    sends(person, answer, at)
    assert is_in(person)


def test_an_answer_that_was_altered_on_the_way_opens_nothing(house: Flask, people: People) -> None:
    device = has_one(people)
    person = stranger(house)
    answer = json.loads(device.shows(asked_to_show(person)))
    said = answer["response"]["signature"]
    answer["response"]["signature"] = said[:20] + ("A" if said[20] != "A" else "B") + said[21:]
    assert FALSE in sends(person, json.dumps(answer)).text


def test_whoever_is_signed_in_already_goes_on(people: People) -> None:
    tendai = people.tendai
    answer = tendai.sends(BY_PASSKEY, follow=False, passkey="{}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/staff")


def test_a_new_password_leaves_the_passkeys(house: Flask, people: People) -> None:
    tendai = people.tendai
    takes_list(tendai)
    device = adds(tendai)
    tendai.fills(
        "/en/staff/account/password", now=PASSWORD, password="seven quiet lamps by the river"
    )
    person = stranger(house)
    shows(person, device)
    assert is_in(person)
