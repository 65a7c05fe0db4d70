"""The questions that link papers: each with its reason, its words, and where it is not asked."""

import pytest
from flask import Flask

from edu.learning.linking.elements import Sort, all_elements, elements_for, usual_elements
from edu.learning.linking.normalising import NotReadable, normal
from edu.trainer.plan_words import element_care, element_question
from tests.test_docs import named, rows, section, text_of


def test_every_element_has_a_reason_a_care_and_words(house: Flask) -> None:
    with house.test_request_context("/en/"):
        for name, element in all_elements().items():
            assert element.reason
            assert element.care
            assert element_question(name)
            assert element_care(name)


def test_what_a_place_does_not_know_or_say_is_not_offered_there() -> None:
    def offered(*tags: str) -> set[str]:
        return {each.id for each in elements_for(tags)}

    assert offered("en") == set(all_elements())
    assert offered("nd-ZW") == set(all_elements()) - {"mother-name"}
    assert offered("ha-NG", "en") == set(all_elements()) - {"birth-day"}
    assert "birth-day" not in usual_elements(["en"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Zainab", "za"),
        ("  ZÁINAB ", "za"),
        ("za", "za"),
        ("Ɗanladi", "da"),
        ("Łucja", "lu"),
        ("O'Neill", "on"),
        ("أمينة", "ام"),
        ("امينه", "ام"),
        ("கமலா", "கம"),
        ("कमला", "कम"),
        ("?", None),
        ("؟", None),
        ("", None),
    ],
)
def test_letters_are_kept_as_they_were_meant(typed: str, meant: str | None) -> None:
    assert normal(Sort.LETTERS, typed) == meant


@pytest.mark.parametrize(
    ("sort", "typed", "meant"),
    [
        (Sort.NUMBER, "3", "3"),
        (Sort.NUMBER, "03", "3"),
        (Sort.NUMBER, "٣", "3"),
        (Sort.NUMBER, "३", "3"),
        (Sort.NUMBER, "0", "0"),
        (Sort.DAY, "௧௨", "12"),
        (Sort.DAY, "31", "31"),
        (Sort.NUMBER, "-", None),
    ],
)
def test_numbers_of_every_script_are_the_same(sort: Sort, typed: str, meant: str | None) -> None:
    assert normal(sort, typed) == meant


@pytest.mark.parametrize(
    ("sort", "typed"),
    [
        (Sort.LETTERS, "77"),
        (Sort.NUMBER, "two"),
        (Sort.NUMBER, "99"),
        (Sort.NUMBER, "1.5"),
        (Sort.DAY, "0"),
        (Sort.DAY, "32"),
    ],
)
def test_what_cannot_be_meant_is_not_taken(sort: Sort, typed: str) -> None:
    with pytest.raises(NotReadable):
        normal(sort, typed)


def test_the_page_on_linking_names_every_element_and_where_it_is_not_asked() -> None:
    table = section(text_of("docs/paper.md"), "## Cards and elements")
    described = {
        named(cells[0])[0]: (cells[1] == "yes", tuple(named(cells[2]))) for cells in rows(table)
    }
    assert described == {name: (each.usual, each.not_for) for name, each in all_elements().items()}
