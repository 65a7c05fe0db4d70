"""A phone without a network, in a real browser with the real worker: what was kept opens, what is
answered waits, and all of it comes in once."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect
from sqlalchemy import select

from edu.editions.publishing import withdraw
from edu.editions.releasing import current_release
from edu.learning.models import LessonDone, Sitting
from edu.preparing import prepare
from tests.browser.conftest import PHONE
from tests.chromium import ARGUMENTS, find_chromium
from tests.conftest import TINY, copy_instance, prepared_instance
from tests.live import living_house

pytestmark = pytest.mark.browser

_CACHES = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const kept = await (await caches.open(name)).keys();
    found.push(...kept.map(each => new URL(each.url).pathname));
  }
  return found.sort();
}"""
_LEFT = """async () => [
  (await caches.keys()).length,
  (await navigator.serviceWorker.getRegistrations()).length,
  (await indexedDB.databases()).map(each => each.name),
]"""
#: The number of the release in which the phone keeps the second module.
_RELEASE = """async () => {
  const kept = await caches.match("/en/m1/offline.json");
  return kept ? (await kept.json()).release : 0;
}"""
#: All that a phone holds of the tiny course before anything is answered but the first form.
KEPT = [
    *("/en/m0/", "/en/m0/1/", "/en/m0/offline.json", "/en/m1/", "/en/m1/1/", "/en/m1/2/"),
    *("/en/m1/offline.json", "/en/offline/", "/en/offline/way", "/en/questions/after/facts"),
    *("/en/questions/after/feelings", "/en/questions/before/facts", "/en/support/", "/out"),
]


@pytest.fixture
def village(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, str]]:
    """The tiny site, served for real."""
    copy_instance(prepared_instance(tmp_path_factory), tmp_path)
    with living_house(tmp_path, TINY) as living:
        yield living


