"""Questions that somebody stops in the middle of: nothing given is lost, and nothing is shown again
but while she changes the language."""

import re

from flask import Flask
from sqlalchemy import select

from edu.learning.models import OpenAnswer
from edu.quizzes.answers import Answer, State
from tests.learner.test_the_way import the_sitting
from tests.people import People


def test_switching_the_language_keeps_the_answers_given_so_far(
    house: Flask, people: People
) -> None:
    amina = people.amina
    amina.starts("m1")
    address = "/en/questions/before/feelings"
    page = amina.sends(address, switch="sw", **{"contact-1": "3", "hope-1": "1"})
    assert page.request.path == "/sw/questions/before/feelings"
    assert re.search(r'name="contact-1" value="3" checked', page.text)
    assert re.search(r'name="hope-1" value="1" checked', page.text)
    assert "Ningekaa kando ya jirani" in page.text


def test_stopping_in_the_middle_keeps_the_answers_and_shows_them_to_nobody(
    house: Flask, people: People
) -> None:
    amina, elsewhere = people.amina, people.learner()
    amina.starts("m1")
    address = "/en/questions/before/feelings"
    amina.sends(address, switch="sw", **{"contact-1": "3"})
    amina.sends(address, do="later", shown="yes", **{"contact-1": "3", "hope-2": "2"})
    elsewhere.comes_back(amina.code)
    for person in (amina, elsewhere):
        page = person.opens(address).text
        assert "checked" not in page
        assert page.count("You have answered this.") == 2
    elsewhere.answers("before", "feelings", hope_1="1", hope_2="3")
    kept = the_sitting(house, "before")
    given = {item: answer for item, answer in kept.items() if answer.state is State.ANSWERED}
    assert given == {
        "contact-1": Answer.chosen("3"),
        "hope-1": Answer.chosen("1"),
        "hope-2": Answer.chosen("3"),
    }


def test_what_was_ticked_before_a_switch_of_the_language_is_for_this_phone_alone(
    people: People,
) -> None:
    amina, elsewhere = people.amina, people.learner()
    amina.starts("m1")
    address = "/en/questions/before/feelings"
    amina.sends(address, switch="sw", **{"contact-1": "3"})
    elsewhere.comes_back(amina.code)
    cookie = amina.browser.get_cookie("on")
    assert cookie is not None
    elsewhere.browser.set_cookie("on", cookie.value)
    assert "checked" in amina.opens(address).text
    assert "checked" not in elsewhere.opens(address).text


def test_a_form_that_was_wrong_shows_what_it_said_and_nothing_that_was_given_before(
    people: People,
) -> None:
    amina = people.amina
    amina.starts("m1")
    amina.sends("/en/questions/before/feelings", do="later", **{"hope-2": "2"})
    page = amina.answers("before", "feelings", contact_1="9", hope_1="3").text
    assert re.findall(r'name="([\w-]+)" value="(.)" checked', page) == [("hope-1", "3")]


def test_words_that_were_written_stay_unless_they_are_seen_and_taken_back(
    house: Flask, people: People
) -> None:
    amina, tendai = people.amina, people.tendai
    amina.joins(tendai.join_code(tendai.makes_group(open_question="y")))
    amina.finishes("m0.1", "m1.1", "m1.2")
    address = "/en/questions/after/openly"
    for sent, words in (
        ({"words": "It rained."}, ["It rained."]),
        ({"words": ""}, ["It rained."]),
        ({"words": "", "shown": "yes"}, []),
    ):
        amina.sends(address, do="later", **sent)
        with house.extensions["database"].session(reading=True) as session:
            assert list(session.scalars(select(OpenAnswer.text))) == words
