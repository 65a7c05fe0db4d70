"""A passkey from the first day to the last in a real browser, whose device is a virtual one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from edu.partners.roles import Role
from edu.server.choices import SecondStep
from tests.account.hands import asks_second_step_of
from tests.browser.conftest import Phone, phones, signs_in
from tests.browser.test_every_page import faults
from tests.conftest import TINY
from tests.live import living_house
from tests.people import PASSWORD, make_staff

pytestmark = pytest.mark.browser

PASSKEYS = "/en/staff/account/passkeys"


@pytest.fixture(scope="module")
def phone(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Phone]:
    """Phones in a house where everybody takes a second step."""
    folder: Path = tmp_path_factory.mktemp("passkeys")
    with living_house(folder, TINY) as (house, address):
        with house.extensions["database"].work() as session:
            for login in ("tendai", "tendai-looked-at", "ruth"):
                make_staff(session, login, "Bridge Society", Role.TRAINER)
        asks_second_step_of(house, SecondStep.EVERYBODY)
        # A passkey is for a name, and a number is none.
        yield phones(browser, address.replace("127.0.0.1", "localhost"))


@contextmanager
def device(page: Page) -> Iterator[tuple[CDPSession, str]]:
    """A phone with a lock that knows its owner."""
    reached = page.context.new_cdp_session(page)
    reached.send("WebAuthn.enable")
    made = reached.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield reached, made["authenticatorId"]


def presses(page: Page, name: str) -> None:
    """Press what has this name."""
    button = page.get_by_role("button", name=name, exact=True)
    with page.expect_navigation():
        button.or_(page.get_by_role("link", name=name, exact=True)).first.click()


def begins(page: Page, login: str) -> None:
    """Sign in for the first time, and print a list."""
    signs_in(page, login)
    presses(page, "Make a list")
    page.get_by_label("Your password").fill(PASSWORD)
    presses(page, "Show the codes")


@pytest.mark.parametrize("looked_at", [False, pytest.param(True, marks=pytest.mark.thorough)])
def test_a_passkey_is_added_used_alone_and_taken_away(phone: Phone, looked_at: bool) -> None:
    """Now and then each page on the way is looked at for faults too."""
    login = "tendai-looked-at" if looked_at else "tendai"
    told: list[str] = []

    def look() -> None:
        if looked_at:
            told.extend(faults(page))

    with phone() as page, device(page) as (reached, authenticator):
        begins(page, login)
        page.goto(PASSKEYS)
        look()
        presses(page, "Add a passkey")
        look()
        page.get_by_label("What do you call this device?").fill("My phone")
        page.get_by_label("Your password").fill(PASSWORD)
        presses(page, "Go on")
        look()
        presses(page, "Make the passkey")
        expect(page.locator("ul.devices bdi").first).to_have_text("My phone")
        look()

        page.goto("/en/staff/account")
        look()
        presses(page, "Sign out")
        look()
        presses(page, "Sign in with a passkey")
        expect(page.locator("h1")).to_have_text("Your work")
        page.goto(PASSKEYS)
        expect(page.locator("ul.devices li").first).to_contain_text("Last used:")

        # A device that holds one makes no second one.
        presses(page, "Add a passkey")
        page.get_by_label("Your password").fill(PASSWORD)
        presses(page, "Go on")
        page.get_by_role("button", name="Make the passkey").click()
        expect(page.locator("[data-status]")).to_have_text(
            "This device has a passkey for your account already."
        )

        page.goto("/en/staff/account")
        presses(page, "Sign out")
        signs_in(page, login)
        expect(page.locator("h1")).to_have_text("The second step")
        look()
        presses(page, "Use a passkey")
        expect(page.locator("h1")).to_have_text("Your work")

        page.goto(PASSKEYS)
        page.locator("ul.devices a.button").first.click()
        page.get_by_label("Your password").fill(PASSWORD)
        look()
        presses(page, "Take the passkey away")
        expect(page.locator("main")).to_contain_text("You have no passkey yet.")
        page.goto("/en/staff/account")
        presses(page, "Sign out")
        # The device has it still, and offers it in vain.
        kept = reached.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})
        assert len(kept["credentials"]) == 1
        presses(page, "Sign in with a passkey")
        expect(page.get_by_role("alert")).to_contain_text("This passkey opens nothing here.")
        look()
    assert told == []


def test_whoever_stops_her_device_stays_where_she_is_and_may_try_again(phone: Phone) -> None:
    with phone() as page, device(page) as (reached, authenticator):
        verified = {"authenticatorId": authenticator, "isUserVerified": False}
        reached.send("WebAuthn.setUserVerified", verified)
        page.goto("/en/staff/sign-in")
        button = page.get_by_role("button", name="Sign in with a passkey")
        button.click()
        expect(page.locator("[data-status]")).to_contain_text("Nothing happened:")
        expect(button).to_be_enabled()


def test_without_scripts_password_and_second_step_are_whole(phone: Phone) -> None:
    with phone(script=False) as page:
        page.goto("/en/staff/sign-in")
        expect(page.get_by_role("button")).to_have_count(1)
        expect(page.get_by_role("button")).to_have_text("Sign in")
        begins(page, "ruth")
        page.goto(f"{PASSKEYS}/add")
        expect(page.locator("main")).to_contain_text("This browser cannot make passkeys")
        expect(page.locator("main").get_by_role("button")).to_have_count(0)
