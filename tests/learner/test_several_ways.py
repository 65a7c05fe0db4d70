"""One learner, several journeys: alone, in groups, on shared phones. Nobody counts twice."""

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select, update

from edu.learning.models import Journey, Learner, LearnerSession, LessonDone, Sitting
from tests.people import OURS, LearnerPerson, People, fields_of

SOME = {"contact_1": "2", "contact_2": "2", "hope_1": "2", "hope_2": "2"}


def count(house: Flask, table: type) -> int:
    with house.extensions["database"].session(reading=True) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def joins_again(learner: LearnerPerson, code: str) -> str:
    """Press "Yes, that is me" on a group's welcome, and read the page it leads to."""
    return learner.sends(f"/en/join/{code}", agree="same").text


def test_one_person_is_one_person_in_a_group_however_often_she_joins(
    house: Flask, people: People
) -> None:
    tendai = people.tendai
    group = tendai.makes_group()
    code = tendai.join_code(group)
    amina = people.amina
    amina.joins(code)
    amina.finishes("m1.1")
    for _ in range(3):
        amina.sends("/en/start/m1", agree="same")
        page = joins_again(amina, code)
    assert "Lessons done: 1 of 3" in page
    assert re.findall(r"<dd>(\d+)</dd>", tendai.opens(f"/en/staff/groups/{group}").text) == [
        "1",
        "0",
        "0",
    ]


def test_joining_a_group_after_learning_alone_joins_the_group(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group()
    amina = people.amina
    amina.starts("m1")
    page = joins_again(amina, tendai.join_code(group))
    assert "<bdi>Tuesday</bdi>" in page
    assert "<dd>1</dd>" in tendai.opens(f"/en/staff/groups/{group}").text


def test_a_way_that_was_begun_is_still_there_after_another_was_started(people: People) -> None:
    tendai = people.tendai
    amina = people.amina
    amina.joins(tendai.join_code(tendai.makes_group()))
    amina.finishes("m0.1", "m1.1", "m1.2")
    amina.sends("/en/start/m0", agree="same")
    page = amina.opens("/en/my")
    assert "Lessons done: 0 of 1" in page.text
    journey = re.search(r'name="journey" value="([0-9a-f]+)"', page.text)
    assert journey is not None
    back = amina.sends("/en/my", journey=journey[1])
    assert "Lessons done: 3 of 3" in back.text
    assert amina.answers("after", "feelings", **SOME).request.path == "/en/my"


def test_nobody_takes_up_a_journey_that_is_not_hers(house: Flask, people: People) -> None:
    amina, otieno = people.learner(), people.learner()
    amina.starts("m1")
    otieno.starts("m0")
    with house.extensions["database"].session(reading=True) as session:
        hers = [each.id for each in session.scalars(select(Journey)) if each.modules != ["m0"]]
    page = otieno.sends("/en/my", journey=hers[0])
    assert "Lessons done: 0 of 1" in page.text


def test_going_back_on_a_phone_that_was_left_shows_the_card_to_nobody(
    house: Flask, people: People
) -> None:
    amina = people.amina
    key = fields_of(amina.opens("/en/start/m1")).hidden["key"]
    amina.sends("/en/start/m1", key=key, agree="yes")
    amina.sends("/en/leave")
    again = amina.browser.post("/en/start/m1", data={"key": key, "agree": "yes"}, headers=OURS)
    assert (again.status_code, again.headers["Location"]) == (303, "/en/start/m1")
    assert "Set-Cookie" not in again.headers
    assert count(house, Learner) == 1


def test_a_card_that_was_forgotten_is_not_made_again_by_going_back(
    house: Flask, people: People
) -> None:
    amina = people.amina
    key = fields_of(amina.opens("/en/start/m1")).hidden["key"]
    card = amina.sends("/en/start/m1", key=key, agree="yes")
    code = "".join(re.findall(r"<span>(\d{4})</span>", card.text))
    amina.sends("/en/forget", code=code)
    amina.browser.post("/en/start/m1", data={"key": key, "agree": "yes"}, headers=OURS)
    assert count(house, Learner) == 0


def test_questions_are_answered_in_their_own_time_only(house: Flask, people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    for wave in ("after", "later-1"):
        page = amina.sends(f"/en/questions/{wave}/feelings", key="k" * 30, do="submit")
        assert "These questions are not open now, so nothing was kept." in page.text
    assert count(house, Sitting) == 0
    amina.finishes("m0.1", "m1.1", "m1.2")
    amina.answers("after", "feelings", **SOME)
    page = amina.sends("/en/questions/later-1/feelings", key="k" * 30, do="submit")
    assert "nothing was kept" in page.text
    with house.extensions["database"].work() as session:
        sitting = session.scalars(select(Sitting)).one()
        session.execute(
            update(Sitting).values(submitted_on=(sitting.submitted_on or 0) - timedelta(days=62))
        )
    amina.answers("later-1", "feelings", **SOME)
    assert count(house, Sitting) == 2


def test_an_answer_that_comes_too_late_for_before_says_so(house: Flask, people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    key = fields_of(amina.opens("/en/questions/before/feelings")).hidden["key"]
    amina.finishes("m1.1")
    page = amina.sends("/en/questions/before/feelings", key=key, do="submit", **{"hope-1": "1"})
    assert "These questions are not open now, so nothing was kept." in page.text
    assert count(house, Sitting) == 0


def test_a_reminder_is_offered_only_when_there_is_one(people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    amina.finishes("m0.1", "m1.1", "m1.2")
    amina.sends("/en/questions/after/feelings", do="later", **{"hope-1": "1"})
    assert "reminder.ics" not in amina.opens("/en/my").text
    amina.answers("after", "feelings", **SOME)
    assert "reminder.ics" in amina.opens("/en/my").text
    assert amina.opens("/en/reminder.ics").status_code == 200


def test_when_somebody_was_here_is_kept_to_the_day(house: Flask, people: People) -> None:
    people.amina.starts("m1")
    with house.extensions["database"].session(reading=True) as session:
        ends_at = session.scalars(select(LearnerSession.ends_at)).one()
    assert (ends_at.hour, ends_at.minute, ends_at.second, ends_at.microsecond) == (0, 0, 0, 0)


def test_lessons_stay_done_in_the_journey_they_were_done_in(house: Flask, people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    amina.finishes("m1.1")
    amina.sends("/en/start/m0", agree="same")
    assert count(house, LessonDone) == 1
