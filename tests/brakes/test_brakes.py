"""Counting tries: for a name, for an address, for the whole server; in the database, for all."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from edu.brakes.brakes import BRAKES, Brakes, network
from edu.brakes.models import AttemptCount
from edu.brakes.storage import DatabaseStorage
from edu.database import Base, Database
from edu.health.forgetting import forget_old
from tests.people import People, fields_of

HERE, THERE = "198.51.100.7", "203.0.113.9"
SECRET = "a test's secret"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database with the counts' table."""
    made = Database(database_url)
    Base.metadata.create_all(made.engine, tables=[AttemptCount.__table__])
    yield made
    made.engine.dispose()


@pytest.fixture
def brakes(database: Database) -> Brakes:
    """Brakes over it."""
    return Brakes(DatabaseStorage(database.engine, SECRET))


def tries(brakes: Brakes, number: int, kind: str, address: str, who: str = "") -> None:
    for _ in range(number):
        brakes.count(kind, address, who)


def is_open(brakes: Brakes, kind: str, address: str, who: str = "") -> bool:
    return brakes.seconds_closed(kind, address, who) == 0


def test_a_name_closes_after_ten_and_no_other_name_does(brakes: Brakes) -> None:
    tries(brakes, 9, "wrong password", HERE, "tendai")
    assert is_open(brakes, "wrong password", HERE, "tendai")
    tries(brakes, 1, "wrong password", THERE, "tendai")
    assert 0 < brakes.seconds_closed("wrong password", HERE, "tendai") <= 900
    assert is_open(brakes, "wrong password", HERE, "ruth")
    assert is_open(brakes, "wrong second step", HERE, "tendai")


def test_an_address_closes_whatever_name_is_tried(brakes: Brakes) -> None:
    for number in range(60):
        brakes.count("wrong password", HERE, f"name{number}")
    assert not is_open(brakes, "wrong password", HERE, "somebody")
    assert is_open(brakes, "wrong password", THERE, "somebody")


def test_an_attack_from_everywhere_leaves_each_address_a_few_tries(brakes: Brakes) -> None:
    for number in range(100):
        tries(brakes, 6, "wrong password", f"198.51.{number}.1", f"name{number}")
    assert not is_open(brakes, "wrong password", "198.51.1.1", "somebody")
    assert is_open(brakes, "wrong password", THERE, "somebody")
    tries(brakes, 5, "wrong password", THERE)
    assert is_open(brakes, "wrong password", THERE, "somebody")
    tries(brakes, 1, "wrong password", THERE)
    assert not is_open(brakes, "wrong password", THERE, "somebody")


def test_a_window_ends_and_counting_begins_anew(database: Database, brakes: Brakes) -> None:
    tries(brakes, 10, "wrong password", HERE, "tendai")
    with database.work() as session:
        session.execute(update(AttemptCount).values(ends_at=int(time.time()) - 1))
    assert is_open(brakes, "wrong password", HERE, "tendai")
    tries(brakes, 1, "wrong password", HERE, "tendai")
    with database.session(reading=True) as session:
        assert set(session.scalars(select(AttemptCount.amount))) == {1}
    assert brakes.storage.forget_old() == 0


def test_a_clock_that_was_ahead_locks_nobody_out_once_it_is_put_right(
    database: Database, brakes: Brakes
) -> None:
    tries(brakes, 11, "wrong password", HERE, "tendai")
    assert not is_open(brakes, "wrong password", HERE, "tendai")
    in_five_years = int(time.time()) + 5 * 365 * 86400
    with database.work() as session:
        session.execute(update(AttemptCount).values(ends_at=in_five_years))
    assert is_open(brakes, "wrong password", HERE, "tendai")
    tries(brakes, 1, "wrong password", HERE, "tendai")
    with database.session(reading=True) as session:
        assert set(session.scalars(select(AttemptCount.amount))) == {1}


def test_counts_are_deleted_when_they_are_over(house: Flask) -> None:
    brakes: Brakes = house.extensions["brakes"]
    tries(brakes, 1, "wrong password", HERE, "tendai")
    with house.extensions["database"].work() as session:
        session.execute(update(AttemptCount).values(ends_at=int(time.time()) - 1))
        forget_old(session, house.extensions["settings"].instance)
        assert session.scalars(select(AttemptCount)).all() == []


