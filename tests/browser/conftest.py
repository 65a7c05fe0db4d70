"""One real site and one Chromium for all journeys."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from edu.settings import ROOT
from tests.browser.town import living_town
from tests.conftest import copy_instance, prepared_instance
from tests.live import living_house
from tests.people import PASSWORD
from tests.real import enough

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    """The real site; see real.py."""
    instance, root = tmp_path_factory.mktemp("site"), enough(tmp_path_factory)
    copy_instance(prepared_instance(tmp_path_factory, root), instance)
    with living_house(instance, root) as living:
        yield living


@pytest.fixture(scope="session")
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    """The same with every module that is shipped; for thorough tests."""
    instance = tmp_path_factory.mktemp("whole-site")
    copy_instance(prepared_instance(tmp_path_factory, ROOT), instance)
    with living_house(instance) as living:
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


def signs_in(page: Page, login: str) -> None:
    """Sign in."""
    page.goto("/en/staff/sign-in")
    page.get_by_label("Name to sign in with").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main form button").click()


@pytest.fixture
def phone(browser: Browser, site: tuple[Flask, str]) -> Phone:
    """A phone of one's own."""
    return phones(browser, site[1])


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    """A small site; see town.py."""
    make = tmp_path_factory.mktemp
    with living_town(make("town-root"), make("town")) as living:
        yield living


@pytest.fixture
def thumb(browser: Browser, town: tuple[Flask, str]) -> Phone:
    """A phone in that town."""
    return phones(browser, town[1])
