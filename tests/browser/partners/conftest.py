"""The house to which partners bring their lessons: one for each file of journeys."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Phone, phones
from tests.browser.partners.village import Village, village


@pytest.fixture(scope="module", params=["sqlite"])
def home(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Village]:
    """A house over a copy of the real content."""
    with village(tmp_path_factory.mktemp("partners"), request.param) as made:
        yield made


@pytest.fixture
def phone(browser: Browser, home: Village) -> Phone:
    """A phone of one's own."""
    return phones(browser, home.address)
