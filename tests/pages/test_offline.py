"""What phones may keep is listed truly, weighs little, and is nobody's."""

import json
from dataclasses import replace
from typing import Any

import brotli
import pytest
from flask import Flask

from edu.languages import language
from edu.pages.assets import FOLDER, script
from edu.pages.offline import WORKER, Shelf, worker
from edu.pages.store import Page, etag
from edu.pages.views import ModuleView, module_view
from tests.people import People

HELP = "::: support safety=helpline Help\nA hand.\n:::"


def told(house: Flask, path: str) -> dict[str, Any]:
    found: dict[str, Any] = house.test_client().get(path).get_json()
    return found


def test_a_module_is_listed_with_its_lessons_as_they_are_published(tiny: Flask) -> None:
    listed = told(tiny, "/sw/m1/offline.json")
    assert [file[0] for file in listed["files"]] == ["/sw/m1/", "/sw/m1/1/", "/sw/m1/2/"]
    for path, digest, size in listed["files"]:
        body = tiny.test_client().get(path).data
        assert (path, digest) == (path, etag(body))
        assert size >= len(brotli.compress(body))
    assert (listed["tag"], listed["name"]) == ("sw", "m1")
    assert (listed["language"], listed["dir"]) == (language("sw").autonym, "ltr")


def test_a_language_lists_all_its_modules_and_the_way_to_support(tiny: Flask) -> None:
    listed = told(tiny, "/ar/offline.json")
    modules = {name: told(tiny, f"/ar/{name}/offline.json") for name in ("m0", "m1")}
    assert listed["modules"] == {
        name: {"version": each["version"], "must": each["must"], "withdrawn": []}
        for name, each in modules.items()
    }
    assert [file[0] for file in listed["shell"]][:2] == ["/ar/offline/", "/ar/support/"]
    for path, digest, _size in listed["shell"]:
        answer = tiny.test_client().get(path)
        assert (path, answer.status_code) == (path, 200)
        assert digest in (None, etag(answer.data))


def test_what_is_listed_is_the_same_for_everybody(tiny: Flask, tiny_people: People) -> None:
    amina, tendai, stranger = tiny_people.amina, tiny_people.tendai, tiny.test_client()
    amina.starts("m1")
    shell = told(tiny, "/en/offline.json")["shell"]
    files = [*shell, *told(tiny, "/en/m1/offline.json")["files"]]
    for path in [file[0] for file in files]:
        pages = {browser.get(path).data for browser in (amina.browser, tendai.browser, stranger)}
        assert (path, len(pages)) == (path, 1)


@pytest.fixture
def module(tiny: Flask) -> ModuleView:
    lesson = {
        "id": "m9.1",
        "number": 1,
        "minutes": 1,
        "state": "original",
        "sources": [],
        "tags": [],
        "markdown": f"---\ntitle: Sea\n---\n\n{HELP}\n\nWaves.\n",
    }
    payload = {
        "id": "m9",
        "minutes": 1,
        "title": {"text": "Sea", "tag": "en"},
        "summary": {"text": "", "tag": "en"},
        "content_note": {"text": "", "tag": "en"},
        "state": "original",
        "lessons": [lesson],
        "changes": [],
    }
    with tiny.app_context():
        return module_view(payload, 1, "en")


def listed(module: ModuleView, body: str, hidden: frozenset[str] = frozenset()) -> tuple[str, str]:
    """Version of a module with this page, and the digest of what must not be another."""
    page = Page("en/m9/1/", body.encode())
    found = json.loads(Shelf("en", {}).module("m9", module, [page], hidden).body)
    return found["version"], found["must"]


def test_a_new_word_is_a_new_version_and_a_word_on_safety_is_more(module: ModuleView) -> None:
    first = module.lessons[0]
    other = replace(first, markdown=first.markdown.replace("Waves", "Ebb"))
    safer = replace(first, markdown=first.markdown.replace("A hand", "Two hands"))
    version, must = listed(module, "a")
    assert listed(module, "a") == (version, must)
    changed = listed(replace(module, lessons=[other]), "b")
    assert (changed[0] == version, changed[1] == must) == (False, True)
    assert listed(replace(module, lessons=[safer]), "b")[1] != must
    assert listed(module, "a", frozenset({"m9.1 meet"}))[1] != must


def test_the_worker_and_its_page_stay_small(real: Flask) -> None:
    published = real.extensions["settings"].published
    assert len(brotli.compress(worker().body, quality=11)) <= 6_000
    assert (published / "worker.js").read_bytes() == worker().body
    heavy = {
        file.parent.parent.name: file.stat().st_size
        for file in published.glob("*/offline/index.html.br")
        if file.stat().st_size > 7_000
    }
    assert heavy == {}


def test_every_part_of_the_worker_is_in_it(tiny: Flask) -> None:
    assert sorted(WORKER) == sorted(file.stem for file in (FOLDER / "worker").glob("*.js"))
    assert tiny.test_client().get("/worker.js").mimetype == "text/javascript"
    assert script("offline.js") not in worker().body.decode()
