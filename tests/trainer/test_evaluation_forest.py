"""The groups side by side in the evaluator's report."""

import re
from copy import deepcopy

import pytest

from edu.groups.models import Arm
from edu.outcomes.evaluation_models import ProgrammeReport
from edu.outcomes.evaluation_queue import ask, newest_report, work_all
from edu.partners.members import organisation_named
from tests.conftest import TINY
from tests.outcomes.programme import DAY, make
from tests.people import People

NAMES = ("Evening circle", "حلقة المساء", "<b>Savings</b>")


def worked_out(people: People, *sizes: int, loose: int = 0) -> int:
    """The number of a programme with groups of these sizes and two small ones, worked out."""
    assert people.ruth
    house = people.house
    with house.extensions["database"].work() as session:
        home = organisation_named(session, "Bridge Society")
        assert home is not None
        groups = [(Arm.INTERVENTION, size) for size in (*sizes, *[loose] * 2 * bool(loose))]
        made = make(session, *groups, home=home.id)
        for group, name in zip(made.groups, NAMES, strict=False):
            group.name = name
        ask(session, made.programme.id, DAY)
        number = made.programme.id
    assert work_all(house.extensions["database"], TINY, DAY) == 1
    return number


def first_scale(people: People, number: int, tag: str = "en") -> str:
    page = people.ruth.opens(f"/{tag}/staff/programmes/{number}/evaluation").text
    return page.split('<section class="finding')[1]


def names(part: str) -> list[str]:
    return re.findall(r'<th scope="row"><bdi>(.*?)</bdi></th>', part)


def squares(part: str) -> list[float]:
    """The middles of all squares."""
    found = re.findall(r'<rect class="now" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', part)
    return [float(x) + float(width) / 2 for x, width in found]


def turned(places: list[float]) -> list[float]:
    return [pytest.approx(320 - place, abs=0.2) for place in places]


def test_groups_stand_side_by_side_and_all_together_below(people: People) -> None:
    part = first_scale(people, worked_out(people, 12, 14, 16, loose=6))
    shown = ["Evening circle", "حلقة المساء", "&lt;b&gt;Savings&lt;/b&gt;"]
    ours = ["Several small groups", "All groups together", "One more group like these"]
    assert names(part) == shown + ours
    picture = part.split('<div class="forest" aria-hidden="true">')[1].split("</div>")[0]
    assert re.findall(r"<bdi>(.*?)</bdi>", picture) == shown + ours
    assert picture.count("<svg ") == len(shown + ours)
    assert len(squares(picture)) == 4
    assert re.findall("<span>(.*?)</span>", picture) == ["Worse", "Better"]
    assert "There are fewer than five groups." in part
    people_in = [int(n) for n in re.findall(r'</th><td><bdi dir="ltr">(\d+)</bdi>', part)]
    assert people_in[4] == sum(people_in[:4])


def test_where_people_read_from_the_right_better_is_at_the_left(
    people: People,
) -> None:
    number = worked_out(people, 12, 14, 16)
    english, arabic = first_scale(people, number), first_scale(people, number, "ar")
    assert squares(arabic) == turned(squares(english))
    assert names(arabic)[:3] == names(english)[:3]


def test_where_less_is_better_the_picture_is_turned_and_the_numbers_are_not(
    people: People,
) -> None:
    number = worked_out(people, 12, 14, 16)
    before = first_scale(people, number)
    with people.house.extensions["database"].work() as session:
        kept = newest_report(session, number, "done")
        assert isinstance(kept, ProgrammeReport)
        content = deepcopy(kept.content)
        for scale in content["scales"]:
            scale["limits"]["higher_is"] = "worse"
        kept.content = content
    after = first_scale(people, number)
    assert squares(after) == turned(squares(before))
    cells = r'<td><bdi dir="ltr">(.*?)</bdi></td>'
    assert re.findall(cells, after) == re.findall(cells, before)


def test_two_groups_are_listed_and_it_is_said_why_they_are_not_put_together(
    people: People,
) -> None:
    part = first_scale(people, worked_out(people, 12, 14))
    assert names(part) == ["Evening circle", "حلقة المساء"]
    assert "The groups could not be put together." in part
    assert 'class="forest"' not in part


def test_one_group_alone_is_not_listed(people: People) -> None:
    part = first_scale(people, worked_out(people, 14))
    assert "Group by group" not in part
    assert names(part) == []
