"""What a learner chooses stays on her phone, comes back to her there, and goes when she leaves."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Phone
from tests.browser.test_journeys import Walker

pytestmark = pytest.mark.browser

#: As if she had written it on another day.
_EARLIER = """() => {
  const mine = JSON.parse(localStorage.mine);
  localStorage.mine = JSON.stringify({...mine, on: "long ago"});
}"""


def test_what_she_chose_leads_her_on_is_asked_about_later_and_never_leaves_the_phone(
    site: tuple[Flask, str], phone: Phone
) -> None:
    with phone() as page:
        sent: list[str] = []
        page.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
        walker = Walker(page, site[0], "en")
        walker.opens("/start/m1")
        walker.agrees()
        walker.opens("/my")
        expect(page.locator("[data-show=ask]")).to_be_visible()
        walker.presses("Choose")
        page.locator("input[value=words]").check()
        page.locator("#my-step").fill("Wave to Grace")
        page.locator("[data-keep]").click()
        walker.opens("/my")
        expect(page.locator("[data-show=ask]")).to_be_hidden()
        expect(page.locator("[data-show=became]")).to_be_hidden()
        expect(page.locator("[data-suits] a")).to_have_attribute("href", "/en/m1/1/")
        page.evaluate(_EARLIER)
        walker.opens("/my")
        walker.presses("What became of your step?")
        expect(page.locator("[data-step]")).to_have_text("Wave to Grace")
        page.locator("input[value=began]").check()
        walker.opens("/my")
        expect(page.locator("[data-show=became]")).to_be_hidden()
        walker.presses("Leave this phone")
        assert page.evaluate("localStorage.length") == 0
        assert [each for each in sent if "Wave" in each or "words" in each] == []
