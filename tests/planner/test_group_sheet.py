"""Many groups from a sheet: taken along, looked at, and made all or not at all."""

import io
import re
from functools import partial
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select

from edu.exchange.workbook import Column, Sheet, workbook
from edu.groups.models import Group
from edu.programmes.following_models import GroupCourse, LotDraw
from edu.programmes.group_sheets import COLUMNS
from edu.programmes.lots import drawn_first
from tests.admin.conftest import BRIDGE, World
from tests.partner.desk_world import together
from tests.people import StaffPerson, fields_of

PROGRAMMES = "/en/staff/programmes"


@pytest.fixture
def world(house: Flask, people: object) -> World:
    return World(house, people)  # type: ignore[arg-type]


@pytest.fixture
def sheet(world: World) -> str:
    """The address of the sheet of a new programme."""
    made = world.people.ruth.fills(PROGRAMMES, follow=False, name="Schools")
    return made.headers["Location"] + "/groups/sheet"


def brings(
    who: StaffPerson, sheet: str, *lines: str, name: str = "groups.csv", content: bytes = b""
) -> tuple[int, str]:
    """Bring a table; the answer's status and page."""
    sent = content or "\n".join([",".join(COLUMNS), *lines]).encode()
    answer = who.fills(sheet, file=(io.BytesIO(sent), name))
    return answer.status_code, answer.text


def keeps(who: StaffPerson, sheet: str, page: str) -> str:
    """Press the button of the preview; the page afterwards."""
    return who.fills(sheet, to=f"{sheet}/keep", rows=hidden_in(page)["rows"]).text


def hidden_in(page: str) -> dict[str, str]:
    """What the preview's form carries along."""
    carried = {name: f'name="{name}"[^>]* value="([^"]*)"' for name in ("csrf_token", "rows")}
    return {name: unescape(re.findall(value, page)[0]) for name, value in carried.items()}


def groups(world: World) -> dict[str, Group]:
    with world.house.extensions["database"].session(reading=True) as session:
        return {each.name: each for each in session.scalars(select(Group))}


def test_a_sheet_is_shown_first_and_then_makes_all_groups(world: World, sheet: str) -> None:
    ruth = world.people.ruth
    status, page = brings(
        ruth,
        sheet,
        "Tuesday,Kisumu,en,family,t1,,,2026-12-01,",
        '"Baraza, old",Kibera,sw-KE en,,,m1,waits,,2027-01-15',
    )
    assert (status, groups(world)) == (200, {})
    assert "2 groups. Nothing is made yet." in page
    keeps(ruth, sheet, page)
    made = groups(world)
    assert {
        name: (each.place, each.tags, each.modules, each.arm, each.allocation)
        for name, each in made.items()
    } == {
        "Tuesday": ("Kisumu", ["en"], ["m0", "m1"], "intervention", "otherwise"),
        "Baraza, old": ("Kibera", ["sw-KE", "en"], ["m1"], "waiting", "otherwise"),
    }
    with world.house.extensions["database"].session(reading=True) as session:
        course = session.get_one(GroupCourse, made["Tuesday"].id)
        assert (course.track, course.role, str(course.first_day)) == ("t1", "family", "2026-12-01")
    assert [line[1:] for line in world.trail(BRIDGE) if line[4] == "sheet"] == [
        ("made", "group", "Tuesday", "sheet"),
        ("made", "group", "Baraza, old", "sheet"),
    ]


def test_one_wrong_cell_keeps_everything_out_and_is_told(world: World, sheet: str) -> None:
    ruth = world.people.ruth
    status, page = brings(
        ruth, sheet, "Tuesday,,en,,t1,,,,", "Friday,,xx,,t1,,,2026-99-01,", ",,en,,t1,,,,"
    )
    told = re.findall(r"<li><bdi>([^<]+)</bdi></li>", page)
    assert (status, told) == (
        422,
        [
            "Row 3, column languages: “xx” is not one of the words for this column.",
            "Row 3, column first day: “2026-99-01” is no day. Write it as 2026-11-30.",
            "Row 4, column name: This must be filled in.",
        ],
    )
    assert groups(world) == {}


