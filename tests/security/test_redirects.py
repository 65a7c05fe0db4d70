"""Nothing that anybody sends decides which site a browser goes to next.

The program takes no address as a value; it builds each from its own parts. Here every route is
asked with values that lead away, in every field, every parameter and every part of the path.
"""

from collections.abc import Iterator
from urllib.parse import quote, unquote_to_bytes

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, IntegerConverter
from werkzeug.test import TestResponse

from tests.people import OURS
from tests.security.hostile import ELSEWHERE, leading_away, leads_away
from tests.security.world import World, address_of, addresses, endpoint_of, forms_of, rules

#: Names under which programs take an address to go to.
NAMES = [
    "next",
    "url",
    "return",
    "return_to",
    "returnTo",
    "redirect",
    "redirect_to",
    "redirect_uri",
    "continue",
    "dest",
    "destination",
    "go",
    "goto",
    "target",
    "to",
    "back",
    "here",
    "referer",
    "r",
    "u",
    "callback",
    "lang",
    "tag",
]

BASE = "http://localhost/"
#: Every day a share of the values, spread over all kinds; now and then all of them.
EACH_SHARE = pytest.mark.parametrize("share", [48, pytest.param(1, marks=pytest.mark.thorough)])


@pytest.fixture(scope="module")
def house(world: World) -> Iterator[Flask]:
    """One copy of the world: these attacks hardly change it."""
    copy = world.copy()
    yield copy
    copy.extensions["database"].engine.dispose()


def away(answer: TestResponse) -> list[str]:
    """Where an answer sends a browser off this site."""
    found = [answer.headers.get(name, "") for name in ("Location", "Content-Location")]
    found.append(answer.headers.get("Refresh", "").rpartition("url=")[2])
    return [each for each in found if each and leads_away(each, BASE)]


def asks(browser: FlaskClient, path: str, method: str = "GET") -> TestResponse:
    """Ask for a path exactly as it stands: the client would take `//name` for a host."""
    raw = unquote_to_bytes(path).decode("latin-1")
    told = {"PATH_INFO": raw, "REQUEST_URI": path, "RAW_URI": path}
    return browser.open("/", method=method, headers=OURS, environ_overrides=told)


def test_there_are_enough_values_and_all_lead_away_where_they_are_believed() -> None:
    values = leading_away()
    assert len(values) >= 400
    plain = [value for value in values if "%" not in value]
    believed = [value for value in plain if leads_away(value, BASE)]
    assert len(believed) >= 400
    assert not leads_away("/en/staff", BASE)
    assert not leads_away("http://localhost/en/", BASE)


@EACH_SHARE
def test_no_parameter_of_any_route_leads_away(world: World, house: Flask, share: int) -> None:
    """Each address has its share of the values, a larger one where it leads on by itself."""
    values, tried = leading_away()[::share], set()
    for walker in ("stranger", "administrator"):
        browser = world.browser(house, walker)
        for number, address in enumerate(["/en/m1", *addresses(house, world.given)]):
            target = browser.get(address).headers.get("Location", "")
            leads_on = bool(target) and not target.endswith("/sign-in")
            for value in values[number % 3 :: 3] if leads_on else values[number % 12 :: 12]:
                answer = browser.get(address, query_string=dict.fromkeys(NAMES, value))
                assert (address, value, away(answer)) == (address, value, [])
                assert (address, value, answer.status_code < 500) == (address, value, True)
                tried.add(value)
    assert tried == set(values)


@EACH_SHARE
def test_no_field_of_any_form_leads_away(world: World, house: Flask, share: int) -> None:
    for walker in ("stranger", "trainer"):
        browser = world.browser(house, walker)
        found = list(forms_of(house, browser, world.given))
        for form in found:
            if endpoint_of(house, form.action) in ("account.leave", "leave.leave"):
                continue  # the buttons that end the session under test; they have no field
            kept = ("csrf_token", "key", "agree", "do")
            for value in leading_away()[share - 1 :: 2 * len(found)]:
                values = dict.fromkeys([*NAMES, *form.names], value)
                values |= {name: each for name, each in form.values if name in kept}
                answer = browser.post(
                    form.action, data=values, headers=OURS | {"Referer": value.strip()[:1] + "x"}
                )
                assert (form.action, value, away(answer)) == (form.action, value, [])
                assert (form.action, value, answer.status_code < 500) == (form.action, value, True)


@EACH_SHARE
def test_no_part_of_any_path_leads_away(world: World, house: Flask, share: int) -> None:
    browser = world.browser(house, "stranger")
    for value in leading_away()[::share]:
        part = quote(value, safe="/\\:@?#[]")
        for path in (f"/{part}", f"//{part}", f"/en/{part}", f"/en//{part}/", f"/sw-TZ/{part}"):
            answer = asks(browser, path)
            assert (path, away(answer)) == (path, [])
            assert (path, answer.status_code < 500) == (path, True)


@EACH_SHARE
def test_no_blank_of_any_route_leads_away(world: World, house: Flask, share: int) -> None:
    browser = world.browser(house, "administrator")
    values = [quote(value, safe="") for value in leading_away()[::share]]
    # A blank for numbers, or for one of a few words, takes no others.
    blanks = [
        (address_of(house, rule, world.given | {name: "blank0"}), method)
        for method in ("GET", "POST")
        for rule in rules(house, method)
        for name in rule.arguments
        if not isinstance(rule._converters[name], IntegerConverter | AnyConverter)
    ]
    assert len(blanks) >= 25
    for number, (address, method) in enumerate(blanks):
        for value in values[number % 12 :: 12]:
            path = address.replace("blank0", value)
            answer = asks(browser, path, method)
            assert (path, away(answer)) == (path, [])
            assert (path, answer.status_code < 500) == (path, True)


def test_a_careless_redirect_would_be_found(world: World) -> None:
    """The control: a view that believes its parameter is caught by most values."""
    copy = world.copy()

    @copy.get("/<tag>/careless")
    def careless() -> tuple[str, int, dict[str, str]]:
        from flask import request

        return "", 302, {"Location": quote(request.args["next"], safe="/\\:@?#[]%")}

    browser = copy.test_client()
    caught = [
        value
        for value in leading_away()
        if value.isascii() and "%" not in value and ".." not in value
        if away(browser.get("/en/careless", query_string={"next": value}))
    ]
    assert len(caught) >= 200
    assert f"//{ELSEWHERE}" in caught
