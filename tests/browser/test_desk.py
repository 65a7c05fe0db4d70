"""A translator at work in a real browser: in place, without JavaScript, by keyboard, on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from edu.editions.desk import UnsavedText
from edu.partners.roles import Role
from tests.browser.conftest import Phone, phones, signs_in
from tests.browser.test_every_page import faults
from tests.conftest import TINY
from tests.live import living_house
from tests.partner.desk_world import DESK, World, begins, writes
from tests.people import StaffPerson

pytestmark = pytest.mark.browser

WELL = "At the well, Otieno greets first."
PART = f"{DESK}/sn/m1/m1.1"


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, str]]:
    """A house with a desk, and two who translate into Shona."""
    folder: Path = tmp_path_factory.mktemp("desk")
    with living_house(folder, TINY) as (house, address):
        assert isinstance(house, Flask)
        world = World(house)
        begins(world.chipo)
        world.adds("tsitsi", Role.TRANSLATOR, tag="sn")
        yield world, address


@pytest.fixture
def phone(browser: Browser, living: tuple[World, str]) -> Phone:
    """A phone of one's own."""
    return phones(browser, living[1])


def opens(page: Page, source: str) -> None:
    """Open the editor of a line where it stands."""
    with page.expect_response("**/working"):
        page.locator("li.pair", has_text=source).first.locator("[data-edit]").click()
    expect(page.locator("#editor")).to_be_visible()


def test_a_line_is_written_where_it_stands_and_the_next_one_opens(
    living: tuple[World, str], phone: Phone
) -> None:
    with phone(width=1280) as page:
        signs_in(page, "chipo")
        page.goto(PART)
        opens(page, WELL)
        text = page.get_by_label("Your words in chiShona")
        expect(text).to_be_focused()
        text.fill("Patsime, Otieno anotanga.")
        # While she goes on, her words are kept and stand in the page beside her.
        look = page.frame_locator("[data-preview]")
        expect(look.locator("section.here p")).to_have_text("Patsime, Otieno anotanga.")
        expect(page.locator("[data-words] [data-live]")).to_have_text(
            "Kept for you, not yet saved for the others."
        )
        text.press("Control+Enter")
        line = page.locator("li.pair", has_text=WELL).first
        expect(line.locator('p[lang="sn"]')).to_have_text("Patsime, Otieno anotanga.")
        expect(page.locator("#editor #source")).to_have_text("Say it")
        expect(page.get_by_label("Your words in chiShona")).to_be_focused()
        assert page.url.endswith(PART)
        page.keyboard.press("Alt+Shift+ArrowUp")
        expect(page.locator("#editor #source")).to_have_text(WELL)
        page.keyboard.press("Control+s")
        expect(page.locator("#editor")).to_have_count(0)
    assert living[0].says(WELL) == "Patsime, Otieno anotanga."
    assert living[0].rows(UnsavedText) == []


def test_the_checks_speak_while_she_types(phone: Phone) -> None:
    with phone() as page:
        signs_in(page, "chipo")
        page.goto(PART)
        opens(page, "Who greets whom.")
        page.get_by_label("Your words in chiShona").fill("{name} anokwazisa")
        said = page.locator("[data-said]")
        expect(said).to_contain_text("Cannot be released:")
        assert page.locator("[data-checks]").get_attribute("aria-live") == "polite"
        page.get_by_role("link", name="Leave", exact=True).click()
        expect(page.locator("#editor")).to_have_count(0)


def test_words_that_were_typed_are_there_when_she_comes_back(
    living: tuple[World, str], phone: Phone
) -> None:
    place = living[0].at("Greet one person today.")
    with phone() as page:
        signs_in(page, "chipo")
        page.goto(place)
        page.get_by_label("Your words in chiShona").fill("Kwazisa munhu")
        page.goto(PART)  # left in the middle of a sentence
        line = page.locator("li.pair", has_text="Greet one person today.")
        kept = line.get_by_text("You typed something and did not save it")
        for _ in range(50):  # what is sent on leaving may arrive after the next page was made
            if kept.count():
                break
            page.reload()
        page.goto(place)
        expect(page.get_by_text("You had typed this and not saved it:")).to_be_visible()
        page.get_by_role("link", name="Put it back").click()
        expect(page.get_by_label("Your words in chiShona")).to_have_value("Kwazisa munhu")
        page.get_by_role("button", name="Save", exact=True).click()
        page.wait_for_url(f"**{PART}*")
    assert living[0].says("Greet one person today.") == "Kwazisa munhu"


