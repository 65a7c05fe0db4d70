"""What the server tells an outbox, and that a form is kept only for whoever filled it in."""

import pytest
from flask import Flask
from sqlalchemy import select

from edu.learner.outbox import HEADER, Told
from edu.learning.models import LessonDone, Sitting
from tests.learner.test_kept_questions import release_anew
from tests.people import OURS, LearnerPerson, People, fields_of

BEFORE = "/en/questions/before/feelings"
ASKS = {**OURS, HEADER: "1"}


def way_of(person: LearnerPerson) -> str:
    """Whose way it is, as a page of questions says it."""
    return fields_of(person.opens(BEFORE)).hidden["way"]


def told(person: LearnerPerson, path: str, **values: str) -> tuple[int, str | None]:
    """The status and the word that an outbox gets for a form."""
    answer = person.browser.post(path, data=values, headers=ASKS)
    return answer.status_code, answer.headers.get(HEADER)


def kept(house: Flask) -> list[tuple[str, str, str]]:
    """All answers that are kept: whose, in which wave, and what."""
    with house.extensions["database"].session(reading=True) as session:
        rows = session.execute(select(Sitting.journey_id, Sitting.wave, Sitting.answers))
        return sorted(tuple(row) for row in rows)


@pytest.fixture
def amina(people: People) -> LearnerPerson:
    person = people.learner()
    person.starts("m1")
    return person


def form(way: str, number: int = 1, **answers: str) -> dict[str, str]:
    """A form from an outbox."""
    given = {item.replace("_", "-"): code for item, code in answers.items()}
    return {"key": f"form-{number:020d}", "way": way, "do": "submit", **given}


def test_an_outbox_hears_of_a_form_what_became_of_it(house: Flask, amina: LearnerPerson) -> None:
    way = way_of(amina)
    sent = form(way, hope_1="1")
    assert told(amina, BEFORE, **sent) == (204, Told.SAVED)
    assert told(amina, "/en/m0/1/done", way=way) == (204, Told.SAVED)
    assert told(amina, BEFORE, **sent) == (204, Told.SAVED)
    assert told(amina, BEFORE, **form(way, 2)) == (204, Told.CLOSED)
    assert told(amina, "/en/questions/before/nothing", **form(way, 3)) == (404, Told.REFUSED)
    assert told(amina, "/en/m0/77/done", way=way) == (404, Told.REFUSED)
    assert len(kept(house)) == 1


def test_nobody_but_an_outbox_hears_it(amina: LearnerPerson) -> None:
    answer = amina.sends(BEFORE, follow=False, **form(way_of(amina)))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/my?saved")
    assert HEADER not in answer.headers


def test_a_form_that_somebody_left_on_the_phone_is_not_the_next_persons(
    house: Flask, people: People, amina: LearnerPerson
) -> None:
    otieno = people.learner()
    otieno.starts("m1")
    left = form(way_of(amina), hope_1="1")
    assert told(otieno, BEFORE, **left) == (204, Told.NOBODY)
    assert told(otieno, "/en/m0/1/done", way=left["way"]) == (204, Told.NOBODY)
    assert told(people.learner(), BEFORE, **left) == (204, Told.NOBODY)
    with house.extensions["database"].session(reading=True) as session:
        assert (session.scalars(select(LessonDone)).all(), kept(house)) == ([], [])
    otieno.comes_back(amina.code)
    assert told(otieno, BEFORE, **left) == (204, Told.SAVED)
    assert [each[0] for each in kept(house)] == [left["way"]]


def test_a_form_of_an_earlier_way_of_hers_is_kept_on_that_way(
    house: Flask, amina: LearnerPerson
) -> None:
    first = way_of(amina)
    key = fields_of(amina.opens("/en/start/m0")).hidden["key"]
    amina.sends("/en/start/m0", key=key, agree="same")
    assert way_of(amina) != first
    assert told(amina, BEFORE, **form(first)) == (204, Told.SAVED)
    assert [each[0] for each in kept(house)] == [first]


def test_who_deleted_herself_is_not_waited_for(people: People, amina: LearnerPerson) -> None:
    left = form(way_of(amina))
    amina.sends("/en/forget", code=amina.code)
    assert told(amina, BEFORE, **left) == (204, Told.GONE)
    assert told(people.learner(), BEFORE, **left) == (204, Told.GONE)


def test_answers_are_kept_with_the_questions_that_were_read(
    house: Flask, amina: LearnerPerson
) -> None:
    """Newer questions came while hers waited on the phone."""
    page = fields_of(amina.opens(BEFORE))
    release_anew(house, version=2)
    newer = fields_of(amina.opens(BEFORE))
    assert newer.hidden["release"] != page.hidden["release"]
    sent = form(page.hidden["way"], release=page.hidden["release"], hope_1="1")
    assert told(amina, BEFORE, **sent) == (204, Told.SAVED)
    with house.extensions["database"].session(reading=True) as session:
        sitting = session.scalars(select(Sitting)).one()
        read = (str(sitting.release_id), sitting.instrument_version.version)
    assert read == (page.hidden["release"], 1)


def test_a_copy_to_keep_says_nothing_of_whoever_asked_for_it(
    people: People, amina: LearnerPerson
) -> None:
    otieno = people.learner()
    otieno.starts("m1")
    path = "/en/offline/questions/after/feelings"
    copies = {person.opens(path).text for person in (amina, otieno)}
    assert len(copies) == 1
    assert 'name="key" value=""' in copies.pop()
    assert people.learner().browser.get(path).status_code == 303
    assert amina.browser.get("/en/offline/questions/later-1/feelings").status_code == 404


def test_her_way_to_keep_names_what_can_be_done_without_a_network(amina: LearnerPerson) -> None:
    amina.answers("before", "feelings", hope_1="1")
    way = amina.browser.get("/en/offline/way").get_json()
    steps = [(step["kind"], step["href"], bool(step["copy"])) for step in way["steps"]]
    assert steps == [
        ("before", "/en/questions/before/feelings", False),
        ("before", "/en/questions/before/facts", True),
        ("lesson", "/en/m0/1/", False),
        ("lesson", "/en/m1/1/", False),
        ("lesson", "/en/m1/2/", False),
        ("after", "/en/questions/after/feelings", True),
        ("after", "/en/questions/after/facts", True),
    ]
    assert way["modules"] == ["m0", "m1"]


def test_a_phone_that_is_passed_on_keeps_nothing_until_its_owner_says_otherwise(
    people: People, amina: LearnerPerson
) -> None:
    left = amina.sends("/en/leave", follow=False, to="next")
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    amina.comes_back()
    assert amina.browser.get("/en/offline/way").get_json() == {"shared": True}
    amina.sends("/en/offline/shared", shared="no")
    assert way_of(amina) == amina.browser.get("/en/offline/way").get_json()["way"]
    marked = amina.sends("/en/offline/shared", follow=False, shared="yes")
    assert marked.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert amina.browser.get("/en/offline/way").get_json() == {"shared": True}
