"""Every page we ship, finished or not, in every language on offer."""

import base64
import gzip
import hashlib
import re
from collections.abc import Iterator
from functools import cache

import polib
import pytest
from flask import Flask
from flask.testing import FlaskClient

from edu.editions.releasing import offered_tags
from edu.languages import language
from edu.pages.assets import script
from edu.settings import ROOT
from tests.pages.seen import Seen
from tests.people import LearnerPerson, fields_of
from tests.real import lessons_in

#: Languages in which the whole interface speaks, and the places along their chains.
TAGS = ("en", "es-419", "es-CO", "sw", "sw-KE", "ar", "hi", "ta", "ta-LK")
PLAIN = ("/", "/support/", "/consent/", "/about/", "/privacy/", "/offline/", "/maps/")
#: Where something differs from the parent language, which a page of its own tells.
ADAPTED = dict.fromkeys(("es-CO", "sw-KE", "ta-LK"), ("m0", "m1", "m2"))
#: Where the profile of a place, or of a language itself, has words that learners read.
WORDS = tuple(f"/{tag}/glossary/" for tag in ("es-CO", "sw-KE", "ar", "ta-LK"))
#: Scripts of pages on which only partners work.
OF_STAFF = ("desk.js", "recorder.js", "paper.js", "passkey.js")
#: What gunicorn says besides.
OF_GUNICORN = "Server: gunicorn\r\nDate: Sun, 22 Nov 2026 12:00:00 GMT\r\nConnection: close\r\n"
#: What anybody may open.
GUESTS = (
    *("/my", "/join", "/return", "/forget", "/start/m0", "/start/m1", "/start/m2", "/mine"),
    "/staff/sign-in",
)
#: What only somebody with a journey may open.
LEARNERS = (
    *("/my", "/my?saved", "/change", "/certificate", "/forget", "/start/m1"),
    *("/questions/after/attitudes", "/questions/after/knowledge"),
)
#: One message for each place where pages get their words: frame, lists, forms, notes.
INTERFACE = (
    *("Get support", "Leave quickly", "Skip to the text", "My way", "I have a card"),
    *("Choose a module", "Go on with your card", "Join a group", "Sign in", "Go on"),
    *("The idea", "Around here", "Look back", "Finish this lesson", "Delete everything about me"),
    *("Notes for whoever leads a group", "I don't know", "Save my answers", "Back to my way"),
)


@pytest.fixture(scope="module")
def lessons(real: Flask) -> list[str]:
    """The places of all lessons."""
    return lessons_in(real.extensions["settings"].root)


@pytest.fixture(scope="module")
def finished(lessons: list[str]) -> list[str]:
    """The addresses of all finished pages, below a language."""
    modules = sorted({f"/{lesson.split('/')[0]}/" for lesson in lessons})
    kinds = ("", "notes/", "show/")
    return [*PLAIN, *modules, *(f"/{lesson}/{kind}" for lesson in lessons for kind in kinds)]


def shipped(real: Flask) -> list[str]:
    """The languages of its files, with the English that they are made from."""
    folders = (real.extensions["settings"].root / "translations").iterdir()
    return ["en", *sorted(each.name for each in folders)]


@pytest.fixture(scope="module")
def pages(real: Flask, finished: list[str]) -> dict[str, Seen]:
    """All finished pages, read once."""
    browser = real.test_client()
    addresses = [*(f"/{tag}{kind}" for tag in TAGS for kind in finished), *WORDS]
    return {address: _read(browser, address) for address in addresses}


@pytest.fixture(scope="module", params=TAGS)
def dynamic(request: pytest.FixtureRequest, real: Flask) -> dict[str, Seen]:
    """All other pages in one language: for a guest, then for somebody who did everything."""
    tag: str = request.param
    guest = real.test_client()
    found = {f"/{tag}{kind}": _read(guest, f"/{tag}{kind}") for kind in GUESTS}
    amina = LearnerPerson(real.test_client(), tag)
    amina.starts("m1")
    found[f"/{tag}/questions/before/attitudes (hers)"] = _read(
        amina.browser, f"/{tag}/questions/before/attitudes"
    )
    amina.answers("before", "attitudes", **_everywhere(found, tag))
    amina.finishes("m0.1", "m0.2", "m1.1", "m1.2", "m1.3", "m1.4")
    for kind in LEARNERS:
        found[f"/{tag}{kind} (hers)"] = _read(amina.browser, f"/{tag}{kind}")
    amina.answers("after", "attitudes", **_everywhere(found, tag))
    for kind in ("/my", "/change"):
        found[f"/{tag}{kind} (in the end)"] = _read(amina.browser, f"/{tag}{kind}")
    return found