def test_two_translators_collide_and_neither_loses_a_word(
    living: tuple[World, str], phone: Phone
) -> None:
    world, source = living[0], "Ten minutes."
    with phone() as chipo, phone(script=False) as tsitsi:
        signs_in(chipo, "chipo")
        signs_in(tsitsi, "tsitsi")
        chipo.goto(PART)
        opens(chipo, source)
        tsitsi.goto(world.at(source))
        expect(tsitsi.get_by_text("chipo works on this now.")).to_be_visible()
        tsitsi.get_by_label("Your words in chiShona").fill("Maminitsi gumi.")
        tsitsi.get_by_role("button", name="Save", exact=True).click()
        chipo.get_by_label("Your words in chiShona").fill("Nguva pfupi.")
        chipo.get_by_role("button", name="Save", exact=True).click()
        expect(chipo.locator("h1")).to_have_text("Two people wrote here")
        expect(chipo.locator("main")).to_contain_text("Maminitsi gumi.")
        chipo.get_by_label("The words to save").fill("Maminitsi gumi chete.")
        chipo.get_by_role("button", name="Save these words").click()
        chipo.wait_for_url(f"**{PART}*")
    assert world.says(source) == "Maminitsi gumi chete."


def test_the_desk_fits_a_small_phone_in_both_directions(
    living: tuple[World, str], phone: Phone
) -> None:
    world = living[0]
    writes(StaffPerson(world.house.test_client(), "chipo").signs_in(), world.at("Nobody"), "Hapana")
    with phone(width=240) as page:
        signs_in(page, "chipo")
        for tongue in ("en", "ar"):
            for place in (DESK, f"{DESK}/sn/m1", PART, world.at("Nobody")):
                page.goto(place.replace("/en/", f"/{tongue}/"))
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert (tongue, place, wide) == (tongue, place, 240)
                assert page.locator("html").get_attribute("dir") == (
                    "rtl" if tongue == "ar" else "ltr"
                )
        expect(page.locator("#text")).to_have_attribute("dir", "ltr")


#: One of each kind of page of the desk, below an edition; the last ones stand on an adaptation.
KINDS = [
    "",
    "/m1",
    "/m1/m1.1",
    "/m1/m1.1/preview",
    "/m1/m1.1/review",
    "/m1/m1.1/review/links",
    "/m1/m1.1/changes",
    "/m1/m1.1/changes/new?do=replace&block=here",
    "/m1/m1.1/changes/new?do=reorder&block=here",
    "/m1/m1.1/changes/new?do=adapt",
    "/m1/changes",
    "/m1/release",
    "/m1/exchange",
    "/m1/share",
    "/readers",
    "/pages/pages.support",
    "/pages/pages.support/review/meaning",
    "/quizzes/feelings",
    "/quizzes/feelings/preview",
    "/m1/m1.1/changes/m1-1-add-1",
    "/m1/m1.1/changes/m1-1-add-1/edit",
]


@pytest.mark.thorough
def test_no_page_of_the_desk_has_a_fault(living: tuple[World, str], phone: Phone) -> None:
    world, block = living[0], "::: here\nPatsime.\n:::\n"
    chipo = StaffPerson(world.house.test_client(), "chipo").signs_in()
    writes(chipo, world.at("Nobody"), "Hapana")
    made = {"after": "here", "text": block, "why": "Here.", "dimensions": "context"}
    chipo.fills(f"{PART}/changes/new?do=add", **made)
    key = world.at("Nobody").rpartition("/")[2]
    one = f"/m1/m1.1/{key}", f"/m1/m1.1/review/meaning?only={key}"
    told: list[str] = []
    with phone() as page:
        signs_in(page, "chipo")
        for tongue in ("en", "ar"):
            for kind in [*KINDS, *one]:
                where = f"{DESK}/sn{kind}" if kind else DESK
                answer = page.goto(where.replace("/en/", f"/{tongue}/", 1))
                assert answer is not None
                told += faults(page) + ([where] if answer.status != 200 else [])
    assert told == []
