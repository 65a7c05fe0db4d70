"""A group's file on a phone without a network: opened from storage, read, answered, handed over."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import segno
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.carried.phone import makes_file, takes_in, told
from tests.carried.test_taking import AFTER, BEFORE, kept
from tests.people import People

pytestmark = pytest.mark.thorough


@contextmanager
def opened(
    browser: Browser, file: Path, *, width: int = 360, script: bool = True
) -> Iterator[Page]:
    """A phone that opens a file; it has no network, and asks nobody for anything."""
    context = browser.new_context(
        viewport={"width": width, "height": 640}, java_script_enabled=script, offline=True
    )
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(file.as_uri())
    yield page
    assert [each for each in asked if not each.startswith((file.as_uri(), "data:", "blob:"))] == []
    assert errors == []
    context.close()


@pytest.fixture
def group(people: People) -> int:
    return people.tendai.makes_group()


@pytest.fixture
def file(people: People, group: int, tmp_path: Path) -> Path:
    """A group's file in the storage of a phone."""
    saved = tmp_path / "lessons.html"
    saved.write_text(makes_file(people.tendai, group).page, encoding="utf-8")
    return saved


def answers(page: Page, wave: str, number: str = "") -> str:
    """Somebody answers a wave with her number, or gets one; it is returned."""
    page.locator(f"[data-wave={wave}]").click()
    page.locator("[data-agree]").click()
    assert page.locator("#q-code").input_value() == ""
    if number:
        page.fill("#q-code", number)
        page.locator("[data-typed]").click()
    else:
        page.locator("[data-make]").click()
        number = page.locator("#q-mine").inner_text()
        page.locator("[data-noted]").click()
    for box in page.locator(".q-read:visible").all():
        box.check()
    if page.locator("[data-read]").is_visible():
        page.locator("[data-read]").click()
    while True:
        step = page.locator(".step:visible")
        assert step.locator("input:checked").count() == 0
        for item in step.locator("fieldset").all():
            item.locator("input").first.check()
        if step.locator("[data-seal]").is_visible():
            step.locator("[data-seal]").click()
            break
        step.locator("[data-next]").click()
    page.wait_for_selector("#q-sealed:visible")
    assert number not in page.content()
    assert page.locator("input:checked").count() == 0
    page.locator("#q-sealed [data-stop]").click()
    return number


def in_arabic_digits(number: str) -> str:
    return number.translate({48 + digit: 0x660 + digit for digit in range(10)})


def pictures(page: Page) -> list[str]:
    """What each picture says; each is drawn as another encoder draws it."""
    page.locator("[data-pictures]").click()
    count = int(re.findall(r"\d+", page.locator("#q-which").inner_text())[-1])
    texts = []
    for _turn in range(count):
        text = re.sub(r"\s", "", page.locator("#q-text").text_content() or "")
        drawn = page.locator("#q-picture path").get_attribute("d") or ""
        found = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1", drawn)}
        shape: dict[str, Any] = {"version": 7, "error": "m", "mode": "alphanumeric", "mask": 0}
        rows: list[Any] = list(segno.make(text, boost_error=False, **shape).matrix)
        dark = {(x + 4, y + 4) for y, row in enumerate(rows) for x, bit in enumerate(row) if bit}
        assert found == dark
        texts.append(text)
        page.locator("[data-turn='1']").click()
    return texts


def test_two_people_answer_one_after_the_other_and_both_come_back_once(
    browser: Browser, house: Flask, people: People, group: int, file: Path, tmp_path: Path
) -> None:
    tendai = people.tendai
    with opened(browser, file) as page:
        assert page.title() == "Lessons"
        page.locator("a[href='#m1-2']").first.click()
        assert page.locator("#m1-2 h2").is_visible()
        first, second = answers(page, "before"), answers(page, "before")
        assert first != second
        answers(page, "after", in_arabic_digits(first))
        held = page.evaluate("JSON.stringify(localStorage)")
        assert re.findall(r"before|after|feelings|\d{4} ?\d{4}\b(?![A-Z])", held) == []
        page.reload()
        assert page.locator("#q-start [data-count]").inner_text().endswith(": 3")
        page.locator("#q-start [data-hand]").click()
        texts = pictures(page)
        with page.expect_download() as saved:
            page.locator("#q-save").click()
        assert saved.value.suggested_filename == "notes.txt"
        saved.value.save_as(tmp_path / "notes.txt")
        lines = (tmp_path / "notes.txt").read_text().split()
        assert lines == texts
        page.locator("[data-done]").click()
        page.locator("[data-delete]").click()
        assert page.evaluate("localStorage.length") == 0
    assert told(takes_in(tendai, group, lines, as_files=True)) == [
        f"1 · {AFTER}: Kept.",
        f"2 · {BEFORE}: Kept.",
    ]
    ones = [("facts", "1:a,a"), ("feelings", "1:1,1,1,1")]
    waves = ("after", "before", "before")
    assert kept(house) == sorted((wave, *each) for wave in waves for each in ones)
    again = told(takes_in(tendai, group, texts[::-1]))
    assert {each.partition(": ")[2] for each in again} == {"Here already. Nothing was kept twice."}
    assert len(kept(house)) == 6


def test_a_mistyped_number_and_unread_lessons_are_told(browser: Browser, file: Path) -> None:
    with opened(browser, file, width=240) as page:
        page.locator("[data-wave=after]").click()
        page.locator("[data-agree]").click()
        assert page.locator("[data-make]").is_hidden()
        page.fill("#q-code", "1234 5678 9012")
        page.locator("[data-typed]").click()
        assert page.locator("#q-code-wrong").is_visible()
        page.locator("#q-number [data-stop]").click()
        page.locator("[data-wave=before]").click()
        page.locator("[data-agree]").click()
        page.locator("[data-make]").click()
        number = page.locator("#q-mine").inner_text()
        page.locator("[data-noted]").click()
        page.locator(".step:visible [data-stop]").click()
        page.locator("[data-wave=after]").click()
        page.locator("[data-agree]").click()
        page.fill("#q-code", number)
        page.locator("[data-typed]").click()
        page.locator("[data-read]").click()
        assert page.locator("#q-unread").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 240


def test_it_is_read_without_javascript_and_says_what_cannot_work(
    browser: Browser, file: Path
) -> None:
    with opened(browser, file, script=False) as page:
        assert page.locator("article:visible").count() == 3
        assert page.locator("noscript p").inner_text().startswith("This browser cannot ask")
        assert page.locator("#q-form").is_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_phone_that_cannot_seal_asks_nothing(browser: Browser, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    allowed = text.replace("window.crypto.subtle;", "null", 1)
    assert allowed != text
    # The file forbids itself every script that is not the one it was made with.
    file.write_text(re.sub(r'<meta http-equiv="Content-Security[^>]*>', "", allowed), "utf-8")
    with opened(browser, file) as page:
        assert page.locator("#q-unable").is_visible()
        assert page.locator("#q-form").is_hidden()


def test_when_its_time_is_over_it_says_so_and_asks_nothing(browser: Browser, file: Path) -> None:
    with opened(browser, file) as page:
        assert page.locator("[data-after]:visible").count() == 0
        page.clock.install(time="2099-01-01")
        page.reload()
        assert page.locator("#q-over").is_visible()
        assert page.locator("[data-wave]:visible").count() == 0
        assert page.locator("[data-after]:visible").count() == 1
