"""Content updates: what was released, and what changed in it."""

import copy
import re

import pytest
from flask import Flask
from sqlalchemy import select

from edu.admin import content
from edu.editions.models import Release
from tests.admin.conftest import SERVER, World

CONTENT = f"{SERVER}/content"


def renewed(house: Flask, old: str, new: str) -> int:
    """Another release of a module, with other words; its number in addresses."""
    with house.extensions["database"].work() as session:
        first = session.scalars(
            select(Release).where(Release.tag == "en", Release.module == "m1")
        ).one()
        payload = copy.deepcopy(first.payload)
        lesson = payload["lessons"][0]
        assert old in lesson["markdown"]
        lesson["markdown"] = lesson["markdown"].replace(old, new)
        made = Release(
            tag="en",
            module="m1",
            number=2,
            digest="another",
            state="original",
            payload=payload,
            made_at=first.made_at,
        )
        session.add(made)
        session.flush()
        return made.id


def test_releases_are_listed_newest_first(world: World) -> None:
    newest = renewed(world.house, "Otieno greets first.", "Amina greets first.")
    page = world.people.kamal.opens(CONTENT).text
    numbers = [int(each) for each in re.findall(r"/content/(\d+)\"", page)]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] == newest
    assert "The pages are as new as the content." not in page


def test_a_release_says_what_changed_without_colour(world: World) -> None:
    newest = renewed(world.house, "Otieno greets first.", "Amina greets <em>first</em>.")
    page = world.people.kamal.opens(f"{CONTENT}/{newest}").text
    assert len(re.findall(r"<h2>", page)) == 1
    assert '<h2>Changed · <bdi dir="ltr">m1.1</bdi></h2>' in page
    assert "<del>Otieno </del>greets <del>first." in page
    assert "<ins>Amina </ins>greets <ins>&lt;em&gt;first&lt;/em&gt;." in page
    assert "<h3>Before</h3>" in page


def test_the_words_of_a_release_are_marked_with_their_language(world: World) -> None:
    page = world.people.kamal.opens(f"/sw/staff/server/content/{_of('m1', 'en', world)}").text
    raw = re.findall(r'<p class="raw"([^>]*)>', page)
    assert set(raw) == {' lang="en" dir="ltr"'}


def test_the_parts_of_a_modules_head_are_named_in_the_language_of_the_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "_", lambda message: "…")
    page = world.people.kamal.opens(f"{CONTENT}/{_of('m1', 'en', world)}").text
    headings = re.findall(r"<h2>New · (.*?)</h2>", page)
    assert headings[:2] == ["…", "…"]
    assert set(headings[2:]) <= {"…", '<bdi dir="ltr">m1.1</bdi>', '<bdi dir="ltr">m1.2</bdi>'}


def _of(module: str, tag: str, world: World) -> int:
    with world.house.extensions["database"].session(reading=True) as session:
        wanted = select(Release.id).where(Release.tag == tag, Release.module == module)
        return session.scalars(wanted).one()


def test_a_first_release_is_all_new(world: World) -> None:
    page = world.people.kamal.opens(f"{CONTENT}/1").text
    assert "This is the first release, so all of it is new." in page
    assert "<del>" not in page


def test_a_release_whose_words_are_the_same_says_so(world: World) -> None:
    newest = renewed(world.house, "Otieno greets first.", "Otieno  greets\nfirst.")
    page = world.people.kamal.opens(f"{CONTENT}/{newest}").text
    assert "No words changed" in page


def test_strange_numbers_in_the_address_are_no_fault(world: World) -> None:
    kamal = world.people.kamal
    for before in ("0", "-1", "x", "9" * 40, ""):
        assert kamal.browser.get(f"{CONTENT}?before={before}").status_code == 200
