"""The reports in a browser: no accessibility fault, nothing wider than the phone, two pages."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from edu.groups.models import Arm
from edu.outcomes.evaluation_queue import ask as ask_for
from edu.outcomes.evaluation_queue import work_all
from edu.outcomes.figures import take_snapshot
from edu.outcomes.voices import keep_note, keep_theme
from edu.partners.members import organisation_named
from edu.partners.roles import Role
from edu.settings import ROOT
from tests.browser.conftest import Phone
from tests.browser.test_every_page import DAILY, faults
from tests.outcomes.programme import DAY, LONG_AGO, make, person
from tests.people import PASSWORD, make_staff

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

Paths = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def paths(site: tuple[Flask, str]) -> Paths:
    """The addresses of every kind of report, below a language."""
    database = site[0].extensions["database"]
    with database.work() as session:
        make_staff(session, "reporter", "Reporting Society", Role.ADMINISTRATOR)
        home = organisation_named(session, "Reporting Society")
        assert home is not None
        made = make(
            session,
            *[(Arm.INTERVENTION, 14)] * 3,
            (Arm.WAITING, 14),
            home=home.id,
            instruments=("attitudes", "knowledge"),
        )
        group, number = made.groups[0].id, made.programme.id
        made.groups[0].looking_back = True
        for _ in range(14):
            person(made, made.groups[0], 0.5, LONG_AGO, "after", "looking-back", "later-1")
        for each in made.groups:
            for wave in ("after", "before-2", "looking-back", "later-1"):
                take_snapshot(session, each.id, wave, DAY)
        keep_note(session, number, "interview", DAY, "they greet me")
        keep_theme(session, number, name="Greeting", meaning="who", example="", scale="")
        ask_for(session, number, DAY)
    assert work_all(database, ROOT, DAY) == 1
    root = f"/staff/programmes/{number}"
    return lambda tag: [
        f"/{tag}/staff/groups/{group}/report",
        *(f"/{tag}{root}/{path}" for path in ("evaluation", "evaluation/plan")),
        *(f"/{tag}{root}/{path}" for path in ("voices", "voices/codebook")),
    ]


def test_no_page_of_reports_has_a_fault(
    site: tuple[Flask, str], phone: Phone, paths: Paths
) -> None:
    told: list[str] = []
    drawn = 0
    with phone() as page:
        page.goto("/en/staff/sign-in")
        page.locator("#login").fill("reporter")
        page.locator("#password").fill(PASSWORD)
        page.locator("main form button").click()
        for tag in DAILY:
            for path in paths(tag):
                page.goto(path)
                assert page.locator(".crumb").count() == 1
                drawn += page.locator("main svg").count()
                told += faults(page)
    assert told == []
    assert drawn >= 2 * len(DAILY)


#: How many pages a PDF of Chromium says that it has.
PAGES = re.compile(rb"/Type /Pages\s*/Count (\d+)")
#: What is wider on paper than the place it has, and would be cut off.
CUT_OFF = """[...document.querySelectorAll("main .scroll")]
    .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.innerText)"""


def test_a_trainers_report_is_two_pages_of_either_paper_and_nothing_is_cut_off(
    phone: Phone, paths: Paths
) -> None:
    with phone() as page:
        page.goto("/en/staff/sign-in")
        page.locator("#login").fill("reporter")
        page.locator("#password").fill(PASSWORD)
        page.locator("main form button").click()
        pages = {}
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 695, "height": 1000})
        for tag in {*DAILY, "ta-LK"}:
            page.goto(paths(tag)[0])
            assert page.locator("dl.lines").count() == 4
            for paper in ("A4", "Letter"):
                found = PAGES.search(page.pdf(format=paper))
                assert found is not None
                pages[tag, paper] = int(found[1])
            assert page.evaluate(CUT_OFF) == []
    assert {each: number for each, number in pages.items() if number > 2} == {}
