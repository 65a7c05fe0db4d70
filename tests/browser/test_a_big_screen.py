"""A lesson for a room, taken along as a file to where there is no network."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Phone
from tests.browser.planning import wide

pytestmark = pytest.mark.browser


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
