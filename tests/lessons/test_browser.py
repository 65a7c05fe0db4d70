"""The widgets and the stylesheet in a real browser, with JavaScript switched off."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from edu.lessons.render import render_fragment
from tests.lessons.test_render import BOARD, CHECK, SORT

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parents[2] / "edu" / "static"
STORY = "::: meet\nI sing.\n:::\n\n::: us\nGreet somebody.\n:::\n"
PLAN = "::: plan\n1. A small thing\n:::\n\n::: reveal Look\nHere.\n:::\n"
TABLE = "| Who | What |\n| --- | --: |\n| Ada | a question |\n"


def opened(browser: Browser, text: str, direction: str, *, scripts: bool = False) -> Page:
    """A page with this text, as a learner's page would hold it."""
    context = browser.new_context(
        java_script_enabled=scripts, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    style = (STATIC / "daraja.css").read_text(encoding="utf-8")
    script = f"<script>{(STATIC / 'board.js').read_text(encoding='utf-8')}</script>"
    page.set_content(
        f'<!doctype html><html lang="en" dir="{direction}"><head><title>Sample</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{style}</style></head><body><main><h1>Sample</h1>{render_fragment(text)}</main>"
        f"{script if scripts else ''}</body></html>"
    )
    return page


def dot(page: Page) -> tuple[float, float]:
    """Where the dot's middle stands in its square, from the left and from the top, 0 to 1."""
    square, mark = (page.locator(name).first.bounding_box() for name in (".square", ".dot"))
    assert square is not None
    assert mark is not None
    return (
        round((mark["x"] + mark["width"] / 2 - square["x"]) / square["width"], 1),
        round((mark["y"] + mark["height"] / 2 - square["y"]) / square["height"], 1),
    )


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(300)  # the dot glides


def chosen(page: Page) -> list[str]:
    """What a screen reader calls the answers that are chosen."""
    return [
        line.strip().removeprefix("- radio ").removesuffix(" [checked]").strip('"')
        for line in page.locator("fieldset").first.aria_snapshot().splitlines()
        if "[checked]" in line
    ]


@pytest.mark.parametrize(("direction", "from_left"), [("ltr", 0.7), ("rtl", 0.3)])
def test_the_dot_moves_by_keyboard_alone_and_mirrors(
    browser: Browser, direction: str, from_left: float
) -> None:
    page = opened(browser, BOARD, direction)
    assert page.locator(".dot").first.is_hidden()
    press(page, "Tab", "ArrowDown", "ArrowDown", "ArrowDown")
    assert page.locator(".dot").first.is_hidden()
    assert page.locator(".out").first.inner_text() == ""
    press(page, "Tab", "Space")
    assert chosen(page) == ["How much illness or distress? much", "How much wellbeing? very low"]
    assert dot(page) == (from_left, 0.9)
    assert page.locator(".out").first.inner_text() == "Much illness, little wellbeing"
    press(page, *["ArrowDown"] * 4)
    assert dot(page) == (from_left, 0.1)
    assert page.locator(".out").first.inner_text() == "Much illness, much wellbeing"


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_with_a_script_the_square_itself_can_be_tapped(browser: Browser, direction: str) -> None:
    page = opened(browser, BOARD, direction, scripts=True)
    box = page.locator(".square").first.bounding_box()
    assert box is not None
    page.locator(".square").first.click(
        position={"x": box["width"] * 0.3, "y": box["height"] * 0.1}
    )
    illness = "a little" if direction == "ltr" else "much"
    assert chosen(page) == [
        f"How much illness or distress? {illness}",
        "How much wellbeing? very high",
    ]


def test_an_answer_opens_by_keyboard_and_closes_the_one_before(browser: Browser) -> None:
    page = opened(browser, CHECK, "ltr")
    press(page, "Tab", "Enter")
    assert page.get_by_text("Not quite.").is_hidden()
    assert page.get_by_text("Yes.").is_visible()
    press(page, "Tab", "Enter")
    assert page.get_by_text("Not quite.").is_visible()
    assert page.get_by_text("Yes.").is_hidden()


def test_nothing_in_a_lesson_could_be_sent(browser: Browser) -> None:
    page = opened(browser, CHECK + SORT + BOARD + PLAN, "ltr")
    page.locator('input[type="text"]').fill("a secret")
    page.keyboard.press("Enter")
    assert (page.url, page.locator("form").count(), page.locator("[name]:visible").count() > 0) == (
        *("about:blank", 0),
        True,
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_widgets_have_no_violation_and_fit_a_small_screen(
    browser: Browser, direction: str, scheme: str
) -> None:
    text = STORY + CHECK + SORT + BOARD + PLAN + TABLE
    page = opened(browser, text, direction, scripts=True)  # the checker is itself a script
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for summary in page.locator("details > summary").all():
        summary.click()
    page.set_viewport_size({"width": 240, "height": 320})
    violations = Axe().run(page).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 240


def test_things_to_press_are_at_least_24_pixels_high(browser: Browser) -> None:
    page = opened(browser, CHECK + SORT + BOARD, "ltr")
    targets = page.locator("summary, label").all()
    boxes = [target.bounding_box() for target in targets]
    assert [box for box in boxes if box is None or box["height"] < 44] == []


def test_on_paper_the_instructions_for_screens_are_gone_and_the_square_stays(
    browser: Browser,
) -> None:
    page = opened(browser, BOARD + PLAN, "ltr")
    page.emulate_media(media="print")
    shown = [page.locator(name).first.is_visible() for name in (".square", ".plan input", ".how")]
    assert shown == [True, True, False]
