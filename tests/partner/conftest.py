"""Houses in which partners work."""

import pytest
from flask import Flask

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
def shona(house: Flask) -> Shona:
    """Shona in a house of readers and a publisher."""
    return Shona(house).settle()
