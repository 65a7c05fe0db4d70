"""Reading changes nothing: every address is opened twice by everybody, and the data are compared.

A link in a message, a picture on another site and a browser that loads ahead can all make somebody
open an address. None of that may act in her name.
"""

import pytest
from flask import Flask

from tests.people import OURS, People
from tests.security.world import COUNTS, World, addresses, dump

#: Like reading, but without a page.
METHODS = ("HEAD", "OPTIONS")
WALKERS = ("stranger", "learner", "trainer", "administrator", "keeper")


@pytest.mark.parametrize(
    "method", ["GET", *[pytest.param(each, marks=pytest.mark.thorough) for each in METHODS]]
)
def test_opening_every_address_twice_leaves_the_data_as_they_were(
    house: Flask, method: str
) -> None:
    world = World(house.extensions["settings"].instance).settle(house)
    before = dump(house, COUNTS)
    opened = 0
    for walker in WALKERS:
        for address in addresses(house, world.given):
            for _ in range(2 if method == "GET" else 1):
                world.walkers[walker].open(address, method=method)
                opened += 1
        after = dump(house, COUNTS)
        changed = [name for name in before if before[name] != after[name]]
        assert (walker, changed) == (walker, [])
    assert opened >= 150


def test_the_comparison_would_see_a_single_changed_row(house: Flask, people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    before = dump(house, COUNTS)
    amina.browser.post("/en/leave", headers=OURS)
    assert dump(house, COUNTS) != before


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "PUT", "DELETE", "PATCH", "CONNECT", "FOO"])
def test_a_method_that_no_page_knows_is_refused_everywhere(world: World, method: str) -> None:
    house = world.copy()
    before = dump(house, COUNTS)
    browser = world.browser(house, "administrator")
    found = {
        (address, browser.open(address, method=method, headers=OURS).status_code)
        for address in [*addresses(house, world.given), "/en/", "/en/m1/1/"]
    }
    assert {status for _address, status in found} <= {404, 405}
    assert dump(house, COUNTS) == before
