"""Takes the pictures of the README: `python -m tests.screenshots [FOLDER]`.

The real content is served from a throw-away instance with the simulated programme, so that no
picture shows anybody. People go their way through pages and forms, as in the tests.
"""

import logging
import re
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page, ViewportSize
from werkzeug.serving import make_server

from edu import create_app
from edu.demo import LOGIN, make_demo
from edu.preparing import prepare
from edu.settings import Settings
from tests.chromium import chromium
from tests.people import LearnerPerson, Person, fields_of

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
TAGS = ("en", "sw-KE", "ta-LK", "ar")
PHONE = ViewportSize(width=360, height=900)
DESK = ViewportSize(width=1100, height=900)

LESSON = "m1/3/"
BOARD = "m2/1/"
#: A journey that is short enough to be gone here, and has both kinds of questions.
MODULE = "m1"


def main(folder: Path) -> None:
    """All pictures, one after the other."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        with _house(demo=False) as app, _served(app) as site:
            for tag in TAGS:
                _quiet_pages(browser, site, tag, folder)
                _learner_pages(browser, site, app, tag, folder)
        with _house(demo=True) as app, _served(app) as site:
            _report(browser, site, make_demo(app, datetime.now(UTC).date()), folder)


@contextmanager
def _house(*, demo: bool) -> Iterator[Flask]:
    """An application with the real content over an instance that is thrown away."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        url = f"sqlite:///{folder}/pictures.sqlite"
        app = create_app(Settings(Path(folder), url, "a secret for pictures", demo=demo))
        prepare(app)
        yield app
        app.extensions["database"].engine.dispose()


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    """The application on a free port; yields its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _take(
    browser: Browser,
    address: str,
    file: Path,
    *,
    size: ViewportSize = PHONE,
    cookies: dict[str, str] | None = None,
    at: str = "",
    first: Callable[[Page], None] | None = None,
) -> None:
    """A picture of what a reader sees first, or from the place `at` on."""
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    site = re.sub(r"(?<=\d)/.*", "", address)
    context.add_cookies(
        [{"name": name, "value": value, "url": site} for name, value in (cookies or {}).items()]
    )
    page = context.new_page()
    page.goto(address)
    if first is not None:
        first(page)
    if at:
        _scroll_to(page, at)
    page.screenshot(path=file)
    context.close()


def _scroll_to(page: Page, at: str) -> None:
    page.locator(at).first.evaluate("element => element.scrollIntoView({block: 'start'})")


def _quiet_pages(browser: Browser, site: str, tag: str, folder: Path) -> None:
    _take(browser, f"{site}/{tag}/", folder / f"home-{tag}.png")
    _take(browser, f"{site}/{tag}/{LESSON}", folder / f"lesson-{tag}.png")
    _take(
        browser,
        f"{site}/{tag}/{BOARD}",
        folder / f"board-{tag}.png",
        at="fieldset.board .ask >> nth=1",
        first=_place_the_dot,
    )
    if tag == "en":
        _take(browser, f"{site}/en/{LESSON}", folder / "lesson-en-desk.png", size=DESK)


def _place_the_dot(page: Page) -> None:
    """Answers the two questions of the first moment."""
    names = page.evaluate(
        "[...new Set([...document.querySelectorAll('.board input[type=radio]')]"
        ".map(each => each.name))].slice(0, 2)"
    )
    for name, place in zip(names, (1, 3), strict=True):
        page.locator(f'input[type=radio][name="{name}"]').nth(place).check(force=True)


def _learner_pages(browser: Browser, site: str, app: Flask, tag: str, folder: Path) -> None:
    amina = LearnerPerson(app.test_client(), tag)
    amina.starts(MODULE)
    first = _first_questions(amina, tag)
    _take(
        browser,
        f"{site}{first}",
        folder / f"questions-{tag}.png",
        cookies=_cookie(amina),
        at="form#questions fieldset",
    )
    _answer_all(amina, tag, "before", 1)
    amina.finishes(*_lessons(amina, tag))
    _answer_all(amina, tag, "after", 3)
    page = f"{site}/{tag}/change"
    _take(browser, page, folder / f"change-{tag}.png", cookies=_cookie(amina))


def _cookie(person: Person) -> dict[str, str]:
    found = person.browser.get_cookie("sid")
    assert found is not None
    return {"sid": found.value}


def _first_questions(amina: LearnerPerson, tag: str) -> str:
    return _questions(amina, tag, "before")[0]


def _questions(amina: LearnerPerson, tag: str, wave: str) -> list[str]:
    """The questionnaires that wait for her."""
    way = amina.opens(f"/{tag}/my").text
    return list(dict.fromkeys(re.findall(rf'"(/{tag}/questions/{wave}/[^"]+)"', way)))


def _lessons(amina: LearnerPerson, tag: str) -> list[str]:
    way = amina.opens(f"/{tag}/my").text
    found = re.findall(rf'"/{tag}/(\w+)/(\d+)/"', way)
    return list(dict.fromkeys(f"{module}.{number}" for module, number in found))


def _answer_all(amina: LearnerPerson, tag: str, wave: str, place: int) -> None:
    """Answers every questionnaire of a wave; the place among the options shifts from item to
    item, so that the picture shows small and large moves."""
    for address in _questions(amina, tag, wave):
        fields = fields_of(amina.opens(address))
        answers = {
            item: options[:-2][(place + number // 3 % 2) % len(options[:-2])]
            for number, (item, options) in enumerate(fields.choices.items())
            if len(options) > 2  # not the tick for having been read to
        }
        amina.sends(address, key=fields.hidden["key"], do="submit", **answers)


def _report(browser: Browser, site: str, password: str, folder: Path) -> None:
    """The report on the first simulated group: on a phone in each language, and on a desk."""
    # From the top, where the mark of a simulated site stands.
    for size, tags in ((PHONE, TAGS), (DESK, ("en",))):
        context = browser.new_context(viewport=size)
        page = context.new_page()
        page.goto(f"{site}/en/staff/sign-in")
        page.fill("input[name=login]", LOGIN)
        page.fill("input[name=password]", password)
        page.click("main button")
        page.click("main a[href$='/staff/groups']")
        page.click("text=Simulated: evening circle")
        home = page.url
        for tag in tags:
            page.goto(f"{home}/report".replace("/en/", f"/{tag}/"))
            page.screenshot(path=folder / f"report-{tag}{'-desk' if size is DESK else ''}.png")
        context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
