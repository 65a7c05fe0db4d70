"""From the first line of a plan to the last meeting with one phone: paper and phones, two
languages."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from edu.groups.models import Group
from edu.learning.models import Sitting
from tests.browser.conftest import Phone
from tests.browser.planning import DAY, Hand, answers, wide

pytestmark = pytest.mark.browser


def group_number(town: tuple[Flask, str], name: str) -> int:
    with town[0].extensions["database"].session(reading=True) as session:
        found = session.scalars(select(Group).where(Group.name == name)).one()
        return found.id


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
