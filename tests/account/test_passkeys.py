"""One's own passkeys: adding, seeing and taking away; and where they cannot work."""

import dataclasses
import html
import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from edu import create_app
from edu.partners.members import leave_organisation
from edu.partners.passkey_models import Passkey, PasskeyChallenge
from edu.partners.roles import Role
from edu.partners.second_step import take_second_step
from edu.partners.tidying import tidy
from edu.settings import Settings
from tests.account.device import (
    PASSKEYS,
    Device,
    adds,
    asked_to_make,
    asked_to_show,
    raw,
    shows,
    text,
)
from tests.account.hands import ask, is_in, member_of, stranger, takes_app, takes_list, told
from tests.conftest import leave
from tests.people import PASSWORD, People, StaffPerson, fields_of, make_staff

WITH_LIST = "First choose an app or a printed list"


def kept(house: Flask) -> list[Passkey]:
    """All passkeys, the oldest first."""
    return ask(house, lambda session: list(session.scalars(select(Passkey).order_by(Passkey.name))))


def ready(people: People) -> StaffPerson:
    """Tendai with a printed list, who may add passkeys."""
    tendai = people.tendai
    takes_list(tendai)
    return tendai


def keeps(person: StaffPerson, device: Device) -> int:
    """She has a passkey made by this device; the status of what she is answered."""
    wish, form = asked_to_make(person)
    answer = person.sends(f"{PASSKEYS}/keep", follow=False, passkey=device.makes(wish), **form)
    return answer.status_code


def test_what_is_kept_of_a_passkey(house: Flask, people: People) -> None:
    tendai = ready(people)
    device = Device(count=4294967295)
    adds(tendai, device, "My phone")
    (found,) = kept(house)
    assert {
        name: getattr(found, name)
        for name in (
            *("credential", "member_id", "sign_count", "transports"),
            *("name", "made_on", "used_on", "stopped_on"),
        )
    } == {
        "credential": text(device.credential),
        "member_id": member_of(house, "tendai").id,
        "sign_count": 4294967295,
        "transports": "internal hybrid",
        "name": "My phone",
        "made_on": datetime.now(UTC).date(),
        "used_on": None,
        "stopped_on": None,
    }
    assert (
        ask(house, lambda session: session.scalar(select(func.count(PasskeyChallenge.digest)))) == 0
    )
    assert told(house, "tendai")[-1] == ("added a passkey", "")


def test_the_list_says_what_each_is_called_and_when_it_was_used(
    house: Flask, people: People
) -> None:
    tendai = ready(people)
    phone = adds(tendai, name="My phone")
    adds(tendai, name="<b>مفتاح</b>")
    shows(stranger(house), phone)
    with house.extensions["database"].work() as session:
        session.execute(update(Passkey).values(made_on=date(2026, 3, 1)))
        used = Passkey.used_on.is_not(None)
        session.execute(update(Passkey).where(used).values(used_on=date(2026, 4, 2)))
    page = html.unescape(re.sub(r"\s+", " ", tendai.opens(PASSKEYS).text))
    listed = re.findall(r"<li><p><bdi>(.*?)</bdi><br> (.*?)</p>", page)
    assert sorted(listed) == [
        ("<b>مفتاح</b>", "Added: 1 March 2026. Not used yet."),
        ("My phone", "Added: 1 March 2026. Last used: 2 April 2026."),
    ]


def test_what_stands_for_a_member_in_her_devices_is_hers_and_says_nothing(
    house: Flask, people: People
) -> None:
    tendai = ready(people)
    takes_list(ruth := people.ruth)
    handles = [asked_to_make(each)[0]["user"]["id"] for each in (tendai, tendai, ruth)]
    assert handles[0] == handles[1] != handles[2]
    assert [len(raw(each)) for each in handles] == [32] * 3


