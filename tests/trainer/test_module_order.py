"""A trainer says in which order her group takes its modules."""

import re

import pytest

from tests.people import LearnerPerson, People, StaffPerson

GROUP = "/en/staff/groups/{}"


@pytest.fixture
def ruth(people: People) -> StaffPerson:
    return people.ruth


def order_shown(ruth: StaffPerson, group: int) -> list[str]:
    page = ruth.opens(GROUP.format(group)).text
    listed = page[page.index('<h2 id="modules">') :]
    return re.findall(r"<li>(\w+)", listed[: listed.index("</ol>")])


def takes_earlier(ruth: StaffPerson, group: int, module: str) -> None:
    address = GROUP.format(group)
    ruth.fills(address, to=f"{address}/order", module=module)


def lessons_of(learner: LearnerPerson) -> list[str]:
    """The lessons on her way, in their order."""
    return re.findall("Hello|Greeting|Sitting down", learner.opens("/en/my").text)


def test_modules_come_in_the_order_that_the_trainer_chose(
    people: People, ruth: StaffPerson
) -> None:
    group = ruth.makes_group()
    assert order_shown(ruth, group) == ["Welcome", "Neighbours"]
    early, late = people.learner(), people.learner()
    early.joins(ruth.join_code(group))
    takes_earlier(ruth, group, "m1")
    assert order_shown(ruth, group) == ["Neighbours", "Welcome"]
    late.joins(ruth.join_code(group))
    assert lessons_of(early) == ["Hello", "Greeting", "Sitting down"]
    assert lessons_of(late) == ["Greeting", "Sitting down", "Hello"]
    takes_earlier(ruth, group, "m0")
    assert order_shown(ruth, group) == ["Welcome", "Neighbours"]


@pytest.mark.parametrize("module", ["m0", "m7"])
def test_the_first_module_and_one_that_is_not_taken_stay_where_they_are(
    ruth: StaffPerson, module: str
) -> None:
    group = ruth.makes_group()
    takes_earlier(ruth, group, module)
    assert order_shown(ruth, group) == ["Welcome", "Neighbours"]


def test_a_single_module_has_no_order_to_choose(ruth: StaffPerson) -> None:
    group = ruth.makes_group(modules=["m1"])
    assert order_shown(ruth, group) == ["Neighbours"]
    assert "Take earlier" not in ruth.opens(GROUP.format(group)).text
