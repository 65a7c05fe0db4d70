"""Programmes: who sees them, what they have reached, and both ends of a move."""

import re

import pytest
from flask import Flask

from edu.groups.models import Group
from edu.groups.programmes import move_group, programme_of
from edu.outcomes.totals import rounded
from edu.partners.roles import Role
from tests.admin.conftest import BRIDGE, OTHER, World, token_of
from tests.people import People, StaffPerson

PROGRAMMES = "/en/staff/programmes"


def makes(person: StaffPerson, name: str) -> int:
    """Make a programme and return its number."""
    page = person.fills(PROGRAMMES, name=name, follow=False)
    return int(page.headers["Location"].rpartition("/")[2])


def group_in(world: World, group: int) -> int | None:
    """To which programme a group belongs."""
    with world.house.extensions["database"].session(reading=True) as session:
        return session.get_one(Group, group).programme_id


def reached(page: str) -> dict[str, str]:
    """The totals that a page shows."""
    return dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", page))


def walk(people: People, code: str, number: int) -> None:
    """So many people join a group and finish its lessons."""
    for _ in range(number):
        learner = people.learner()
        learner.joins(code)
        learner.finishes("m0.1", "m1.1", "m1.2")


def test_an_administrator_makes_and_renames_a_programme(world: World) -> None:
    ruth = world.people.ruth
    assert "A programme holds groups that belong together" in ruth.opens(PROGRAMMES).text
    number = makes(ruth, "  Schools 2026 ")
    page = f"{PROGRAMMES}/{number}"
    assert "<h1><bdi>Schools 2026</bdi></h1>" in ruth.opens(page).text
    ruth.fills(page, to=f"{page}/name", name="Schools")
    assert "<h1><bdi>Schools</bdi></h1>" in ruth.opens(page).text
    assert world.trail(BRIDGE) == [
        ("ruth", "made", "programme", "Schools 2026", ""),
        ("ruth", "renamed", "programme", "Schools", "Schools 2026"),
    ]


def test_two_programmes_of_one_organisation_have_two_names(world: World) -> None:
    ruth = world.people.ruth
    world.programme(OTHER, "Clinics")
    makes(ruth, "Schools")
    clinics = makes(ruth, "Clinics")
    page = ruth.fills(PROGRAMMES, name=" Schools ")
    assert page.status_code == 422
    assert "There is a programme of this name already." in page.text
    one = f"{PROGRAMMES}/{clinics}"
    assert ruth.fills(one, to=f"{one}/name", name="Schools").status_code == 422
    assert ruth.fills(one, to=f"{one}/name", name="Clinics").status_code == 200


def test_a_group_moves_between_programmes_and_out_again(world: World) -> None:
    ruth = world.people.ruth
    group = ruth.makes_group()
    schools, clinics = makes(ruth, "Schools"), makes(ruth, "Clinics")
    for number in (schools, clinics):
        one = f"{PROGRAMMES}/{number}"
        assert "Tuesday" in ruth.fills(one, to=f"{one}/groups", group=str(group)).text
        assert group_in(world, group) == number
    assert "No group yet." in ruth.opens(f"{PROGRAMMES}/{schools}").text
    one = f"{PROGRAMMES}/{clinics}"
    ruth.fills(one, to=f"{one}/groups/{group}/out")
    assert group_in(world, group) is None
    assert [line[1:] for line in world.trail(BRIDGE) if line[1] == "moved"] == [
        ("moved", "group", "Tuesday", "Schools"),
        ("moved", "group", "Tuesday", "Clinics"),
        ("moved", "group", "Tuesday", ""),
    ]


def test_neither_end_of_a_move_may_be_somebody_elses(world: World) -> None:
    ruth = world.people.ruth
    zawadi = world.adds("zawadi", OTHER, Role.ADMINISTRATOR)
    mine, theirs = makes(ruth, "Schools"), makes(zawadi, "Clinics")
    group, their_group = ruth.makes_group(), zawadi.makes_group("Friday")
    one = f"{PROGRAMMES}/{mine}"
    assert ruth.fills(one, to=f"{one}/groups", group=str(their_group)).status_code == 422
    assert ruth.fills(one, to=f"{PROGRAMMES}/{theirs}/groups", group=str(group)).status_code == 404
    assert ruth.fills(one, to=f"{one}/groups/{their_group}/out").status_code == 404
    assert ruth.fills(one, to=f"{PROGRAMMES}/{theirs}/name", name="Mine").status_code == 404
    ruth.fills(one, to=f"{one}/groups", group=str(group))
    elsewhere = f"{PROGRAMMES}/{makes(ruth, 'Other')}"
    assert ruth.fills(elsewhere, to=f"{elsewhere}/groups/{group}/out").status_code == 404
    assert (group_in(world, group), group_in(world, their_group)) == (mine, None)


