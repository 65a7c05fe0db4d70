"""Signing in with an account of another house, honest or not."""

import dataclasses
import html
import logging
import re
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from joserfc.jwk import RSAKey
from sqlalchemy import select
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from edu import create_app
from edu.account import house as account_house
from edu.partners.links import invite
from edu.partners.members import organisation_named
from edu.partners.models import Member
from edu.partners.roles import Role
from edu.server.choices import SecondStep
from edu.settings import Settings, read_settings
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
)
from tests.oidc_provider import CLIENT, SECRET, OtherHouse, other_house
from tests.people import OURS, PASSWORD, People, StaffPerson

GO = "/en/staff/sign-in/elsewhere"
LINK = "/en/staff/account/elsewhere"


@pytest.fixture
def there() -> Iterator[OtherHouse]:
    """The other house."""
    with other_house() as found:
        yield found


@pytest.fixture
def open_house(house: Flask, there: OtherHouse) -> Iterator[Flask]:
    """A house in which the other one may sign people in."""
    given: Settings = house.extensions["settings"]
    made = create_app(
        dataclasses.replace(
            given,
            public_url="https://learn.example.org",
            oidc_issuer=there.issuer,
            oidc_client_id=CLIENT,
            oidc_client_secret=SECRET,
        )
    )
    made.testing = True
    yield made
    made.extensions["later"].wait()
    made.extensions["database"].engine.dispose()


@pytest.fixture
def crowd(open_house: Flask) -> People:
    """The people of that house."""
    return People(open_house)


def comes_back(person: StaffPerson, there: OtherHouse, way: str) -> TestResponse:
    """Sign in there, and come back; where that leads is not followed."""
    return person.browser.get(there.signs_in(way))


def goes(person: StaffPerson, address: str = GO) -> str:
    """Where the other house is, for this person."""
    answer = person.browser.get(address)
    assert answer.status_code == 303
    return answer.headers["Location"]


def enters(person: StaffPerson, there: OtherHouse) -> TestResponse:
    """Sign in with the account there, to the end."""
    on = comes_back(person, there, goes(person)).headers["Location"]
    page = person.opens(on)
    if "csrf_token" not in page.text:
        return page
    return person.fills(on, follow=False)


def links(person: StaffPerson, there: OtherHouse) -> TestResponse:
    """Link one's account with the one there."""
    page = person.fills(LINK, now=PASSWORD)
    found = re.search(r'href="(http://127[^"]+)"', page.text)
    assert found is not None, page.text
    on = comes_back(person, there, html.unescape(found[1])).headers["Location"]
    return person.fills(on, follow=False)


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
    with open_house.extensions["database"].work() as session:
        ruth = session.merge(member_of(open_house, "ruth"))
        bridge = organisation_named(session, "Bridge Society")
        assert bridge is not None
        secret = invite(session, ruth, bridge, Role.TRAINER)
    person = stranger(open_house)
    way = goes(person, f"/en/staff/invitation/{secret}/elsewhere")
    on = comes_back(person, there, way).headers["Location"]
    assert person.fills(on, login="ruth").status_code == 422
    assert person.fills(on, follow=False, login="Amara").headers["Location"] == "/en/staff"
    assert is_in(person)
    amara = member_of(open_house, "amara")
    assert (amara.password_hash, amara.subject) == (None, f"{there.issuer}|amara-7")
    assert types_password(stranger(open_house), "amara", "").status_code == 422
    again = stranger(open_house)
    assert again.browser.get(f"/en/staff/invitation/{secret}/elsewhere").status_code == 404
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
    with open_house.extensions["database"].work() as session:
        lindiwe = session.merge(member_of(open_house, "lindiwe"))
        other = organisation_named(session, "Other House")
        assert other is not None
        secret = invite(session, lindiwe, other, Role.TRAINER)
    person = stranger(open_house)
    way = goes(person, f"/en/staff/invitation/{secret}/elsewhere")
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