def _everywhere(found: dict[str, Seen], tag: str) -> dict[str, str]:
    """The first answer to every question."""
    page = found[f"/{tag}/questions/before/attitudes (hers)"]
    names = [each["name"] for each in page.all("input") if each.get("type") == "radio"]
    return dict.fromkeys((name.replace("-", "_") for name in names), "1")


def _read(browser: FlaskClient, address: str) -> Seen:
    answer = browser.get(address)
    assert (address, answer.status_code) == (address, 200)
    return Seen(answer.text)


def faults(address: str, page: Seen) -> Iterator[str]:
    """What is wrong with a page in general."""
    tag = address.split("/")[1]
    if page.all("html") != [{"lang": tag, "dir": language(tag).direction}]:
        yield f"{address}: html is {page.all('html')}"
    if len(page.all("h1")) != 1:
        yield f"{address}: {len(page.all('h1'))} h1"
    title = re.search(r"<title>(.*?)</title>", page.page, re.DOTALL)
    if title is None or not title[1].strip():
        yield f"{address}: no title"
    for left in ("%(", "{{", "{%", "&lt;bdi", "Markup("):
        if left in page.page:
            yield f"{address}: holds {left}"
    if re.search(r"\bNone\b(?! [a-z])", page.page):  # "None of us" is English
        yield f"{address}: holds None"
    links = page.all("a")
    if f"/{tag}/support/" not in [each.get("href") for each in links]:
        yield f"{address}: no way to support"
    if [each.get("href") for each in links if each.get("class") == "exit"] != ["/out"]:
        yield f"{address}: no quick exit"
    yield from (
        f"{address}: leads to {each}"
        for each in page.addresses
        if not re.match(r"/(?!/)|#|data:,$", each)
    )
    yield from (f"{address}: <{each}> is loose" for each in page.loose)
    ids = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    yield from sorted({f"{address}: id {each} twice" for each in ids if ids.count(each) > 1})


@cache
def interface_words(tag: str) -> dict[str, str]:
    """The interface's translations that readers of a tag may expect, along its chain."""
    words: dict[str, str] = {}
    for step in reversed(language(tag).chain):
        file = ROOT / "translations" / step / "LC_MESSAGES" / "messages.po"
        if file.exists():
            entries = polib.pofile(str(file))
            words |= {each.msgid: each.msgstr for each in entries if each.translated()}
    return words


def untranslated(address: str, page: Seen) -> Iterator[str]:
    tag = address.split("/")[1]
    own = [words for lang, _, words in page.texts if lang == tag]
    for message in INTERFACE:
        translation = interface_words(tag).get(message, message)
        if translation != message and message in own:
            yield f"{address}: {message}"


def test_the_languages_on_offer_are_those_we_ship(real: Flask) -> None:
    with real.extensions["database"].session(reading=True) as session:
        assert sorted(offered_tags(session)) == sorted(shipped(real))


def test_exactly_the_pages_we_know_are_finished(real: Flask, finished: list[str]) -> None:
    published = real.extensions["settings"].published
    found = {
        "/" + file.relative_to(published).as_posix().removesuffix("index.html")
        for file in published.rglob("*.html")
    }
    told = {f"/{tag}/{module}/differs/" for tag, modules in ADAPTED.items() for module in modules}
    assert found == told | {f"/{tag}{kind}" for tag in shipped(real) for kind in finished}.union(
        WORDS
    )


def test_every_finished_page_is_sound(pages: dict[str, Seen]) -> None:
    assert [fault for address, page in pages.items() for fault in faults(address, page)] == []


def test_every_other_page_is_sound_for_guests_and_learners(dynamic: dict[str, Seen]) -> None:
    assert [fault for address, page in dynamic.items() for fault in faults(address, page)] == []