class Amina:
    """Somebody with a phone of her own."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def begins(self) -> str:
        """Agree, and answer the first form while there is a network; returns her card's number."""
        self.page.goto("/en/start/m1")
        self.presses("button[value=yes]")
        code = "".join(filter(str.isdigit, self.page.locator(".card .code").inner_text()))
        self.presses("main a.button")
        self.presses("main p a.button")
        self.answers()
        return code

    def presses(self, what: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(what).first.click()

    def answers(self) -> None:
        """Tick the first answer to each question and send the form."""
        for item in self.page.locator("fieldset.item").all():
            item.locator("input").first.check(force=True)
        self.presses("button[value=submit]")

    def keeps(self, *modules: str) -> None:
        self.page.goto("/en/offline/")
        for module in modules:
            self.page.locator(f"[data-module={module}] [data-keep]").click()
            stand = self.page.locator(f"[data-module={module}] [data-stand]")
            expect(stand).to_contain_text("Kept. Opens without a network.")

    def takes(self, step: int) -> None:
        """Open a step of her way as this phone shows it."""
        self.page.goto("/en/my")
        self.presses(f"[data-steps] li:nth-child({step}) a")

    def goes_the_rest_of_the_way(self) -> None:
        """Second form, three lessons, and the questions after them."""
        self.takes(2)
        self.answers()
        self.takes(3)
        self.presses("form.finish button")
        self.takes(4)
        while "/m1/" in self.page.url:
            self.presses("form.finish button")
        for step in (6, 7):
            self.takes(step)
            self.answers()

    def waits_for(self, count: int) -> None:
        """What the phone says is waiting."""
        self.page.goto("/en/offline/")
        line = self.page.locator("[data-count]")
        if count:
            expect(line).to_be_visible()
            expect(line).to_have_text(str(count))
        else:
            expect(line).to_be_hidden()


@contextmanager
def phone_at(browser: Browser, address: str) -> Iterator[tuple[BrowserContext, Amina]]:
    context = browser.new_context(
        viewport=PHONE,
        base_url=address,  # type: ignore[arg-type]
    )
    try:
        yield context, Amina(context.new_page())
    finally:
        context.close()


def kept(app: Flask) -> tuple[list[tuple[str, str, str]], int]:
    """The answers that came in, each with its wave, and how many lessons are done."""
    with app.extensions["database"].session(reading=True) as session:
        sittings = session.scalars(select(Sitting).where(Sitting.submitted_on.is_not(None)))
        answers = [
            (each.wave, each.instrument_version.instrument, each.answers) for each in sittings
        ]
        return sorted(answers), len(session.scalars(select(LessonDone)).all())


#: The first answer to each question, in all four forms, and three lessons.
WHOLE = (
    [
        ("after", "facts", "1:a,a"),
        ("after", "feelings", "1:1,1,1,1"),
        ("before", "facts", "1:a,a"),
        ("before", "feelings", "1:1,1,1,1"),
    ],
    3,
)


def test_who_goes_on_without_a_network_is_heard_once_when_there_is_one(
    village: tuple[Flask, str], browser: Browser
) -> None:
    app, address = village
    with phone_at(browser, address) as (context, amina):
        amina.begins()
        amina.page.goto("/en/staff/sign-in")
        amina.keeps("m0", "m1")
        style = amina.page.locator("link[rel=stylesheet]").get_attribute("href") or ""
        assert amina.page.evaluate(_CACHES) == sorted([*KEPT, style])
        context.set_offline(True)
        amina.goes_the_rest_of_the_way()
        amina.waits_for(6)
        assert kept(app) == ([WHOLE[0][3]], 0)
        amina.page.goto("/en/questions/after/facts")
        assert amina.page.url.endswith("/en/offline/")
        context.set_offline(False)
        amina.page.goto("/en/my")
        amina.page.locator("ol.way li.ready").first.wait_for()
        amina.waits_for(0)
    assert kept(app) == WHOLE


@pytest.mark.thorough
def test_another_language_in_the_middle_without_a_network_loses_no_answer(
    village: tuple[Flask, str], browser: Browser
) -> None:
    app, address = village
    with phone_at(browser, address) as (context, amina):
        amina.begins()
        amina.keeps("m0", "m1")
        amina.page.goto("/en/questions/before/facts")
        amina.page.locator("fieldset.item input").first.check(force=True)
        context.set_offline(True)
        amina.page.locator("details.lang summary").click()
        amina.presses("button[name=switch][value=sw]")
        assert amina.page.url.endswith("/en/offline/")
        amina.waits_for(1)
        context.set_offline(False)
        amina.page.goto("/en/my")
        amina.waits_for(0)
        amina.page.goto("/sw/questions/before/facts")
        assert amina.page.locator("fieldset.item > p.facts").count() == 1
        assert amina.page.locator("fieldset.item input:checked").count() == 0
    assert kept(app) == ([WHOLE[0][3]], 0)


def _processes_with(folder: Path) -> list[int]:
    """The browser that lives in this folder, and all its parts."""
    wanted = f"--user-data-dir={folder}".encode()
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if wanted in each.read_bytes().split(b"\0"):
                found.append(int(each.parent.name))
    return found


@contextmanager
def lasting_phone(browser: Browser, address: str, folder: Path) -> Iterator[tuple[Amina, Page]]:
    """A browser that keeps on the disk what it keeps, and is killed in the end."""
    context = browser.browser_type.launch_persistent_context(
        folder,
        executable_path=find_chromium(),
        args=ARGUMENTS,
        viewport=PHONE,  # type: ignore[arg-type]
        base_url=address,
    )
    try:
        yield Amina(context.pages[0]), context.pages[0]
    finally:
        for process in _processes_with(folder):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        with suppress(Error):
            context.close()


@pytest.mark.thorough
def test_what_was_answered_outlives_a_browser_that_is_killed(
    village: tuple[Flask, str], browser: Browser, tmp_path: Path
) -> None:
    app, address = village
    folder = tmp_path / "profile"
    with lasting_phone(browser, address, folder) as (amina, page):
        code = amina.begins()
        amina.keeps("m0", "m1")
        page.context.set_offline(True)
        amina.goes_the_rest_of_the_way()
    assert kept(app) == ([WHOLE[0][3]], 0)
    with lasting_phone(browser, address, folder) as (amina, page):
        page.goto("/en/return")
        page.locator("#code").fill(code)
        amina.presses("main form button")
        page.locator("ol.way li.ready").first.wait_for()
        amina.waits_for(0)
    assert kept(app) == WHOLE


@pytest.mark.thorough
def test_leaving_without_a_network_leaves_nothing_and_ends_her_session_at_the_next_contact(
    village: tuple[Flask, str], browser: Browser
) -> None:
    app, address = village
    with phone_at(browser, address) as (context, amina):
        page = amina.page
        amina.begins()
        amina.keeps("m0", "m1")
        context.set_offline(True)
        amina.takes(2)
        amina.answers()
        page.goto("/en/offline/")
        amina.presses("form[action$=leave] button:visible")
        assert page.url.endswith("/en/offline/?leaving")
        amina.presses("button[value=drop]")
        expect(page).to_have_title("Units")
        assert page.evaluate("async () => (await caches.keys()).length") == 0
        context.set_offline(False)
        page.goto("/en/my")
        expect(page.locator("main")).to_contain_text("Nobody is learning on this phone")
        page.reload()
        assert page.evaluate(_LEFT)[:2] == [0, 0]
        assert [each.get("name") for each in context.cookies()] == []
    assert kept(app) == ([WHOLE[0][3]], 0)


@pytest.mark.thorough
def test_leaving_with_a_network_sends_what_waits_and_leaves_nothing(
    village: tuple[Flask, str], browser: Browser
) -> None:
    app, address = village
    with phone_at(browser, address) as (context, amina):
        amina.begins()
        amina.keeps("m0", "m1")
        context.set_offline(True)
        amina.takes(2)
        amina.answers()
        context.set_offline(False)
        amina.page.goto("/en/my")
        amina.presses("form[action$=leave] button")
        assert amina.page.url.endswith("/en/")
        assert amina.page.evaluate(_LEFT) == [0, 0, []]
    assert kept(app) == (WHOLE[0][2:], 0)


@pytest.mark.thorough
def test_a_phone_that_is_full_says_how_far_it_came_and_goes_on_later(
    village: tuple[Flask, str], browser: Browser
) -> None:
    with phone_at(browser, village[1]) as (context, amina):
        page = amina.page
        page.goto("/en/offline/")
        wire = context.new_cdp_session(page)
        quota = {"origin": village[1], "quotaSize": 30_000}
        wire.send("Storage.overrideQuotaForOrigin", quota)
        page.locator("[data-module=m1] [data-keep]").click()
        stand = page.locator("[data-module=m1] [data-stand]")
        expect(stand).to_contain_text("This phone is full. Kept:")
        wire.send("Storage.overrideQuotaForOrigin", {"origin": village[1]})
        page.locator("[data-module=m1] [data-keep]").click()
        expect(stand).to_contain_text("Kept. Opens without a network.")
        page.locator("[data-module=m1] [data-remove]").click()
        expect(stand).to_have_text("")
        assert page.evaluate(_CACHES) == []


@pytest.mark.thorough
def test_what_was_taken_back_is_dropped_at_the_next_contact(
    village: tuple[Flask, str], browser: Browser
) -> None:
    app, address = village
    with phone_at(browser, address) as (context, amina):
        amina.keeps("m0", "m1")
        with app.extensions["database"].work() as session:
            release = current_release(session, "en", "m1")
            assert release is not None
            assert amina.page.evaluate(_RELEASE) == release.id
            withdraw(session, release, "an unkind word", date(2026, 11, 22))
        prepare(app)
        amina.page.goto("/en/m0/1/")
        amina.page.wait_for_function(f"async () => (await ({_RELEASE})()) !== {release.id}")
        context.set_offline(True)
        amina.page.goto("/en/m0/1/")
        expect(amina.page.locator("form.finish")).to_be_visible()


@pytest.mark.thorough
def test_another_sites_form_is_neither_sent_nor_kept_in_her_name(
    village: tuple[Flask, str], browser: Browser
) -> None:
    app, address = village
    trap = f"""<form method=post action="{address}/en/questions/before/facts">
        <input name=k1 value=b><input name=do value=submit><button>Win</button></form>"""
    with phone_at(browser, address) as (context, amina):
        amina.begins()
        amina.keeps("m0", "m1")
        context.route(
            "http://elsewhere.test/**",
            lambda route: route.fulfill(content_type="text/html", body=trap),
        )
        amina.page.goto("http://elsewhere.test/")
        amina.presses("button")
        expect(amina.page.locator("h1")).not_to_have_text("On this phone")
        amina.waits_for(0)
    assert kept(app) == ([WHOLE[0][3]], 0)


@pytest.mark.thorough
def test_a_shared_phone_keeps_nothing(village: tuple[Flask, str], browser: Browser) -> None:
    with phone_at(browser, village[1]) as (_context, amina):
        amina.begins()
        amina.keeps("m1")
        amina.presses("button[name=shared][value=yes]")
        expect(amina.page.locator("p[data-if=shared]")).to_be_visible()
        expect(amina.page.locator("[data-keep]").first).to_be_hidden()
        assert amina.page.evaluate(_LEFT) == [0, 0, []]
        amina.presses("button[name=shared][value=no]")
        amina.keeps("m1")


@pytest.mark.thorough
def test_without_encryption_the_page_says_what_cannot_be(
    village: tuple[Flask, str], browser: Browser
) -> None:
    with phone_at(browser, village[1]) as (context, amina):

        def answer(route: Route) -> None:
            there = route.request.url.replace("http://clinic.test", village[1])
            route.fulfill(response=context.request.get(there))

        context.route("http://clinic.test/**", answer)
        amina.page.goto("http://clinic.test/en/offline/")
        expect(amina.page.locator("[data-if=clear]")).to_be_visible()
        expect(amina.page.locator("[data-keep]").first).to_be_hidden()
