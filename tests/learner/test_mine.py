"""What matters to a learner is chosen on a page that is told nothing of it."""

import re

from flask import Flask

from tests.pages.seen import Seen
from tests.people import People


def test_only_what_leads_to_a_lesson_can_be_chosen(people: People) -> None:
    page = Seen(people.amina.opens("/en/mine").text)
    leads = {
        each["value"]: each["data-lessons"] for each in page.all("input") if "data-lessons" in each
    }
    assert leads == {"neighbour": "m1.1", "words": "m1.1", "stories": "m1.1", "telling": "m1.2"}
    assert page.all("form") == []


def test_a_phone_of_several_people_offers_nothing_to_keep(people: People) -> None:
    amina = people.amina
    amina.sends("/en/offline/shared", shared="yes")
    page = Seen(amina.opens("/en/mine").text)
    assert page.all("input") + page.all("textarea") == []
    assert "so nothing is kept on it." in page.page


def test_another_card_on_the_same_phone_has_another_sign(house: Flask, people: People) -> None:
    signs = []
    for person in (people.amina, people.learner()):
        assert 'data-mine=""' in person.opens("/en/mine").text
        person.starts("m1")
        for address in ("/en/mine", "/sw/my"):
            signs += re.findall('data-mine="([0-9a-f]{16})"', person.opens(address).text)
    assert (len(signs), len(set(signs))) == (4, 2)


def test_own_maps_are_in_no_form_and_are_not_filled_in_again(house: Flask) -> None:
    page = Seen(house.test_client().get("/en/maps/").text)
    drawn = page.all("input") + page.all("textarea")
    assert page.all("form") == []
    assert len(drawn) == 10 + 9 + 3
    assert {each["autocomplete"] for each in drawn} == {"off"}
