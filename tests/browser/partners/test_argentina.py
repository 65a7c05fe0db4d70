"""A place adapts what it takes over from its language, on a small phone."""

import pytest
from playwright.sync_api import Page, expect

from edu.partners.roles import Role
from edu.preparing import prepare
from tests.browser.conftest import Phone, signs_in
from tests.browser.partners.village import (
    Village,
    fits,
    opens_source,
    presses,
    sees,
)
from tests.partner.desk_world import DESK

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

ARGENTINA = f"{DESK}/es-AR/m1/m1.1"
MATE = "::: here\nEn la plaza, dos vecinas comparten un mate y se escuchan.\n:::\n"


def _adapts_for_argentina(page: Page, home: Village) -> None:
    """One name, one block less and one more; the rest is taken over from the parent."""
    page.goto(ARGENTINA)
    fits(page)
    bello = page.locator("li.pair", has_text="Then old Mr Bello came").first
    expect(bello).to_contain_text("Taken from the parent")
    expect(bello.locator(".ancestor [lang='es-419']").last).to_contain_text("el viejo señor Bello")
    opens_source(page, home, ARGENTINA, "m1.1", "Then old Mr Bello came")
    presses(page, "Begin with these words")
    box = page.locator("#text")
    words = box.input_value()
    assert "señor Bello" in words
    box.fill(words.replace("señor Bello", "señor Sosa"))
    page.get_by_label("What it is").select_option("Adapted for this place: I will say why")
    page.get_by_label("Why is it different here?").fill("Sosa es un apellido de acá.")
    presses(page, "Save")
    expect(page.locator("li.pair", has_text="señor Sosa").first).to_contain_text(
        "Adapted for this place"
    )
    for choice, why in (("omit&block=us", "We do this together."), ("add&block=here", "Mate.")):
        page.goto(f"{ARGENTINA}/changes")
        page.locator(f"a[href$='do={choice}']").click()
        if "add" in choice:
            page.get_by_label("The new block").fill(MATE)
        page.get_by_label("Why is it different here?").fill(why)
        page.locator("input[name=dimensions]").first.check()
        presses(page, "Save")
    page.goto(ARGENTINA)
    sees(page, "This block is left out here.")


def test_argentina_adapts_what_it_takes_over_and_a_learner_meets_each_thing_once(
    home: Village, phone: Phone
) -> None:
    home.adds("lucia", Role.TRANSLATOR, tag="es-AR")
    with phone(script=False) as page:
        signs_in(page, "lucia")
        _adapts_for_argentina(page, home)
    for login, reader in (("ana", "native"), ("luz", "lived"), ("eva", "health")):
        home.adds(login, Role.REVIEWER, tag="es-AR")
        home.signs(login, reader, ARGENTINA)
    home.adds("tomas", Role.PUBLISHER, tag="es-AR")
    with phone() as page:
        signs_in(page, "tomas")
        page.goto(f"{DESK}/es-AR/m1/release")
        presses(page, "Release 1 part")
    prepare(home.house)
    with phone(script=False) as page:
        page.goto("/es-AR/m1/1/")
        fits(page)
        main = page.locator("main")
        assert main.inner_text().count("señor Sosa") == 1
        assert "señor Bello" in page.request.get("/es-419/m1/1/").text()
        expect(main).not_to_contain_text("señor Bello")
        expect(page.locator("section.here")).to_have_count(2)
        assert main.inner_text().count("comparten un mate") == 1
        for block, times in (("idea", 1), ("meet", 1), ("do", 1), ("check", 1), ("us", 0)):
            expect(page.locator(f"section.{block}")).to_have_count(times)
        expect(page.locator("main p.draft")).to_have_count(1)
        expect(page.locator("h1")).to_have_text("¿Cómo lo llamamos aquí?")
