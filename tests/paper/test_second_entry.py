"""A second pair of eyes: where two readings differ, a person settles it, and the rows go."""

import re

from flask import Flask
from sqlalchemy import func, select

from edu.learning.paper.models import PaperRow, PaperSheet
from tests.paper.world import cells, contacts, kept, paper, types
from tests.people import People, StaffPerson, fields_of


def second(trainer: StaffPerson, group: int, *rows: dict[str, str]) -> str:
    """Type the only sheet once more; where that leads."""
    address = paper(group, "sheets", 1, "second")
    sent: dict[str, object] = {}
    for row in rows:
        sent |= row
    return trainer.fills(address, **sent).request.path


def rows_left(house: Flask) -> int:
    with house.extensions["database"].session(reading=True) as session:
        return session.scalar(select(func.count()).select_from(PaperRow)) or 0


def test_two_readings_that_agree_close_the_sheet(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    types(tendai, group, "before", cells(1, "1123"), cells(2, "3___"))
    assert rows_left(house) == 2
    again = people.ruth
    assert second(again, group, cells(1, "1123"), cells(2, "3___")) == paper(group)
    assert rows_left(house) == 0
    page = again.opens(paper(group)).text
    assert "0 of 8 cells differed (0.0 %)" in page
    assert "<td>Done</td>" in page
    with house.extensions["database"].session(reading=True) as session:
        sheet = session.scalars(select(PaperSheet)).one()
        assert sheet.first_by_id != sheet.second_by_id


def test_each_cell_that_differs_is_settled_by_a_person(house: Flask, people: People) -> None:
    tendai, amina = people.tendai, people.amina
    group = tendai.makes_group(modules=["m0"])
    amina.joins(tendai.join_code(group))
    amina.answers("before", "feelings", contact_1="1", contact_2="1", hope_1="1", hope_2="1")
    types(tendai, group, "after", cells(1, "1123", card=amina.code))
    second(tendai, group, cells(1, "3323"))
    page = tendai.opens(paper(group)).text
    assert "2 of 4 cells differed (50.0 %)" in page
    where = paper(group, "sheets", 1)
    differing = tendai.opens(where).text
    columns = re.findall(r'name="column" value="([\w.-]+)"', differing)
    assert columns == ["feelings.contact-1", "feelings.contact-2"]
    token = fields_of(tendai.opens(where)).hidden["csrf_token"]
    form = {"csrf_token": token, "number": "1", "column": columns[0]}
    for nothing in ({}, {"reading": "7"}, {"other": "x"}):
        assert tendai.sends(where, **(form | nothing)).status_code == 422
    assert [answers for wave, _d, _m, answers in kept(house) if wave == "after"] == ["1,1,2,3"]
    tendai.sends(where, **(form | {"reading": "3"}))
    assert rows_left(house) == 1
    tendai.sends(where, **(form | {"column": columns[1], "reading": "1", "other": "2"}))
    assert rows_left(house) == 0
    assert [answers for wave, _d, _m, answers in kept(house) if wave == "after"] == ["3,2,2,3"]
    assert contacts(house) == [("after", 1, 2)]
    assert "2 of 4 cells differed (50.0 %)" in tendai.opens(paper(group)).text


def test_what_was_typed_first_is_not_shown_to_the_second_reader(people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    types(tendai, group, "before", cells(1, "1123"))
    page = tendai.opens(paper(group, "sheets", 1, "second")).text
    assert re.findall(r'name="c-1-[\w.-]+" value="(.*?)"', page) == [""] * 4


def test_a_wrong_sign_in_the_second_reading_keeps_nothing(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    types(tendai, group, "before", cells(1, "1123"))
    where = paper(group, "sheets", 1, "second")
    page = tendai.fills(where, **cells(1, "11x3"))
    assert page.status_code == 422
    assert 'value="x"' in page.text
    with house.extensions["database"].session(reading=True) as session:
        assert session.scalars(select(PaperSheet.compared)).one() == 0


def test_a_sheet_can_be_closed_without_a_second_reader(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    types(tendai, group, "before", cells(1, "1123"))
    tendai.fills(paper(group), paper(group, "sheets", 1, "close"))
    assert rows_left(house) == 0
    assert tendai.opens(paper(group, "sheets", 1, "second")).status_code == 404
    assert len(kept(house)) == 1


def test_a_learner_who_deletes_herself_is_on_no_sheet_any_more(
    house: Flask, people: People
) -> None:
    tendai, amina = people.tendai, people.amina
    group = tendai.makes_group(modules=["m0"])
    amina.joins(tendai.join_code(group))
    types(tendai, group, "before", cells(1, "1123", card=amina.code))
    amina.sends("/en/forget", code=amina.code)
    assert (rows_left(house), kept(house)) == (0, [])
    assert tendai.opens(paper(group, "sheets", 1, "second")).status_code == 200