def test_what_was_right_is_given_back(brakes: Brakes) -> None:
    for _ in range(30):
        assert brakes.take("wrong password", HERE, "tendai") == 0
        brakes.count("wrong password", HERE, "tendai", -1)
    assert [brakes.take("wrong password", HERE, "tendai") == 0 for _ in range(11)] == [
        True
    ] * 10 + [False]


def test_however_many_come_in_one_moment_no_more_are_let_through(
    database: Database, brakes: Brakes
) -> None:
    start, let = threading.Barrier(16), list[int]()

    def rush() -> None:
        start.wait()
        for _ in range(3):
            let.append(brakes.take("wrong password", HERE, "tendai"))

    threads = [threading.Thread(target=rush) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(let), let.count(0)) == (48, 10)


def test_counts_hold_for_other_processes_and_after_a_restart(
    database: Database, database_url: str, brakes: Brakes
) -> None:
    program = (
        "import sys; from edu.brakes.brakes import Brakes;"
        "from edu.brakes.storage import DatabaseStorage; from edu.database import Database;"
        "brakes = Brakes(DatabaseStorage(Database(sys.argv[1]).engine, sys.argv[2]));"
        "[brakes.count('wrong password', sys.argv[3], 'tendai') for _ in range(5)]"
    )
    for _ in range(2):
        assert is_open(brakes, "wrong password", HERE, "tendai")
        subprocess.run(
            [sys.executable, "-c", program, database_url, SECRET, HERE],
            cwd=Path(__file__).resolve().parents[2],
            check=True,
        )
    database.engine.dispose()
    again = Database(database_url)
    brakes = Brakes(DatabaseStorage(again.engine, SECRET))
    assert not is_open(brakes, "wrong password", HERE, "tendai")
    again.engine.dispose()


def test_nothing_of_anybody_is_in_the_counts(database: Database, brakes: Brakes) -> None:
    tries(brakes, 1, "wrong password", HERE, "tendai")
    with database.session(reading=True) as session:
        rows = session.execute(text("SELECT * FROM attempt_count")).all()
    assert len(rows) == 4
    assert [row for row in rows if "tendai" in str(row) or HERE in str(row)] == []
    assert {len(row[0]) for row in rows} == {64}
    other = Brakes(DatabaseStorage(database.engine, "another secret"))
    tries(other, 1, "wrong password", HERE, "tendai")
    with database.session(reading=True) as session:
        assert len(session.execute(text("SELECT * FROM attempt_count")).all()) == 8


def test_a_home_with_ipv6_is_one_address() -> None:
    given = {
        "198.51.100.7": "198.51.100.7",
        "::ffff:198.51.100.7": "198.51.100.7",
        "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
        "2001:db8:1:2::1": "2001:db8:1:2::/64",
        "": "unknown",
        "<script>": "unknown",
    }
    assert {address: network(address) for address in given} == given


def test_every_brake_is_tighter_when_the_whole_server_is_tried() -> None:
    for brake in BRAKES.values():
        assert brake.tight.amount < brake.address.amount < brake.whole.amount


def test_a_classroom_behind_one_address_joins_in_five_minutes(house: Flask, people: People) -> None:
    tendai = people.tendai
    code = tendai.join_code(tendai.makes_group())
    for _ in range(60):
        learner = people.learner()
        assert learner.joins(code).status_code == 200
        assert len(learner.code) == 12


def test_a_count_is_kept_although_the_form_was_refused(house: Flask) -> None:
    database = house.extensions["database"]
    browser = house.test_client()
    token = fields_of(browser.get("/en/staff/sign-in")).hidden["csrf_token"]
    sent = {"csrf_token": token, "login": "nobody", "password": "wrong"}
    assert browser.post("/en/staff/sign-in", data=sent).status_code == 422
    with database.session(reading=True) as session:
        assert list(session.scalars(select(AttemptCount.amount))) == [1] * 4


def test_whoever_must_wait_is_told_how_long(house: Flask) -> None:
    browser = house.test_client()
    for number in range(30):
        browser.get(f"/en/staff/reset/guess{number}")
    page = browser.get("/en/staff/reset/guess")
    assert page.status_code == 429
    assert 0 < int(page.headers["Retry-After"]) <= 600
    assert "This was tried too often" in page.text
    assert "Wait 10 minutes, then try again." in page.text
    browser.environ_base["REMOTE_ADDR"] = THERE
    assert browser.get("/en/staff/reset/guess").status_code == 404