OTHER_KEY = RSAKey.generate_key(2048, {"kid": "k1"})
EVIL: dict[str, tuple[Callable[[OtherHouse], object], str]] = {
    "another nonce": (lambda h: h.claims.update(nonce="x"), "token: InvalidClaimError"),
    "no nonce": (lambda h: h.claims.update(nonce=None), "token: MissingClaimError"),
    "another audience": (lambda h: h.claims.update(aud="other"), "token: InvalidClaimError"),
    "one of many without azp": (
        lambda h: h.claims.update(aud=[CLIENT, "other"]),
        "token: MissingClaimError",
    ),
    "azp of another": (lambda h: h.claims.update(azp="other"), "token: InvalidClaimError"),
    "no audience": (lambda h: h.claims.update(aud=None), "token: MissingClaimError"),
    "another issuer": (
        lambda h: h.claims.update(iss="https://evil.example"),
        "token: InvalidClaimError",
    ),
    "expired": (lambda h: h.claims.update(exp=int(time.time()) - 90), "token: ExpiredTokenError"),
    "no end": (lambda h: h.claims.update(exp=None), "token: MissingClaimError"),
    "from the future": (
        lambda h: h.claims.update(iat=int(time.time()) + 900),
        "token: InvalidClaimError",
    ),
    "nobody": (lambda h: h.claims.update(sub=None), "token: MissingClaimError"),
    "an empty name": (lambda h: h.claims.update(sub=""), "token: no subject"),
    "a name that is a list": (lambda h: h.claims.update(sub=["a"]), "token: InvalidClaimError"),
    "unsigned": (lambda h: setattr(h, "signs", "none"), "token: UnsupportedAlgorithmError"),
    "signed with the public key": (
        lambda h: setattr(h, "signs", "HS256"),
        "token: UnsupportedAlgorithmError",
    ),
    "signed by another": (lambda h: setattr(h, "signs", OTHER_KEY), "token: BadSignatureError"),
    "no token": (lambda h: setattr(h, "answers", Response("{}")), "no token"),
    "not JSON": (lambda h: setattr(h, "answers", Response("<html>")), "answer: not JSON"),
    "deep JSON": (lambda h: setattr(h, "answers", Response("[" * 100000)), "answer: not JSON"),
    "a list": (lambda h: setattr(h, "answers", Response("[]")), "answer: not an object"),
    "endless": (
        lambda h: setattr(h, "answers", Response("x" * 300_000)),
        "not reached: ValueError",
    ),
    "a redirect": (
        lambda h: setattr(
            h, "answers", Response(status=302, headers={"Location": f"{h.issuer}/keys"})
        ),
        "answer: not JSON",
    ),
}


@pytest.mark.parametrize("way", list(EVIL))
def test_whatever_an_evil_house_says_signs_nobody_in(
    open_house: Flask,
    crowd: People,
    there: OtherHouse,
    caplog: pytest.LogCaptureFixture,
    way: str,
) -> None:
    links(crowd.tendai, there)
    EVIL[way][0](there)
    person = stranger(open_house)
    page = comes_back(person, there, goes(person))
    assert (page.status_code, "You are not signed in" in page.text) == (422, True)
    assert [each.kind for each in caplog.records if each.name == "edu.elsewhere"] == [EVIL[way][1]]
    assert not is_in(person)
    assert person.browser.get(f"{GO}/on").headers["Location"] == "/en/staff/sign-in"


DESCRIBED = {
    "issuer": ("https://evil.example", "description: another issuer"),
    "authorization_endpoint": (None, "description: no address"),
    "token_endpoint": ("http://evil.example/token", "address: not encrypted"),
    "jwks_uri": ("file:///etc/passwd", "address: not encrypted"),
}


