"""A form from the bank to the report: put together, chosen for a group, answered, compared."""

import csv
import io
from statistics import mean, stdev

import pytest
from flask import Flask

from tests.builder.forms import rows, saves
from tests.builder.words import AT
from tests.people import People, StaffPerson, fields_of

ASKED = ("feelings-contact-1", "feelings-contact-2")
#: What ten people answer to both questions before and after, and the scores by hand.
BEFORE = [("1", "1"), ("1", "2"), ("2", "2"), ("1", "3"), ("2", "1")] * 2
AFTER = [("2", "2"), ("1", "2"), ("3", "2"), ("3", "3"), ("1", "2")] * 2


def chooses(person: StaffPerson, group: int, *forms: str) -> None:
    """Say which questionnaires a group is asked."""
    at = f"/en/staff/groups/{group}/plan"
    page = person.fills(at, follow=False, instruments=list(forms), later="12", window="4")
    assert page.status_code == 303


def table_of(person: StaffPerson, group: int) -> dict[str, dict[str, str]]:
    page = person.opens(f"/en/staff/groups/{group}/report/table.csv")
    rows = csv.DictReader(io.StringIO(page.text.removeprefix("\ufeff")))
    return {row["scale"]: row for row in rows}


def test_the_change_on_a_built_form_is_in_the_trainers_report(people: People, house: Flask) -> None:
    tendai = people.tendai
    items = ("feelings|contact-1", "feelings|contact-2")
    saves(tendai, *items, name="Short", **{"title en": "On this Tuesday"})
    name = rows(house)[0].instrument
    group = tendai.makes_group()
    chooses(tendai, group, f"{name}@1")
    # A version that comes later is for groups that choose it.
    saves(tendai, *items, "feelings|hope-1", at=f"{AT}/{name}/build")
    code = tendai.join_code(group)
    for first, second in zip(BEFORE, AFTER, strict=True):
        learner = people.learner()
        learner.joins(code)
        asked = learner.opens(f"/en/questions/before/{name}")
        assert "On this Tuesday" in asked.text
        assert [each for each in fields_of(asked).choices if each != "aloud"] == [*ASKED]
        learner.answers("before", name, **dict(zip(ASKED, first, strict=True)))
        learner.finishes("m0.1", "m1.1", "m1.2")
        learner.answers("after", name, **dict(zip(ASKED, second, strict=True)))
    page = tendai.fills(f"/en/staff/groups/{group}/report").text
    assert "10 people could be compared." in page
    table = table_of(tendai, group)
    assert list(table) == ["feelings-contact"]
    scores = [
        mean(map(int, after)) - mean(map(int, before))
        for before, after in zip(BEFORE, AFTER, strict=True)
    ]
    row = table["feelings-contact"]
    assert int(row["n"]) == 10
    assert float(row["mean_change"]) == pytest.approx(mean(scores), abs=1e-6)
    assert float(row["sd_change"]) == pytest.approx(stdev(scores), abs=1e-6)
