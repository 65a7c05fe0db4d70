"""Words that stand nowhere else are put into every input of a whole journey, and looked for.

In the log, in addresses, on other people's pages, in tables for spreadsheets and in the bytes on
the disk there is nothing of what somebody typed by mistake, and nothing of how her browser speaks
of her. What she wrote on purpose is where it belongs, and after she has gone it is nowhere.
"""

import gc
import logging
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text, update

from edu.learning.models import Journey, Learner, LearnerSession, Sitting, SpentKey
from edu.preparing import prepare
from tests.canaries import (
    BY_THE_WAY,
    MISTYPED,
    NAMED,
    OPEN_WORDS,
    PAPER,
    TYPED,
    Seen,
    Walker,
    addresses_in,
    bytes_under,
    errs,
    found_in,
    leads,
    learns,
    through,
    types_papers,
)
from tests.people import PASSWORD, People, open_at_once
from tests.security.world import addresses, dump

ALL = (*BY_THE_WAY, *TYPED, *PAPER, *MISTYPED, *NAMED)
WRONG = tuple(word for word in TYPED if word != "canaryuncle")


@dataclass
class Told:
    """A journey that is over: who walked, and what must be nowhere."""

    house: Flask
    amina: Walker
    tendai: Walker
    group: int
    code: str
    secrets: list[str] = field(default_factory=list)

    @property
    def seen(self) -> list[Seen]:
        return [*self.amina.seen, *self.tendai.seen]


def walk(house: Flask, people: People) -> Told:
    """A trainer signs in and makes a group; a learner errs, joins, answers, reads and asks."""
    people.tendai  # noqa: B018 (makes the staff)
    tendai = Walker("tendai", through(house.test_client()))
    amina = Walker("amina", through(house.test_client()))
    group, join_code = leads(tendai, "tendai", PASSWORD)
    open_at_once(house, group)
    assert types_papers(tendai, house) == [422, 303]
    assert errs(amina) == [404, 404, 422, 404, 422, 422, 422, 413, 404]
    code = learns(amina, join_code)
    tendai.fills(f"/en/staff/groups/{group}", f"/en/staff/groups/{group}/cards", number=2)
    for page in addresses(house, {"tag": "en", "group_id": group}):
        tendai.gets(page)
    assert len(code) == 12
    cookies = [kept for seen in (*amina.seen, *tendai.seen) for kept in set_by(seen)]
    return Told(house, amina, tendai, group, code, [code, PASSWORD, *cookies])


def set_by(seen: Seen) -> list[str]:
    """The values of the cookies that an answer sets."""
    told = (value for name, value in seen.headers if name.lower() == "set-cookie")
    values = (each.partition("=")[2].partition(";")[0].strip('"') for each in told)
    return [value for value in values if len(value) >= 16]


@pytest.fixture
def told(house: Flask, people: People, caplog: pytest.LogCaptureFixture) -> Told:
    """The journey, with everything that is logged."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "markdown_it")  # it tells of every line of a lesson
    return walk(house, people)


def fails(house: Flask, walker: Walker, code: str) -> int:
    """Break the database while somebody writes; the answer's status."""
    engine = house.extensions["database"].engine
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE learner RENAME TO away"))
    status = walker.sends("/en/return", code=code).status
    walker.gets("/en/my")
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO learner"))
    return status


def stored(house: Flask) -> bytes:
    """Everything on the disk: the instance folder, or what PostgreSQL holds."""
    folder: Path = house.extensions["settings"].instance
    return bytes_under(folder) + repr(dump(house)).encode()


def test_the_search_finds_what_is_there(told: Told) -> None:
    """The control: what was written on purpose is found in the data, and in no other way."""
    assert found_in(stored(told.house), "canaryuncle", *NAMED) == ["canaryuncle", *NAMED]
    page = next(seen for seen in told.amina.seen if seen.path == "/en/join" and seen.status == 422)
    assert found_in(page.body, "canaryjoin") == ["canaryjoin"]
    assert found_in(b"Y2FuYXJ5am9pbg== 63616e617279636f6465", "canaryjoin", "canarycode") == [
        "canaryjoin",
        "canarycode",
    ]


def test_nothing_is_in_the_log(told: Told, caplog: pytest.LogCaptureFixture) -> None:
    assert fails(told.house, told.amina, told.code) == 500
    assert "Error" in caplog.text
    logged = "\n".join([caplog.text, *(repr(record.__dict__) for record in caplog.records)])
    assert found_in(logged.encode(), *ALL, *told.secrets) == []


