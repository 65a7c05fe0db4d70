"""The way of a learner whose group asks more often than usual, or looks back."""

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import select, update

from edu.learning.models import Sitting
from tests.paper.world import contacts
from tests.people import LearnerPerson, People


def some(value: str) -> dict[str, str]:
    return {"contact_1": value, "contact_2": value, "hope_1": value}


def shift(house: Flask, weeks: int) -> None:
    """Let so many weeks go by."""
    with house.extensions["database"].work() as session:
        for each in session.scalars(select(Sitting)).all():
            day = each.submitted_on
            if day is not None:
                changed = {"submitted_on": day - timedelta(weeks=weeks)}
                session.execute(update(Sitting).where(Sitting.id == each.id).values(changed))


def open_steps(person: LearnerPerson) -> list[str]:
    return re.findall(r'href="/en/questions/([\w/-]+)"', person.opens("/en/my").text)[1:]


def test_looking_back_comes_after_and_is_compared_with_it(house: Flask, people: People) -> None:
    tendai, amina = people.tendai, people.amina
    group = tendai.makes_group(modules=["m0"], looking_back="y")
    amina.joins(tendai.join_code(group))
    amina.answers("before", "feelings", **some("2"))
    amina.finishes("m0.1")
    assert open_steps(amina) == ["after/feelings"]
    amina.answers("after", "feelings", **some("3"))
    assert open_steps(amina) == ["looking-back/feelings"]
    page = amina.opens("/en/questions/looking-back/feelings").text
    assert "Think back to the time before the lessons." in page
    amina.answers("looking-back", "feelings", **some("1"))
    assert contacts(house) == [("after", 2, 3), ("looking-back", 1, 3)]
    assert "Your answers moved towards this" in amina.opens("/en/change").text


def test_each_later_wave_opens_in_its_time_and_late_answers_are_kept(
    house: Flask, people: People
) -> None:
    tendai, amina = people.tendai, people.amina
    group = tendai.makes_group(modules=["m0"], later="4, 10", window="1")
    amina.joins(tendai.join_code(group))
    amina.answers("before", "feelings", **some("1"))
    amina.finishes("m0.1")
    amina.answers("after", "feelings", **some("2"))
    assert open_steps(amina) == []
    shift(house, 3)
    assert open_steps(amina) == ["later-1/feelings"]
    shift(house, 5)
    assert open_steps(amina) == ["later-1/feelings"]
    shift(house, 1)
    assert open_steps(amina) == ["later-2/feelings"]
    amina.answers("later-1", "feelings", **some("3"))
    assert contacts(house) == [("after", 1, 2), ("later-1", 1, 3)]
    page = tendai.opens(f"/en/staff/groups/{group}").text
    row = re.search(r'<th scope="row">Questions some months later</th>(.*?)</tr>', page)
    assert row is not None
    assert re.findall(r"<td>(\d+)</td>", row[1]) == ["1", "0", "0", "1"]


def test_whoever_was_read_to_says_so(house: Flask, people: People) -> None:
    amina = people.amina
    amina.starts("m0")
    amina.answers("before", "feelings", aloud="yes", **some("1"))
    with house.extensions["database"].session(reading=True) as session:
        assert session.scalars(select(Sitting.mode)).all() == ["aloud"]


def test_a_plan_that_makes_no_sense_is_refused_with_all_that_was_typed(people: People) -> None:
    tendai = people.tendai
    values = {"name": "Tuesday", "place": "", "tags": ["en"], "modules": ["m0"]}
    for wrong in (
        {"arm": "waiting"},
        {"later": "12, 4"},
        {"later": "soon"},
        {"later": "1,2,3,4,5"},
        {"linking": "elements", "elements": ["own-name"]},
        {"window": "40"},
        {"arm": "control"},
    ):
        page = tendai.fills("/en/staff/groups/new", follow=False, **(values | wrong))
        assert (wrong, page.status_code) == (wrong, 422)
        assert 'value="Tuesday"' in page.text
    assert "No group yet" in tendai.opens("/en/staff/groups").text


def test_a_change_before_anybody_has_begun_needs_no_second_yes(people: People) -> None:
    tendai, amina = people.tendai, people.amina
    group = tendai.makes_group(modules=["m0"])
    where = f"/en/staff/groups/{group}/plan"
    plan = {"arm": "intervention", "allocation": "lot", "linking": "card", "later": "6"}
    page = tendai.fills(where, follow=False, **plan)
    assert page.status_code == 303
    amina.joins(tendai.join_code(group))
    page = tendai.fills(where, follow=False, **(plan | {"later": "6, 20"}))
    assert page.status_code == 200
    assert "6 → 6, 20" in page.text
    page = tendai.fills(where, sure="yes", **(plan | {"later": "6, 20"}))
    assert "Weeks after the course, from 6 to 6, 20" in page.text


def test_a_group_is_asked_only_what_it_chose(people: People) -> None:
    tendai = people.tendai
    asked = {}
    for chosen in ([], ["feelings"], ["facts"]):
        group = tendai.makes_group(modules=["m1"], instruments=chosen)
        person = people.learner()
        person.joins(tendai.join_code(group))
        page = person.opens("/en/my").text
        found = re.findall(r'href="/en/questions/before/([\w-]+)"', page)
        asked[",".join(chosen)] = sorted(set(found))
    assert asked == {"": ["facts", "feelings"], "feelings": ["feelings"], "facts": ["facts"]}
