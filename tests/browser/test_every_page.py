"""Every page kind in every language: no accessibility fault, nothing wider than the phone."""

import re
from collections.abc import Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from edu.editions.releasing import offered_tags
from edu.partners.roles import Role
from edu.settings import ROOT
from tests.browser.conftest import Phone, phones, signs_in
from tests.people import StaffPerson, make_staff
from tests.planner.in_full_swing import Programme
from tests.real import lessons_in

pytestmark = pytest.mark.browser

STANDARD = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}

#: One of each kind of page that needs nobody's card.
PUBLIC = [
    *("/", "/m1/", "/m1/1/", "/m2/1/", "/m2/4/", "/m0/1/notes/", "/support/", "/privacy/"),
    *("/m2/1/show/", "/m1/3/handout", "/m1/handbook", "/m1/files", "/offline/"),
    *("/maps/", "/mine", "/return"),
]
#: Of places whose profile has words alone, so not in every language.
WORDS = "/ar/glossary/"
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
    "/room",
    "/sessions",
    "/sessions/new",
    "/hands",
    "/incidents",
    "/incidents/new",
    "/card",
]
LEARNERS = ["/my", "/questions/before/attitudes", "/change", "/forget", "/start/m2"]
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


#: The three that differ most in how a page is built: every day each second page in one of them, in
#: turn; now and then every page in every language.
DAILY = ("en", "ar", "ta")
EACH_SHARE = pytest.mark.parametrize(
    "share", ["daily", pytest.param("all", marks=pytest.mark.thorough)]
)


def walk(site: tuple[Flask, str], paths: Sequence[str], share: str) -> list[str]:
    """The addresses of these pages that are looked at."""
    with site[0].extensions["database"].session(reading=True) as session:
        offered = offered_tags(session)
    assert set(DAILY) < set(offered)
    if share == "all":
        return [f"/{tag}{path}" for tag in offered for path in paths]
    return [f"/{DAILY[number % len(DAILY)]}{path}" for number, path in enumerate(paths[::2])]


@EACH_SHARE
def test_no_public_page_has_a_fault_in_any_language(
    site: tuple[Flask, str], phone: Phone, share: str
) -> None:
    told: list[str] = []
    with phone() as page:
        for address in [*walk(site, PUBLIC + ASKING, share), WORDS]:
            page.goto(address)
            told += faults(page)
    assert told == []


@pytest.mark.thorough
def test_no_lesson_that_is_shipped_has_a_fault(
    whole_site: tuple[Flask, str], browser: Browser
) -> None:
    told: list[str] = []
    with phones(browser, whole_site[1])() as page:
        for lesson in lessons_in(ROOT):
            page.goto(f"/en/{lesson}/")
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
        for address in walk(site, LEARNERS, share):
            page.goto(address)
            told += faults(page)
    assert told == []


@EACH_SHARE
def test_no_page_of_administration_has_a_fault_in_any_language(
    site: tuple[Flask, str], phone: Phone, share: str
) -> None:
    login = f"careful-{share}"
    with site[0].extensions["database"].work() as session:
        made = make_staff(session, login, f"Careful {share}", Role.ADMINISTRATOR, Role.KEEPER)
        home = made.grants[0].organisation_id
        member = made.id
    told: list[str] = []
    with phone() as page:
        signs_in(page, login)
        own = [
            f"/staff{path}".replace("members/1", f"members/{member}")
            .replace("organisations/1", f"organisations/{home}")
            .replace("accounts/1", f"accounts/{member}")
            for path in ADMINISTRATION
        ]
        for address in walk(site, own, share):
            page.goto(address)
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
        signs_in(page, login)
        page.goto("/en/staff/groups/new")
        page.locator("#name").fill("Thursday")
        page.locator("main form button").click()
        group = re.search(r"groups/(\d+)", page.url)
        assert group is not None
        home = f"/staff/groups/{group[1]}"
        own = ["/staff", "/staff/groups/new", home, f"{home}/programme", f"{home}/report"]
        for address in walk(site, [*own, *(home + path for path in PAPER)], share):
            page.goto(address)
            told += faults(page)
    assert told == []


@EACH_SHARE
def test_no_page_of_a_programme_has_a_fault_in_any_language(
    site: tuple[Flask, str], phone: Phone, share: str
) -> None:
    login = f"planner-{share}"
    with site[0].extensions["database"].work() as session:
        make_staff(session, login, f"Planning {share}", Role.ADMINISTRATOR)
    planner = StaffPerson(site[0].test_client(), login).signs_in()
    full = Programme(planner, f"Winter {share}", modules=["m0"])
    own = ["/staff/programmes", "/staff/hours", *full.pages()]
    told: list[str] = []
    with phone() as page:
        signs_in(page, login)
        # There are many; every day a few, which differ most.
        for address in walk(site, own if share == "all" else own[::7], share):
            answer = page.goto(address)
            assert (address, answer and answer.status) == (address, 200)
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
