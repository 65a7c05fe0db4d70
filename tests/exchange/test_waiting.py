"""A file that was sent waits for a yes: whole, alone, and not for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from edu.database import Database
from edu.editions.working import edition_for
from edu.exchange.models import Incoming
from edu.exchange.notices import Notice, Sort
from edu.exchange.unit import Parcel
from edu.exchange.waiting import drop_old_files, parcel_in, wait, waiting
from edu.partners.models import Member
from tests.exchange.made import PARCEL, PLURAL

NOTICES = (Notice(Sort.UNSURE, "line 3", "x", "60%"),)
BLOCKS = ({"id": "m1-1-omit-1", "operation": "omit", "block": "us"},)
WHOLE = Parcel("sw", "m1", (*PARCEL.units, PLURAL), "m1.1", NOTICES, BLOCKS)


@pytest.fixture
def member(database: Database) -> int:
    with database.work() as session:
        made = Member(login="chipo", password_hash=None, totp_step=0)
        session.add(made)
        session.flush()
        return made.id


def sends(database: Database, member: int, name: str, module: str = "m1") -> None:
    with database.work() as session:
        wait(session, edition_for(session, "sw", module), member, name, "po", WHOLE)


def names(database: Database) -> list[str]:
    with database.session(reading=True) as session:
        return sorted(session.scalars(select(Incoming.name)))


def test_what_waits_is_what_was_read(database: Database, member: int) -> None:
    sends(database, member, "a.po")
    with database.session(reading=True) as session:
        found = waiting(session, "sw", "m1", member)
        assert found is not None
        assert parcel_in(found) == WHOLE
        assert waiting(session, "sw", "m0", member) is None
        assert waiting(session, "sw", "m1", member + 1) is None


def test_a_newer_file_takes_the_place_of_the_older(database: Database, member: int) -> None:
    sends(database, member, "a.po")
    sends(database, member, "b.po")
    sends(database, member, "c.po", "m0")
    assert names(database) == ["b.po", "c.po"]


def test_a_file_that_nobody_says_yes_to_is_dropped_after_a_week(
    database: Database, member: int
) -> None:
    sends(database, member, "old.po")
    sends(database, member, "new.po", "m0")
    for name, days in (("old.po", 8), ("new.po", 6)):
        with database.work() as session:
            row = session.scalars(select(Incoming).where(Incoming.name == name)).one()
            row.made_at -= timedelta(days=days)
    with database.work() as session:
        drop_old_files(session)
    assert names(database) == ["new.po"]