@pytest.mark.parametrize("name", list(DESCRIBED))
def test_a_description_that_leads_elsewhere_is_not_followed(
    open_house: Flask, there: OtherHouse, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    value, reason = DESCRIBED[name]
    there.described = {name: value}
    person = stranger(open_house)
    answer = person.browser.get(GO)
    if answer.status_code == 303:
        answer = comes_back(person, there, answer.headers["Location"])
    assert answer.status_code == 422
    assert [each.kind for each in caplog.records if each.name == "edu.elsewhere"] == [reason]


def test_codes_states_and_browsers_are_not_mixed(
    open_house: Flask, crowd: People, there: OtherHouse
) -> None:
    links(crowd.tendai, there)
    mine, other = stranger(open_house), stranger(open_house)
    my_back, other_back = there.signs_in(goes(mine)), there.signs_in(goes(other))
    code = parse_qs(urlsplit(other_back).query)["code"][0]
    refused = [
        mine.browser.get(other_back),
        stranger(open_house).browser.get(my_back),
        mine.browser.get("/oidc/callback?state=x&code=y"),
        mine.browser.get("/oidc/callback?error=access_denied"),
    ]
    assert [each.status_code for each in refused] == [422] * 4
    again = stranger(open_house)
    state = parse_qs(urlsplit(goes(again)).query)["state"][0]
    assert again.browser.get(f"/oidc/callback?state={state}&code={code}").status_code == 422
    assert not any(is_in(each) for each in (mine, other, again))


def test_a_code_comes_back_once(open_house: Flask, crowd: People, there: OtherHouse) -> None:
    links(crowd.tendai, there)
    person = stranger(open_house)
    back = there.signs_in(goes(person))
    kept = person.browser.get_cookie("elsewhere")
    assert kept is not None
    assert person.browser.get(back).status_code == 303
    person.browser.set_cookie("elsewhere", kept.value)
    assert person.browser.get(back).status_code == 422


def test_a_house_that_names_another_issuer_on_the_way_back_is_refused(
    open_house: Flask, there: OtherHouse
) -> None:
    person = stranger(open_house)
    back = there.signs_in(goes(person))
    assert person.browser.get(back + "&iss=https%3A%2F%2Fevil.example").status_code == 422


def test_the_way_back_is_the_one_in_the_settings_whatever_the_request_says(
    open_house: Flask, there: OtherHouse
) -> None:
    browser = open_house.test_client()
    answer = browser.get(GO, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    there.signs_in(answer.headers["Location"])


def test_a_house_that_is_not_there_is_left_alone_for_a_while(
    open_house: Flask, there: OtherHouse
) -> None:
    there.described = {"issuer": "https://evil.example"}
    for _ in range(5):
        assert stranger(open_house).browser.get(GO).status_code == 422
    assert there.asked == ["GET /.well-known/openid-configuration"]


def test_a_house_that_changes_its_keys_is_understood(
    open_house: Flask, crowd: People, there: OtherHouse
) -> None:
    links(crowd.tendai, there)
    there.key = RSAKey.generate_key(2048, {"kid": "k2"})
    known = open_house.extensions["house"]
    known._keys = (known._keys[0] - 61, known._keys[1])
    person = stranger(open_house)
    there.claims = {}
    page = comes_back(person, there, goes(person))
    assert page.status_code == 422  # its token still names k1
    assert there.asked.count("GET /keys") == 2


def test_what_was_learned_is_forgotten_after_ten_minutes(
    open_house: Flask, crowd: People, there: OtherHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    links(crowd.tendai, there)
    person = stranger(open_house)
    on = comes_back(person, there, goes(person)).headers["Location"]
    monkeypatch.setattr(account_house, "_SECONDS", -1)
    assert person.browser.get(on).headers["Location"] == "/en/staff/sign-in"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"OIDC_ISSUER": "http://id.example.org"}, "OIDC_ISSUER must begin with https://"),
        ({"OIDC_ISSUER": "id.example.org"}, "OIDC_ISSUER must begin with https://"),
        ({"OIDC_ISSUER": "https://id.example.org"}, "OIDC_ISSUER needs OIDC_CLIENT_ID too"),
    ],
)
def test_a_house_that_could_be_impersonated_is_no_setting(
    tmp_path: Path, changes: dict[str, str], why: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        read_settings({"INSTANCE": str(tmp_path)} | changes)


def test_the_log_says_nothing_about_people(
    open_house: Flask, crowd: People, there: OtherHouse, caplog: pytest.LogCaptureFixture
) -> None:
    links(crowd.tendai, there)
    there.claims = {"nonce": "x"}
    with caplog.at_level(logging.DEBUG, logger="edu"):
        person = stranger(open_house)
        comes_back(person, there, goes(person))
    ours = [str(each.__dict__) for each in caplog.records if each.name.startswith("edu")]
    assert len(ours) == 1
    assert [each for each in ours if "amara" in each or "127.0.0.1" in each] == []
