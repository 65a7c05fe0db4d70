"""What nobody does by mistake, and some do on purpose: each of these must come to nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from edu.editions.models import Change, Edition, Rendering
from edu.editions.parts import parts_of
from edu.editions.publishing import Publisher, Sort
from edu.editions.reviewing import BackTranslation, TryOut
from edu.server.jobs import Jobs
from tests.conftest import TINY
from tests.partner.review_world import DESK, Shona

CHANGES = f"{DESK}/m1/m1.2/changes"
WHY = {"why": "People here meet at the borehole.", "dimensions": ["context"]}
USUAL = {"goals": ["address culture"], "settings": ["recipient"]}


@pytest.fixture
def shona(house: Flask, tmp_path: Path) -> Iterator[Shona]:
    # Pages are made by another process; here it finds no program and ends at once.
    jobs: Jobs = house.extensions["jobs"]
    jobs.program = tmp_path
    yield Shona(house).settle()
    for child in jobs.children:
        child.wait()


def test_a_block_that_a_place_puts_in_needs_what_it_touches(shona: Shona) -> None:
    shona.translates("chipo")
    made = shona.person("chipo").fills(
        f"{CHANGES}/new?do=add",
        follow=False,
        after="here",
        text="::: note safety=suicide Kana upenyu hwarema\nTaura nemumwe.\n:::\n"
        if False
        else "::: meet safety=suicide\nKana upenyu hwarema, taura nemumwe.\n:::\n",
        **WHY,
        **USUAL,
    )
    assert made.status_code == 303
    publisher = Publisher(TINY, lambda *_: [], lambda *_: None)
    with shona.house.extensions["database"].session(reading=True) as session:
        state = publisher.state(session, "sn", parts_of(TINY, "m1")["m1.2"])
    assert Sort.LAW in {each.sort for each in state.obstacles}


def test_words_are_said_again_as_they_were_read(shona: Shona) -> None:
    shona.translates("chipo", "feelings")
    meaning = f"{DESK}/quizzes/feelings/review/meaning"
    rudo = shona.person("rudo")
    form = re.search(r'<form method="post" action="[^"]*/meaning">.*?</form>', rudo.opens(meaning).text, re.S)
    assert form is not None
    sent = dict(re.findall(r'name="(\w+)"[^>]*value="([^"]*)"', form[0]))
    shona.translates("chipo", "feelings", word="Zvino")
    answer = rudo.sends(meaning, **sent, words="I would sit beside them.")
    assert answer.status_code == 409
    with shona.house.extensions["database"].session(reading=True) as session:
        assert session.scalars(select(BackTranslation)).all() == []


def test_a_try_out_is_of_the_words_that_stood_on_the_page(shona: Shona) -> None:
    shona.translates("chipo", "feelings")
    review = f"{DESK}/quizzes/feelings/review"
    farai = shona.person("farai")
    page = farai.opens(review).text
    form = re.search(r'<form method="post" action="[^"]*/try-out">.*?</form>', page, re.S)
    assert form is not None
    sent = dict(re.findall(r'name="(\w+)"[^>]*value="([^"]*)"', form[0]))
    shona.translates("chipo", "feelings", word="Zvino")
    tried = {"way": "interviews", "people": "5", "held_on": "2026-01-02", "understood": "All."}
    assert farai.sends(f"{review}/try-out", **{**sent, **tried}).status_code == 409
    with shona.house.extensions["database"].session(reading=True) as session:
        assert session.scalars(select(TryOut)).all() == []


@pytest.mark.parametrize("slug", ["%00", "a%00b", "%ed%a0%80", "x" * 400, "%ff"])
def test_an_address_that_is_no_name_leads_nowhere(shona: Shona, slug: str) -> None:
    shona.translates("chipo")
    chipo = shona.person("chipo")
    assert chipo.opens(f"{CHANGES}/{slug}").status_code == 404
    assert chipo.opens(f"{CHANGES}/{slug}/edit").status_code == 404


def test_an_advice_has_a_name_that_can_be_kept(shona: Shona) -> None:
    shona.translates("chipo")
    with shona.house.extensions["database"].session(reading=True) as session:
        row = session.scalars(select(Rendering).join(Rendering.edition).where(Edition.tag == "sn")).first()
        key = next(s.key for s in parts_of(TINY, "m1")["m1.2"].segments() if s.context == row.context and s.text == row.source)
    chipo = shona.person("chipo")
    at = f"{DESK}/m1/m1.2/{key}"
    from tests.people import fields_of
    token = fields_of(chipo.opens(at)).hidden["csrf_token"]
    answer = chipo.sends(f"{at}/advice", csrf_token=token, check="a\x00b", why="because")
    assert answer.status_code < 500
