"""Whether anything upset somebody is asked once, counted with others, and told of nobody."""

from flask import Flask
from sqlalchemy import select

from edu.learning.models import Journey
from edu.learning.upset import UpsetSaid, is_asked, keep_upset, upset_said
from edu.learning.upset_models import Upset
from tests.people import People

ASKED = "Did anything here upset or offend you?"


def joined(house: Flask, people: People, size: int) -> int:
    """A group in which so many learn; its number."""
    group = people.tendai.makes_group()
    code = people.tendai.join_code(group)
    for _ in range(size):
        people.learner().joins(code)
    return group


def test_she_is_asked_once_when_she_has_finished_and_nothing_is_told_of_one(
    house: Flask, people: People
) -> None:
    group = people.tendai.makes_group()
    amina = people.amina
    amina.joins(people.tendai.join_code(group))
    amina.finishes("m0.1", "m1.1")
    assert ASKED not in amina.opens("/en/my").text
    amina.finishes("m1.2")
    page = amina.opens("/en/my").text
    assert (ASKED in page, "Thank you for telling us." in page) == (True, False)
    assert amina.sends("/en/upset", upset="because of Daniel").status_code == 404
    page = amina.sends("/en/upset", upset="yes").text
    assert ASKED not in page
    assert "Thank you for telling us." in page
    amina.sends("/en/upset", upset="no")
    with house.extensions["database"].session(reading=True) as session:
        assert session.scalars(select(Upset.answer)).all() == ["yes"]
    report = people.tendai.opens(f"/en/staff/groups/{group}/report").text
    assert "Too few people have said yet." in report


def test_people_are_counted_ten_at_first_and_then_at_least_five_at_once(
    house: Flask, people: People
) -> None:
    group = joined(house, people, 16)
    told = []
    with house.extensions["database"].work() as session:
        journeys = session.scalars(select(Journey).order_by(Journey.id)).all()
        keep_upset(session, journeys[15], "unsaid")
        for number, journey in enumerate(journeys[:15]):
            assert is_asked(session, journey)
            assert keep_upset(session, journey, "yes" if number % 3 == 0 else "no")
            told.append(upset_said(session, group, 10))
    assert told == [*[None] * 9, *[UpsetSaid(10, False)] * 5, UpsetSaid(15, True)]


def test_whoever_goes_takes_her_answer_along_and_what_was_counted_stays(
    house: Flask, people: People
) -> None:
    group = joined(house, people, 10)
    with house.extensions["database"].work() as session:
        journeys = session.scalars(select(Journey)).all()
        for journey in journeys:
            keep_upset(session, journey, "yes")
        session.delete(journeys[0].learner)
        session.flush()
        assert len(session.scalars(select(Upset)).all()) == 9
        assert upset_said(session, group, 10) == UpsetSaid(10, True)
        assert upset_said(session, group, 11) is None
