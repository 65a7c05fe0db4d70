"""Clinical and community learners in one group: who is who each says herself, and one report."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from edu.groups.models import Arm
from edu.learning.models import Journey, Learner
from edu.outcomes.models import ReportBatch
from edu.partners.members import give_role, organisation_named
from edu.partners.roles import Role
from edu.programmes.joint_models import JointGroup
from tests.outcomes.programme import make
from tests.people import People, StaffPerson, make_staff
from tests.planner.planned import makes_programme
from tests.trainer.test_report import table_of, works_out

GROUPS = "/en/staff/groups"


@pytest.fixture
def ruth(people: People) -> StaffPerson:
    return people.ruth


@pytest.fixture
def winter(ruth: StaffPerson) -> str:
    """The number of a programme."""
    return makes_programme(ruth).rpartition("/")[2]


@pytest.fixture
def two(ruth: StaffPerson, winter: str) -> tuple[int, int]:
    """A group of each side: clinical, community."""
    clinical = ruth.makes_group("Clinic", programme=winter)
    return clinical, ruth.makes_group("Village", programme=winter)


def joins_up(person: StaffPerson, group: int, other: int, side: str = "clinical") -> int:
    page = f"{GROUPS}/{group}/together"
    return person.fills(page, follow=False, side=side, other=str(other)).status_code


def table_on(page: str) -> list[list[str]]:
    """The rows of the report that compares: every cell without its marks."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body)
    ]


def test_whoever_joins_says_herself_on_which_side_she_is(
    house: Flask, people: People, ruth: StaffPerson, two: tuple[int, int]
) -> None:
    clinical, community = (ruth.join_code(each) for each in two)
    assert joins_up(ruth, *two) == 303
    offered = [f"/en/join/{community}?chosen", f"/en/join/{clinical}?chosen"]
    for code in (clinical, community):
        page = people.amina.opens(f"/en/join/{code}").text
        assert re.findall(r'class="button" href="([^"]+)"', page) == offered
    people.amina.joins(f"{community}?chosen")
    people.amina.joins(f"{clinical}?chosen")
    with house.extensions["database"].session(reading=True) as session:
        found = session.scalars(select(Learner.group_id).order_by(Learner.group_id)).all()
    assert found == sorted(two)


def test_with_one_card_nobody_counts_on_both_sides(
    house: Flask, people: People, ruth: StaffPerson, two: tuple[int, int]
) -> None:
    clinical, community = (ruth.join_code(each) for each in two)
    joins_up(ruth, *two)
    amina = people.amina
    amina.joins(f"{community}?chosen")
    again = amina.sends(f"/en/join/{clinical}?chosen", follow=False, agree="same")
    assert again.headers["Location"] == "/en/my"
    with house.extensions["database"].session(reading=True) as session:
        assert session.scalars(select(Journey.group_id)).all() == [two[1]]


def test_one_report_sets_both_sides_beside_each_other_as_their_own_reports_say(
    house: Flask, ruth: StaffPerson
) -> None:
    with house.extensions["database"].work() as session:
        home = organisation_named(session, "Bridge Society")
        assert home is not None
        twelve = (Arm.INTERVENTION, 12)
        groups = make(session, twelve, twelve, home=home.id, instruments=("feelings",)).groups
        two = groups[0].id, groups[1].id
    assert joins_up(ruth, *two) == 303
    assert table_on(ruth.opens(f"{GROUPS}/{two[0]}/together").text) == []
    works_out(ruth, two[0])
    own = table_of(ruth, two[0])
    rows = table_on(ruth.opens(f"{GROUPS}/{two[1]}/together").text)
    assert own
    assert [(row[1], row[4], row[5]) for row in rows] == [
        (each["n"], "not shown", "–") for each in own.values()
    ]
    works_out(ruth, two[1])
    others = table_of(ruth, two[1])
    rows = table_on(ruth.opens(f"{GROUPS}/{two[0]}/together").text)
    both = [scale for scale in own if scale in others]
    assert both
    told = [row for row in rows if len(row) == 8]
    assert [(row[1], row[4]) for row in told] == [(own[s]["n"], others[s]["n"]) for s in both]
    assert [number(row[7]) for row in told] == [
        round(float(own[s]["mean_change"]) - float(others[s]["mean_change"]), 2) for s in both
    ]


def number(text: str) -> float:
    return float(text.replace("\u2212", "-"))


def test_the_report_that_compares_works_nothing_out(
    house: Flask, ruth: StaffPerson, two: tuple[int, int]
) -> None:
    joins_up(ruth, *two)
    ruth.opens(f"{GROUPS}/{two[0]}/together")
    with house.extensions["database"].session(reading=True) as session:
        assert session.scalar(select(func.count()).select_from(ReportBatch)) == 0


def test_a_group_meets_with_one_other_group_only(
    house: Flask, ruth: StaffPerson, two: tuple[int, int]
) -> None:
    page = ruth.opens(f"{GROUPS}/{two[0]}").text
    assert f'href="{GROUPS}/{two[0]}/together"' in page
    assert joins_up(ruth, two[0], two[0]) == 422
    assert joins_up(ruth, *two) == 303
    again = ruth.fills(f"{GROUPS}/{two[0]}/together", to=f"{GROUPS}/{two[0]}/together/part")
    assert "Let them meet as one" in again.text
    assert joins_up(ruth, two[1], two[0], "community") == 303
    with house.extensions["database"].session(reading=True) as session:
        found = session.scalars(select(JointGroup)).all()
        assert [(each.clinical_id, each.community_id) for each in found] == [two]


def test_groups_of_different_programmes_or_modules_do_not_meet(ruth: StaffPerson) -> None:
    one, other = (makes_programme(ruth, name).rpartition("/")[2] for name in ("Winter", "Summer"))
    group = ruth.makes_group("Clinic", programme=one)
    ruth.makes_group("Elsewhere", programme=other)
    ruth.makes_group("Shorter", programme=one, modules=["m1"])
    ruth.makes_group("Alone")
    page = ruth.opens(f"{GROUPS}/{group}/together").text
    assert "There is no group to meet with yet." in page
    assert '<option value="' not in page


def test_a_side_that_moved_away_is_not_seen_by_whoever_does_not_reach_it(
    house: Flask, ruth: StaffPerson, winter: str, two: tuple[int, int]
) -> None:
    joins_up(ruth, *two)
    summer = makes_programme(ruth, "Summer")
    ruth.fills(summer, to=f"{summer}/groups", group=str(two[1]))
    wambui, address = leads_one(house, winter), f"{GROUPS}/{two[0]}/together"
    page = wambui.opens(address)
    assert (page.status_code, "Village" in page.text) == (200, False)
    wambui.fills("/en/staff", to=f"{address}/part")
    assert "Village" in ruth.opens(address).text


def leads_one(house: Flask, programme: str) -> StaffPerson:
    """A trainer of one programme only."""
    with house.extensions["database"].work() as session:
        member = make_staff(session, "wambui", "Bridge Society")
        home = organisation_named(session, "Bridge Society")
        assert home is not None
        give_role(session, member, home, Role.TRAINER, programme_id=int(programme))
    return StaffPerson(house.test_client(), "wambui").signs_in()
