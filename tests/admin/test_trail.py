"""The trail: who did what, read by those it concerns, changed by nobody, without any learner."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from edu.admin import trail_details
from edu.admin.wording import deed_words, kind_words
from edu.learning.models import Journey, Learner
from edu.partners.models import AuditEntry
from edu.partners.trail import Deed, Kind, write_down
from tests.admin.conftest import BRIDGE, MEMBERS, OTHER, SERVER, World

TRAIL = "/en/staff/trail"


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def fill(house: Flask, organisation_id: int, number: int) -> None:
    """So many lines, numbered in their names."""
    with house.extensions["database"].work() as session:
        for each in range(number):
            write_down(session, organisation_id, "ruth", Deed.MADE, Kind.GROUP, f"line {each}")


def test_an_administrator_reads_what_was_done_newest_first(world: World) -> None:
    ruth = world.people.ruth
    world.people.tendai.makes_group("Friday")
    page = ruth.opens(TRAIL).text
    assert "<strong>Made</strong> · Group: <bdi>Friday</bdi>" in page
    deeds = re.findall(r"<strong>([^<]+)</strong> · (\w+)", page)
    assert deeds[:2] == [("Made", "Group"), ("Signed in", "Account")]


def test_a_role_in_the_trail_is_named_in_the_readers_words_with_its_language(world: World) -> None:
    ruth = world.people.ruth
    one = f"{MEMBERS}/{world.number('tendai')}"
    ruth.fills(one, to=f"{one}/roles", role="evaluator", language="", programme="0")
    ruth.fills(one, to=f"{one}/roles", role="translator", language="sw", programme="0")
    page = ruth.opens(TRAIL).text
    assert "<bdi>tendai</bdi> (<bdi>Evaluator</bdi>)" in page
    assert "<bdi>tendai</bdi> (<bdi>Translator: Kiswahili</bdi>)" in page


@pytest.mark.parametrize(
    ("kind", "deed", "detail", "told"),
    [
        (Kind.ACCOUNT, Deed.GAVE_ROLE, "trainer", "…"),
        (Kind.ACCOUNT, Deed.GAVE_RESET, "mail", "…"),
        (Kind.PROGRAMME, Deed.SET, "steering group", "…"),
        (Kind.PROGRAMME, Deed.SET, "signed: Well House", "…: Well House"),
        (Kind.PROGRAMME, Deed.CLOSED, "assessment 2", "…: 2"),
        (Kind.GROUP, Deed.SET, "later_weeks", "…"),
        (Kind.GROUP, Deed.SET, "booster 4 had", "…: 4 · …"),
        (Kind.SERVICE, Deed.CONFIRMED, "answered", "…"),
        # What somebody typed is not taken for a word of ours.
        (Kind.PROGRAMME, Deed.RENAMED, "plan", "plan"),
        (Kind.ORGANISATION, Deed.RENAMED, "trainer", "trainer"),
        (Kind.PROGRAMME, Deed.INVITED, "plan", "plan"),
        (Kind.GROUP, Deed.MOVED, "mixed", "mixed"),
        (Kind.BODY, Deed.MADE, "trainer", "trainer"),
    ],
)
def test_what_is_fixed_in_a_line_is_told_in_the_readers_words_and_names_stay(
    home: Flask, monkeypatch: pytest.MonkeyPatch, kind: Kind, deed: Deed, detail: str, told: str
) -> None:
    """In a tongue in which every message of the program is three dots."""
    for module in ("edu.admin.trail_details", "edu.groups.wording"):
        monkeypatch.setattr(f"{module}._", lambda message: "…")
    monkeypatch.setattr(trail_details, "role_name", lambda role: "…")
    entry = AuditEntry(deed=deed.value, object_kind=kind.value, detail=detail)
    with home.test_request_context():
        assert trail_details.detail_words(entry) == told


def test_fifty_lines_stand_on_a_page_and_the_older_ones_behind_it(world: World) -> None:
    ruth = world.people.ruth
    fill(world.house, world.home(BRIDGE), 120)
    found: list[str] = []
    address: str | None = TRAIL
    sizes = []
    while address is not None:
        page = ruth.opens(address).text
        lines = re.findall(r"<bdi>line (\d+)</bdi>", page)
        sizes.append(len(re.findall(r"<time ", page)))
        found += lines
        older = re.search(r'href="([^"]+before=\d+)"', page)
        address = older[1] if older else None
    assert found == [str(each) for each in reversed(range(120))]
    assert sizes[:2] == [50, 50]


def test_strange_numbers_in_the_address_are_no_fault(world: World) -> None:
    ruth = world.people.ruth
    for before in ("0", "-1", "x", "9" * 40, "", "1.5"):
        assert ruth.browser.get(f"{TRAIL}?before={before}").status_code == 200
    assert "There is nothing older." in ruth.opens(f"{TRAIL}?before=0").text


def test_nobody_reads_the_trail_of_another_organisation(world: World) -> None:
    ruth = world.people.ruth
    fill(world.house, world.home(OTHER), 1)
    assert "line 0" not in ruth.opens(TRAIL).text
    assert "line 0" not in world.people.kamal.opens(f"{SERVER}/trail").text


def test_what_a_keeper_decides_is_in_the_servers_trail(world: World) -> None:
    kamal = world.people.kamal
    kamal.fills(f"{SERVER}/retention", months="12", sure="yes")
    page = kamal.opens(f"{SERVER}/trail").text
    assert "Setting: <bdi>How long answers are kept</bdi> (<bdi>12</bdi>)" in page
    assert "Setting" not in world.people.ruth.opens(TRAIL).text


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET by_login = 'nobody'",
        "UPDATE audit_entry SET deed = 'made', at = '2019-01-01 00:00:00'",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE by_login = 'ruth'",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_line(
    house: Flask, world: World, statement: str
) -> None:
    fill(house, world.home(BRIDGE) if world.people.ruth else 0, 2)
    with house.extensions["database"].session(reading=True) as session:
        before = session.scalar(select(text("count(*)")).select_from(AuditEntry))
    with (
        pytest.raises(DBAPIError, match="trail"),
        house.extensions["database"].engine.begin() as connection,
    ):
        connection.execute(text(statement))
    with house.extensions["database"].session(reading=True) as session:
        assert session.scalar(select(text("count(*)")).select_from(AuditEntry)) == before
        assert set(session.scalars(select(AuditEntry.by_login))) == {"ruth"}


def test_only_lines_of_more_than_three_years_ago_may_go(house: Flask) -> None:
    line = {"by_login": "x", "deed": "made", "object_kind": "group", "object_name": ""}
    with house.extensions["database"].engine.begin() as connection:
        for age in (10, 1000, 1200):
            at = now() - timedelta(days=age)
            connection.execute(insert(AuditEntry).values(**line, detail=str(age), at=at))
    with house.extensions["database"].engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_entry WHERE detail = '1200'"))
    with (
        pytest.raises(DBAPIError, match="trail"),
        house.extensions["database"].engine.begin() as connection,
    ):
        connection.execute(text("DELETE FROM audit_entry WHERE detail = '1000'"))
    with house.extensions["database"].session(reading=True) as session:
        assert set(session.scalars(select(AuditEntry.detail))) == {"10", "1000"}


def test_no_learner_is_in_the_trail(house: Flask, world: World) -> None:
    tendai = world.people.tendai
    group = tendai.makes_group(open_question="y")
    tendai.fills(f"/en/staff/groups/{group}", to=f"/en/staff/groups/{group}/cards", number="2")
    amina = world.people.amina
    amina.joins(tendai.join_code(group))
    amina.finishes("m0.1", "m1.1", "m1.2")
    amina.answers("after", "openly", words="a word of my own")
    amina.comes_back()
    amina.sends("/en/forget", code="0000")
    with house.extensions["database"].session(reading=True) as session:
        learners = session.scalars(select(Learner.id)).all()
        journeys = session.scalars(select(Journey.id)).all()
        lines = " ".join(
            f"{each.by_login} {each.object_name} {each.detail}"
            for each in session.scalars(select(AuditEntry))
        )
    assert len(learners) == 3
    known = [amina.code, "a word of my own", tendai.join_code(group), *learners, *journeys]
    assert [each for each in known if each in lines] == []
    assert {line[0] for line in world.trail(BRIDGE)} == {"tendai"}


def test_every_deed_and_every_kind_of_thing_has_words(house: Flask) -> None:
    with house.test_request_context("/en/staff"):
        house.preprocess_request()
        deeds = {deed_words(deed.value) for deed in Deed}
        kinds = {kind_words(kind.value) for kind in Kind}
    assert len(deeds) == len(Deed)
    assert len(kinds) == len(Kind)
    assert deeds.isdisjoint({deed.value for deed in Deed})
