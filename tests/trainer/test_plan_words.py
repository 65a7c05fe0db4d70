"""A group's plan in words: whatever can be changed late has a name and a meaning."""

from dataclasses import fields

from flask import Flask

from edu.groups.arrangement import Arrangement
from edu.trainer.plan_words import meaning, part_name


def test_every_part_of_a_plan_has_a_name_and_a_meaning(home: Flask) -> None:
    parts = [each.name for each in fields(Arrangement)]
    with home.test_request_context("/en/staff"):
        told = [(bool(part_name(each)), bool(meaning(each))) for each in parts]
    assert told == [(True, True)] * len(parts)
