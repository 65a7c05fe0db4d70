"""Whatever an author or translator writes, and wherever, it stays words.

Each payload goes into each place that people outside can fill. What comes out is read twice, by a
reader of ours that is stricter than a browser and by Python's, and a part of it by Chromium.
"""

import json
import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from edu.languages import language
from edu.lessons.fields import translated_front_matter
from edu.lessons.markdown import parse
from edu.lessons.mistakes import Broken
from edu.lessons.order import pieces
from edu.lessons.render import english, render_blocks, render_fragment
from edu.pages.speaking import speaking
from edu.pages.views import module_view, page_view
from edu.segments import markdown as segmented
from edu.segments.structure import StructureChanged
from tests.conftest import TINY
from tests.gate.allowed import faults, second_opinion
from tests.gate.payloads import markdown, payloads, scripts, tags
from tests.lessons.test_browser import opened

PAYLOADS = payloads()
GREETING = (TINY / "content/m1/01-greeting.md").read_text(encoding="utf-8")


def line(payload: str) -> str:
    """A payload where only one line fits."""
    return re.sub(r"[\r\n]+", " ", payload)


def indented(payload: str, by: str) -> str:
    return payload.replace("\n", "\n" + by)


SINKS: dict[str, Callable[[str], str]] = {
    "a paragraph": lambda payload: f"{payload}\n",
    "within words": lambda payload: f"Some words {payload} and more.\n",
    "a heading": lambda payload: f"### {line(payload)}\n",
    "a list": lambda payload: f"- {indented(payload, '  ')}\n- other\n",
    "a quotation": lambda payload: "> " + indented(payload, "> ") + "\n",
    "a table": lambda payload: f"| a | b |\n| --- | --: |\n| {line(payload)} | c |\n",
    "a block": lambda payload: f"::: idea\n{payload}\n:::\n",
    "a block's title": lambda payload: f"::: us {line(payload)}\nGo.\n:::\n",
    "a block's mark": lambda payload: f"::: us safety={line(payload)} Title\nGo.\n:::\n",
    "a block's name": lambda payload: f"::: {line(payload)}\nGo.\n:::\n",
    "a question": lambda payload: (
        f"::: check\n1. {indented(payload, '   ')}\n   - [x] Yes.\n     > Good.\n"
        "   - [ ] No.\n     > Look again.\n:::\n"
    ),
    "an option": lambda payload: (
        f"::: check\n1. Which?\n   - [x] {line(payload)}\n     > Good.\n"
        f"   - [ ] No.\n     > {line(payload)}\n:::\n"
    ),
    "cards": lambda payload: (
        f":::: do\n::: sort {line(payload)}\n- {line(payload)}\n- Other\n\n"
        f"1. {line(payload)}\n   > {line(payload)}\n2. Other\n:::\n::::\n"
    ),
    "a plan": lambda payload: f"::: plan\n1. {line(payload)}\n:::\n",
    "what is revealed": lambda payload: f"::: reveal {line(payload)}\n{payload}\n:::\n",
    "a note": lambda payload: f"::: note {line(payload)}\n{payload}\n:::\n",
    "a picture's words": lambda payload: f"![{line(payload)}](media/a.png)\n",
    "a picture's title": lambda payload: f'![x](media/a.png "{line(payload)}")\n',
    "a picture's address": lambda payload: f"![x]({line(payload)})\n",
    "a link's words": lambda payload: f"[{line(payload)}](m1.1)\n",
    "a link's title": lambda payload: f'[x](m1.1 "{line(payload)}")\n',
    "a link's address": lambda payload: f"[x]({line(payload)})\n",
    "code": lambda payload: f"`{payload}`\n\n```{line(payload)}\n{payload}\n```\n",
}


#: Every day each payload in some of the places, in turn; now and then all of them everywhere.
EACH_SHARE = pytest.mark.parametrize("share", [5, pytest.param(1, marks=pytest.mark.thorough)])


