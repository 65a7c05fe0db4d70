"""One world for all attacks of a file; see world.py."""

import pytest

from edu.preparing import prepare
from tests.conftest import make_house
from tests.security.world import World, settled_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A house with people in it, to be copied."""
    folder = tmp_path_factory.mktemp("world") / "house"
    folder.mkdir()
    house = make_house(folder, f"sqlite:///{folder / 'daraja.sqlite'}")
    prepare(house)
    return settled_world(folder, house)
