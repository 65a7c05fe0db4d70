"""A trainer with nobody beside her begins a programme, plans it and opens her group; what an
administrator may, and when the plan is no longer hers to change."""

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from edu.groups.models import Programme
from edu.partners.members import give_role
from edu.partners.models import Member, Organisation
from edu.partners.roles import Role
from tests.partner.desk_world import together
from tests.people import People, StaffPerson, fields_of
from tests.planner.planned import PROGRAMMES, WANTS, makes_programme, plans_all
from tests.planner.test_planning_pages import steps_on

TAKEN = "There is a programme of this name already."


@pytest.fixture
def tendai(people: People) -> StaffPerson:
    return people.tendai


@pytest.fixture
def group(tendai: StaffPerson) -> str:
    """A group of no programme, which is not open."""
    return f"/en/staff/groups/{tendai.makes_group(opened=False)}"


def begins(person: StaffPerson, group: str, name: str = "Winter") -> str:
    """Begin a programme with a group, and its address."""
    page = f"{group}/programme"
    made = person.fills(page, to=f"{page}/new", follow=False, name=name)
    assert made.status_code == 303
    return made.headers["Location"]


def may(person: StaffPerson, page: str, **values: object) -> int:
    """What comes of writing in a plan, whatever its page shows."""
    token = fields_of(person.opens("/en/staff/account")).hidden["csrf_token"]
    return person.sends(page, False, csrf_token=token, **values).status_code


def test_a_trainer_alone_begins_a_programme_plans_it_and_opens_her_group(
    people: People, tendai: StaffPerson, group: str
) -> None:
    steps = steps_on(tendai.opens(group).text)
    assert steps == [(f"{group}/programme", "Put the group into a programme")]
    root = begins(tendai, group)
    assert len(steps_on(tendai.opens(root).text)) == 6
    plans_all(tendai, root)
    tendai.fills(group, to=f"{group}/open")
    assert "Open since" in tendai.opens(group).text

    ruth = people.ruth
    assert "Winter" in ruth.opens(PROGRAMMES).text
    assert "tendai" in ruth.opens("/en/staff/trail").text
    assert may(ruth, f"{root}/details", **(WANTS | {"vision": "Ours"})) == 303
    # People learn by it now: it is the organisation's. What is done otherwise is still said.
    assert may(tendai, f"{root}/details", **WANTS) == 403
    assert may(tendai, f"{root}/evaluation/plan/deviations", text="Two weeks later") == 303


def test_a_trainer_puts_her_group_into_a_programme_that_is_there_but_never_into_anothers(
    people: People, tendai: StaffPerson, group: str
) -> None:
    ruth, lindiwe = people.ruth, people.lindiwe
    ours, theirs = makes_programme(ruth), makes_programme(lindiwe, "Elsewhere")
    page = f"{group}/programme"
    for root, code in ((theirs, 422), (ours, 303)):
        number = root.rpartition("/")[2]
        assert tendai.fills(page, follow=False, programme=number).status_code == code
    assert "Tuesday" in ruth.opens(ours).text
    # Pressed again, or from a page that stayed open, it leads to the group and moves nothing.
    assert may(tendai, f"{page}/new", name="Another") == 303
    assert "Another" not in ruth.opens(PROGRAMMES).text
    assert lindiwe.opens(page).status_code == 404


def test_whose_role_is_for_one_programme_plans_it_and_begins_no_other(
    house: Flask, people: People
) -> None:
    root = makes_programme(people.ruth)
    number = int(root.rpartition("/")[2])
    tendai = people.tendai
    with house.extensions["database"].work() as session:
        member = session.scalars(select(Member).where(Member.login == "tendai")).one()
        home = session.scalars(select(Organisation).where(Organisation.name == "Bridge Society"))
        (grant,) = member.grants
        session.delete(grant)
        session.flush()
        give_role(session, member, home.one(), Role.TRAINER, programme_id=number)
    assert may(tendai, PROGRAMMES, name="Summer") == 403
    assert "Make the programme" not in tendai.opens(PROGRAMMES).text
    assert may(tendai, f"{root}/details", **WANTS) == 303


def test_of_two_who_give_a_programme_one_name_at_once_the_second_is_told_at_the_field(
    house: Flask, people: People
) -> None:
    ruth, tendai = people.ruth, people.tendai
    other = makes_programme(ruth, "Autumn")
    for path, name in ((PROGRAMMES, "Spring"), (f"{other}/name", "Summer")):
        deeds = []
        for person, place in ((ruth, path), (tendai, PROGRAMMES)):
            token = fields_of(person.opens("/en/staff/account")).hidden["csrf_token"]
            deeds.append(partial(person.sends, place, False, csrf_token=token, name=name))
        answers = together(*deeds)
        assert sorted(each.status_code for each in answers) == [303, 422]
        (late,) = [each.text for each in answers if each.status_code == 422]
        assert (late.count(TAKEN), 'aria-describedby="name-error"' in late) == (1, True)
    with house.extensions["database"].session(reading=True) as session:
        names = sorted(session.scalars(select(Programme.name)))
    assert names in (["Spring", "Summer"], ["Autumn", "Spring", "Summer"])
