"""A lesson goes from nothing to what learners read, in a real browser on a small phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from edu.partners.roles import Role
from edu.preparing import prepare
from tests.browser.conftest import Phone, signs_in
from tests.browser.partners.village import (
    Village,
    fits,
    opens_line,
    presses,
    sees,
    signs,
    writes_the_rest,
)
from tests.partner.desk_world import DESK
from tests.people import PASSWORD

# A whole life of an edition takes minutes; tests/partner tells the same stories in short.
pytestmark = [pytest.mark.browser, pytest.mark.thorough]

SHONA = f"{DESK}/sn/m1/m1.1"
BLOCK = "::: here\nKumba kwedu tinoti mwoyo unorema.\n:::\n"


def _invites_chipo(page: Page) -> str:
    signs_in(page, "ruvimbo")
    page.goto("/en/staff/members/invite")
    page.get_by_label("Role").select_option("Translator")
    page.get_by_label("Language").select_option("chiShona")
    presses(page, "Make the invitation")
    return page.locator("#link").input_value()


def _begins(page: Page, link: str) -> None:
    """Chipo makes her account and begins Shona."""
    page.goto(link)
    sees(page, "Translator")
    page.get_by_label("Name to sign in with").fill("chipo")
    page.get_by_label("Password").fill(PASSWORD)
    presses(page, "Make my account")
    presses(page, "Editions")
    page.get_by_label("Language", exact=True).select_option("chiShona")
    page.get_by_label("What to translate").select_option("Everyone has mental health")
    presses(page, "Begin")
    expect(page).to_have_url(re.compile(f"{DESK}/sn/m1$"))
    fits(page)


def _writes_by_hand(page: Page) -> None:
    """What is handed to her next; a number that was lost; an advice; a remark; a reason."""
    presses(page, "Next to do here")
    for text in ("Munhu wese ane hutano hwepfungwa", "Mazwi anokudza, zvinotiumba, nerusarura."):
        expect(page).to_have_url(re.compile(f"{DESK}/sn/m1/m1/[0-9a-f]+$"))
        fits(page)
        page.locator("#text").fill(text)
        presses(page, "Save and next")
    page.goto(SHONA)
    fits(page)
    opens_line(page, "What do we call it here?").fill("Tinozviti chii pano?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#editor #source")).to_contain_text("Our words for hard times")
    page.locator("#editor #text").fill("Mazwi edu enguva dzakaoma, uye munhu anouya pakutanga.")
    page.keyboard.press("Control+s")
    expect(page.locator("#editor")).to_have_count(0)

    box = opens_line(page, "About 25 minutes in a group.")
    box.fill("Maminitsi 52 muboka. Mashanu emazwi, gumi ekuronga, gumi ekutaura.")
    said = page.locator("[data-said]")
    expect(said).to_contain_text("the source says 25, here stands 52")
    fits(page)
    box.fill("Maminitsi 25 muboka. Mashanu emazwi, gumi ekuronga, gumi ekutaura.")
    expect(said).to_contain_text("The checks found nothing.")
    page.keyboard.press("Control+s")
    expect(page.locator("#editor")).to_have_count(0)


def _asks_for_patience(page: Page, home: Village) -> None:
    """An advice is set aside with a reason, and a remark is made, without any JavaScript."""
    page.goto(f"{SHONA}/{home.segment('m1.1', 'Later a man').key}")
    page.get_by_label("Your words in chiShona").fill(
        "Gare gare murume akapfuura achitaura oga, vana vakamudaidzira."
    )
    presses(page, "Save")
    page.goto(f"{SHONA}/{home.segment('m1.1', 'Later a man').key}")
    sees(page, "The source has 2 sentences, the translation 1.")
    page.locator("#checks summary").first.click()
    page.get_by_label("Why it is right as it is").fill("Mutsara mumwe unokwana.")
    presses(page, "Set the advice aside")
    sees(page, "Set aside:", "(Mutsara mumwe unokwana.)")
    page.locator("#remarks summary").click()
    page.get_by_label("Your remark").fill("Rudo, ndiwo mazwi avo here?")
    presses(page, "Send the remark")
    sees(page, "Rudo, ndiwo mazwi avo here?", "chipo")
    fits(page)


def _adapts(page: Page, home: Village) -> None:
    """A story gets another place, and the lesson a block more."""
    page.goto(f"{SHONA}/{home.segment('m1.1', 'Two kinds of words').key}")
    page.get_by_label("Your words in chiShona").fill(
        "Mazwi maviri akashandiswa patsime. Rimwe rakapa munhu nzvimbo. Rimwe rakamutorera."
    )
    page.get_by_label("What it is").select_option("Adapted for this place: I will say why")
    page.get_by_label("Why is it different here?").fill("People here meet at the well.")
    presses(page, "Save")
    page.goto(f"{SHONA}/changes")
    fits(page)
    page.locator("a[href$='do=add&block=here']").click()
    page.get_by_label("The new block").fill(BLOCK)
    page.get_by_label("Why is it different here?").fill("Our own word comes first.")
    page.locator("input[name=dimensions]").first.check()
    with page.expect_navigation():
        page.get_by_role("button", name="Look at it").click()
    expect(page.locator(".as-seen")).to_contain_text("Kumba kwedu tinoti mwoyo unorema.")
    fits(page)
    presses(page, "Save")


def _asks_the_village(chipo: Page, village: Page) -> None:
    """Chipo sees the whole lesson, cannot sign it, and lets a village read it."""
    chipo.goto(f"{SHONA}/preview")
    fits(chipo)
    sees(chipo, "Kumba kwedu tinoti mwoyo unorema.", "Mazwi maviri akashandiswa patsime.")
    chipo.goto(f"{SHONA}/review")
    fits(chipo)
    sees(chipo, "Nobody has signed yet.")
    expect(chipo.locator("#sign")).to_have_count(0)
    chipo.goto(f"{DESK}/sn/m1")
    presses(chipo, "Recordings")  # nothing of Shona is released yet, and all of it can be read
    fits(chipo)
    sees(chipo, "What has to be done first stands first.", "Kumba kwedu tinoti mwoyo unorema.")
    chipo.goto(f"{SHONA}/review")
    presses(chipo, "Let a community read it")
    presses(chipo, "Make the link")
    fits(chipo)
    village.goto(chipo.locator(".note[role=status] a").inner_text())
    fits(village)
    asked = village.locator(".piece", has_text="Kumba kwedu tinoti").locator(
        "xpath=following-sibling::fieldset[1]"
    )
    asked.get_by_role("radio", name="No", exact=True).first.check()
    asked.get_by_role("textbox").fill("Hatina kunzwisisa chikamu ichi.")
    presses(village, "Send")
    expect(village.locator("h1")).to_have_text("Thank you")
    chipo.goto(f"{SHONA}/review/links")
    chipo.locator("ul.lessons a").click()
    fits(chipo)
    sees(chipo, "1 answer", "Hatina kunzwisisa chikamu ichi.")


def _learner_reads(page: Page) -> None:
    """What was released stands there as checked; the rest is English and says so."""
    page.goto("/sn/m1/1/")
    fits(page)
    expect(page.locator("h1")).to_have_text("Tinozviti chii pano?")
    expect(page.locator("main p.reviewed")).to_contain_text("was checked by people")
    expect(page.locator("main p.draft")).to_have_count(0)
    expect(page.locator("section.here")).to_have_count(2)
    expect(page.locator("section.here").nth(1)).to_contain_text("mwoyo unorema")
    sees(page, "Mazwi maviri akashandiswa patsime.")
    page.goto("/sn/m1/2/")
    fits(page)
    heading = page.locator("h1")
    expect(heading).to_have_text("What shapes it")
    expect(heading).to_have_attribute("lang", "en")
    sees(page, "This is the original text, in English.")
    page.goto("/sn/m1/")
    presses(page, "What differs here, and why")
    fits(page)
    sees(page, "People here meet at the well.", "Our own word comes first.")


@pytest.mark.parametrize("home", ["sqlite", "postgres"], indirect=True)
def test_a_lesson_goes_from_nothing_to_learners_in_shona(home: Village, phone: Phone) -> None:
    home.adds("ruvimbo", Role.ADMINISTRATOR)
    with phone() as page:
        link = _invites_chipo(page)
    with phone() as chipo:
        _begins(chipo, link)
        _writes_by_hand(chipo)
    with phone(script=False) as chipo:
        signs_in(chipo, "chipo")
        _asks_for_patience(chipo, home)
        _adapts(chipo, home)
    # The others are more of the same.
    rest = writes_the_rest(home.person("chipo"), SHONA, home.segments("m1.1"))
    assert rest == len({each.key for each in home.segments("m1.1")}) - 5
    with phone(script=False) as chipo, phone(script=False) as village:
        signs_in(chipo, "chipo")
        _asks_the_village(chipo, village)
    for login, reader, name in (
        ("rudo", "Somebody who grew up with the language", ""),
        ("farai", "Somebody with lived experience", "Baba Mvura"),
        ("nyasha", "Somebody who knows health", ""),
    ):
        home.adds(login, Role.REVIEWER, tag="sn")
        with phone() as page:
            signs_in(page, login)
            signs(page, SHONA, reader, name)
    home.adds("tatenda", Role.PUBLISHER, tag="sn")
    with phone() as page:
        signs_in(page, "tatenda")
        page.goto(f"{DESK}/sn/m1/release")
        fits(page)
        presses(page, "Release 1 part")
        sees(page, "Learners meet this one.")
        fits(page)
    prepare(home.house)
    with phone(script=False) as page:
        _learner_reads(page)
