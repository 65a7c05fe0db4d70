"""Paper, waiting lists and shared phones, in a real browser.

A trainer types and another one finds the slip; a group answers twice before its lessons; three
people share one phone; papers without cards find together.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error, Page, expect
from sqlalchemy import select, update

from edu.learning.models import Journey, Sitting
from edu.partners.roles import Role
from tests.browser.conftest import Phone, phones
from tests.conftest import TINY
from tests.live import living_house
from tests.paper.world import ELEMENTS, contacts, journeys
from tests.people import PASSWORD, make_staff, open_at_once

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

DAY = "2026-11-02"


@pytest.fixture
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    """A small site of one's own."""
    with living_house(tmp_path_factory.mktemp("village"), TINY) as living:
        with living[0].extensions["database"].work() as session:
            make_staff(session, "tendai", "Bridge Society", Role.TRAINER)
            make_staff(session, "ruth", "Bridge Society", Role.TRAINER)
        yield living


@pytest.fixture
def desk(browser: Browser, village: tuple[Flask, str]) -> Phone:
    """A browser in the village; a desk is wider than a phone."""
    return phones(browser, village[1])


class Trainer:
    """Somebody who leads groups and types."""

    def __init__(self, page: Page, house: Flask, login: str = "tendai") -> None:
        self.page = page
        self.house = house
        page.goto("/en/staff/sign-in")
        page.locator("#login").fill(login)
        page.locator("#password").fill(PASSWORD)
        page.locator("main form button").click()

    def makes_group(self, name: str) -> int:
        """Make a group of one module; further fields are filled before."""
        self.page.locator("#name").fill(name)
        for box in self.page.locator("input[name=modules]").all():
            box.set_checked(box.get_attribute("value") == "m0")
        self.page.get_by_role("button", name="Make the group").click()
        found = re.search(r"groups/(\d+)$", self.page.url)
        assert found is not None, self.page.locator("main").inner_text()
        open_at_once(self.house, int(found[1]))
        return int(found[1])

    def opens(self, path: str) -> None:
        self.page.goto(f"/en/staff/groups/{path}")

    def begins_pile(self, group: int, wave: str) -> None:
        self.opens(f"{group}/paper/{wave}/typing")
        self.page.locator("#answered_on").fill(DAY)
        self.page.locator("#agreed").check()

    def keeps(self) -> None:
        self.page.get_by_role("button", name="Keep these papers").click()

    def tally(self, group: int, wave: str) -> list[str]:
        self.opens(str(group))
        row = self.page.locator("tr", has=self.page.get_by_role("rowheader", name=wave, exact=True))
        return row.locator("td").all_inner_texts()[:3]


def test_papers_are_typed_by_keyboard_and_a_second_reader_finds_the_slip(
    village: tuple[Flask, str], desk: Phone
) -> None:
    with desk(width=1100) as page:
        tendai = Trainer(page, village[0])
        page.goto("/en/staff/groups/new")
        group = tendai.makes_group("Evening")
        tendai.begins_pile(group, "before")
        first = page.locator("tbody input").nth(1)
        first.focus()
        # Full cells lead on; Enter leaves the card of the next row empty.
        page.keyboard.type("1122")
        page.keyboard.press("Enter")
        page.keyboard.type("333x")
        page.keyboard.press("ArrowUp")
        expect(page.locator("tbody tr").nth(0).locator("input").nth(0)).not_to_be_focused()
        tendai.keeps()
        expect(page.get_by_role("alert")).to_contain_text("feelings.hope-2")
        wrong = page.locator("[aria-invalid=true]")
        expect(wrong).to_have_value("x")
        expect(page.locator("tbody tr").nth(0).locator("input").nth(1)).to_have_value("1")
        wrong.fill("3")
        tendai.keeps()
        expect(page.locator("li.card")).to_have_count(2)
        page.get_by_role("link", name="They are copied. Go on").click()
        expect(page.locator("main")).to_contain_text("Type them once more")
    with desk(script=False) as page:
        ruth = Trainer(page, village[0], "ruth")
        ruth.opens(f"{group}/paper")
        page.get_by_role("link", name="Type them once more").click()
        for cell, sign in zip(page.locator("tbody input").all(), "11223323", strict=True):
            cell.fill(sign)
        page.get_by_role("button", name="Compare").click()
        expect(page.locator("main")).to_contain_text("1 of 8 cells differed (12.5 %)")
        page.get_by_role("link", name="Settle 1 cell").click()
        page.locator("input[name=reading][value='2']").check()
        page.get_by_role("button", name="This is what it says").click()
        expect(page.locator("tbody td", has_text="Done")).to_have_count(1)
    with village[0].extensions["database"].session(reading=True) as session:
        found = session.execute(select(Sitting.answers, Sitting.submitted_on, Sitting.mode)).all()
    day = date.fromisoformat(DAY)
    assert sorted(map(tuple, found)) == [
        ("1:1,1,2,2", day, "paper"),
        ("1:3,3,2,3", day, "paper"),
    ]


