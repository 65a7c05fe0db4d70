"""Programmes in a real browser: from the first line of the plan to the last meeting, with a phone;
a clinic and a community side by side; and the door that opens only when all is planned."""

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from edu.groups.models import Group
from edu.learning.models import Sitting
from edu.partners.roles import Role
from edu.programmes.lots import draws_of, is_honest
from edu.programmes.planning_models import ProgrammePartner
from tests.browser.conftest import Phone, phones, signs_in
from tests.conftest import TINY
from tests.live import living_house
from tests.people import make_staff

pytestmark = pytest.mark.browser

_HEAD = 'msgid ""\nmsgstr "Language: {tag}\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
#: All that is there of two languages: one title each. Everything else comes along the chain.
_BEGUN = {"ha-NG": "Sannu", "en-GB-scotland": "Fàilte"}
DAY = date.today()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    """A small site in which two languages have only just begun."""
    root = tmp_path_factory.mktemp("root")
    shutil.copytree(TINY, root, dirs_exist_ok=True)
    for tag, title in _BEGUN.items():
        _begin(root, tag, title)
    with living_house(tmp_path_factory.mktemp("town"), root) as living:
        with living[0].extensions["database"].work() as session:
            # Alone: nobody administers her organisation.
            make_staff(session, "halima", "Lamp Society", Role.TRAINER)
            make_staff(session, "isla", "Bridge Society", Role.ADMINISTRATOR)
            make_staff(session, "tendai", "Early Society", Role.ADMINISTRATOR)
        yield living


def _begin(root: Path, tag: str, title: str) -> None:
    folder = root / "translations" / tag / "LC_MESSAGES"
    folder.mkdir(parents=True)
    words = f'\nmsgctxt "m0.1|title"\nmsgid "Hello"\nmsgstr "{title}"\n'
    (folder / "m0.po").write_text(_HEAD.format(tag=tag) + words)


@pytest.fixture
def thumb(browser: Browser, town: tuple[Flask, str]) -> Phone:
    """A phone in that town."""
    return phones(browser, town[1])


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


def group_number(town: tuple[Flask, str], name: str) -> int:
    with town[0].extensions["database"].session(reading=True) as session:
        found = session.scalars(select(Group).where(Group.name == name)).one()
        return found.id


def test_a_group_without_a_plan_does_not_start_and_is_led_to_what_is_missing(
    town: tuple[Flask, str], thumb: Phone
) -> None:
    with thumb(script=False) as page, thumb(script=False) as learner:
        tendai = Hand(page, "tendai")
        programme = tendai.makes_programme("Too early")
        page.goto("/en/staff/groups/new")
        tendai.writes(name="Not yet", programme=programme.rpartition("/")[2])
        tendai.presses("Make the group")
        tendai.presses("Open this group")
        expect(page.get_by_role("alert")).to_contain_text("cannot be opened yet")
        asked = page.locator("main h2:text-is('Before a group may start') + ol a")
        places = [each.get_attribute("href") for each in asked.all()]
        ends = ("details", "steering", "support", "assessment", "assessment/asked")
        assert places == [f"{programme}/{end}" for end in (*ends, "evaluation/plan")]
        assert wide(page) == 0
        code = tendai.join_code()
        for place in places:
            answer = page.goto(place or "")
            assert answer is not None
            assert answer.status == 200
        learner.goto(f"/en/join/{code}")
        expect(learner.locator("h1")).to_have_text("Your group has not begun yet")
        assert (learner.locator("main form").count(), wide(learner)) == (0, 0)


