"""A clinic and a community side by side in one programme, and a lot that says who waits."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from edu.groups.models import Group
from edu.programmes.lots import draws_of, is_honest
from edu.programmes.planning_models import ProgrammePartner
from tests.browser.conftest import Phone
from tests.browser.planning import DAY, Hand, answers, wide

pytestmark = pytest.mark.browser


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