def test_what_comes_back_from_the_preview_is_looked_at_again(world: World, sheet: str) -> None:
    ruth = world.people.ruth
    page = brings(ruth, sheet, "Tuesday,,en,,t1,,,,")[1]
    keeps(ruth, sheet, page)
    again = ruth.fills(sheet, to=f"{sheet}/keep", rows='[["name","languages"],["Two","xx"]]')
    assert again.status_code == 422
    # Sent twice, it makes no second group.
    assert "There is a group called “Tuesday” already." in keeps(ruth, sheet, page)
    token = fields_of(ruth.opens(sheet)).hidden["csrf_token"]
    for rows in ("{}", "[[1]]", "[" * 5000, '["name"]'):
        sent = ruth.sends(f"{sheet}/keep", csrf_token=token, rows=rows)
        assert (rows[:9], sent.status_code) == (rows[:9], 400)
    assert list(groups(world)) == ["Tuesday"]


def test_a_lot_is_drawn_once_written_down_and_can_be_drawn_again(world: World, sheet: str) -> None:
    ruth = world.people.ruth
    names = ["Tuesday", "Friday", "Harbour", "Market", "Hill"]
    page = brings(ruth, sheet, *(f"{name},,en,,t1,,lot,,2027-01-15" for name in names))[1]
    assert "A lot is drawn among 5 groups when you press the button." in page
    # Pressed twice in one moment: another lot would be another result.
    press = partial(ruth.sends, f"{sheet}/keep", False, **hidden_in(page))
    assert sorted(each.status_code for each in together(press, press)) == [303, 422]
    with world.house.extensions["database"].session(reading=True) as session:
        draw = session.scalars(select(LotDraw)).one()
        assert (draw.names, draw.first) == (names, drawn_first(draw.seed, names))
        assert {each.draw_id for each in session.scalars(select(GroupCourse))} == {draw.id}
    made = groups(world)
    assert {each.allocation for each in made.values()} == {"lot"}
    assert {name for name, each in made.items() if each.arm == "intervention"} == set(draw.first)
    waiting = {str(each.from_day) for each in made.values() if each.arm == "waiting"}
    assert (waiting, len(draw.first)) == ({"2027-01-15"}, 3)
    assert {made[name].from_day for name in draw.first} == {None}
    shown = ruth.opens(sheet).text
    assert (draw.seed in shown, "the same result" in shown) == (True, True)
    with world.house.extensions["database"].work() as session:
        kept = session.scalars(select(LotDraw)).one()
        kept.first = [each for each in names if each not in draw.first][:3]
    assert "another result. What was kept has been changed." in ruth.opens(sheet).text


def test_a_workbook_is_taken_as_well(world: World, sheet: str) -> None:
    ruth = world.people.ruth
    columns = [Column(title) for title in COLUMNS]
    row = ["Tuesday", "", "en", "", "t1", "", "", "46356", ""]
    content = workbook([Sheet("groups", columns, [row])])
    page = brings(ruth, sheet, name="groups.xlsx", content=content)[1]
    keeps(ruth, sheet, page)
    found = groups(world)["Tuesday"]
    assert 'value="2026-11-30"' in ruth.opens(f"/en/staff/groups/{found.id}/dates").text


def test_the_empty_tables_come_back_empty(world: World, sheet: str) -> None:
    ruth = world.people.ruth
    for kind in ("csv", "xlsx"):
        table = ruth.opens(f"{sheet}/table.{kind}").data
        status, page = brings(ruth, sheet, name=f"groups.{kind}", content=table)
        assert (kind, status, "No row was filled in." in page) == (kind, 422, True)


def test_a_file_that_is_no_table_is_refused_with_its_reason(world: World, sheet: str) -> None:
    ruth = world.people.ruth
    status, page = brings(ruth, sheet, name="groups.exe", content=b"x,y")
    assert (status, "Nothing was kept." in page) == (422, True)
    status, page = brings(ruth, sheet, content=b"name,colour\nTuesday,blue")
    told = re.findall(r"<li><bdi>([^<]+)</bdi></li>", page)
    assert told == [
        "The column “languages” is missing.",
        "“colour” is no column of this table.",
    ]


def test_a_trainer_of_another_programme_finds_no_sheet(world: World, sheet: str) -> None:
    lindiwe = world.people.lindiwe
    assert lindiwe.browser.get(sheet).status_code == 404
    assert lindiwe.browser.get(f"{sheet}/table.csv").status_code == 404