@pytest.mark.thorough
def test_a_trainer_with_a_phone_plans_starts_and_finishes_a_mixed_group_in_two_languages(
    town: tuple[Flask, str], thumb: Phone
) -> None:
    with thumb() as page, thumb(script=False) as phone:
        halima = Hand(page, "halima")
        programme = halima.makes_programme("Evenings in Kano")
        halima.plans(programme)
        page.goto("/en/staff/groups/new")
        halima.writes(name="By the lamp", place="Kano", programme=programme.rpartition("/")[2])
        halima.ticks("tags", "ha-NG", "en")
        halima.ticks("modules", "m0")
        halima.presses("Make the group")
        number = group_number(town, "By the lamp")
        page.goto(f"/en/staff/groups/{number}/room")
        halima.ticks("mode", "mixed")
        halima.presses("Keep this")
        halima.opens_group(number)
        expect(page.locator("main")).to_contain_text("Some people use phones, others use paper.")
        code = halima.join_code()

        # One with a phone, in Hausa: one title is hers, the rest is English and says so.
        phone.goto(f"/ha-NG/join/{code}")
        phone.locator("button[name=agree]").last.click()
        phone.locator("main a.button").first.click()
        phone.locator("main p a.button").first.click()
        answers(phone, 0)
        phone.goto("/ha-NG/m0/1/")
        expect(phone.locator("html")).to_have_attribute("lang", "ha-NG")
        title = phone.locator("h1")
        expect(title).to_have_text("Sannu")
        other = phone.locator("main [lang=en]", has_text="At the well, Otieno greets first.")
        expect(other.first).to_be_visible()
        assert wide(phone) == 0
        phone.locator("form.finish button").click()
        phone.goto("/ha-NG/my")
        phone.locator("main p a.button").first.click()
        answers(phone, 2)

        # One with paper: typed by thumb, before and after, by the number of the card.
        page.goto(f"/en/staff/groups/{number}/paper/before/typing")
        halima.writes(answered_on=(DAY - timedelta(7)).isoformat())
        page.locator("#agreed").check()
        cells = page.locator("tbody tr").first.locator("input")
        for place in range(1, 5):
            cells.nth(place).fill("1")
        halima.presses("Keep these papers")
        card = re.sub(r"\D", "", page.locator("li.card .code").first.inner_text())
        page.goto(f"/en/staff/groups/{number}/paper/after/typing")
        halima.writes(answered_on=DAY.isoformat())
        page.locator("#agreed").check()
        cells = page.locator("tbody tr").first.locator("input")
        cells.nth(0).fill(card)
        for place in range(1, 5):
            cells.nth(place).fill("3")
        halima.presses("Keep these papers")
        with town[0].extensions["database"].session(reading=True) as session:
            found = session.execute(select(Sitting.wave, Sitting.mode)).all()
        assert sorted(map(tuple, found)) == [
            ("after", "paper"),
            ("after", "web"),
            ("before", "paper"),
            ("before", "web"),
        ]

        # The last meeting is written down, and its hours count for whoever led.
        page.goto(f"/en/staff/groups/{number}/sessions/new")
        halima.writes(day=DAY.isoformat(), minutes="90", leader=leader(page), mode="mixed")
        halima.writes(phones="1", papers="1", neither="0")
        halima.presses("Keep the meeting")
        expect(page.locator("main")).to_contain_text("1:30")
        assert wide(page) == 0
        page.goto("/en/staff/hours")
        expect(page.locator("main")).to_contain_text("1.5")
        expect(page.locator("main")).to_contain_text("not a clinical qualification")
        page.goto(f"/en/staff/groups/{number}")
        reached = page.locator("dl.numbers dd").all_inner_texts()
        assert (reached[0], reached[2]) == ("2", "2")


def leader(page: Page) -> str:
    """The first account that may have led a meeting."""
    values = page.locator("select[name=leader] option").evaluate_all(
        "options => options.map(option => option.value)"
    )
    return next(each for each in values if each != "0")


