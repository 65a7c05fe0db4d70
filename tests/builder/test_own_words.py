"""The title and the introduction that a partner gives to a form of hers."""

import re
from html import unescape

import pytest
from flask import Flask

from edu.instruments.own_words import with_own
from tests.builder.forms import download, looks, opened, rows, saves
from tests.builder.words import AT, enter_words, says_licence
from tests.people import People
from tests.quizzes.forms import attitude

OWN = {"title en": "Tuesday's questions", "introduction en": "Think of  the last\ntwo weeks."}
ITEM = "feelings|contact-1"


def seen(page) -> list[str]:
    """What people would read first: the title and the introduction, with their marks."""
    found = re.search(r'<p class="h1"(.*?)>(.*?)</p>\s*<p(.*?)>(.*?)</p>', page.text, re.DOTALL)
    assert found is not None
    return [unescape(each) for each in found.groups()]


def typed(page) -> dict[str, str]:
    """What stands in the fields for own words."""
    titles = re.findall(r'<input type="text" value="([^"]*)" id="own-(\S+)"', page.text)
    texts = re.findall(r'<textarea rows="3" id="own-(\S+)".*?>(.*?)</textarea>', page.text)
    found = {name: text for text, name in titles} | dict(texts)
    return {name: unescape(text) for name, text in found.items() if text}


def test_without_own_words_people_read_those_that_come_with_the_questions(
    people: People, house: Flask
) -> None:
    page = looks(people.tendai, ITEM)
    assert seen(page) == ["", "What people think", "", "Some people say these things."]
    saves(people.tendai, ITEM)
    (row,) = rows(house)
    assert row.definition["title"] == "What people think"
    assert typed(people.tendai.opens(f"{AT}/{row.instrument}/build")) == {}


def test_own_words_stand_where_the_form_is_shown_and_in_its_files(
    people: People, house: Flask
) -> None:
    tendai = people.tendai
    assert seen(looks(tendai, ITEM, **OWN))[1::2] == [
        "Tuesday's questions",
        "Think of the last two weeks.",
    ]
    saves(tendai, ITEM, **OWN)
    (row,) = rows(house)
    assert (row.definition["title"], row.definition["introduction"]) == (
        "Tuesday's questions",
        "Think of the last two weeks.",
    )
    page = tendai.opens(f"{AT}/{row.instrument}")
    assert seen(page)[1::2] == ["Tuesday's questions", "Think of the last two weeks."]
    assert b"Tuesday's questions" in download(tendai, row.instrument, "fhir")
    assert b"Tuesday's questions" in download(tendai, row.instrument, "ddi")


def test_each_language_takes_the_nearest_own_words_of_its_chain(
    people: People, house: Flask
) -> None:
    tendai = people.tendai
    saves(tendai, ITEM, **OWN, **{"title sw": "Maswali yetu"})
    (row,) = rows(house)
    place = f"{row.instrument}|title"
    told = {tag: (words[place]["text"], words[place]["tag"]) for tag, words in row.words.items()}
    assert told["en"] == ("Tuesday's questions", "en")
    assert told["sw"] == told["sw-KE"] == ("Maswali yetu", "sw")
    page = looks(tendai, ITEM, **OWN, **{"title sw": "Maswali yetu"}, shown="sw")
    assert seen(page)[:2] == [' lang="sw" dir="ltr"', "Maswali yetu"]


@pytest.mark.parametrize(
    ("tag", "came", "told"),
    [
        ("sw", ("Watu", "sw"), ("Watu", "sw")),
        ("sw-KE", ("Watu", "sw"), ("Watu", "sw")),
        ("sw", ("People", "en"), ("Ours", "en")),
        ("en-GB", ("People", "en"), ("Ours", "en")),
    ],
)
def test_words_that_readers_know_are_not_put_aside_for_words_that_they_may_not(
    tag: str, came: tuple[str, str], told: tuple[str, str]
) -> None:
    form = attitude()
    text, language = came
    words = {tag: {f"{form.id}|title": {"text": text, "tag": language, "state": "draft"}}}
    made, found = with_own(form, words, {"en": {"title": "Ours"}})
    word = found[tag][f"{form.id}|title"]
    assert (made.title, (word["text"], word["tag"])) == ("Ours", told)


def test_own_words_belong_to_their_version_and_come_along_to_the_next(
    people: People, house: Flask
) -> None:
    tendai = people.tendai
    saves(tendai, ITEM, **OWN)
    again = f"{AT}/{rows(house)[0].instrument}/build"
    assert typed(tendai.opens(again)) == {
        "title-en": "Tuesday's questions",
        "introduction-en": "Think of the last two weeks.",
    }
    saves(tendai, ITEM, at=again, **OWN)
    assert [row.version for row in rows(house)] == [1]
    saves(tendai, ITEM, at=again, **OWN | {"title en": "Our questions"})
    assert [row.definition["title"] for row in rows(house)] == [
        "Tuesday's questions",
        "Our questions",
    ]
    saves(tendai, ITEM, at=again)
    assert rows(house)[2].definition["title"] == "What people think"
    assert rows(house)[0].definition["title"] == "Tuesday's questions"


def test_own_words_that_are_too_long_are_shown_again_and_not_kept(
    people: People, house: Flask
) -> None:
    page = saves(people.tendai, ITEM, **{"title en": "x" * 121})
    assert page.status_code == 422
    assert typed(page) == {"title-en": "x" * 121}
    assert 'id="own-title-en-error">This is too long.' in page.text
    assert rows(house) == []


def test_what_stands_before_a_licensed_scale_is_its_owners(people: People, house: Flask) -> None:
    ruth = people.ruth
    says_licence(ruth, "brs")
    enter_words(ruth, "brs", "en", "Licensed words")
    page = saves(ruth, "brs|*", **OWN)
    assert page.status_code == 422
    assert "What stands before them belongs to their owner" in page.text
    assert rows(house) == []
    assert saves(ruth, "brs|*", **{"title en": " "}).status_code == 303


def test_a_language_that_is_not_on_offer_has_no_own_words(people: People, house: Flask) -> None:
    saves(people.tendai, ITEM, **{"title xx": "Nobody's", "closing en": "Bye", "title": "Loose"})
    (row,) = rows(house)
    assert "Nobody's" not in str(row.words)
    assert row.definition["title"] == "What people think"
    assert opened(people.tendai, f"{AT}/{row.instrument}/build")["began_from"] == "1"
