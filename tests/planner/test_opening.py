"""No group starts without an assessment and a frozen plan: the gate, from both of its sides."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from edu.learning.models import Journey, Learner
from tests.paper.world import cells, inputs_of, paper, types
from tests.people import People, StaffPerson, fields_of
from tests.planner.planned import CONTACT, makes_programme, plans_all, plans_evaluation
from tests.planner.test_planning_pages import steps_on

NOT_BEGUN = "Your group has not begun yet"
OPEN = "Open since"


@pytest.fixture
def ruth(people: People) -> StaffPerson:
    return people.ruth


@pytest.fixture
def root(ruth: StaffPerson) -> str:
    return makes_programme(ruth)


@pytest.fixture
def group(ruth: StaffPerson, root: str) -> str:
    """The address of a group of the programme that nobody has opened."""
    number = root.rpartition("/")[2]
    return f"/en/staff/groups/{ruth.makes_group(opened=False, programme=number)}"


def opens(person: StaffPerson, group: str) -> tuple[int, str]:
    """What comes of the deed: 303 where it is done, and the page."""
    answer = person.fills(group, to=f"{group}/open", follow=False)
    return answer.status_code, answer.text


def kept(house: Flask) -> tuple[int, int]:
    """How many learners and journeys there are."""
    with house.extensions["database"].session(reading=True) as session:
        learners = session.scalar(select(func.count()).select_from(Learner))
        journeys = session.scalar(select(func.count()).select_from(Journey))
    return learners or 0, journeys or 0


def test_a_group_is_opened_too_early_and_the_page_leads_to_what_is_missing(
    ruth: StaffPerson, root: str, group: str
) -> None:
    status, page = opens(ruth, group)
    assert status == 422
    assert page.count('role="alert"') == 1
    assert "The group cannot be opened yet." in page
    assert [where for where, _words in steps_on(page)] == [
        f"{root}/details",
        f"{root}/steering",
        f"{root}/support",
        f"{root}/assessment",
        f"{root}/assessment/asked",
        f"{root}/evaluation/plan",
    ]
    assert OPEN not in ruth.opens(group).text
    assert "Opened for people to join" not in ruth.opens("/en/staff/trail").text


def test_a_group_is_opened_once_all_is_planned_and_the_trail_says_so_once(
    ruth: StaffPerson, root: str, group: str
) -> None:
    plans_all(ruth, root)
    assert steps_on(ruth.opens(group).text) == []
    assert [opens(ruth, group)[0], opens_again(ruth, group)] == [303, 303]
    page = ruth.opens(group).text
    assert OPEN in page
    assert "Open this group" not in page
    assert ruth.opens("/en/staff/trail").text.count("Opened for people to join") == 1


def opens_again(person: StaffPerson, group: str) -> int:
    """The same from a page that stayed open."""
    token = fields_of(person.opens(group)).hidden["csrf_token"]
    return person.sends(f"{group}/open", follow=False, csrf_token=token).status_code


def test_a_plan_that_nobody_froze_is_no_plan(ruth: StaffPerson, root: str, group: str) -> None:
    plans_all(ruth, root)
    other = makes_programme(ruth, "Summer")
    number = other.rpartition("/")[2]
    second = f"/en/staff/groups/{ruth.makes_group('Friday', opened=False, programme=number)}"
    assert opens(ruth, second)[0] == 422
    plans_evaluation(ruth, other)
    assert [where for where, _words in steps_on(opens(ruth, second)[1])] == [
        f"{other}/details",
        f"{other}/steering",
        f"{other}/support",
        f"{other}/assessment",
        f"{other}/assessment/asked",
    ]


def test_a_group_of_no_programme_is_led_to_one(ruth: StaffPerson) -> None:
    group = f"/en/staff/groups/{ruth.makes_group(opened=False)}"
    status, page = opens(ruth, group)
    assert (status, steps_on(page)) == (
        422,
        [(f"{group}/programme", "Put the group into a programme")],
    )


def test_in_an_emergency_a_support_contact_is_enough(
    ruth: StaffPerson, root: str, group: str
) -> None:
    ruth.fills(f"{root}/emergency", reason="flood")
    status, page = opens(ruth, group)
    assert (status, steps_on(page)) == (422, [(f"{root}/support", "Name a support contact")])
    ruth.fills(f"{root}/support", **CONTACT)
    assert opens(ruth, group)[0] == 303


def test_nobody_joins_a_group_that_is_not_open_and_nothing_is_kept(
    house: Flask, people: People, ruth: StaffPerson, group: str
) -> None:
    code = ruth.join_code(int(group.rpartition("/")[2]))
    amina = people.amina
    by_code = amina.sends("/en/join", code=code)
    by_link = amina.opens(f"/en/join/{code}")
    key = "k" * 24
    by_form = amina.sends(f"/en/join/{code}", key=key, agree="yes")
    answers = (by_code, by_link, by_form)
    assert [each.status_code for each in answers] == [403] * 3
    assert [NOT_BEGUN in each.text for each in answers] == [True] * 3
    assert "Ask the person who gave you this code." in by_link.text
    assert [each.headers.getlist("Set-Cookie") for each in answers] == [[], [], []]
    assert kept(house) == (0, 0)


def test_a_printed_card_waits_for_its_group(
    house: Flask, people: People, ruth: StaffPerson, root: str, group: str
) -> None:
    sheet = ruth.fills(group, to=f"{group}/cards", number=1).text
    card = "".join(re.findall(r"<span>(\d{4})</span>", sheet))
    amina = people.amina
    for sent in ({}, {"agree": "yes"}):
        early = amina.sends("/en/return", code=card, **sent)
        assert (early.status_code, NOT_BEGUN in early.text) == (403, True)
    assert kept(house) == (1, 0)
    plans_all(ruth, root)
    opens(ruth, group)
    assert amina.sends("/en/return", code=card, agree="yes").status_code == 200
    assert kept(house) == (1, 1)


def test_somebody_who_learns_already_waits_for_a_further_group_too(
    house: Flask, people: People, ruth: StaffPerson, group: str
) -> None:
    amina = people.amina
    amina.starts()
    before = kept(house)
    code = ruth.join_code(int(group.rpartition("/")[2]))
    again = amina.sends(f"/en/join/{code}", agree="same")
    assert (again.status_code, NOT_BEGUN in again.text) == (403, True)
    assert kept(house) == before


def test_papers_of_a_group_that_is_not_open_are_not_taken(
    house: Flask, ruth: StaffPerson, root: str, group: str
) -> None:
    number = int(group.rpartition("/")[2])
    told = "The group is not open yet, so no paper is taken."
    assert told in ruth.opens(paper(number, "before", "typing")).text
    page = types(ruth, number, "before", cells(1, "1123"))
    assert (page.status_code, told in page.text) == (422, True)
    assert inputs_of(page)["c-1-feelings.hope-2"] == "3"
    assert kept(house) == (0, 0)
    plans_all(ruth, root)
    opens(ruth, group)
    assert types(ruth, number, "before", cells(1, "1123")).status_code == 200
    assert kept(house) == (1, 1)


def test_whoever_does_not_lead_the_group_cannot_open_it(
    people: People, ruth: StaffPerson, root: str, group: str
) -> None:
    plans_all(ruth, root)
    assert people.lindiwe.fills("/en/staff/account", to=f"{group}/open").status_code == 404
    assert ruth.sends(f"{group}/open").status_code == 400
    assert OPEN not in ruth.opens(group).text


def test_the_first_page_says_how_many_steps_are_left_and_then_that_it_can_be_opened(
    people: People, ruth: StaffPerson, root: str, group: str
) -> None:
    tendai = people.tendai
    path = f'href="{group}"'

    def said() -> list[str]:
        return re.findall(rf"<a {path}>([^<]+)</a>", tendai.opens("/en/staff").text)

    assert said()[0] == "6 steps before you can open the group"
    plans_all(ruth, root)
    assert said()[0] == "Open the group, so that people can join"
    opens(tendai, group)
    assert said() == []
