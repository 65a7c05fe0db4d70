"""Every route of staff × every role × what is ours and what is another house's.

The table says who may enter. A route that is not in it fails, so nobody can add a door without
saying for whom it is.
"""

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.routing import Rule

from edu.editions.parts import parts_of
from edu.partners.roles import RIGHTS, Right, Role
from tests.access.doors import DOORS, OPEN, SERVER
from tests.access.world import House, World, build
from tests.conftest import TINY
from tests.people import OURS

#: The least number of cells that make sense; fewer, and the walk has missed a corridor.
_MANY = 900


#: Doors to things that nobody has made in this world.
NOT_MADE = {
    "channels.channel",
    "channels.change",
    "channels.reviewed",
    "channels.end",
    "links_map.agreement_of",
    "bodies.change",
    "bodies.out",
    "referrals.out",
    "directory.one",
    "directory.out",
    "services.change",
    "services.out",
    "brief.sent",
    "carrying.partner",
    "carrying.unsign",
    "carrying.take_out",
    "carrying.leave",
    "voices.forget",
    "collaborative.accept",
    "collaborative.refuse",
    "collaborative.leave",
    "assessment.freeze",
    "assessment.version",
    "actions.action",
    "actions.change",
    "actions.tell",
    "actions.let_go",
    "actions.again",
    "dates.calendar",
    "observing.delete",
    "paper_links.certificate",
    "meetings.edit",
    "meetings.delete",
    "hands.one",
    "hands.delete",
    "incidents.edit",
    "incidents.close",
    "incidents.again",
    "second_entry.second",
    "second_entry.decide",
    "second_entry.end",
    "backup.download",
    "adaptations.table",
    "evaluation.tables",
    "evaluation.sheet",
    "evaluation.codebook",
    "evaluation.rows",
    "evaluation_plan.freeze_it",
    "evaluation_plan.otherwise",
    "voices.coded",
    "passkeys.remove",
    "profiles.profile",
    "profiles.section",
    "profile_entries.new",
    "profile_entries.entry",
    "profile_entries.agreed",
    "profile_entries.out",
    "profile_entries.back",
    "profile_entries.up",
    "profile_entries.call",
    "asking.link",
    "asking.close",
    "asking.remark",
    "recording.one",
    "recording.sound",
    "recording.let_hear",
    "recording.take_back",
    "media.edit",
    "media_list.file",
    "media_list.one",
    "media_list.pack",
    "media_list.take_back",
    "exchange_terms.index",
    "exchange_terms.download",
    "exchange_terms.send",
    "exchange_terms.bring",
    "sharing.end",
    "sharing.one",
    "taking.take_over",
    "taking.whats_new",
    "taking.stop_following",
    "instruments.end",
    "building.again",
    "licences.claim",
    "licences.end",
    "licences.key",
    "licences.words",
}


#: Doors that a role for one programme does not open: behind them is what belongs to none.
OF_THE_WHOLE_HOUSE = {"programmes.new"}


@dataclass(frozen=True)
class Cell:
    """Somebody at a door, and the address of it."""

    who: str
    endpoint: str
    method: str
    whose: str
    address: str


def staff_rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/<tag>/staff")]


def methods(rule: Rule) -> list[str]:
    return sorted(set(rule.methods or ()) & {"GET", "POST"})


def rights_of(who: str) -> frozenset[Right]:
    return RIGHTS[Role(who.removeprefix("scoped "))]


def filled(app: Flask, rule: Rule, world: World, house: House) -> str:
    """The address of a door to something of this house."""
    known: dict[str, object] = {
        "group_id": house.group,
        "programme_id": house.programme,
        "member_id": house.member,
        "organisation_id": house.organisation,
        "grant_id": house.grant,
        "release_id": world.release,
        "edition": "sw-KE" if rule.endpoint.startswith("changes.") else "sw",
        "module": "m1",
        "part": "m1.1",
        "key": "note-1"
        if rule.endpoint == "voices.coded"
        else parts_of(TINY, "m1")["m1.1"].segments()[0].key,
        "wanted": "sw",
        "community": "sw-KE",
        "section": "term",
        "slug": "names",
        "spot": "here",
        "format": {"exchange.download": "po", "instruments.download": "csv"}.get(
            rule.endpoint, "mp3"
        ),
        "instrument": "feelings",
        "wave": "before",
        "kind": "csv",
        "form": "csv",
        "note_id": 1,
        "action_id": 1,
        "observed_id": 1,
        "dimension": "place",
        "weeks": 2,
        "said": "had",
        "partner_id": 1,
        "seat_id": 1,
        "part_id": 1,
        "step": "people",
        "version": 1,
        "sheet_id": 1,
        "channel_id": 1,
        "body_id": 1,
        "month_id": 1,
        "district_id": 1,
        "service_id": 1,
        "sent_id": 1,
        "language_tag": "sw",
        "file": "frame.csv",
        "name": "no-backup",
        "number": {
            "own.end_device": house.device,
            "passkeys.remove": "0" * 16,
            "carried.stop_file": "0" * 16,
            "members.withdraw": house.invitation,
            "jobs.job": world.job,
            "releases.one": 1,
            "releases.take_back": 1,
        }.get(rule.endpoint, world.announcement),
    }
    values = {name: known[name] for name in rule.arguments if name != "tag"}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, {"tag": "en", **values})


