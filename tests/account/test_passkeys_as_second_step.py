"""A passkey as the second step, beside app and printed list."""

from flask import Flask
from sqlalchemy import delete

from edu.partners.models import RecoveryCode
from tests.account.device import (
    BY_PASSKEY_SECOND,
    SECOND,
    SIGN_IN,
    adds,
    asked_to_show,
    sends,
    shows,
    text,
)
from tests.account.hands import (
    is_in,
    stranger,
    takes_app,
    takes_list,
)
from tests.account.passkey_hands import FALSE, at_second, has_one
from tests.people import People, fields_of


def test_a_passkey_is_a_second_step_after_the_password(house: Flask, people: People) -> None:
    device = has_one(people)
    person = at_second(house)
    wish = asked_to_show(person, BY_PASSKEY_SECOND)
    assert wish["allowCredentials"] == [
        {"id": text(device.credential), "type": "public-key", "transports": ["internal", "hybrid"]}
    ]
    # There the device need not say for whom it keeps the key: that is known.
    answer = sends(person, device.but(handle=None).shows(wish), BY_PASSKEY_SECOND)
    assert answer.headers["Location"] == "/en/staff"
    assert is_in(person)
    assert person.browser.get_cookie("between") is None


def test_somebody_elses_passkey_is_no_second_step(house: Flask, people: People) -> None:
    device = has_one(people)
    takes_list(ruth := people.ruth)
    hers = adds(ruth)
    person = at_second(house)
    assert FALSE in shows(person, hers, BY_PASSKEY_SECOND).text
    ruths = at_second(house, "ruth")
    answer = device.shows(asked_to_show(ruths, BY_PASSKEY_SECOND))
    assert FALSE in sends(ruths, answer, BY_PASSKEY_SECOND).text
    assert (is_in(person), is_in(ruths)) == (False, False)


def test_the_answer_to_somebody_elses_second_step_opens_nothing(
    house: Flask, people: People
) -> None:
    """Ruth knows Tendai's password and has a passkey of her own: the challenge stays Tendai's."""
    has_one(people)
    takes_list(ruth := people.ruth)
    hers = adds(ruth)
    as_herself, as_tendai = at_second(house, "ruth"), at_second(house)
    answer = hers.shows(asked_to_show(as_herself, BY_PASSKEY_SECOND))
    cookie = as_herself.browser.get_cookie("passkey")
    assert cookie is not None
    as_tendai.browser.set_cookie("passkey", cookie.value)
    assert FALSE in sends(as_tendai, answer, BY_PASSKEY_SECOND).text
    assert not is_in(as_tendai)


def test_what_one_was_asked_another_cannot_answer_for_herself(house: Flask, people: People) -> None:
    device = has_one(people)
    has_one(people, "ruth")
    other, as_herself = at_second(house, "ruth"), at_second(house)
    wish = asked_to_show(other, BY_PASSKEY_SECOND)
    cookie = other.browser.get_cookie("passkey")
    assert cookie is not None
    as_herself.browser.set_cookie("passkey", cookie.value)
    assert FALSE in sends(as_herself, device.shows(wish), BY_PASSKEY_SECOND).text
    assert not is_in(as_herself)


def test_nobody_is_asked_for_a_second_step_before_the_first(house: Flask, people: People) -> None:
    has_one(people)
    person = stranger(house)
    token = fields_of(person.opens(SIGN_IN)).hidden["csrf_token"]
    begun = person.sends(f"{BY_PASSKEY_SECOND}/begin", csrf_token=token)
    assert begun.status_code == 400
    gone = person.sends(BY_PASSKEY_SECOND, follow=False, csrf_token=token, passkey="{}")
    assert gone.headers["Location"] == SIGN_IN


def test_the_printed_list_stays_the_way_back(house: Flask, people: People) -> None:
    tendai = people.tendai
    _app, codes = takes_app(tendai)
    adds(tendai)
    person = at_second(house)
    page = person.opens(SECOND)
    assert ("data-passkey" in page.text, "six digits" in page.text) == (True, True)
    person.fills(SECOND, code=codes[0])
    assert is_in(person)


def test_whoever_has_used_up_her_list_needs_the_passkey(house: Flask, people: People) -> None:
    tendai = people.tendai
    takes_list(tendai)
    device = adds(tendai)
    with house.extensions["database"].work() as session:
        session.execute(delete(RecoveryCode))  # as if each had been used
    person = at_second(house)
    page = person.opens(SECOND)
    assert ("no code is left" in page.text, 'name="code"' in page.text) == (True, False)
    shows(person, device, BY_PASSKEY_SECOND)
    assert is_in(person)


def test_without_a_passkey_the_second_step_offers_none(house: Flask, people: People) -> None:
    takes_list(people.tendai)
    assert "data-passkey" not in at_second(house).opens(SECOND).text
