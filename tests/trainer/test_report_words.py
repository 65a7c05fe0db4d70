"""What stands around the figures of a report: who was reached, what the strip shows, its words."""

import re

import pytest
from flask import Flask

from edu.groups.models import Arm
from edu.outcomes.figures import take_snapshot
from edu.partners.members import organisation_named
from tests.outcomes.programme import DAY, LONG_AGO, make, person
from tests.people import People


@pytest.fixture
def groups(house: Flask, people: People) -> dict[Arm, str]:
    """The reports of a group with the lessons and of one that waits."""
    assert people.tendai
    with house.extensions["database"].work() as session:
        home = organisation_named(session, "Bridge Society")
        assert home is not None
        made = make(session, (Arm.INTERVENTION, 40), (Arm.WAITING, 12), home=home.id, gain=0.3)
        person(made, made.groups[1], 0.0, LONG_AGO, "after")
        for group, wave in zip(made.groups, ("after", "before-2"), strict=True):
            take_snapshot(session, group.id, wave, DAY)
        return {
            Arm(group.arm): f"/en/staff/groups/{group.id}/report?wave={wave}"
            for group, wave in zip(made.groups, ("after", "before-2"), strict=True)
        }


def reached(page: str) -> list[tuple[str, str]]:
    numbers = page.partition('<dl class="numbers">')[2].partition("</dl>")[0]
    return re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", numbers)


def test_a_group_that_waits_is_followed_to_the_end_of_the_waiting(
    people: People, groups: dict[Arm, str]
) -> None:
    page = people.tendai.opens(groups[Arm.WAITING]).text
    assert reached(page) == [
        ("Started", "13"),
        ("Finished all lessons", "0"),
        ("Can be compared", "12"),
        ("Answered before, not this time", "1"),
        ("Answered this time, not matched", "0"),
    ]
    assert "This group waited. What moved here moved without the lessons." in page
    assert "There was no comparison group" not in page
    assert "What to try next" not in page


def test_the_strip_names_its_parts_with_the_numbers_of_the_table(
    people: People, groups: dict[Arm, str]
) -> None:
    page = people.tendai.opens(groups[Arm.INTERVENTION]).text
    found = re.findall(r'<p class="parts">(.*?)</p>', page)
    assert len(found) == page.count('<svg class="strip"') >= 1
    for parts in found:
        told = re.findall(r'<span class="(\w+)">([^:<]+): (\d+)</span>', parts)
        drawn = re.findall(r'<rect class="(\w+)"', page.partition(parts)[0].rpartition("<svg")[2])
        assert [kind for kind, _, _ in told] == drawn
        table = page.partition(parts)[2].partition("</table>")[0]
        for _, name, number in told:
            assert f'<th scope="col" class="screen">{name}</th>' in table
            assert f'<td class="screen">{number}</td>' in table
        assert f"<td>{sum(int(number) for _, _, number in told)}</td>" in table


def test_a_report_explains_its_words(people: People, groups: dict[Arm, str]) -> None:
    page = people.tendai.opens(groups[Arm.INTERVENTION]).text
    told = page.partition("Words in this report</h2>")[2].partition("</dl>")[0]
    assert re.findall(r"<dt>([^<]+)</dt>", told) == [
        *("Can be compared", "Points", "Likely range", "Clear improvement", "Not clear"),
        "Possible harm: look into this",
    ]
