"""One real site and one Chromium for all journeys."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.live import living_house

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    """The real site."""
    with living_house(tmp_path_factory.mktemp("site")) as living:
        yield living


Phone = Callable[..., AbstractContextManager[Page]]


def phones(browser: Browser, address: str) -> Phone:
    """Phones that open the site at this address, with or without JavaScript; each fails the test
    when a page asks another host for anything, or when a script has an error."""

    @contextmanager
    def new_phone(*, script: bool = True, width: int = PHONE["width"]) -> Iterator[Page]:
        context = browser.new_context(
            viewport={"width": width, "height": PHONE["height"]},
            java_script_enabled=script,
            reduced_motion="reduce",
            base_url=address,
        )
        page = context.new_page()
        elsewhere: list[str] = []
        errors: list[str] = []
        page.on(
            "request",
            lambda request: (
                elsewhere.append(request.url)
                if not request.url.startswith((address, "data:", "blob:"))
                else None
            ),
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        try:
            yield page
        finally:
            context.close()
        assert elsewhere == []
        assert errors == []

    return new_phone


@pytest.fixture
def phone(browser: Browser, site: tuple[Flask, str]) -> Phone:
    """A phone of one's own."""
    return phones(browser, site[1])
