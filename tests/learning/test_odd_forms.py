"""Forms that no browser of ours would send, and pages that are loaded again."""

import pytest
from sqlalchemy import select

from edu.database import Database
from edu.learning.models import Journey, Sitting
from edu.learning.sittings import answers_of
from edu.quizzes.answers import Answer, State
from tests.people import OURS, People, fields_of


@pytest.mark.parametrize("odd", [" ", "\u2028", ["", "zzz"], ["\t", "1"]])
def test_white_space_in_place_of_an_answer_is_no_answer_and_no_fault(
    database: Database, people: People, odd: object
) -> None:
    amina = people.amina
    amina.starts("m1")
    page = amina.answers("before", "feelings", contact_1=odd, hope_1="2")
    assert (page.status_code, page.request.path) == (200, "/en/my")
    with database.session(reading=True) as session:
        answers = answers_of(session.scalars(select(Sitting)).one())
    assert answers["contact-1"] == Answer(State.SKIPPED)
    assert answers["hope-1"] == Answer.chosen("2")


def test_loading_the_page_of_the_card_again_begins_no_second_journey(
    database: Database, people: People
) -> None:
    amina = people.amina
    key = fields_of(amina.opens("/en/start/m1")).hidden["key"]
    for _ in range(3):
        amina.browser.post("/en/start/m1", data={"key": key, "agree": "yes"}, headers=OURS)
    with database.session(reading=True) as session:
        assert [journey.modules for journey in session.scalars(select(Journey))] == [["m0", "m1"]]


def test_somebody_new_on_a_phone_that_knows_another_gets_the_welcome_too(
    database: Database, people: People
) -> None:
    amina = people.amina
    amina.starts("m1")
    amina.starts("m1")
    with database.session(reading=True) as session:
        found = [journey.modules for journey in session.scalars(select(Journey))]
    assert found == [["m0", "m1"], ["m0", "m1"]]
