"""A programme in an empty database, and whoever works in it."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from edu.database import Database
from edu.groups.models import Programme
from edu.groups.programmes import make_programme
from edu.partners.members import make_organisation
from edu.partners.models import Member

DAY = date(2026, 11, 2)


@pytest.fixture
def session(tables_url: str) -> Iterator[Session]:
    database = Database(tables_url)
    with database.work() as found:
        yield found
    database.engine.dispose()


@pytest.fixture
def member(session: Session) -> int:
    made = Member(login="ruth", password_hash=None, totp_step=0)
    session.add(made)
    session.flush()
    return made.id


@pytest.fixture
def programme(session: Session) -> Programme:
    home = make_organisation(session, "Bridge Society")
    session.flush()
    return make_programme(session, home.id, "Winter", DAY)
