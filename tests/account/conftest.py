"""Another house that may sign people in, and ours with it."""

import dataclasses
from collections.abc import Iterator

import pytest
from flask import Flask

from edu import create_app
from edu.settings import Settings
from tests.conftest import leave
from tests.oidc_provider import CLIENT, SECRET, OtherHouse, other_house
from tests.people import People


@pytest.fixture
def there() -> Iterator[OtherHouse]:
    """The other house."""
    with other_house() as found:
        yield found


@pytest.fixture
def open_house(house: Flask, there: OtherHouse) -> Iterator[Flask]:
    """A house in which the other one may sign people in."""
    given: Settings = house.extensions["settings"]
    made = create_app(
        dataclasses.replace(
            given,
            public_url="https://learn.example.org",
            oidc_issuer=there.issuer,
            oidc_client_id=CLIENT,
            oidc_client_secret=SECRET,
        )
    )
    made.testing = True
    yield made
    leave(made)


@pytest.fixture
def crowd(open_house: Flask) -> People:
    """The people of that house."""
    return People(open_house)
