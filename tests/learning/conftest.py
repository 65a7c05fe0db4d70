"""A house, and what stands in its database for somebody who learns."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.learning.courses import course_in
from edu.learning.models import Journey
from edu.learning.sittings import Reading


@pytest.fixture
def database(house: Flask) -> Database:
    found: Database = house.extensions["database"]
    return found


@pytest.fixture
def reading() -> Callable[[Session, str], Reading]:
    """What somebody has before her who answers the tiny attitude form in this wave."""

    def find(session: Session, wave: str) -> Reading:
        asked = course_in(session, "en", ["m1"]).asked_in(wave)
        return next(each for each in asked if each.instrument.id == "feelings").reading(wave)

    return find


@pytest.fixture
def the_journey() -> Callable[[Session], Journey]:
    """The only journey there is."""
    return lambda session: session.scalars(select(Journey)).one()