def shift(village: tuple[Flask, str], days: int) -> None:
    """Let so many days go by."""
    with village[0].extensions["database"].work() as session:
        for sitting in session.scalars(select(Sitting)).all():
            if sitting.submitted_on is not None:
                earlier = sitting.submitted_on - timedelta(days=days)
                session.execute(
                    update(Sitting).where(Sitting.id == sitting.id).values(submitted_on=earlier)
                )


def answers(page: Page, number: int) -> None:
    """Tick the same place in each question and send the form."""
    for item in page.locator("fieldset.item").all():
        item.locator("input").nth(number).check()
    page.get_by_role("button", name="Save my answers").click()
    expect(page.get_by_role("status")).to_be_visible()


def joins(page: Page, code: str) -> str:
    """Take part in a group; the number on the card."""
    page.goto(f"/en/join/{code}")
    return agrees(page)


def agrees(page: Page) -> str:
    """Agree to take part; the number on the card."""
    page.locator("button[name=agree]").last.click()
    number = re.sub(r"\D", "", page.locator(".card .code").inner_text())
    page.get_by_role("link", name="I have kept it. Go on").click()
    return number


def join_code(page: Page, group: int) -> str:
    page.goto(f"/en/staff/groups/{group}")
    return re.sub(r"\s", "", page.locator(".poster .code").inner_text())


def test_a_group_that_waits_answers_twice_before_its_lessons(
    village: tuple[Flask, str], desk: Phone
) -> None:
    today = date.today()
    with desk(width=1100) as page, desk() as phone:
        tendai = Trainer(page, village[0])
        page.goto("/en/staff/groups/new")
        page.locator("details summary", has_text="Waves, comparison and paper").click()
        page.locator("input[name=arm][value=waiting]").check()
        page.locator("#from_day").fill((today + timedelta(days=10)).isoformat())
        page.locator("input[name=allocation][value=lot]").check()
        group = tendai.makes_group("Those who wait")
        code = join_code(page, group)

        joins(phone, code)
        phone.locator("main p a.button").first.click()
        answers(phone, 0)
        expect(phone.locator("ol.way a")).to_have_count(0)
        shift(village, 14)
        phone.goto("/en/my")
        phone.locator("main p a.button").first.click()
        assert phone.url.endswith("/questions/before-2/feelings")
        answers(phone, 1)
        expect(phone.locator("ol.way a")).to_have_count(0)

        tendai.opens(f"{group}/plan")
        page.locator("#from_day").fill(today.isoformat())
        page.get_by_role("button", name="Save the plan").click()
        expect(page.get_by_role("alert")).to_contain_text("People have begun already")
        page.get_by_role("button", name="Yes, change it").click()
        expect(page.locator("main")).to_contain_text("Changed after people had begun")

        phone.goto("/en/my")
        phone.locator("main p a.button").first.click()
        phone.locator("form.finish button").click()
        phone.goto("/en/my")
        phone.locator("main p a.button").first.click()
        assert phone.url.endswith("/questions/after/feelings")
        answers(phone, 2)
        assert tendai.tally(group, "The same questions once more before the lessons") == [
            "1",
            "0",
            "0",
        ]
        assert tendai.tally(group, "Questions after the lessons") == ["1", "0", "0"]
    assert contacts(village[0]) == [("after", 1, 3), ("before-2", 1, 2)]


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_three_people_share_a_phone_and_nobody_sees_who_was_there(
    village: tuple[Flask, str], desk: Phone, script: bool
) -> None:
    with desk(width=1100) as page:
        tendai = Trainer(page, village[0])
        page.goto("/en/staff/groups/new")
        group = tendai.makes_group("One phone")
        code = join_code(page, group)
    with desk(script=script) as phone:
        before: list[str] = []
        for number in range(3):
            phone.goto(f"/en/join/{code}")
            key = phone.locator("input[name=key]").first.input_value()
            card = agrees(phone)
            assert card not in before
            phone.locator("main p a.button").first.click()
            answers(phone, number)
            phone.get_by_role("button", name="Pass the phone on").click()
            assert phone.url.endswith("/en/return")
            before.append(card)
            look_for_traces(phone, before)
            # Also the form that made the card shows it to nobody any more.
            again = phone.request.post(
                f"/en/join/{code}",
                form={"key": key, "agree": "yes"},
                headers={"Sec-Fetch-Site": "same-origin"},
            )
            assert card not in re.sub(r"\D", "", again.text())
    assert journeys(village[0]) == [["before"]] * 3
    with village[0].extensions["database"].session(reading=True) as session:
        assert len({each.learner_id for each in session.scalars(select(Journey))}) == 3


