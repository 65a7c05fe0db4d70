"""A community's glossary out and in, through the pages."""

import io
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from edu.communities.editing import add_entry, start_profile
from edu.communities.lookup import entries_of
from edu.partners.roles import Role
from tests.people import OURS, StaffPerson, fields_of, make_staff

AT = "/en/staff/editions/sw/glossary/exchange"
WORD: dict[str, Any] = {"term": "hali njema", "meaning": "Living well."}


@pytest.fixture
def bridge(house: Flask) -> Flask:
    """A place with one word, somebody who translates and somebody who reviews."""
    with house.extensions["database"].work() as session:
        make_staff(session, "chipo", "Bridge Society", Role.TRANSLATOR)
        make_staff(session, "rudo", "Bridge Society", Role.REVIEWER)
        profile = start_profile(session, "sw", {"country": "KE", "name": "A", "place": "B"}, None)
        add_entry(session, profile, "term", "wellbeing", WORD, None)
    return house


def person(house: Flask, login: str) -> StaffPerson:
    return StaffPerson(house.test_client(), login).signs_in()


def sends(by: StaffPerson, content: bytes, name: str) -> TestResponse:
    token = fields_of(by.opens(AT)).hidden["csrf_token"]
    return by.browser.post(
        AT,
        data={"csrf_token": token, "file": (io.BytesIO(content), name)},
        headers=OURS,
        buffered=True,
    )


def words(house: Flask) -> list[tuple[str, str]]:
    with house.extensions["database"].session(reading=True) as session:
        rows = entries_of(session, "sw", "term")
        return [(row.slug, row.fields["term"]) for row in rows]


def test_a_changed_word_comes_in_after_a_yes(bridge: Flask) -> None:
    chipo = person(bridge, "chipo")
    file = chipo.opens(f"{AT}/as/tbx").data.replace(b"hali njema", b"ustawi")
    page = sends(chipo, file, "sw.tbx")
    assert "1 entry would be saved as a draft." in page.text
    assert words(bridge) == [("wellbeing", "hali njema")]
    hidden = fields_of(page).hidden
    assert chipo.sends(f"{AT}/yes", **hidden).status_code == 200
    assert words(bridge) == [("wellbeing", "ustawi")]


def test_an_unchanged_file_brings_nothing(bridge: Flask) -> None:
    chipo = person(bridge, "chipo")
    page = sends(chipo, chipo.opens(f"{AT}/as/tbx").data, "sw.tbx")
    assert "There is nothing to bring in." in page.text


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"hello", "sw.tbx"), (b"<!DOCTYPE x><tbx/>", "sw.tbx"), (b"<tbx/>", "sw.po")],
)
def test_a_file_that_cannot_be_read_is_refused(bridge: Flask, content: bytes, name: str) -> None:
    page = sends(person(bridge, "chipo"), content, name)
    assert page.status_code == 422
    assert "This file cannot be taken:" in page.text


@pytest.mark.parametrize("terms", ["", "[]", "nonsense", '[["term", "x", {"meaning": 7}, "", ""]]'])
def test_a_form_that_is_none_of_ours_changes_nothing(bridge: Flask, terms: str) -> None:
    chipo = person(bridge, "chipo")
    token = fields_of(chipo.opens(AT)).hidden["csrf_token"]
    chipo.sends(f"{AT}/yes", csrf_token=token, terms=terms)
    assert words(bridge) == [("wellbeing", "hali njema")]


def test_reviewers_take_it_along_and_bring_none_in(bridge: Flask) -> None:
    rudo = person(bridge, "rudo")
    assert rudo.opens(f"{AT}/as/tbx").status_code == 200
    assert 'type="file"' not in rudo.opens(AT).text


def test_a_place_without_a_profile_has_no_glossary(bridge: Flask) -> None:
    chipo = person(bridge, "chipo")
    address = "/en/staff/editions/sn/glossary/exchange"
    assert [chipo.opens(address + more).status_code for more in ("", "/as/tbx")] == [404, 404]
