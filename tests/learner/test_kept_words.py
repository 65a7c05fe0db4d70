"""A group under way keeps the words it began with; whoever begins later meets the new ones."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from edu.editions.models import Release
from edu.editions.releasing import current_release
from edu.learning.kept_words import UNDER_WAY, kept_releases, may_be_kept
from edu.preparing import prepare
from tests.partner.review_world import DESK, Shona, in_shona
from tests.people import LearnerPerson, People

OLD, NEW = in_shona("At the well", "Sn"), in_shona("At the well", "Patsva")


@pytest.fixture
def shona(house: Flask) -> Shona:
    return Shona(house).settle()


def releases(shona: Shona, word: str) -> int:
    """Both lessons go to learners in new words; the number of the release's row."""
    for name in ("m1.1", "m1.2"):
        shona.translates("chipo", name, word)
        for login, reader in (("rudo", "native"), ("farai", "lived"), ("nyasha", "health")):
            shona.signs(login, reader, name)
    shona.person("tatenda").fills(f"{DESK}/m1/release")
    prepare(shona.house)
    with shona.house.extensions["database"].session(reading=True) as session:
        found = current_release(session, "sn", "m1")
        assert found is not None
        return found.id


def newcomer(shona: Shona, code: str = "") -> LearnerPerson:
    """Somebody who begins now, in the group or alone."""
    person = People(shona.house).learner("sn")
    if code:
        person.joins(code)
    else:
        person.starts("m1")
    return person


def lessons(person: LearnerPerson) -> list[str]:
    """Where her way leads for the lessons."""
    return re.findall(r'<a href="(/sn/[\w/]*m1/\d/)"', person.opens("/sn/my").text)


def test_a_group_goes_on_in_the_words_it_began_with(shona: Shona) -> None:
    first = releases(shona, "Sn")
    tendai = People(shona.house).tendai
    code = tendai.join_code(tendai.makes_group(tags=["sn"], modules=["m1"]))
    amina = newcomer(shona, code)
    amina.finishes("m1.1")
    second = releases(shona, "Patsva")
    assert second > first
    kept = [f"/sn/r{first}/m1/1/", f"/sn/r{first}/m1/2/"]
    later = newcomer(shona, code)
    assert set(lessons(amina)) == set(kept)
    assert set(lessons(later)) == set(kept)
    assert set(lessons(newcomer(shona))) == {"/sn/m1/1/", "/sn/m1/2/"}
    old, new = amina.opens(kept[1]).text, amina.opens("/sn/m1/2/").text
    assert [OLD in old, NEW in old, OLD in new, NEW in new] == [True, False, False, True]
    assert f'name="release" value="{first}"' in old
    shown = [amina.opens(f"{each}show/").text for each in (kept[1], "/sn/m1/2/")]
    assert [OLD in shown[0], NEW in shown[0], OLD in shown[1]] == [True, False, False]
    assert f'href="{kept[1]}show/"' in amina.opens(f"{kept[1]}notes/").text
    assert '<a href="/en/m1/2/"' in old
    led = amina.sends("/sn/m1/1/done", follow=False, release=first)
    assert led.headers["Location"] == kept[1]
    led = amina.sends("/sn/m1/1/done", follow=False, release=second)
    assert led.headers["Location"] == "/sn/m1/2/"


def test_nobody_keeps_a_release_that_was_taken_back(shona: Shona) -> None:
    first = releases(shona, "Sn")
    amina = newcomer(shona)
    amina.finishes("m1.1")
    releases(shona, "Patsva")
    assert f"/sn/r{first}/m1/2/" in lessons(amina)
    with shona.house.extensions["database"].work() as session:
        session.get_one(Release, first).withdrawn_on = date(2026, 1, 1)
    prepare(shona.house)
    assert "/sn/m1/2/" in lessons(amina)
    gone = amina.browser.get(f"/sn/r{first}/m1/2/")
    assert amina.browser.get(f"/sn/r{first}/m1/2/show/").status_code == 302
    led = amina.sends("/sn/m1/1/done", follow=False, release=first)
    assert [gone.status_code, led.headers["Location"]] == [302, "/sn/m1/2/"]


def test_half_a_year_later_everybody_meets_the_newest_words(shona: Shona) -> None:
    first = releases(shona, "Sn")
    newcomer(shona).finishes("m1.1")
    releases(shona, "Patsva")
    today = date.today()
    with shona.house.extensions["database"].session(reading=True) as session:
        found = [
            [each.id for each in kept_releases(session, day)]
            for day in (today, today + UNDER_WAY - timedelta(days=1), today + 2 * UNDER_WAY)
        ]
    assert found == [[first], [first], []]


def release(number: int, markdown: str) -> Release:
    """A release of one lesson."""
    lesson = {"id": "m1.1", "markdown": markdown}
    return Release(id=number, tag="sn", module="m1", payload={"lessons": [lesson]})


def test_words_that_touch_safety_reach_everybody_at_once() -> None:
    plain = "::: here\n{}\n:::\n\n::: support safety=helpline\n{}\n:::\n"
    newest = release(2, plain.format("At the borehole.", "Go to the clinic."))
    assert may_be_kept(release(1, plain.format("At the well.", "Go to the clinic.")), newest)
    assert not may_be_kept(release(1, plain.format("At the well.", "Go to the nurse.")), newest)
