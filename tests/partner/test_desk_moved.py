"""When a source has moved on: three ways to see it, and the decision that words are still right."""

import re

import pytest

from edu.editions.desk import Revision
from edu.editions.models import Rendering
from edu.partners.roles import Role
from tests.partner.desk_world import DESK, World, sends, writes
from tests.people import StaffPerson, fields_of

WELL = "At the well, Otieno greets first."
BEFORE = "At the market, Otieno greets first."


@pytest.fixture
def chipo(world: World, chipo: StaffPerson) -> StaffPerson:
    """Chipo, whose words were made from an older source."""
    writes(chipo, world.at(WELL), "Pamusika, Otieno anotanga.")

    def moves(row: Rendering) -> None:
        row.source, row.follows = BEFORE, WELL

    world.changes(moves, WELL)
    return chipo


def test_the_source_then_and_now_and_the_words_stand_side_by_side(
    world: World, chipo: StaffPerson
) -> None:
    page = chipo.opens(world.at(WELL)).text
    ways = re.findall(r"<dd [^>]*>(.*?)</dd>", page, re.DOTALL)
    assert ways[:3] == [
        "At the <del>market</del>, Otieno greets first.",
        "At the <ins>well</ins>, Otieno greets first.",
        "Pamusika, Otieno anotanga.",
    ]
    assert "Source has changed" in chipo.opens(f"{DESK}/sn/m1/m1.1").text
    assert "1 to look at again" in chipo.opens(DESK).text


def test_new_words_are_made_from_the_source_that_stands_there(
    world: World, chipo: StaffPerson
) -> None:
    writes(chipo, world.at(WELL), "Patsime, Otieno anotanga.")
    row = world.row(WELL)
    assert row is not None
    assert (row.text, row.follows) == ("Patsime, Otieno anotanga.", "")
    assert world.row(BEFORE) is None


def test_still_right_is_a_reviewers_decision(world: World, chipo: StaffPerson) -> None:
    place = world.at(WELL)
    assert "The words are still right" not in chipo.opens(place).text
    token = fields_of(chipo.opens(place)).hidden["csrf_token"]
    assert chipo.sends(f"{place}/still-right", csrf_token=token, version="2").status_code == 403
    rudo = world.rudo
    version = fields_of(rudo.opens(place)).hidden["version"]
    sends(rudo, place, f"{place}/still-right", version=version)
    row = world.row(WELL)
    assert row is not None
    assert (row.text, row.follows) == ("Pamusika, Otieno anotanga.", "")
    deeds = [each.deed for each in world.rows(Revision) if isinstance(each, Revision)]
    assert deeds == ["saved", "still right"]


def test_still_right_is_said_of_the_words_she_looked_at(world: World, chipo: StaffPerson) -> None:
    place, rudo = world.at(WELL), world.rudo
    looked = fields_of(rudo.opens(place)).hidden["version"]

    def others(row: Rendering) -> None:
        row.text, row.version = "Zvimwe", row.version + 1

    world.changes(others, BEFORE)
    page = sends(rudo, place, f"{place}/still-right", version=looked)
    assert page.request.path == place
    row = world.row(BEFORE)
    assert row is not None
    assert (row.text, row.follows) == ("Zvimwe", WELL)


def test_a_place_is_told_when_its_ancestors_words_change(world: World) -> None:
    juma = world.adds("juma", Role.TRANSLATOR, tag="sw")
    title = world.segments()[0].text
    place = world.at(title, tag="sw-KE")
    writes(juma, place, "Salamu za hapa")
    assert "The words it came from have changed." not in juma.opens(place).text

    def released(row: Rendering) -> None:
        row.released_text = "Kukaribishana kwa heshima"

    world.changes(released, title, "sw")
    page = juma.opens(place).text
    assert "The words it came from have changed." in page
    assert "<ins>" in page
    assert "1 to look at again" in juma.opens(DESK).text
    asha = world.adds("asha", Role.REVIEWER, tag="sw-KE")
    version = fields_of(asha.opens(place)).hidden["version"]
    sends(asha, place, f"{place}/still-right", version=version)
    assert "The words it came from have changed." not in juma.opens(place).text