def goes_back(phone: Page) -> bool:
    """Press *back*; whether a page of ours is shown. The page of the card is none: the form before
    it would have to be sent once more, and the browser says so on a page of its own."""
    try:
        phone.go_back()
    except Error as error:
        if "ERR_CACHE_MISS" not in error.message:
            raise
        phone.wait_for_url("chrome-error://chromewebdata/")
        return False
    return True


def look_for_traces(phone: Page, cards: list[str]) -> None:
    """Go back through everything that was open, and look into every drawer of the browser."""
    assert [each["name"] for each in phone.context.cookies() if each["name"].endswith("sid")] == []
    seen = []
    for _ in range(8):
        if not goes_back(phone) or phone.url == "about:blank":
            break
        seen.append(phone.url)
        text = phone.content()
        digits = re.sub(r"\D", "", phone.locator("body").inner_text())
        assert not any(card in digits or card in phone.url for card in cards), phone.url
        assert "checked" not in re.sub(r'<input[^>]*name="aloud"[^>]*>', "", text), phone.url
        assert "Your answers are saved" not in text
    assert len(seen) >= 2
    for path in ("my", "change", "questions/before/feelings", "certificate"):
        phone.goto(f"/en/{path}")
        expect(phone.locator("main")).to_contain_text("Nobody is learning on this phone")
    if phone.evaluate("1 + 1") == 2:
        stored = phone.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
        assert stored == [0, 0, ""]


def test_papers_without_cards_find_together_although_one_letter_is_another(
    village: tuple[Flask, str], desk: Phone
) -> None:
    people = [
        ("2", "0", "Za", "Am", "Ki", "Na"),
        ("0", "3", "Ro", "Ot", "Ki", "Mo"),
        ("1", "1", "Fa", "Be", "Bu", "Si"),
        ("3", "2", "Li", "Co", "Ke", "Ma"),
        ("4", "4", "Ha", "Da", "Ku", "El"),
    ]
    with desk(width=1100) as page:
        tendai = Trainer(page, village[0])
        page.goto("/en/staff/groups/new")
        page.locator("details summary", has_text="Waves, comparison and paper").click()
        page.locator("input[name=linking][value=elements]").check()
        for name in ELEMENTS:
            page.locator(f"input[name=elements][value={name}]").check()
        group = tendai.makes_group("Without cards")
        for wave, sign in (("before", "1"), ("after", "3")):
            tendai.begins_pile(group, wave)
            for row, person in zip(page.locator("tbody tr").all(), people, strict=False):
                slip = (*person[:4], "Xx", person[5])
                typed = slip if wave == "after" and person is people[0] else person
                for cell, text in zip(
                    row.locator("input").all(), [*typed, *(sign * 4)], strict=True
                ):
                    cell.fill(text)
            tendai.keeps()
            expect(page.locator("main")).to_contain_text("What was typed in")
        assert tendai.tally(group, "Questions after the lessons") == ["5", "0", "0"]
        tendai.opens(f"{group}/linking")
        expect(page.locator("main")).to_contain_text("No pair of papers needs a decision.")
        # Printed, every question has its boxes and its name in small print.
        tendai.opens(f"{group}/paper/before")
        expect(page.locator(".who .small-id").first).to_have_text("element.older-brothers")
    assert journeys(village[0]) == [["after", "before"]] * 5
