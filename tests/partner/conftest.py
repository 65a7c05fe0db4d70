"""Houses in which partners work."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from edu.server.jobs import Jobs
from tests.partner.desk_world import World, begins
from tests.partner.review_world import Shona
from tests.people import StaffPerson


@pytest.fixture
def world(house: Flask) -> World:
    """A house with a desk."""
    return World(house)


@pytest.fixture
def chipo(world: World) -> StaffPerson:
    """Chipo, in an edition that she has begun."""
    chipo = world.chipo
    begins(chipo)
    return chipo


@pytest.fixture
def shona(house: Flask, tmp_path: Path) -> Iterator[Shona]:
    """Shona in a house of readers and a publisher."""
    # Pages are made by another process; here it finds no program and ends at once.
    jobs: Jobs = house.extensions["jobs"]
    jobs.program = tmp_path
    yield Shona(house).settle()
    for child in jobs.children:
        child.wait()
