"""Tables that were filled in elsewhere: all of it is kept, or nothing, with each mistake told."""

import csv
import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.paper.world import FEELINGS, kept, paper
from tests.people import OURS, People, StaffPerson, fields_of

TITLES = ["card", *(f"feelings.{name}" for name in FEELINGS)]


def as_csv(*rows: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def as_xlsx(*rows: list[str]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([int(cell) if cell.isdecimal() else cell for cell in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def brings(
    trainer: StaffPerson, group: int, content: bytes, name: str = "typed.csv", **more: str
) -> TestResponse:
    """Send a table."""
    hidden = fields_of(trainer.opens(paper(group, "before", "typing"))).hidden
    sent = {
        "csrf_token": hidden["csrf_token"],
        "key": hidden["key"],
        "papers": "en",
        "answered_on": "2026-11-02",
        "mode": "paper",
        "agreed": "y",
        "file": (io.BytesIO(content), name),
    }
    return trainer.browser.post(
        paper(group, "before", "typing", "file"), data=sent | more, headers=OURS
    )


@pytest.mark.parametrize(("write", "name"), [(as_csv, "a.csv"), (as_xlsx, "a.xlsx")])
def test_a_table_is_kept_as_a_pile_is(
    house: Flask, people: People, write: Callable[..., bytes], name: str
) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    content = write(
        TITLES, ["", "1", "1", "2", "3"], ["", "", "", "", ""], ["", "?", "3", "3", "9"]
    )
    page = brings(tendai, group, content, name)
    assert page.status_code == 200
    assert [answers for _w, _d, _m, answers in kept(house)] == ["1,1,2,3", "?,3,3,!"]


def test_every_mistake_is_told_by_its_cell_and_nothing_is_kept(
    house: Flask, people: People
) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    content = as_csv(
        TITLES, ["", "1", "1", "2", "3"], ["12", "1", "1", "1", "1"], ["", "1", "often", "1", "1"]
    )
    page = brings(tendai, group, content)
    assert page.status_code == 422
    assert (
        'Row 3, column <bdi dir="ltr">card</bdi>: “<bdi>12</bdi>”. A digit is wrong or missing.'
        in page.text
    )
    assert '<bdi dir="ltr">feelings.contact-2</bdi>: “<bdi>often</bdi>”. This sign' in page.text
    assert kept(house) == []


def test_titles_are_held_to_the_paper(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    titles = ["name", "card", "card", *TITLES[1:-1]]
    page = brings(tendai, group, as_csv(titles, ["Amina", "", "", "1", "1", "1"]))
    assert page.status_code == 422
    told = page.text.partition("Nothing was kept.")[2].partition("</ul>")[0]
    assert re.findall(r"<li>(.*?)</li>", told) == [
        'The column <bdi dir="ltr">feelings.hope-2</bdi> is missing.',
        'There is no column <bdi dir="ltr">name</bdi> on the paper.',
        'The column <bdi dir="ltr">card</bdi> is there twice.',
    ]
    assert kept(house) == []


def test_a_hostile_file_is_refused_at_the_gate(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    for content, name in ((b"<html>", "a.xlsx"), (b"\x00\x01", "a.csv"), (b"", "a.csv")):
        assert brings(tendai, group, content, name).status_code == 422
    assert kept(house) == []


def test_the_empty_table_comes_back_filled_in(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    empty = tendai.opens(paper(group, "before", "typing", "table.csv")).data
    assert empty.decode("utf-8-sig").strip().split(",") == TITLES
    brings(tendai, group, empty + b",1,1,1,1\r\n")
    book = openpyxl.load_workbook(
        io.BytesIO(tendai.opens(paper(group, "before", "typing", "table.xlsx")).data)
    )
    assert [cell.value for cell in book["answers"][1]] == TITLES
    for place, sign in enumerate("2222", start=2):
        book["answers"].cell(2, place).value = sign
    made = io.BytesIO()
    book.save(made)
    del book["key"]
    brings(tendai, group, made.getvalue(), "back.xlsx")
    assert [answers for _w, _d, _m, answers in kept(house)] == ["1,1,1,1", "2,2,2,2"]
