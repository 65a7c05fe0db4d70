"""How a new server comes into use: its first administrator, her second step, and a trainer whom
she invites. Each has a browser of her own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from edu.partners.members import new_setup_token
from tests.browser.conftest import Phone, phones
from tests.conftest import TINY
from tests.live import living_house
from tests.people import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[tuple[Flask, str]]:
    """A server that nobody looks after yet."""
    with living_house(tmp_path, TINY) as living:
        yield living


@pytest.fixture
def phone(browser: Browser, empty: tuple[Flask, str]) -> Phone:
    """A phone of one's own."""
    return phones(browser, empty[1])


def presses(page: Page, name: str) -> None:
    """Press the button or link with these words and wait for where it leads."""
    main = page.locator("main")
    button = main.get_by_role("button", name=name, exact=True)
    link = main.get_by_role("link", name=name, exact=True)
    with page.expect_navigation():
        button.or_(link).click()


def makes_list(page: Page) -> list[str]:
    """Choose a printed list as second step, as the server demands before anything else."""
    page.goto("/en/staff/groups")
    assert page.url.endswith("/en/staff/account/second-step")
    presses(page, "Make a list")
    page.get_by_label("Your password").fill(PASSWORD)
    presses(page, "Show the codes")
    codes = page.locator("ol.codes li").all_inner_texts()
    assert len(set(codes)) == 40
    presses(page, "I have them: go on")
    expect(page.locator("h1")).to_have_text("Your work")
    return codes


def test_from_the_first_link_to_the_first_group(empty: tuple[Flask, str], phone: Phone) -> None:
    with empty[0].extensions["database"].work() as session:
        secret = new_setup_token(session)
    with phone() as ruth, phone(script=False) as tendai:
        ruth.goto(f"/en/staff/first/{secret}")
        ruth.get_by_label("Your organisation").fill("Bridge Society")
        ruth.get_by_label("Name to sign in with").fill("ruth")
        ruth.get_by_label("Password").fill(PASSWORD)
        presses(ruth, "Go on")
        code = makes_list(ruth)[0]
        presses(ruth, "Sign out")

        ruth.goto("/en/staff")
        ruth.get_by_label("Name to sign in with").fill("ruth")
        ruth.get_by_label("Password").fill(PASSWORD)
        presses(ruth, "Sign in")
        ruth.get_by_label("Digits, or a code from your list").fill(code)
        presses(ruth, "Sign in")
        presses(ruth, "Who works here")
        presses(ruth, "Invite somebody")
        ruth.get_by_label("Role").select_option("Trainer")
        presses(ruth, "Make the invitation")

        link = ruth.locator("#link").input_value()
        tendai.goto(link)
        expect(tendai.locator("p.lead")).to_have_text("Bridge Society · Trainer")
        tendai.get_by_label("Name to sign in with").fill("tendai")
        tendai.get_by_label("Password").fill(PASSWORD)
        presses(tendai, "Make my account")
        makes_list(tendai)
        presses(tendai, "Groups")
        presses(tendai, "Make a group")
        tendai.get_by_label("Name of the group").fill("Tuesday")
        presses(tendai, "Make the group")
        expect(tendai.locator("h1")).to_have_text("Tuesday")
        assert re.fullmatch(r"\w{4} \w{4}", tendai.locator(".poster .code").inner_text())

        tendai.goto(link)
        expect(tendai.locator("h1")).to_have_text("This link does not work any more")


def test_a_page_for_staff_has_a_stylesheet_that_no_learner_loads(phone: Phone) -> None:
    with phone() as page:
        loaded: list[str] = []
        page.on("response", lambda answer: loaded.append(f"{answer.status} {answer.url}"))
        page.goto("/en/return")
        assert [each for each in loaded if "/static/staff." in each] == []
        page.goto("/en/staff/sign-in")
        sheets = [each for each in loaded if "/static/staff." in each]
        assert [each[:3] for each in sheets] == ["200"]
