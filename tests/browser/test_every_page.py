"""Every page kind in every language: no accessibility fault, nothing wider than the phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page

from edu.editions.releasing import offered_tags
from edu.partners.roles import Role
from tests.browser.conftest import Phone
from tests.people import PASSWORD, make_staff

pytestmark = pytest.mark.browser

STANDARD = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}

#: One of each kind of page that needs nobody's card.
PUBLIC = ["/", "/m1/", "/m1/1/", "/m2/1/", "/m2/4/", "/m0/1/notes/", "/support/", "/privacy/"]
#: One of each kind of page of administration, below /staff.
ADMINISTRATION = [
    "/members",
    "/members/invite",
    "/members/1",
    "/members/1/remove",
    "/programmes",
    "/trail",
    "/rights",
    "/server",
    "/server/health",
    "/server/organisations",
    "/server/organisations/1",
    "/server/accounts/1",
    "/server/settings",
    "/server/retention",
    "/server/languages",
    "/server/languages/sw",
    "/server/announcements",
    "/server/announcements/new",
    "/server/content",
    "/server/content/1",
    "/server/backup",
    "/server/trail",
]
#: One of each kind of page on a group's plan and papers, below the group.
PAPER = [
    "/plan",
    "/paper",
    "/paper/before",
    "/paper/before/list",
    "/paper/before/typing",
    "/linking",
]
ASKING = ["/start/m1", "/return", "/join", "/forget", "/my", "/nowhere", "/staff/sign-in"]


def faults(page: Page) -> list[str]:
    """What axe finds, and whether anything sticks out of the phone."""
    found = Axe().run(page, options=STANDARD).response["violations"]
    told = [
        f"{page.url}: {violation['id']}: {node['html'][:120]}"
        for violation in found
        for node in violation["nodes"]
    ]
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return told + ([f"{page.url}: {wider} px wider than the phone"] if wider > 0 else [])


#: Every day the three that differ most in how a page is built; now and then all the others.
DAILY = ("en", "ar", "ta")
EACH_SHARE = pytest.mark.parametrize(
    "share", ["daily", pytest.param("others", marks=pytest.mark.thorough)]
)


def tags_of(site: tuple[Flask, str], share: str) -> list[str]:
    with site[0].extensions["database"].session(reading=True) as session:
        offered = offered_tags(session)
    assert set(DAILY) < set(offered)
    return [tag for tag in offered if (tag in DAILY) == (share == "daily")]


@EACH_SHARE
def test_no_public_page_has_a_fault_in_any_language(
    site: tuple[Flask, str], phone: Phone, share: str
) -> None:
    told: list[str] = []
    with phone() as page:
        for tag in tags_of(site, share):
            for path in PUBLIC + ASKING:
                page.goto(f"/{tag}{path}")
                told += faults(page)
    assert told == []


@EACH_SHARE
def test_no_page_of_a_learner_has_a_fault_in_any_language(
    site: tuple[Flask, str], phone: Phone, share: str
) -> None:
    told: list[str] = []
    with phone() as page:
        page.goto("/en/start/m1")
        page.locator("button[name=agree]").click()
        told += faults(page)
        for tag in tags_of(site, share):
            for path in ("/my", "/questions/before/attitudes", "/change", "/forget", "/start/m2"):
                page.goto(f"/{tag}{path}")
                told += faults(page)
    assert told == []


def test_no_page_of_administration_has_a_fault_in_either_direction_or_any_script(
    site: tuple[Flask, str], phone: Phone
) -> None:
    with site[0].extensions["database"].work() as session:
        made = make_staff(session, "careful", "Careful Society", Role.ADMINISTRATOR, Role.KEEPER)
        home = made.grants[0].organisation_id
        member = made.id
    told: list[str] = []
    with phone() as page:
        page.goto("/en/staff/sign-in")
        page.locator("#login").fill("careful")
        page.locator("#password").fill(PASSWORD)
        page.locator("main form button").click()
        # Its words are checked in every language; here it is how a page is built that counts.
        for tag in DAILY:
            for path in ADMINISTRATION:
                here = path.replace("members/1", f"members/{member}")
                here = here.replace("organisations/1", f"organisations/{home}")
                here = here.replace("accounts/1", f"accounts/{member}")
                page.goto(f"/{tag}/staff{here}")
                assert page.locator(".crumb, button.danger").count() > 0
                told += faults(page)
        page.goto("/en/staff/members/invite")
        page.locator("main form button").click()
        told += faults(page)
    assert told == []


@EACH_SHARE
def test_no_page_of_a_trainer_has_a_fault_in_any_language(
    site: tuple[Flask, str], phone: Phone, share: str
) -> None:
    login = f"faultless-{share}"
    with site[0].extensions["database"].work() as session:
        make_staff(session, login, f"Society {share}", Role.ADMINISTRATOR)
    told: list[str] = []
    with phone() as page:
        page.goto("/en/staff/sign-in")
        page.locator("#login").fill(login)
        page.locator("#password").fill(PASSWORD)
        page.locator("main form button").click()
        page.goto("/en/staff/groups/new")
        page.locator("#name").fill("Thursday")
        page.locator("main form button").click()
        group = re.search(r"groups/(\d+)", page.url)
        assert group is not None
        for tag in tags_of(site, share):
            for path in ("", "/groups/new", f"/groups/{group[1]}"):
                page.goto(f"/{tag}/staff{path}")
                told += faults(page)
            for path in ("/report", *PAPER):
                page.goto(f"/{tag}/staff/groups/{group[1]}{path}")
                told += faults(page)
    assert told == []


@pytest.mark.parametrize("width", [240, 320, 1100])
def test_nothing_sticks_out_on_narrow_and_wide_screens(phone: Phone, width: int) -> None:
    told = []
    with phone(width=width) as page:
        for tag in ("en", "ta-LK", "ar"):
            for path in ("/", "/m1/1/", "/m2/1/", "/privacy/", "/return"):
                page.goto(f"/{tag}{path}")
                wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if wider > 0:
                    told.append(f"{page.url}: {wider} px")
    assert told == []
