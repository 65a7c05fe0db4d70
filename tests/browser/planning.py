"""Somebody who plans programmes and leads groups in a real browser, with her thumb."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import signs_in

DAY = date.today()


class Hand:
    """Somebody who works on a small screen."""

    def __init__(self, page: Page, login: str) -> None:
        self.page = page
        signs_in(page, login)

    def presses(self, name: str) -> None:
        """Press a button or follow a link of the page."""
        main = self.page.locator("main")
        button = main.get_by_role("button", name=name, exact=True)
        link = main.get_by_role("link", name=name, exact=True)
        with self.page.expect_navigation():
            button.or_(link).first.click()

    def writes(self, **fields: str) -> None:
        """Fill in fields by their names, or choose in them."""
        for name, text in fields.items():
            field = self.page.locator(f"main [name={name}]").first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(text)
            else:
                field.fill(text)

    def ticks(self, name: str, *values: str) -> None:
        """Tick exactly these boxes, or choose this answer."""
        for box in self.page.locator(f"main input[name={name}]").all():
            if box.get_attribute("type") == "radio":
                if box.get_attribute("value") in values:
                    box.check()
            else:
                box.set_checked(not values or box.get_attribute("value") in values)

    def makes_programme(self, name: str) -> str:
        """A new programme, from the list of programmes; its address."""
        self.page.goto("/en/staff/programmes")
        self.writes(name=name)
        with self.page.expect_navigation():
            self.page.locator("main form button").last.click()
        self.page.goto(self.page.url)
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    def steps(self) -> list[str]:
        """What a page says is missing before a group may start."""
        return self.page.locator("main ol a").all_inner_texts()

    def plans(self, programme: str) -> None:
        """Take the steps that the programme's page names, in its order, until none is left."""
        for _ in range(7):
            self.page.goto(programme)
            asked = self.page.locator("main h2:text-is('Before a group may start') + ol a")
            if not asked.count():
                return
            with self.page.expect_navigation():
                asked.first.click()
            self._does(self.page.url.partition(programme)[2])

    def _does(self, step: str) -> None:
        """What one step asks for."""
        if step == "/details":
            self.writes(vision="Nobody alone", promotion_goal="A place to meet in the evening")
            self.writes(promotion="40", prevention="35", care="25", setting="village")
            self.presses("Save")
        elif step == "/steering":
            self.writes(role="member of the users' group")
            self.ticks("voice", "votes")
            self.ticks("lived")
            self.ticks("paid")
            self.presses("Add")
        elif step == "/support":
            self.writes(role="nurse on duty", reached="at the clinic, in the morning")
            self.writes(checked_on=DAY.isoformat())
            self.presses("Save")
        elif step == "/assessment":
            self._assesses()
        else:
            assert step == "/evaluation/plan"
            self._plans_evaluation()

    def _assesses(self) -> None:
        """The wizard, page after page, with its own buttons."""
        self.page.locator("main ol.steps a").first.click()
        for _ in range(11):
            number = self.page.locator("main p.facts").inner_text()
            asked = number.startswith("Page 10 ")
            for field in self.page.locator("main textarea").all():
                field.fill("an elder\na nurse" if asked else "Asked at the well")
            self.presses("Save and go on")
        self.presses("Finish this version")
        expect(self.page.locator("main")).to_contain_text("Finished on")

    def _plans_evaluation(self) -> None:
        self.page.locator("main input[name=primary]").first.check()
        self.ticks("waves", "before", "after")
        self.page.locator("main input[name=words]").first.check()
        self.writes(people="30", minimum="10", owner="coordinator", reader="university")
        self.writes(kept_until=(DAY + timedelta(700)).isoformat())
        self.presses("Keep the plan")
        self.page.goto(re.sub(r"/plan.*", "/plan", self.page.url))
        self.presses("Freeze the plan")
        expect(self.page.locator("main")).to_contain_text("Frozen on")

    def opens_group(self, number: int) -> None:
        """Let people join."""
        self.page.goto(f"/en/staff/groups/{number}")
        self.presses("Open this group")
        expect(self.page.locator("main")).to_contain_text("Open since")

    def join_code(self) -> str:
        return re.sub(r"\s", "", self.page.locator(".poster .code").inner_text())


def wide(page: Page) -> int:
    """By how many pixels a page is wider than its screen."""
    found: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return max(found, 0)


def answers(page: Page, number: int) -> None:
    """Choose the same place in each question, and send the form."""
    for item in page.locator("fieldset.item").all():
        item.locator("input").nth(number).check(force=True)
    with page.expect_navigation():
        page.get_by_role("button", name="Save my answers").click()
