"""A group's plan in words: whatever can be changed late has a name and a meaning."""

from dataclasses import fields

from flask import Flask

from edu.groups.arrangement import Arrangement
from edu.groups.wording import parts_in_words
from edu.trainer.plan_words import meaning
from tests.people import People


def test_every_part_of_a_plan_has_a_name_and_a_meaning(home: Flask) -> None:
    parts = [each.name for each in fields(Arrangement)]
    with home.test_request_context("/en/staff"):
        named = parts_in_words()
        told = [(bool(named[each]), bool(meaning(each))) for each in parts]
    assert told == [(True, True)] * len(parts)


def test_a_questionnaire_without_a_name_in_the_language_spoken_says_which_its_name_is_in(
    people: People,
) -> None:
    page = people.tendai.opens("/sw/staff/groups/new").text
    assert '<bdi lang="en" dir="ltr">What people think</bdi> (' in page
