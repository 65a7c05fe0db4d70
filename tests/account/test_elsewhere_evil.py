"""Another house that lies, breaks, changes its keys or is not there."""

import logging
import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from joserfc.jwk import RSAKey
from werkzeug.wrappers import Response

from edu.account import house as account_house
from edu.settings import read_settings
from tests.account.elsewhere import GO, comes_back, goes, links
from tests.account.hands import (
    is_in,
    stranger,
)
from tests.oidc_provider import CLIENT, OtherHouse
from tests.people import People

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
