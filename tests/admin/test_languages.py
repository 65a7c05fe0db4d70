"""Languages on offer: what a keeper withholds can really not be chosen, or is really gone."""

import re

import pytest
from flask import Flask

from edu.editions.releasing import edition_tags, offered_tags, reachable_tags
from edu.server.choices import Offer, choices, offer
from tests.admin.conftest import SERVER, Works, World

LANGUAGES = f"{SERVER}/languages"


def decides(works: Works, tag: str, wanted: Offer) -> None:
    """A keeper decides, and the pages are made anew."""
    page = works.world.people.kamal.fills(f"{LANGUAGES}/{tag}", offer=wanted.value)
    assert page.request.path.startswith(f"{SERVER}/jobs/")
    works.wait()
    done = works.world.people.kamal.opens(page.request.path).text
    assert "Done." in done


def switches(page: str) -> set[str]:
    """The languages that a page offers."""
    return set(re.findall(r'<li><a href="[^"]+" lang="([^"]+)"', page))


def test_every_language_is_listed_with_what_stands_ready_in_it(world: World) -> None:
    page = world.people.kamal.opens(LANGUAGES).text
    assert re.findall(r'<bdi dir="ltr">([\w-]+)</bdi>', page) == ["en", "sw", "sw-KE", "ar"]
    assert page.count("<p>On offer</p>") == 3
    assert "Always on offer" in page


def test_a_language_that_was_taken_away_is_gone(works: Works) -> None:
    house, stranger = works.world.house, works.world.house.test_client()
    assert stranger.get("/ar/m1/1/").status_code == 200
    assert "ar" in switches(stranger.get("/en/").text)
    decides(works, "ar", Offer.NOBODY)
    stranger = house.test_client()
    lesson = stranger.get("/ar/m1/1/")
    assert (lesson.status_code, lesson.headers["Location"]) == (302, "/en/m1/1/")
    assert stranger.get("/ar/my").headers["Location"] == "/en/my"
    assert "ar" not in switches(stranger.get("/en/").text)
    assert stranger.get("/", headers={"Accept-Language": "ar"}).headers["Location"] == "/en/"
    assert works.world.trail(None) == [
        ("kamal", "set", "language", "ar", "nobody"),
        ("kamal", "made the pages", "pages", "", ""),
    ]


@pytest.mark.thorough
def test_a_place_that_was_taken_away_leads_to_its_own_language(works: Works) -> None:
    decides(works, "sw-KE", Offer.NOBODY)
    answer = works.world.house.test_client().get("/sw-KE/m1/1/")
    assert answer.headers["Location"] == "/sw/m1/1/"


@pytest.mark.thorough
def test_who_has_begun_in_a_language_that_was_taken_away_loses_nothing(works: Works) -> None:
    amina = works.world.people.learner("ar")
    amina.starts("m1")
    amina.finishes("m1.1")
    decides(works, "ar", Offer.NOBODY)
    way = amina.opens("/ar/my")
    assert way.request.path == "/en/my"
    assert "Lessons done: 1 of 3" in way.text


def test_a_withheld_language_goes_on_for_those_who_have_begun(works: Works) -> None:
    tendai = works.world.people.tendai
    group = tendai.makes_group(tags=["ar"])
    code = tendai.join_code(group)
    amina = works.world.people.learner("ar")
    amina.joins(code)
    decides(works, "ar", Offer.BEGUN)
    assert amina.opens("/ar/my").request.path == "/ar/my"
    assert amina.opens("/ar/m1/1/").request.path == "/ar/m1/1/"
    late = works.world.people.learner("ar")
    late.joins(code)
    assert late.opens("/ar/my").request.path == "/ar/my"
    assert "العربية" in tendai.opens(f"/en/staff/groups/{group}").text


@pytest.mark.thorough
def test_a_withheld_language_is_chosen_by_nobody_new(works: Works) -> None:
    decides(works, "ar", Offer.BEGUN)
    stranger = works.world.house.test_client()
    assert "ar" not in switches(stranger.get("/en/").text)
    assert "ar" not in switches(stranger.get("/en/start/m1").text)
    assert stranger.get("/", headers={"Accept-Language": "ar"}).headers["Location"] == "/en/"
    tendai = works.world.people.tendai
    assert 'value="ar"' not in tendai.opens("/en/staff/groups/new").text
    page = tendai.fills("/en/staff/groups/new", name="x", tags=["ar"], modules=["m1"])
    assert page.status_code == 422


def test_what_was_withheld_comes_back_as_it_was(works: Works) -> None:
    before = works.world.house.test_client().get("/ar/m1/1/").data
    decides(works, "ar", Offer.NOBODY)
    decides(works, "ar", Offer.EVERYBODY)
    assert works.world.house.test_client().get("/ar/m1/1/").data == before
    with works.world.house.extensions["database"].session(reading=True) as session:
        assert offered_tags(session) == edition_tags(session)


def test_english_cannot_be_withheld(house: Flask, world: World) -> None:
    assert world.people.kamal.sends(f"{LANGUAGES}/en", offer="nobody").status_code == 404
    with house.extensions["database"].work() as session:
        with pytest.raises(ValueError, match="English is always on offer"):
            offer(session, "en", Offer.NOBODY)
        assert offered_tags(session)[0] == "en"


def test_an_offer_that_does_not_exist_changes_nothing(house: Flask, world: World) -> None:
    page = world.people.kamal.fills(f"{LANGUAGES}/ar", offer="some")
    assert page.status_code == 422
    with house.extensions["database"].session(reading=True) as session:
        assert choices(session).offer_of("ar") is Offer.EVERYBODY


def test_keeping_it_as_it_is_starts_nothing(world: World) -> None:
    kamal = world.people.kamal
    page = kamal.fills(f"{LANGUAGES}/ar", offer="everybody")
    assert page.request.path == LANGUAGES
    assert world.trail(None) == []


def test_the_three_lists_of_languages_agree(house: Flask) -> None:
    with house.extensions["database"].work() as session:
        offer(session, "ar", Offer.NOBODY)
        offer(session, "sw", Offer.BEGUN)
        assert edition_tags(session) == ["en", "sw", "sw-KE", "ar"]
        assert reachable_tags(session) == ["en", "sw", "sw-KE"]
        assert offered_tags(session) == ["en", "sw-KE"]
        offer(session, "ar", Offer.BEGUN)
        assert reachable_tags(session) == edition_tags(session)