@pytest.mark.thorough
def test_a_clinic_and_a_community_share_a_programme_and_a_lot_says_who_waits(
    town: tuple[Flask, str], thumb: Phone, tmp_path: Path
) -> None:
    with thumb(width=1100) as page, thumb() as learner:
        isla = Hand(page, "isla")
        programme = isla.makes_programme("Two sides of the firth")
        isla.plans(programme)
        for name, kind in (("Firth Clinic", "clinic"), ("Bridge Society", "ngo")):
            page.goto(f"{programme}/partners")
            isla.writes(name=name, kind=kind)
            isla.presses("Add")
            isla.presses(name)
            isla.writes(role="chair", signed_on=DAY.isoformat())
            isla.presses("Write down that it signed")
        page.goto(f"{programme}/channels/new")
        ends = page.locator("select[name=caller] option").all_inner_texts()
        assert sorted(re.sub(r" \(.*", "", each) for each in ends) == [
            "Bridge Society",
            "Firth Clinic",
        ]
        page.locator("select[name=caller]").select_option(index=0)
        page.locator("select[name=called]").select_option(index=1)
        isla.writes(purpose="A first talk this week", means="phone")
        isla.writes(from_role="coordinator", to_role="nurse on duty")
        isla.writes(agreed_on=DAY.isoformat(), next_review=(DAY + timedelta(90)).isoformat())
        isla.presses("Keep the channel")
        page.goto(f"{programme}/links")
        expect(page.locator("svg.link-map .way")).to_have_count(1)

        sheet = tmp_path / "groups.csv"
        until = (DAY + timedelta(30)).isoformat()
        head = "name,place,languages,people,track,modules,arm,first day,waits until"
        rows = [f"{name},Fife,en-GB-scotland en,,,m0,lot,,{until}" for name in ("North", "South")]
        sheet.write_text("\n".join([head, *rows]))
        page.goto(f"{programme}/groups/sheet")
        page.locator("#file").set_input_files(sheet)
        isla.presses("Look at the groups")
        isla.presses("Make these groups")
        with town[0].extensions["database"].session(reading=True) as session:
            made = {
                each.name: each for each in session.scalars(select(Group)) if each.place == "Fife"
            }
            (draw,) = draws_of(session, int(programme.rpartition("/")[2]))
            partners = session.scalars(select(ProgrammePartner)).all()
        assert {each.name for each in partners if each.signed_on} == {
            "Firth Clinic",
            "Bridge Society",
        }
        assert sorted(each.arm for each in made.values()) == ["intervention", "waiting"]
        assert (is_honest(draw), len(draw.first)) == (True, 1)
        assert made[draw.first[0]].arm == "intervention"

        waits = next(each for each in made.values() if each.arm == "waiting")
        isla.opens_group(waits.id)
        learner.goto(f"/en-GB-scotland/join/{isla.join_code()}")
        learner.locator("button[name=agree]").last.click()
        learner.locator("main a.button").first.click()
        learner.locator("main p a.button").first.click()
        answers(learner, 1)
        learner.goto("/en-GB-scotland/my")
        expect(learner.locator("ol.way a")).to_have_count(0)
        learner.goto("/en-GB-scotland/m0/1/")
        expect(learner.locator("h1")).to_have_text("Fàilte")
        assert wide(learner) == 0


@pytest.mark.thorough
def test_a_big_screen_is_taken_along_as_a_file_and_turned_where_there_is_no_network(
    browser: Browser, thumb: Phone, tmp_path: Path
) -> None:
    with thumb() as page:
        page.goto("/en/m1/files")
        with page.expect_download() as taken:
            page.locator("main ol a").first.click()
        assert taken.value.suggested_filename == "m1-1-en.html"
        file = tmp_path / "card.html"
        taken.value.save_as(file)
    with browser.new_context(offline=True, viewport={"width": 360, "height": 740}) as card:
        page = card.new_page()
        asked: list[str] = []
        refused: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: refused.append(message.text))
        page.goto(file.as_uri())
        expect(page.locator("#s0")).to_be_visible()
        page.keyboard.press("ArrowRight")
        expect(page.locator("#s1")).to_be_visible()
        expect(page.locator("#s0")).to_be_hidden()
        page.locator("#s1 .turn a").last.click()
        expect(page.locator("#s2")).to_be_visible()
        expect(page.get_by_role("button", name="Start the timer")).to_be_visible()
        assert (wide(page), refused) == (0, [])
        assert [each for each in asked if not each.startswith(("file:", "data:"))] == []
