"""Advice with its reasons, and research only with an approval and each learner's separate yes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from edu.learning.models import Journey
from edu.programmes.governing_models import ResearchYes
from edu.programmes.research import (
    EVALUATION_ONLY,
    use_of,
)
from tests.people import LearnerPerson, People, StaffPerson, fields_of
from tests.planner.planned import SEAT, makes_programme

DAY = date(2026, 11, 2)
LATER = date(2027, 11, 2)
RESEARCH: dict[str, Any] = {
    "committee": "Committee of the lake district",
    "reference": "LK-7",
    "about": "Whether people greet each other more",
    "approved_on": "2026-11-02",
    "ends_on": "2099-01-01",
}
ASKED = 'href="/en/research"'


@pytest.fixture
def ruth(people: People) -> StaffPerson:
    return people.ruth


@pytest.fixture
def root(ruth: StaffPerson) -> str:
    return makes_programme(ruth)


@pytest.fixture
def amina(people: People, ruth: StaffPerson, root: str) -> LearnerPerson:
    """Somebody in a group of the programme."""
    group = ruth.makes_group(programme=root.rpartition("/")[2])
    amina = people.amina
    amina.joins(ruth.join_code(group))
    return amina


def test_advice_that_is_not_followed_has_a_reason(ruth: StaffPerson, root: str) -> None:
    page = f"{root}/steering/advice"
    said = {"role": "carer", "given_on": "2026-11-02", "advice": "Show fewer clinics"}
    refused = ruth.fills(page, outcome="not", reason="  ", **said)
    assert (refused.status_code, "Say why it was not followed." in refused.text) == (422, True)
    assert "No advice is written down yet." in ruth.opens(page).text
    told = ruth.fills(page, outcome="not", reason="No other pictures yet", **said).text
    assert "It was not followed: <bdi>No other pictures yet</bdi>" in told
    assert ruth.fills(page, outcome="followed", reason="", **said).text.count("<li><p>") == 2


@pytest.mark.parametrize("without", ["lived", "paid", "contents", ""])
def test_contents_are_decided_by_somebody_with_lived_experience_paid_and_with_a_vote(
    ruth: StaffPerson, root: str, without: str
) -> None:
    told = "Nobody with lived experience decides on lessons, words and pictures yet"
    ruth.fills(f"{root}/steering", **SEAT)
    assert told in ruth.opens(f"{root}/steering").text
    seat = {name: value for name, value in (SEAT | {"contents": "y"}).items() if name != without}
    page = ruth.fills(f"{root}/steering", **seat).text
    assert (told in page) == bool(without)


def test_without_an_approval_nobody_is_asked_and_everybody_is_told(
    people: People, ruth: StaffPerson, root: str, amina: LearnerPerson
) -> None:
    assert ASKED not in amina.opens("/en/my").text
    assert amina.browser.get("/en/research").headers["Location"] == "/en/my"
    assert amina.sends("/en/research", False, research="yes").headers["Location"] == "/en/my"
    assert "No research is approved." in ruth.opens(f"{root}/research").text
    code = ruth.join_code(1)
    assert "They are not used for research" in people.learner().opens(f"/en/join/{code}").text


def test_a_learner_says_yes_apart_from_taking_part_and_takes_it_back(
    house: Flask, ruth: StaffPerson, root: str, amina: LearnerPerson
) -> None:
    ruth.fills(f"{root}/research", **RESEARCH)
    assert ASKED in amina.opens("/en/my").text
    page = amina.opens("/en/research").text
    assert "Whether people greet each other more" in page
    assert "You have not said yes" in page
    assert yeses(house) == 0
    for _ in range(2):
        assert "You have said yes." in amina.sends("/en/research", research="yes").text
        assert yeses(house) == 1
    assert "You have not said yes" in amina.sends("/en/research", research="no").text
    assert yeses(house) == 0


def yeses(house: Flask) -> int:
    with house.extensions["database"].session(reading=True) as session:
        return len(session.scalars(select(ResearchYes)).all())


def test_whoever_is_forgotten_leaves_no_yes_behind(
    house: Flask, ruth: StaffPerson, root: str, amina: LearnerPerson
) -> None:
    ruth.fills(f"{root}/research", **RESEARCH)
    amina.sends("/en/research", research="yes")
    amina.sends("/en/forget", here="yes")
    assert yeses(house) == 0


def test_one_research_at_a_time_and_a_yes_to_one_is_none_to_the_next(
    house: Flask, ruth: StaffPerson, root: str, amina: LearnerPerson
) -> None:
    page = f"{root}/research"
    ruth.fills(page, **RESEARCH)
    amina.sends("/en/research", research="yes")
    stopped = ruth.fills(page, to=f"{page}/stop").text
    assert "No research is approved." in stopped
    assert ASKED not in amina.opens("/en/my").text
    ruth.fills(page, **(RESEARCH | {"reference": "LK-8"}))
    assert "You have not said yes" in amina.opens("/en/research").text
    wrong = RESEARCH | {"ends_on": "2026-11-01"}
    ruth.fills(page, to=f"{page}/stop")
    assert ruth.fills(page, **wrong).status_code == 422


def test_a_second_approval_waits_until_the_first_one_is_stopped(
    ruth: StaffPerson, root: str
) -> None:
    page = f"{root}/research"
    token = fields_of(ruth.opens(page)).hidden["csrf_token"]
    ruth.fills(page, **RESEARCH)
    again = ruth.sends(page, csrf_token=token, **(RESEARCH | {"reference": "LK-8"}))
    assert (again.status_code, "LK-7" in again.text) == (422, True)


def test_rows_may_be_used_for_research_only_if_everybody_in_them_said_yes(
    house: Flask, people: People, ruth: StaffPerson, root: str, amina: LearnerPerson
) -> None:
    number, today = int(root.rpartition("/")[2]), datetime.now(UTC).date()
    other = people.learner()
    other.joins(ruth.join_code(1))
    database = house.extensions["database"]

    def use() -> str:
        with database.session(reading=True) as session:
            both = session.scalars(select(Journey.id)).all()
            assert len(both) == 2
            return use_of(session, number, both, today)

    amina.sends("/en/research", research="yes")
    assert use() == EVALUATION_ONLY
    ruth.fills(f"{root}/research", **RESEARCH)
    amina.sends("/en/research", research="yes")
    assert use() == EVALUATION_ONLY
    other.sends("/en/research", research="yes")
    assert use() == "learning evaluation, and the research approved as LK-7"
    ruth.fills(f"{root}/research", to=f"{root}/research/stop")
    assert use() == EVALUATION_ONLY
