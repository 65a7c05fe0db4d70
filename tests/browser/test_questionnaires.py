"""The pages on which questionnaires are put together: no fault, and one journey through them."""

import pytest
from flask import Flask
from playwright.sync_api import Page

from edu.partners.roles import Role
from tests.browser.conftest import Phone
from tests.browser.test_every_page import DAILY, faults
from tests.people import PASSWORD, make_staff

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

PAGES = ["", "/attitudes", "/ribs", "/maks", "/build", "/bring", "/brs", "/brs/words/en"]


def signs_in(page: Page, login: str) -> None:
    page.goto("/en/staff/sign-in")
    page.locator("#login").fill(login)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button").click()


def says_licence(page: Page, shell: str) -> None:
    page.goto(f"/en/staff/instruments/{shell}")
    page.locator("#terms").fill("Letter of the owner, 3 March 2026")
    page.locator("#sure").check()
    page.get_by_role("button", name="We have leave").click()


def test_no_page_of_questionnaires_has_a_fault_in_either_direction_or_any_script(
    site: tuple[Flask, str], phone: Phone
) -> None:
    with site[0].extensions["database"].work() as session:
        make_staff(session, "forms", "Forms Society", Role.ADMINISTRATOR)
    told: list[str] = []
    with phone() as page:
        signs_in(page, "forms")
        for shell in ("brs", "maks"):
            says_licence(page, shell)
        for tag in DAILY:
            for path in PAGES:
                page.goto(f"/{tag}/staff/instruments{path}")
                told += faults(page)
            page.goto(f"/{tag}/staff/instruments/build")
            page.locator('input[value="attitudes|beliefs-3"]').check()
            page.locator("button[value=look]").first.click()
            assert page.locator(".asked").count() == 1
            told += faults(page)
    assert told == []


def test_a_form_is_put_together_looked_at_and_saved_without_javascript(
    site: tuple[Flask, str], phone: Phone
) -> None:
    with site[0].extensions["database"].work() as session:
        make_staff(session, "builder", "Builders", Role.TRAINER)
    with phone(script=False) as page:
        signs_in(page, "builder")
        page.get_by_role("link", name="Questionnaires").click()
        page.get_by_role("link", name="Put a form together").click()
        page.locator("#planned").fill("40")
        for item in ("contact-1", "contact-3", "help-1"):
            page.locator(f'input[value="attitudes|{item}"]').check()
        page.get_by_role("button", name="Look at it").first.click()
        assert page.locator(".asked ol > li").count() == 3
        assert "With 40 people" in page.locator("main").inner_text()
        page.locator('input[name="place attitudes|help-1"]').fill("0")
        page.locator("#shown").select_option("ar")
        page.locator("#name").fill("Three questions")
        page.get_by_role("button", name="Look at it").first.click()
        page.locator('.asked ol > li [lang="ar"][dir="rtl"]').first.wait_for()
        page.get_by_role("button", name="Save this form").click()
        page.get_by_role("heading", name="Three questions").wait_for()
        first = page.locator(".asked ol > li").first.inner_text()
        assert first.startswith("If a friend seemed weighed down")