@EACH_SHARE
@pytest.mark.parametrize("sink", SINKS)
def test_in_a_text_it_stays_words(sink: str, share: int) -> None:
    put = SINKS[sink]
    wrong = {}
    for payload in PAYLOADS[list(SINKS).index(sink) % share :: share]:
        html = render_fragment(put(payload))
        found = faults(html, outside=True) + second_opinion(html)
        if found:
            wrong[payload] = found
    assert wrong == {}


def test_there_are_enough_of_them() -> None:
    assert len(PAYLOADS) >= 2000


def lesson(payload: str) -> str:
    """The greeting with the payload in every value of its head."""
    said = json.dumps(line(payload))
    before, sources, behind = GREETING.partition("sources:")
    head = re.sub(r"^(title|summary|message): .*$", r"\1: PUT", before, flags=re.MULTILINE)
    story = "content_note: PUT\nstory:\n  teller: PUT\n  consent: fictional-composite\n"
    return (head + story + sources + behind).replace("PUT", said)


MEET = "::: meet\nI sing.\n:::\n\n:::: do Say it"


@EACH_SHARE
def test_at_the_head_of_a_lesson_it_stays_words(share: int) -> None:
    wrong = {}
    for payload in (PAYLOADS[::5] + list(markdown()))[::share]:
        text = lesson(payload).replace(":::: do Say it", MEET)
        html = "".join(block.html for block in render_blocks(text, english))
        found = faults(html) + second_opinion(html)
        if found:
            wrong[payload] = found
    assert wrong == {}


@EACH_SHARE
def test_as_a_translation_it_stays_words_or_is_refused(share: int) -> None:
    """Woven in the place of every segment of a lesson, as a catalogue would."""
    refused = 0
    wrong = {}
    for payload in (PAYLOADS[::5] + list(markdown()))[::share]:
        try:
            woven = segmented.weave(GREETING, lambda _, said=payload: said)
        except (StructureChanged, Broken):
            refused += 1
            continue
        html = "".join(block.html for block in render_blocks(woven, english))
        found = faults(html) + second_opinion(html)
        if found:
            wrong[payload] = found
    assert wrong == {}
    assert refused < len(PAYLOADS) // (5 * share)


def text(words: str) -> dict[str, str]:
    return {"text": words, "tag": "en"}


def released(payload: str) -> dict[str, object]:
    """A module's release with the payload in every text of it."""
    stored = {
        "id": "m1.1",
        "number": 1,
        "minutes": 3,
        "state": "draft",
        "sources": [payload],
        "markdown": lesson(payload),
        "tags": ["en"] * 40,
    }
    return {
        "id": "m1",
        "minutes": 3,
        "title": text(payload),
        "summary": text(payload),
        "content_note": text(payload),
        "state": "draft",
        "lessons": [stored],
        "changes": [{"lesson": "m1.1", "why": payload}],
    }


def _tags(source: str) -> list[str]:
    """As a release keeps it: the language of every piece of a text."""
    return ["en"] * (len(translated_front_matter(source)) + len(pieces(parse(source))))


def whole_pages(app: Flask, payload: str) -> list[str]:
    """The pages of a site that show a module's own words, and a plain page."""
    environment = app.jinja_env
    with app.test_request_context("/"), speaking("en"):
        module = module_view(released(payload), 1, "en")
        said = json.dumps(line(payload))
        source = f"---\ntitle: {said}\nsummary: {said}\n---\n\n{payload}\n"
        stored = {"slug": "about", "state": "draft", "markdown": source, "tags": _tags(source)}
        page = page_view(stored, "en", english)
        common = {"language": language("en"), "offered": [language("en")], "here": "/"}
        changes = [{"where": None, "why": payload}]
        return [
            environment.get_template("pages/home.html").render(modules=[module], **common),
            environment.get_template("pages/module.html").render(
                module=module, changes=changes, **common
            ),
            environment.get_template("pages/lesson.html").render(
                module=module, lesson=module.lessons[0], blocks=[], **common
            ),
            environment.get_template("pages/plain.html").render(page=page, **common),
        ]


