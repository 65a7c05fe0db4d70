"""The door that opens only when all is planned, and says what is missing."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Phone
from tests.browser.planning import Hand, wide

pytestmark = pytest.mark.browser


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