def names_something(rule: Rule) -> bool:
    """Whether a door leads to something that belongs to a house."""
    of_a_house = {"group_id", "programme_id", "member_id", "organisation_id", "grant_id"}
    return bool(rule.arguments & of_a_house) or rule.endpoint == "members.withdraw"


def cells(app: Flask, world: World) -> Iterator[Cell]:
    for rule in staff_rules(app):
        if rule.endpoint in OPEN:
            continue
        for method in methods(rule):
            for who in world.browsers:
                for whose, house in (("ours", world.ours), ("theirs", world.theirs)):
                    if whose == "ours" or names_something(rule):
                        address = filled(app, rule, world, house)
                        yield Cell(who, rule.endpoint, method, whose, address)


def expected(cell: Cell) -> str:
    """What must happen to somebody at a door."""
    if not rights_of(cell.who) & DOORS[cell.endpoint]:
        return "forbidden"
    if cell.who.startswith("scoped ") and cell.endpoint in OF_THE_WHOLE_HOUSE:
        return "forbidden"
    if cell.endpoint in NOT_MADE:
        return "not there"  # none was made here
    if cell.whose == "theirs" and cell.endpoint not in SERVER:
        return "not there"
    return "enters"


def happens(world: World, cell: Cell) -> str:
    """What does happen. No form carries its token, so nothing is changed on the way."""
    answer = world.browsers[cell.who].open(cell.address, method=cell.method, headers=OURS)
    if answer.status_code == 403:
        return "forbidden"
    if answer.status_code == 404:
        return "not there"
    if answer.headers.get("Location", "").endswith("/staff/sign-in"):
        return "is sent away"
    return "enters" if answer.status_code < 500 else str(answer.status_code)


def test_every_door_is_in_the_table_and_the_table_has_no_other(house: Flask) -> None:
    found = {rule.endpoint for rule in staff_rules(house)}
    assert found == set(DOORS) | OPEN
    assert set(DOORS) & OPEN == set()


def test_every_door_says_the_rights_that_the_table_says(house: Flask) -> None:
    said = {name: getattr(house.view_functions[name], "rights", None) for name in DOORS}
    # A door for whoever is signed in names no right.
    assert {name: frozenset(rights or Right) for name, rights in said.items()} == DOORS
    assert [name for name, rights in said.items() if rights is None] == []


@pytest.mark.parametrize("share", [3, pytest.param(1, marks=pytest.mark.thorough)])
def test_everybody_enters_where_her_role_leads_and_nowhere_else(house: Flask, share: int) -> None:
    """Every day a share of all doors and roles, drawn from their names; now and then all."""
    world = build(house)
    wrong = []
    seen: Counter[str] = Counter()
    for cell in cells(house, world):
        if zlib.crc32(repr(cell).encode()) % share:
            continue
        found = happens(world, cell)
        seen[found] += 1
        if found != expected(cell):
            wrong.append((cell, found, expected(cell)))
    assert wrong == []
    assert sum(seen.values()) > _MANY / share
    assert set(seen) == {"forbidden", "not there", "enters"}


def test_a_role_for_one_programme_does_not_reach_the_groups_beside_it(house: Flask) -> None:
    world = build(house)
    reached = {}
    for who in ("scoped trainer", "scoped evaluator"):
        for rule in staff_rules(house):
            rights = RIGHTS[Role(who.removeprefix("scoped "))]
            if rule.endpoint in NOT_MADE or not DOORS.get(rule.endpoint, frozenset()) & rights:
                continue
            if "group_id" in rule.arguments and "GET" in methods(rule):
                inside = filled(house, rule, world, world.ours)
                outside = inside.replace(
                    f"/groups/{world.ours.group}", f"/groups/{world.ours.group_outside}"
                )
                browser = world.browsers[who]
                found = [browser.get(each).status_code for each in (inside, outside)]
                reached[who, rule.endpoint] = found
    assert reached == {door: [200, 404] for door in reached}
    assert len(reached) >= 8


def test_nobody_enters_who_is_not_signed_in(house: Flask) -> None:
    world = build(house)
    stranger = house.test_client()
    found = {
        stranger.open(address, method=method, headers=OURS).headers.get("Location")
        for address, method in {(cell.address, cell.method) for cell in cells(house, world)}
    }
    assert found == {"/en/staff/sign-in"}


def test_a_role_that_was_taken_away_opens_nothing_at_the_next_click(house: Flask) -> None:
    world = build(house)
    trainer = world.browsers["trainer"]
    assert trainer.get("/en/staff/groups").status_code == 200
    world.take_every_role("trainer")
    assert trainer.get("/en/staff/groups").headers["Location"] == "/en/staff/sign-in"