def test_nothing_is_in_an_address(told: Told) -> None:
    found = [
        (seen.who, seen.path, address)
        for seen in told.seen
        for address in addresses_in(seen)
        if found_in(address.encode(), *ALL, *told.secrets) and f"#{told.code}" not in address
    ]
    assert found == []
    assert len([each for seen in told.seen for each in addresses_in(seen)]) > 300


def test_nothing_is_on_pages_of_other_people(told: Told, people: People) -> None:
    given: dict[str, object] = {"tag": "en", "group_id": told.group}
    others = {
        "somebody else": people.learner().browser,
        "another organisation's trainer": people.lindiwe.browser,
    }
    for who, browser in others.items():
        for address in addresses(told.house, given):
            body = browser.get(address).data
            assert (who, address, found_in(body, *ALL, *told.secrets)) == (who, address, [])


def test_her_trainer_finds_nothing_of_what_she_typed(told: Told) -> None:
    for seen in told.tendai.seen:
        found = found_in(seen.body, *TYPED, *BY_THE_WAY, told.code)
        assert (seen.path, found) == (seen.path, [])
    tables = [seen for seen in told.tendai.seen if "csv" in seen.header("Content-Type")]
    assert len(tables) >= 2
    for table in tables:
        assert (table.path, found_in(table.body, *ALL, *told.secrets)) == (table.path, [])


def test_what_was_not_written_on_purpose_is_nowhere_on_the_disk(told: Told) -> None:
    fails(told.house, told.amina, told.code)
    nowhere = (*BY_THE_WAY, *WRONG, *PAPER, *MISTYPED, *told.secrets)
    assert found_in(stored(told.house), *nowhere) == []


def test_an_error_page_repeats_only_to_herself_what_she_sent(told: Told) -> None:
    errors = [seen for seen in told.seen if seen.status >= 400]
    assert {404, 413, 422} <= {seen.status for seen in errors}
    not_again = ("canarypassword", "canarypath", "canaryflood")
    for seen in errors:
        found = found_in(seen.body, *BY_THE_WAY, *not_again, PASSWORD)
        assert (seen.path, seen.status, found) == (seen.path, seen.status, [])


def test_what_she_wrote_is_nowhere_once_she_is_forgotten(told: Told) -> None:
    hers = identities(told.house)
    assert found_in(stored(told.house), *hers) == hers
    assert told.amina.sends("/en/forget", code=told.code).status == 200
    gc.collect()
    left = found_in(stored(told.house), "canaryuncle", OPEN_WORDS, *hers)
    assert left == []


def identities(house: Flask) -> list[str]:
    """By what rows of the only learner who walked on her phone can be told apart."""
    with house.extensions["database"].session(reading=True) as session:
        # Of a paper no lesson is known.
        journey = session.query(Journey).where(Journey.lessons_done.any()).one()
        learner = journey.learner
        sittings = journey.sittings
        return [learner.id, learner.code_mac, journey.id, *(sitting.id for sitting in sittings)]


def test_what_is_old_is_nowhere_after_the_next_start(told: Told) -> None:
    """Learners past 24 months, cookies past their time and spent keys are gone from the bytes."""
    hers = identities(told.house)
    database = told.house.extensions["database"]
    told.amina.sends("/en/leave")
    told.amina.sends("/en/return", code=told.code)
    with database.work() as session:
        hers += [each.digest for each in session.query(LearnerSession)]
        hers += [each.digest for each in session.query(SpentKey)]
        ago = timedelta(days=735)
        for table, column in (
            (Learner, "made_on"),
            (Journey, "started_on"),
            (Sitting, "submitted_on"),
            (SpentKey, "spent_on"),
        ):
            days = {getattr(row, column) for row in session.query(table)} - {None}
            for day in days:
                place = getattr(table, column)
                session.execute(update(table).where(place == day).values({column: day - ago}))
        session.execute(update(LearnerSession).values(ends_at=LearnerSession.ends_at))
    assert len(hers) >= 8
    assert found_in(stored(told.house), *hers, "canaryuncle") == [*hers, "canaryuncle"]
    prepare(told.house)
    database.engine.dispose()
    assert found_in(stored(told.house), *hers, "canaryuncle") == []