def test_the_rule_of_both_ends_holds_below_the_pages_too(house: Flask, world: World) -> None:
    group = world.people.ruth.makes_group()
    theirs = world.programme(OTHER)
    with house.extensions["database"].work() as session:
        found = programme_of(session, world.home(OTHER), theirs)
        with pytest.raises(ValueError, match="another organisation"):
            move_group(session, session.get_one(Group, group), found)
    assert group_in(world, group) is None


def test_a_programme_of_another_organisation_is_not_there(world: World) -> None:
    ruth = world.people.ruth
    theirs = world.programme(OTHER, "Clinics")
    assert ruth.browser.get(f"{PROGRAMMES}/{theirs}").status_code == 404
    assert "Clinics" not in ruth.opens(PROGRAMMES).text


def test_who_works_for_one_programme_sees_no_other(world: World) -> None:
    ruth = world.people.ruth
    schools, clinics = makes(ruth, "Schools"), makes(ruth, "Clinics")
    amara = world.adds("amara", BRIDGE)
    world.also("amara", BRIDGE, Role.AUTHORITY, schools)
    amara = world.browser_of("amara")
    page = amara.opens(PROGRAMMES).text
    assert ("Schools" in page, "Clinics" in page) == (True, False)
    assert amara.browser.get(f"{PROGRAMMES}/{schools}").status_code == 200
    assert amara.browser.get(f"{PROGRAMMES}/{clinics}").status_code == 404


def test_an_authority_sees_whole_tens_and_neither_groups_nor_reports(world: World) -> None:
    ruth = world.people.ruth
    group = ruth.makes_group()
    schools = makes(ruth, "Schools")
    one = f"{PROGRAMMES}/{schools}"
    ruth.fills(one, to=f"{one}/groups", group=str(group))
    amara = world.adds("amara", BRIDGE, Role.AUTHORITY)
    code = ruth.join_code(group)
    walk(world.people, code, 9)
    nothing = dict.fromkeys(("Started", "Finished all lessons", "Can be compared"), "fewer than 10")
    assert reached(amara.opens(one).text) == nothing
    world.people.learner().joins(code)
    ten = nothing | {"Started": "10 or more"}
    assert reached(amara.opens(one).text) == ten
    world.people.learner().joins(code)
    assert reached(amara.opens(one).text) == ten
    assert "Tuesday" not in amara.opens(one).text
    assert amara.browser.get(f"/en/staff/groups/{group}").status_code == 403
    token = token_of(amara)
    for to in ("groups", f"groups/{group}/out", "name"):
        assert amara.sends(f"{one}/{to}", csrf_token=token, name="x").status_code == 403
    assert amara.sends(PROGRAMMES, csrf_token=token, name="Mine").status_code == 403


def test_totals_are_of_all_groups_together(world: World) -> None:
    ruth = world.people.ruth
    schools = makes(ruth, "Schools")
    one = f"{PROGRAMMES}/{schools}"
    for name in ("Tuesday", "Friday"):
        group = ruth.makes_group(name)
        ruth.fills(one, to=f"{one}/groups", group=str(group))
        walk(world.people, ruth.join_code(group), 5)
    assert reached(ruth.opens(one).text) == {
        "Started": "10 or more",
        "Finished all lessons": "10 or more",
        "Can be compared": "fewer than 10",
    }


def test_numbers_of_people_are_rounded_down_to_tens() -> None:
    found = [rounded(number) for number in (0, 9, 10, 19, 20, 101)]
    assert found == [None, None, 10, 10, 20, 100]


def test_a_trainer_of_one_programme_sees_its_groups_only(world: World) -> None:
    ruth = world.people.ruth
    schools = makes(ruth, "Schools")
    one = f"{PROGRAMMES}/{schools}"
    inside, outside = ruth.makes_group("Inside"), ruth.makes_group("Outside")
    ruth.fills(one, to=f"{one}/groups", group=str(inside))
    world.adds("amara", BRIDGE)
    world.also("amara", BRIDGE, Role.TRAINER, schools)
    amara = world.browser_of("amara")
    assert "Inside" in amara.opens(one).text
    assert "Outside" not in amara.opens("/en/staff/groups").text
    assert amara.browser.get(f"/en/staff/groups/{outside}").status_code == 404
    assert "Put a group in" not in amara.opens(one).text
