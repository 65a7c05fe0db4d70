"""No page asks another host for anything: every address, opened by everybody, in a real browser."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Request

from tests.browser.conftest import Phone
from tests.people import People
from tests.security.world import addresses

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

PAGES = ["/en/", "/ar/", "/en/m1/", "/en/m1/1/", "/en/m2/1/", "/en/support/", "/en/privacy/"]
ODD = ["/en/nowhere", "/nowhere", "/en/%00", "/en/m1"]


@pytest.fixture(scope="module")
def walkers(site: tuple[Flask, str]) -> dict[str, tuple[FlaskClient, dict[str, object]]]:
    """Everybody who may open pages, with what her addresses need."""
    people = People(site[0])
    tendai, amina = people.tendai, people.amina
    group = tendai.makes_group()
    code = tendai.join_code(group)
    amina.joins(code)
    given = {"tag": "en", "module": "m1", "number": 1, "wave": "before", "code": code}
    given |= {"instrument": "attitudes", "group_id": group}
    return {
        "stranger": (site[0].test_client(), given),
        "learner": (amina.browser, given),
        "trainer": (tendai.browser, given),
        "administrator": (people.ruth.browser, given),
        "keeper": (people.kamal.browser, given),
    }


def carries(page: Page, browser: FlaskClient, base: str) -> None:
    """Give a real browser the cookies of a test's own."""
    kept = browser._cookies.values()
    page.context.add_cookies(
        [{"name": each.key, "value": each.value, "url": base, "httpOnly": True} for each in kept]
    )


#: Learners' pages every day; those of staff, who have accounts anyway, now and then.
_STAFF = ("trainer", "administrator", "keeper")


@pytest.mark.parametrize(
    "walker",
    ["stranger", "learner", *[pytest.param(who, marks=pytest.mark.thorough) for who in _STAFF]],
)
def test_no_page_asks_another_host_for_anything(
    site: tuple[Flask, str],
    phone: Phone,
    walkers: dict[str, tuple[FlaskClient, dict[str, object]]],
    walker: str,
) -> None:
    app, base = site
    browser, given = walkers[walker]
    asked: list[str] = []

    def heard(request: Request) -> None:
        asked.append(request.url)

    with phone() as page:
        carries(page, browser, base)
        page.context.on("request", heard)
        opened = 0
        for address in [*PAGES, *ODD, *addresses(app, given)]:
            if address.endswith((".csv", ".ics", ".xlsx", ".zip", ".po", ".json", ".ndjson")):
                continue  # a file to keep: there is no page that could ask for anything
            answer = page.goto(address, wait_until="load")
            opened += answer is not None
        assert opened >= 30
    ours = [url for url in asked if url.startswith((base, "data:", "blob:"))]
    assert sorted(set(asked) - set(ours)) == []
    assert len(ours) > opened


def test_a_page_from_elsewhere_would_be_heard(site: tuple[Flask, str], browser: Browser) -> None:
    """The control: a browser that is led to another host is caught."""
    elsewhere = "http://127.0.0.2:9/"
    context = browser.new_context(base_url=site[1])
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.route(f"{elsewhere}**", lambda route: route.abort())
    page = context.new_page()
    page.goto("/en/")
    with page.expect_event("requestfailed"):
        page.evaluate("where => { location.href = where }", elsewhere)
    context.close()
    assert [url for url in asked if not url.startswith((site[1], "data:"))] == [elsewhere]
