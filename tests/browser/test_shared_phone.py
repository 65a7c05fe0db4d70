"""A phone that goes on to the next person holds nothing of the one before, wherever she taps."""

import pytest
from flask import Flask
from playwright.sync_api import Error, Page

from tests.browser.conftest import Phone
from tests.browser.test_journeys import Walker

pytestmark = pytest.mark.browser

_KEPT = "async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length]"


def taps_back(page: Page) -> list[str]:
    """Go back as far as the browser shows something, at most ten times; the words of each page.
    A page that came by a form, as the card did, it does not show without asking."""
    seen = []
    for _ in range(10):
        try:
            page.go_back()
        except Error:
            break
        seen.append(page.locator("html").inner_text())
    return seen


def test_whoever_gets_the_phone_next_finds_no_card_no_question_and_no_answer_in_it(
    site: tuple[Flask, str], phone: Phone
) -> None:
    with phone() as page:
        walker = Walker(page, site[0], "en")
        walker.opens("/start/m1")
        code = walker.agrees()
        walker.goes_on()
        question = page.locator("legend").first.inner_text().partition(". ")[2]
        page.locator("fieldset.item input").nth(1).check(force=True)
        walker.presses("Save my answers")
        walker.presses("Leave this phone")
        assert page.evaluate(_KEPT) == [0, 0, 0]
        seen = taps_back(page)
        assert len(seen) >= 3
        for words in seen:
            assert question not in words
            assert code[:4] not in words
            assert "Nobody is learning on this phone" in words