def test_a_device_that_has_one_is_not_asked_for_a_second_one(house: Flask, people: People) -> None:
    tendai = ready(people)
    device = adds(tendai)
    wish, _form = asked_to_make(tendai)
    assert wish["excludeCredentials"] == [
        {"id": text(device.credential), "type": "public-key", "transports": ["internal", "hybrid"]}
    ]
    assert wish["attestation"] == "none"
    assert wish["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }


@pytest.mark.parametrize(
    "false",
    [
        {"origin": "https://localhost"},
        {"origin": "http://localhost:8000"},
        {"origin": "http://localhost.evil.example"},
        {"host": "evil.example"},
        {"verifies": False},
        {"present": False},
    ],
    ids=repr,
)
def test_a_passkey_that_was_made_otherwise_is_not_kept(
    house: Flask, people: People, false: dict[str, object]
) -> None:
    tendai = ready(people)
    assert keeps(tendai, Device().but(**false)) == 422
    assert kept(house) == []
    assert keeps(tendai, Device()) == 303


@pytest.mark.parametrize(
    "answer", ["x", "[]", "{}", "null", "[" * 9000, '{"id": "é", "response": {}}', "\x00"], ids=repr
)
def test_what_no_device_says_is_not_kept(house: Flask, people: People, answer: str) -> None:
    tendai = ready(people)
    _wish, form = asked_to_make(tendai)
    page = tendai.sends(f"{PASSKEYS}/keep", passkey=answer, **form)
    assert (page.status_code, "could not be kept" in page.text) == (422, True)
    assert kept(house) == []


def test_a_challenge_is_answered_once_also_when_it_was_answered_falsely(
    house: Flask, people: People
) -> None:
    tendai = ready(people)
    wish, form = asked_to_make(tendai)
    cookie = tendai.browser.get_cookie("passkey")
    assert cookie is not None
    for device in (Device(origin="https://evil.example"), Device()):
        tendai.browser.set_cookie("passkey", cookie.value)
        page = tendai.sends(f"{PASSKEYS}/keep", passkey=device.makes(wish), **form)
        assert page.status_code == 422
    assert kept(house) == []


def test_a_challenge_of_another_kind_or_of_somebody_else_makes_no_passkey(
    house: Flask, people: People
) -> None:
    tendai = ready(people)
    takes_list(ruth := people.ruth)
    other = stranger(house)
    _wish, form = asked_to_make(tendai)
    wish = asked_to_show(other)
    for person in (other, ruth):
        if person is ruth:
            wish, _form = asked_to_make(ruth)
        cookie = person.browser.get_cookie("passkey")
        assert cookie is not None
        tendai.browser.set_cookie("passkey", cookie.value)
        made = {"authenticatorSelection": {"userVerification": "required"}} | wish
        page = tendai.sends(f"{PASSKEYS}/keep", passkey=Device().makes(made), **form)
        assert page.status_code == 422
    assert kept(house) == []


def test_a_key_that_somebody_has_already_is_not_kept_again(house: Flask, people: People) -> None:
    tendai = ready(people)
    takes_list(ruth := people.ruth)
    device = adds(tendai)
    assert keeps(ruth, device) == 422
    assert [each.member_id for each in kept(house)] == [member_of(house, "tendai").id]


def test_the_password_is_asked_before_a_device_is(house: Flask, people: People) -> None:
    tendai = ready(people)
    page = tendai.fills(f"{PASSKEYS}/add", name="My phone", now="not the password")
    assert page.status_code == 422
    assert "data-options" not in page.text
    assert tendai.browser.get_cookie("passkey") is None
    assert 'value="My phone"' in page.text


def test_nobody_has_more_than_ten(house: Flask, people: People) -> None:
    tendai = ready(people)
    for number in range(10):
        adds(tendai, name=f"Key {number}")
    assert "as many passkeys as one person may have" in tendai.opens(PASSKEYS).text
    assert tendai.browser.get(f"{PASSKEYS}/add").headers["Location"] == PASSKEYS


def test_without_an_app_or_a_list_there_is_no_passkey(house: Flask, people: People) -> None:
    tendai = people.tendai
    assert WITH_LIST in tendai.opens(PASSKEYS).text
    assert tendai.browser.get(f"{PASSKEYS}/add").headers["Location"] == PASSKEYS
    takes_app(tendai)
    assert WITH_LIST not in tendai.opens(PASSKEYS).text
    adds(tendai)


def test_a_passkey_is_taken_away_with_the_password_and_all_other_devices_are_signed_out(
    house: Flask, people: People
) -> None:
    tendai = ready(people)
    device = adds(tendai)
    adds(tendai, name="A key in a drawer")
    other = stranger(house)
    shows(other, device)
    (number,) = (each.number for each in kept(house) if each.name == "My phone")
    away = f"{PASSKEYS}/{number}/remove"
    assert "<bdi>My phone</bdi>" in tendai.opens(away).text
    assert tendai.fills(away, now="not the password").status_code == 422
    assert is_in(other)
    assert tendai.fills(away, follow=False, now=PASSWORD).headers["Location"] == PASSKEYS
    assert [each.name for each in kept(house)] == ["A key in a drawer"]
    assert (is_in(tendai), is_in(other)) == (True, False)
    assert told(house, "tendai")[-1] == ("took a passkey away", "")
    shows(other, device.but(count=9))
    assert not is_in(other)


def test_nobody_sees_or_takes_away_somebody_elses(house: Flask, people: People) -> None:
    adds(ready(people))
    ruth = people.ruth
    (found,) = kept(house)
    away = f"{PASSKEYS}/{found.number}/remove"
    token = fields_of(ruth.opens("/en/staff/account")).hidden["csrf_token"]
    assert ruth.opens(away).status_code == 404
    assert ruth.sends(away, csrf_token=token, now=PASSWORD).status_code == 404
    assert "My phone" not in ruth.opens(PASSKEYS).text
    assert len(kept(house)) == 1


def test_a_form_without_its_token_keeps_and_takes_nothing(house: Flask, people: People) -> None:
    tendai = ready(people)
    wish, form = asked_to_make(tendai)
    answer = Device().makes(wish)
    page = tendai.sends(f"{PASSKEYS}/keep", passkey=answer, name=form["name"])
    assert page.status_code == 400
    # Nothing was used up by that.
    assert tendai.sends(f"{PASSKEYS}/keep", passkey=answer, **form).status_code == 200
    (found,) = kept(house)
    away = f"{PASSKEYS}/{found.number}/remove"
    assert tendai.sends(away, now=PASSWORD).status_code == 422
    assert len(kept(house)) == 1


def test_whoever_takes_the_second_step_away_takes_the_passkeys_too(
    house: Flask, people: People
) -> None:
    device = adds(ready(people))
    number = member_of(house, "tendai").id
    page = people.ruth.opens(f"/en/staff/members/{number}/second-step")
    assert "Passkeys of this account are taken away too." in page.text
    with house.extensions["database"].work() as session:
        take_second_step(session, session.merge(member_of(house, "tendai")))
    assert kept(house) == []
    person = stranger(house)
    shows(person, device)
    assert not is_in(person)


def test_whoever_leaves_leaves_no_passkey(house: Flask, people: People) -> None:
    tendai = ready(people)
    takes_list(ruth := people.ruth)
    adds(tendai)
    adds(ruth, name="Key of Ruth")
    with house.extensions["database"].work() as session:
        member = session.merge(member_of(house, "tendai"))
        home = member.grants[0].organisation_id
        leave_organisation(session, member, home, date(2026, 11, 22))
    assert [each.name for each in kept(house)] == ["Key of Ruth"]


def test_challenges_that_nobody_answered_are_deleted(house: Flask, people: People) -> None:
    tendai = ready(people)
    asked_to_make(tendai)
    asked_to_show(stranger(house))

    def left() -> int:
        with house.extensions["database"].work() as session:
            tidy(session)
        counted = select(func.count(PasskeyChallenge.digest))
        return ask(house, lambda session: session.scalar(counted) or 0)

    assert left() == 2
    with house.extensions["database"].work() as session:
        session.execute(update(PasskeyChallenge).values(ends_at=datetime(2026, 1, 1)))
    assert left() == 0


@pytest.mark.parametrize(
    ("changes", "base", "says"),
    [
        ({}, "http://localhost", None),
        ({}, "http://localhost:8000", None),
        ({}, "http://127.0.0.1:8000", "do not work at this address"),
        ({}, "https://[::1]:8000", "do not work at this address"),
        ({}, "http://learn.example.org", "do not work at this address"),
        # Anybody may claim any name where names are not checked.
        ({"host": "0.0.0.0"}, "https://learn.example.org", "do not work at this address"),
        (
            {"host": "0.0.0.0", "trusted_hosts": ("learn.example.org",)},
            "https://learn.example.org",
            None,
        ),
        ({"public_url": "https://learn.example.org"}, "https://learn.example.org", None),
        ({"public_url": "https://LEARN.example.org:443"}, "https://learn.example.org", None),
        (
            {"public_url": "https://lernen.bücher.example"},
            "https://lernen.xn--bcher-kva.example",
            None,
        ),
        (
            {"public_url": "https://learn.example.org"},
            "https://other.example.org",
            "Passkeys work only at https://learn.example.org.",
        ),
        (
            {"public_url": "https://learn.example.org"},
            "http://learn.example.org",
            "Passkeys work only at https://learn.example.org.",
        ),
        ({"public_url": "http://10.0.0.5"}, "http://10.0.0.5", "do not work at this address"),
    ],
    ids=repr,
)
def test_passkeys_are_offered_only_where_they_work(
    house: Flask, changes: dict[str, object], base: str, says: str | None
) -> None:
    given: Settings = house.extensions["settings"]
    moved = create_app(dataclasses.replace(given, **changes))
    moved.testing = True
    client = moved.test_client()
    with moved.extensions["database"].work() as session:
        make_staff(session, "tendai", "Bridge Society", Role.TRAINER)

    def opens(path: str) -> str:
        return client.get(path, base_url=base).text

    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', opens("/en/staff/sign-in"))
    assert token is not None
    assert ("data-passkey" in opens("/en/staff/sign-in")) is (says is None)
    begun = client.post(
        "/en/staff/sign-in/passkey/begin", base_url=base, data={"csrf_token": token[1]}
    )
    assert begun.status_code == (200 if says is None else 400)
    client.post(
        "/en/staff/sign-in",
        base_url=base,
        data={"csrf_token": token[1], "login": "tendai", "password": PASSWORD},
        headers={"Referer": base},
    )
    takes = client.get("/en/staff/account/second-step/list", base_url=base).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', takes)
    assert token is not None
    client.post(
        "/en/staff/account/second-step/list",
        base_url=base,
        data={"csrf_token": token[1], "now": PASSWORD},
    )
    page = html.unescape(opens(PASSKEYS))
    assert ("Add a passkey" in page) is (says is None)
    assert says is None or says in page
    leave(moved)