def own_scripts_taken_out(page: str) -> str:
    """A page without the scripts and the icon that our templates put there."""
    page = re.sub(r"<script>.*?</script>", "", page, count=1, flags=re.DOTALL)
    return page.replace('<link rel="icon" href="data:,">', "")


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_on_whole_pages_it_stays_words(house: Flask) -> None:
    wrong = {}
    for payload in PAYLOADS[::7] + list(markdown()):
        for page in whole_pages(house, payload):
            plain = own_scripts_taken_out(page)
            found = faults(plain, outside=True, whole=True) + second_opinion(plain)
            if found:
                wrong[payload] = found
    assert wrong == {}


def test_the_readers_see_what_may_not_be_there() -> None:
    """Without any cleaning most payloads of the families with markup are told."""
    raw = [*tags(), *scripts()]
    assert [payload for payload in raw if not faults(payload)] == []
    assert faults('<a href="javascript:fire()">x</a>') == ["a link to 'javascript:fire()'"]
    assert faults('<a href="java&#9;script:fire()">x</a>') == ["a link to 'java\\tscript:fire()'"]
    assert faults('<img src="//127.0.0.1/x">') == ["something loaded from '//127.0.0.1/x'"]
    assert faults('<p onclick="x">') == ["the attribute onclick"]
    assert faults('<p style="x">') == ["the attribute style"]
    assert faults("<p><script>") == ["the element script"]
    assert faults("<p>a < b") == ["a stray < in '< b'"]
    assert faults('<a href="https://a.example/" rel="noopener noreferrer">', outside=True) == []


# In the browser. The page has no content security policy here: the words alone must be harmless.

_LISTEN = "window.fired = 0; window.fire = () => { window.fired += 1 }; window.alert = window.fire;"
# A link to another site may stand on a page and may be followed: that alone is not counted.
_PROVOKE = """() => {
  const away = (link) => link && /^https?:/i.test(link.getAttribute("href") || "");
  const stay = (event) => { if (away(event.target.closest("a"))) event.preventDefault(); };
  document.addEventListener("click", stay, true);
  for (const each of document.querySelectorAll("main *, body > *")) {
    for (const kind of ["click", "mouseover", "pointerover", "focus", "toggle"])
      each.dispatchEvent(new Event(kind, {bubbles: true, cancelable: true}));
    if (each.matches("a, button, summary")) each.click();
  }
}"""


def fired(page: Page) -> int:
    """How often something ran, after everything was clicked, hovered and focused."""
    page.evaluate(_PROVOKE)
    page.wait_for_timeout(150)
    return int(page.evaluate("window.fired || 0"))


@pytest.mark.thorough
@pytest.mark.browser
def test_in_a_browser_nothing_runs_and_nobody_is_called(browser: Browser) -> None:
    sample = [*PAYLOADS[::4], *scripts(), *markdown()]
    called: list[str] = []
    ran = 0
    for start in range(0, len(sample), 60):
        words = "\n\n".join(
            SINKS[name](payload)
            for payload in sample[start : start + 60]
            for name in ("a paragraph", "a list", "a block's title", "a link's address")
        )
        page = opened(browser, "", "ltr", scripts=True)
        page.on("request", lambda request: called.append(request.url))
        # Links to lessons lead to this page itself: it must stay while it is provoked.
        html = render_fragment(words, link=lambda _: "#main")
        page.set_content(f"<!doctype html><script>{_LISTEN}</script><main>{html}</main>")
        ran += fired(page)
        page.context.close()
    assert ran == 0
    assert [url for url in called if not url.startswith(("about:", "data:"))] == []


@pytest.mark.thorough
@pytest.mark.browser
def test_the_browser_would_have_run_them(browser: Browser) -> None:
    page = browser.new_context().new_page()
    page.route("**/*", lambda route: route.abort())
    count = 0
    sample = [*list(tags())[::24], *list(scripts())[:12]]
    for payload in sample:
        page.set_content(f"<!doctype html><script>{_LISTEN}</script><main>{payload}</main>")
        count += fired(page) > 0
    page.context.close()
    assert count >= len(sample) // 3
