"""One world for all attacks of a file; see world.py."""

import pytest

from tests.conftest import copy_instance, make_house, prepared_instance, sqlite_in
from tests.security.world import World, settled_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A house with people in it, to be copied."""
    folder = tmp_path_factory.mktemp("world") / "house"
    copy_instance(prepared_instance(tmp_path_factory), folder)
    return settled_world(folder, make_house(folder, sqlite_in(folder)))