def test_no_finished_page_shows_an_interface_in_english_that_is_translated(
    pages: dict[str, Seen],
) -> None:
    assert [each for address, page in pages.items() for each in untranslated(address, page)] == []


def test_no_other_page_shows_an_interface_in_english_that_is_translated(
    dynamic: dict[str, Seen],
) -> None:
    assert [each for address, page in dynamic.items() for each in untranslated(address, page)] == []


def test_every_language_but_english_has_the_whole_interface() -> None:
    lacking = {
        tag: [message for message in INTERFACE if message not in interface_words(tag)]
        for tag in TAGS
        if tag != "en"
    }
    assert lacking == {tag: [] for tag in lacking}


def test_a_lesson_fits_into_one_round_of_the_network(
    real: Flask, pages: dict[str, Seen], lessons: list[str]
) -> None:
    published = real.extensions["settings"].published
    heavy, laden = [], []
    for tag in TAGS:
        for lesson in lessons:
            packed = (published / tag / lesson / "index.html.gz").read_bytes()
            page = pages[f"/{tag}/{lesson}/"]
            assert gzip.decompress(packed).decode() == page.page
            if len(packed) > 14_000:
                heavy.append((tag, lesson, len(packed)))
            sheets = [each for each in page.all("link") if each["rel"] == "stylesheet"]
            fetched = [each for each in page.all("script") if "src" in each]
            if len(sheets) != 1 or fetched or len(page.scripts) not in (1, 2):
                laden.append((tag, lesson, sheets, page.scripts))
    assert (heavy, laden) == ([], [])


def test_the_next_lesson_weighs_at_most_six_thousand_bytes_in_every_language(
    real: Flask, lessons: list[str]
) -> None:
    """With its headers, as a browser gets it over TLS whose stylesheet is there already."""
    browser, heavy = real.test_client(), []
    for tag in shipped(real):
        for lesson in lessons:
            answer = browser.get(
                f"/{tag}/{lesson}/", base_url="https://localhost", headers={"Accept-Encoding": "br"}
            )
            head = sum(len(f"{name}: {value}\r\n") for name, value in answer.headers)
            weight = len("HTTP/1.1 200 OK\r\n\r\n") + len(OF_GUNICORN) + head + len(answer.data)
            if weight > 6_000:
                heavy.append((tag, lesson, weight))
    assert heavy == []


def test_a_browser_runs_the_scripts_in_a_page_and_no_other(
    real: Flask, pages: dict[str, Seen], dynamic: dict[str, Seen]
) -> None:
    policy = real.test_client().get("/en/my").headers["Content-Security-Policy"]
    allowed = re.search(r"script-src ([^;]*);", policy)
    assert allowed is not None
    run = {text for page in [*pages.values(), *dynamic.values()] for text in page.scripts}
    used = {
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in run.union(map(script, OF_STAFF))
    }
    assert used == set(allowed[1].split())


def test_every_link_on_a_finished_page_leads_somewhere(real: Flask, pages: dict[str, Seen]) -> None:
    guest = real.test_client()
    links = {link for page in pages.values() for link in page.addresses if link.startswith("/")}
    forms = {each.get("action", "") for page in pages.values() for each in page.all("form")}
    lost = [link for link in sorted(links - forms) if guest.get(link).status_code not in (200, 303)]
    assert lost == []


def test_the_quick_exit_shows_nothing_of_this_site(real: Flask) -> None:
    page = Seen(real.test_client().get("/out").text)
    assert [each["href"] for each in page.all("a")] == []
    assert re.findall("Daraja|stigma|support|mental", page.page.replace("/static/daraja", "")) == []


def test_a_page_of_questions_offers_every_item_to_be_left_out(real: Flask) -> None:
    amina = LearnerPerson(real.test_client())
    amina.starts("m1")
    page = amina.opens("/en/questions/before/attitudes")
    choices = fields_of(page).choices
    assert choices.pop("aloud") == ["yes"]  # a tick for having been read to
    assert {tuple(codes[-2:]) for codes in choices.values()} == {("?", "!")}
    assert " required" not in page.text
