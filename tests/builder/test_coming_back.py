"""A form that went out as a file comes back: as the next version of itself, after a look."""

import io
import re
from html import unescape

import openpyxl
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from edu.partners.roles import Role
from tests.builder.forms import brings, changed, download, opened, rows, saves
from tests.builder.words import AT, enter_words, says_licence
from tests.partner.desk_world import together
from tests.people import People, StaffPerson, fields_of, make_staff

ITEMS = (
    *("feelings|contact-1", "feelings|contact-2"),
    *("feelings|hope-1", "feelings|hope-2"),
)


@pytest.fixture
def tendai(people: People, house: Flask) -> StaffPerson:
    """Has put a form together."""
    person = people.tendai
    saves(person, *ITEMS, **{"title en": "Ours"})
    return person


def built(house: Flask) -> str:
    return rows(house)[0].instrument


def told(page: TestResponse) -> list[str]:
    """What a page lists as different."""
    found = re.search(r'<ul class="steps">(.*?)</ul>', page.text, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL) if found else []
    return [
        unescape(re.sub(r"<br>", " ", re.sub(r"</?(?!br)\w[^>]*>", "", each))) for each in lines
    ]


def choices(page: TestResponse) -> list[tuple[str, bool]]:
    """What may be chosen, and whether it is chosen already."""
    found = re.findall(r"<input( checked)? id=\"as_-\d\"[^>]* value=\"(\w+)\"", page.text)
    return [(value, bool(checked)) for checked, value in found]


def agrees(person: StaffPerson, page: TestResponse, as_: str = "version") -> TestResponse:
    """Say yes to what a page shows."""
    hidden = fields_of(page).hidden
    return person.sends(f"{AT}/bring/yes", False, **hidden, as_=as_)


