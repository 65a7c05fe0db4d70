"""An authority sees totals. Whatever address it tries, it meets no row: no group, no meeting, no
answer, no word that somebody wrote down for those who do the work."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import MetaData, func, select
from werkzeug.routing import Rule

from edu.partners.members import give_role, make_member, organisation_named
from edu.partners.roles import Right, Role
from tests.access.doors import DOORS
from tests.people import OURS, PASSWORD, People, StaffPerson, fields_of
from tests.planner.in_full_swing import Programme

#: What stands in rows; each was typed into a form.
ROWS = (
    "Evening at the well",
    "A bed for tonight",
    "Night bus",
    "Talk at the school",
    "Two classes met",
    "We sat outside together.",
    "Which bridge is ours?",
    "One step slower",
    "about risks",
    "A nurse for the hills",
)
#: Her own account, and the way out.
_OWN = {endpoint for endpoint, rights in DOORS.items() if rights == frozenset(Right)}


@pytest.fixture
def full(people: People) -> Programme:
    return Programme(people.ruth, "Winter", group="Evening at the well")


def authority(house: Flask, programme: int | None) -> FlaskClient:
    """Somebody with the role for one programme, or for the whole house."""
    login = f"aissa.{programme or 'all'}"
    with house.extensions["database"].work() as session:
        home = organisation_named(session, "Bridge Society")
        assert home is not None
        member = make_member(session, login=login, password=PASSWORD)
        give_role(session, member, home, Role.AUTHORITY, programme_id=programme)
    return StaffPerson(house.test_client(), login).signs_in().browser


def addresses(house: Flask, full: Programme) -> Iterator[tuple[str, str, str]]:
    """Every address of the server with every way to ask for it, its blanks filled with what is
    really there."""
    for rule in house.url_map.iter_rules():
        for method in sorted(set(rule.methods or ()) & {"GET", "POST"}):
            if rule.endpoint != "account.leave":
                yield rule.endpoint, method, filled(rule, full)


def filled(rule: Rule, full: Programme) -> str:
    """A rule's address in this programme."""
    numbers = full.found | {
        "programme_id": full.root.rpartition("/")[2],
        "group_id": full.group.rpartition("/")[2],
        "number": full.found["meeting"],
        "wave": "before",
        "module": "m1",
        "dimension": "place",
        "step": "people",
        "version": "1",
    }
    known = numbers | {f"{name}_id": number for name, number in full.found.items()}

    def one(blank: re.Match[str]) -> str:
        choices = re.match(r"any\(([^,)]+)", blank[1] or "")
        if choices:
            return choices[1]
        return known.get(blank[2], "1" if "int" in (blank[1] or "") else "x")

    address = rule.rule.replace("<tag>", "en")
    return re.sub(r"<(?:(\w+(?:\([^)]*\))?):)?(\w+)>", one, address)


def counted(house: Flask) -> dict[str, int]:
    """How many rows each table has, but those that every visit to the door touches."""
    engine = house.extensions["database"].engine
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables.sorted_tables
            if table.name not in ("staff_session", "attempt_count", "passkey_challenge")
        }


#: Who may enter which door is tested every day; this looks at what stands on the pages.
@pytest.mark.thorough
@pytest.mark.parametrize("scoped", [False, True], ids=["of the house", "of one programme"])
def test_no_address_shows_an_authority_a_row_or_lets_it_write_one(
    house: Flask, full: Programme, scoped: bool
) -> None:
    number = int(full.root.rpartition("/")[2])
    browser = authority(house, number if scoped else None)
    with_ruth = " ".join(
        full.person.opens(f"/en{page}").text for page in full.pages() if "/out" not in page
    )
    assert [words for words in ROWS if words not in with_ruth] == []
    token = fields_of(browser.get("/en/staff/account")).hidden["csrf_token"]
    before, seen, wrote = counted(house), [], []
    for endpoint, method, address in addresses(house, full):
        form = {"csrf_token": token, "name": "Winter", "reason": "x", "text": "x"}
        answer = browser.open(
            address, method=method, headers=OURS, data=form if method == "POST" else None
        )
        assert (address, answer.status_code < 500) == (address, True)
        seen += [(address, words) for words in ROWS if words in answer.get_data(as_text=True)]
        staff = "/staff/" in address and endpoint not in _OWN
        if staff and method == "POST" and endpoint in DOORS and answer.status_code < 403:
            wrote.append((method, address, answer.status_code))
    assert (seen, wrote) == ([], [])
    assert counted(house) == before
    own = browser.get(full.root).get_data(as_text=True)
    assert "How many people it has reached" in own
