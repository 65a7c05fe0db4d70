"""The whole learner's way in a real browser, phone wide, in three languages, with and without
JavaScript; and a trainer's first group."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from edu.interface import Interface
from edu.learning.models import Journey, Sitting
from edu.partners.roles import Role
from tests.browser.conftest import Phone
from tests.people import PASSWORD, make_staff, open_at_once

pytestmark = pytest.mark.browser

LANGUAGES = ["sw-KE", "ta-LK", "ar"]


class Walker:
    """Somebody walking through the site with a thumb, in a language of her own."""

    def __init__(self, page: Page, app: Flask, tag: str) -> None:
        self.page = page
        self.tag = tag
        interface: Interface = app.extensions["interface"]
        self.words = interface.translations(tag).gettext

    def opens(self, path: str) -> None:
        self.page.goto(f"/{self.tag}{path}")

    def presses(self, message: str) -> None:
        """Press the button or link with this English message, in her language."""
        name = self.words(message)
        button = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.locator("main").get_by_role("link", name=name, exact=True)
        with self.page.expect_navigation():
            (button.or_(link)).first.click()

    def agrees(self) -> str:
        """Agree to take part, and read the card."""
        self.presses("I am 18 or older and I want to take part")
        code = re.sub(r"\D", "", self.page.locator(".card .code").inner_text())
        assert len(code) == 12
        self.presses("I have kept it. Go on")
        return code

    def answers_everything(self, shift: int) -> None:
        """Choose something for each question and send the form."""
        for number, item in enumerate(self.page.locator("fieldset.item").all()):
            item.locator("input").nth((number + shift) % 4).check(force=True)
        self.presses("Save my answers")

    def goes_on(self) -> str:
        """Press what is next on her way, and say where it leads."""
        link = self.page.locator("main p a.button").first
        href = link.get_attribute("href") or ""
        with self.page.expect_navigation():
            link.click()
        return href

    def reads_to_the_end(self) -> None:
        """Finish this lesson and all that follow in the module."""
        while re.search(r"/m\d+/\d+/$", self.page.url):
            with self.page.expect_navigation():
                self.page.locator("form.finish button").click()


#: Every day one journey of each kind; the others now and then.
_DAILY = {("sw-KE", False), ("ar", True)}
_WAYS = [
    pytest.param(
        tag,
        script,
        id=f"{tag}-{'with' if script else 'without'} script",
        marks=() if (tag, script) in _DAILY else pytest.mark.thorough,
    )
    for tag in LANGUAGES
    for script in (False, True)
]


@pytest.mark.parametrize(("tag", "script"), _WAYS)
def test_a_learner_goes_the_whole_way_in_her_own_language(
    site: tuple[Flask, str], phone: Phone, tag: str, script: bool
) -> None:
    with phone(script=script) as page:
        amina = Walker(page, site[0], tag)
        amina.opens("/m1/")
        expect(page.locator("html")).to_have_attribute("lang", tag)
        expect(page.locator("html")).to_have_attribute("dir", "rtl" if tag == "ar" else "ltr")
        amina.presses("Start, with questions before and after")
        code = amina.agrees()

        assert amina.goes_on().endswith("/questions/before/attitudes")
        amina.answers_everything(0)
        assert amina.goes_on().endswith("/questions/before/knowledge")
        amina.answers_everything(0)
        for module in ("m0", "m1"):
            assert amina.goes_on() == f"/{tag}/{module}/1/"
            amina.reads_to_the_end()
        assert amina.goes_on().endswith("/questions/after/attitudes")
        amina.answers_everything(1)
        assert amina.goes_on().endswith("/questions/after/knowledge")
        amina.answers_everything(1)

        amina.presses("Your own change")
        expect(page.locator("section.change svg.marks")).to_have_count(5)
        amina.opens("/certificate")
        expect(page.locator(".certificate li")).to_have_count(2)
        reminder = page.request.get(f"/{tag}/reminder.ics")
        assert reminder.status == 200
        assert "BEGIN:VEVENT" in reminder.text()

        amina.opens("/my")
        amina.presses("Leave this phone")
        amina.opens("/return")
        page.locator("#code").fill(f"{code[:4]} {code[4:8]} {code[8:]}")
        amina.presses("Go on")
        done = page.locator("progress").get_attribute("value")
        assert done == "6"

        amina.opens("/forget")
        page.locator("#code").fill(code)
        amina.presses("Yes, delete everything")
        expect(page.locator("h1")).to_have_text(amina.words("Deleted"))


def test_answers_on_a_draft_translation_are_kept_as_such(
    site: tuple[Flask, str], phone: Phone
) -> None:
    app = site[0]
    with phone(script=False) as page:
        for tag, draft in (("ta-LK", True), ("en", False)):
            walker = Walker(page, app, tag)
            walker.opens("/start/m2")
            if page.locator("button[name=agree][value=same]").count():
                page.locator("button[name=agree][value=yes]").click()
                walker.presses("I have kept it. Go on")
            else:
                walker.agrees()
            walker.goes_on()
            walker.answers_everything(2)
            with app.extensions["database"].session(reading=True) as session:
                sitting = session.scalars(
                    select(Sitting).join(Journey).where(Journey.tag == tag)
                ).all()[-1]
                assert (sitting.tag, sitting.draft) == (tag, draft)


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_switching_the_language_in_the_middle_keeps_place_and_answers(
    site: tuple[Flask, str], phone: Phone, script: bool
) -> None:
    with phone(script=script) as page:
        walker = Walker(page, site[0], "en")
        walker.opens("/start/m1")
        walker.agrees()
        walker.goes_on()
        page.locator("input[name=contact-1][value='4']").check(force=True)
        page.locator("details.lang summary").click()
        page.locator("button[name=switch][value=ar]").click()
        page.wait_for_url("**/ar/questions/before/attitudes")
        expect(page.locator("input[name=contact-1][value='4']")).to_be_checked()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_lesson_keeps_its_place_when_the_language_is_switched(phone: Phone, tag: str) -> None:
    with phone() as page:
        page.goto("/en/m2/3/")
        page.locator("details.lang summary").click()
        page.locator(f"details.lang a[lang='{tag}']").click()
        page.wait_for_url(f"**/{tag}/m2/3/")


def test_leaving_quickly_leads_to_a_plain_page_and_back_does_not_return(phone: Phone) -> None:
    with phone() as page:
        page.goto("/en/")
        page.goto("/en/m1/3/")
        page.locator("a.exit").click()
        page.wait_for_url("**/out")
        expect(page.locator("h1")).to_have_text("Weights and measures")
        page.go_back()
        assert page.url.endswith("/en/")


def test_leaving_quickly_works_without_a_script(phone: Phone) -> None:
    with phone(script=False) as page:
        page.goto("/sw-KE/m1/3/")
        page.locator("a.exit").click()
        page.wait_for_url("**/out")


def test_the_picture_on_a_card_fills_in_the_number_and_clears_the_address(phone: Phone) -> None:
    with phone() as page:
        page.goto("/en/return#123456789012")
        expect(page.locator("#code")).to_have_value("123456789012")
        assert page.url.endswith("/en/return")


def test_the_two_line_board_moves_its_dot_by_keyboard_alone_without_a_script(
    phone: Phone,
) -> None:
    places = {}
    with phone(script=False) as page:
        for tag in ("en", "ar"):
            page.goto(f"/{tag}/m2/1/")
            moment = page.locator("fieldset.board").first
            rows = moment.locator("input")
            rows.nth(0).focus()
            for _ in range(3):
                page.keyboard.press("ArrowDown")
            page.keyboard.press("Tab")
            page.keyboard.press("Space")
            for _ in range(4):
                page.keyboard.press("ArrowDown")
            assert rows.nth(3).is_checked()
            assert rows.nth(9).is_checked()
            square = moment.locator(".square").bounding_box()
            dot = moment.locator(".dot").bounding_box()
            assert square is not None
            assert dot is not None
            across = (dot["x"] + dot["width"] / 2 - square["x"]) / square["width"]
            up = 1 - (dot["y"] + dot["height"] / 2 - square["y"]) / square["height"]
            places[tag] = (across, up)
    assert places["en"][0] > 0.5
    assert places["ar"][0] == pytest.approx(1 - places["en"][0], abs=0.02)
    assert places["ar"][1] == pytest.approx(places["en"][1], abs=0.02)
    assert places["en"][1] > 0.8


def test_a_check_explains_each_answer_and_lets_one_try_again(phone: Phone) -> None:
    with phone(script=False) as page:
        page.goto("/en/m1/1/")
        question = page.locator("section.check .q").first
        options = question.locator("details")
        for number in range(options.count()):
            options.nth(number).locator("summary").click()
            expect(options.nth(number).locator(":scope > :not(summary)").first).to_be_visible()


def test_a_trainer_makes_a_group_and_somebody_joins_it_by_its_code(
    site: tuple[Flask, str], phone: Phone
) -> None:
    app = site[0]
    with app.extensions["database"].work() as session:
        make_staff(session, "journey.trainer", "Journey Society", Role.TRAINER)
    with phone() as page:
        page.goto("/en/staff")
        page.get_by_label("Name to sign in with").fill("journey.trainer")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="Groups", exact=True).click()
        page.get_by_role("link", name="Make a group").click()
        page.get_by_label("Name of the group").fill("Tuesday")
        page.get_by_label("Kiswahili (Kenya)").check()
        page.get_by_role("button", name="Make the group").click()
        code = re.sub(r"\s", "", page.locator(".poster .code").inner_text())
        page.get_by_role("button", name="Make cards").click()
        expect(page.locator("li.card")).to_have_count(12)
        expect(page).to_have_url(re.compile(r"/groups/\d+/cards$"))
        open_at_once(app, int(page.url.split("/")[-2]))
    with phone(script=False) as page:
        page.goto("/sw-KE/join")
        page.locator("#join").fill(code.lower())
        page.locator("main form button").click()
        expect(page.locator("main strong bdi").first).to_have_text("Tuesday")