def without_question(body: bytes) -> bytes:
    """A file with its second question taken out."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    book["survey"].delete_rows(4)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_what_would_be_different_is_listed_and_nothing_is_kept_before_a_yes(
    tendai: StaffPerson, house: Flask
) -> None:
    body = without_question(download(tendai, built(house), "xlsform"))
    body = changed(body, survey__C3="I would greet a neighbour.", choices__C2="Never")
    page = brings(tendai, body)
    assert page.status_code == 200
    assert choices(page) == [("version", True), ("new", False)]
    assert told(page) == [
        "This question is gone: I would eat with a neighbour who is unwell.",
        "Other words (English): I would sit beside a neighbour who is unwell. "
        "I would greet a neighbour.",
        "Other words (English): No Never",
    ]
    assert [row.version for row in rows(house)] == [1]
    answer = agrees(tendai, page)
    assert answer.headers["Location"].endswith(f"/staff/instruments/{built(house)}")
    first, second = rows(house)
    assert (second.instrument, second.version, second.name) == (first.instrument, 2, "From Kobo")
    assert [item["id"] for item in second.definition["items"]] == [
        "feelings-contact-1",
        "feelings-hope-1",
        "feelings-hope-2",
    ]
    assert first.definition["items"][0]["text"] == "I would sit beside a neighbour who is unwell."


def test_rules_and_languages_that_are_different_are_listed(
    tendai: StaffPerson, house: Flask
) -> None:
    body = download(tendai, built(house), "xlsform")
    book = openpyxl.load_workbook(io.BytesIO(body))
    scales, survey, answers = (book[name] for name in ("daraja_scales", "survey", "choices"))
    titles = [cell.value for cell in answers[1]]
    for row, score in enumerate((2, 4, 6), start=2):
        answers.cell(row, titles.index("score") + 1).value = score
    scales["F2"], scales["G2"] = "sum", 2
    for sheet in (survey, answers):
        place = [cell.value for cell in sheet[1]].index("label::Kiswahili (sw)") + 1
        sheet.delete_cols(place)
    made = io.BytesIO()
    book.save(made)
    page = brings(tendai, made.getvalue())
    assert told(page) == [
        "This question has other answers, or they count otherwise: "
        "I would sit beside a neighbour who is unwell.",
        "This question has other answers, or they count otherwise: "
        "I would eat with a neighbour who is unwell.",
        "This question has other answers, or they count otherwise: People get better.",
        "This question has other answers, or they count otherwise: Nothing helps.",
        "The scale “Being close” is worked out otherwise.",
        "It can no longer be asked in: Kiswahili.",
    ]


def test_a_form_that_comes_back_as_it_went_needs_no_version(
    tendai: StaffPerson, house: Flask
) -> None:
    page = brings(tendai, download(tendai, built(house), "xlsform"))
    assert (told(page), choices(page)) == ([], [("new", True)])
    assert "Nothing is different" in page.text
    assert agrees(tendai, page).status_code == 303
    assert [row.version for row in rows(house)] == [1]


def test_it_may_become_a_new_form_and_only_once(tendai: StaffPerson, house: Flask) -> None:
    page = brings(tendai, changed(download(tendai, built(house), "xlsform"), survey__C3="Other"))
    for _ in range(2):
        assert agrees(tendai, page, "new").status_code == 303
    first, second = rows(house)
    assert (first.version, second.version) == (1, 1)
    assert first.instrument != second.instrument


def test_words_that_are_as_they_were_stay_what_they_were(tendai: StaffPerson, house: Flask) -> None:
    body = changed(download(tendai, built(house), "xlsform"), survey__C3="Other words.")
    agrees(tendai, brings(tendai, body))
    first, second = rows(house)
    different = [
        (tag, place.partition("|")[2])
        for tag, words in second.words.items()
        for place, word in words.items()
        if first.words[tag][place] != word
    ]
    assert different == [("en", "feelings-contact-1")]


def test_a_form_of_another_house_is_a_new_form_here(
    tendai: StaffPerson, people: People, house: Flask
) -> None:
    body = changed(download(tendai, built(house), "xlsform"), survey__C3="Other")
    assert brings(people.lindiwe, body).status_code == 200
    first, second = rows(house)
    assert first.instrument != second.instrument
    assert first.organisation_id != second.organisation_id


def test_a_mistake_in_a_file_that_comes_back_keeps_nothing(
    tendai: StaffPerson, house: Flask
) -> None:
    page = brings(tendai, changed(download(tendai, built(house), "xlsform"), survey__C3=None))
    assert page.status_code == 422
    assert [row.version for row in rows(house)] == [1]


def test_a_form_with_licensed_questions_does_not_come_back_as_a_file(
    people: People, house: Flask
) -> None:
    ruth = people.ruth
    says_licence(ruth, "brs")
    enter_words(ruth, "brs", "en", "Licensed words")
    saves(ruth, "brs|*", name="Scale")
    page = brings(ruth, download(ruth, built(house), "xlsform"))
    assert page.status_code == 422
    assert "“Scale” has licensed questions, whose words are in no file." in unescape(page.text)
    assert len(rows(house)) == 1


def test_a_yes_to_what_was_not_shown_keeps_nothing(
    tendai: StaffPerson, people: People, house: Flask
) -> None:
    body = changed(download(tendai, built(house), "xlsform"), survey__C3="Other")
    brought = fields_of(brings(tendai, body)).hidden["brought"]
    for person, text in ((people.ruth, brought), (tendai, brought[:-3]), (tendai, "")):
        token = opened(person, f"{AT}/bring")["csrf_token"]
        answer = person.sends(
            f"{AT}/bring/yes", False, csrf_token=token, brought=text, as_="version"
        )
        assert answer.headers["Location"].endswith("/staff/instruments/bring")
    assert [row.version for row in rows(house)] == [1]


def test_a_version_saved_since_she_looked_is_shown_before_it_is_put_aside(
    tendai: StaffPerson, house: Flask
) -> None:
    name = built(house)
    body = changed(download(tendai, name, "xlsform"), survey__C3="Other")
    page = brings(tendai, body)
    saves(tendai, *ITEMS[:2], at=f"{AT}/{name}/build", **{"title en": "Ours"})
    again = agrees(tendai, page)
    assert again.status_code == 409
    assert told(again) == [
        "A new question: People get better.",
        "A new question: Nothing helps.",
        "A new scale: “Hoping”.",
        "Other words (English): I would sit beside a neighbour who is unwell. Other",
    ]
    assert [row.version for row in rows(house)] == [1, 2]
    assert agrees(tendai, again).status_code == 303
    assert [row.version for row in rows(house)] == [1, 2, 3]


def test_two_files_in_the_same_moment_keep_one_and_ask_the_other(
    tendai: StaffPerson, house: Flask
) -> None:
    with house.extensions["database"].work() as session:
        make_staff(session, "farai", "Bridge Society", Role.TRAINER)
    both = (tendai, StaffPerson(house.test_client(), "farai").signs_in())
    body = download(tendai, built(house), "xlsform")
    pages = [brings(person, changed(body, survey__C3=person.login)) for person in both]
    answers = together(
        *(
            lambda person=person, page=page: agrees(person, page)
            for person, page in zip(both, pages, strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    won = 0 if answers[0].status_code == 303 else 1
    assert [row.version for row in rows(house)] == [1, 2]
    assert told(answers[1 - won]) == [
        f"Other words (English): {both[won].login} {both[1 - won].login}"
    ]
