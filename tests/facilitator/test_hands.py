"""Counting hands, and what of it is told to whom."""

import re
from datetime import date
from typing import Any

import pytest

from edu.lessons.asked import Asked, asked_in
from edu.programmes.hands import ask, counted, counts_of, keep_hands
from tests.conftest import TINY
from tests.facilitator.conftest import Place

QUESTION = {"question": "Who greets first?", "options": "Otieno\nNobody\n"}
OPTIONS = ["a", "b", "c"]


def hands(place: Place) -> list[tuple[str, str, list[str], list[int], list[int]]]:
    with place.house.extensions["database"].session(reading=True) as session:
        return [
            (each.lesson, each.question, each.options, each.before, each.after)
            for each in counts_of(session, place.group)
        ]


def asks(place: Place, **changes: Any) -> str:
    """Ask a question of one's own; the address at which its hands are written down."""
    answer = place.tendai.fills(f"{place.root}/hands", follow=False, **(QUESTION | changes))
    return str(answer.headers.get("Location", answer.status_code))


def test_a_lesson_is_asked_its_cards_and_its_check_without_the_answers() -> None:
    (file,) = (TINY / "content" / "m1").glob("01-*.md")
    assert asked_in(file.read_text(encoding="utf-8")) == [
        Asked("A card", ("Yes", "No")),
        Asked("Another card", ("Yes", "No")),
        Asked("Who greets first?", ("Otieno", "Nobody")),
        Asked("Where do they meet?", ("At sea", "At the well")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "::: check\nWords.\n:::\n",
        "::: check\n1. Alone\n:::\n",
        ":::: do\n::: sort\n- A\n:::\n::::\n",
    ],
)
def test_a_lesson_that_asks_nothing_gives_no_question(text: str) -> None:
    assert asked_in(text) == []


def test_words_in_a_question_lose_their_marks() -> None:
    text = (
        "::: check\n1. Who is **here**\n   now?\n   - [x] *Both*\n     > Yes.\n   - [ ] One\n:::\n"
    )
    assert asked_in(text) == [Asked("Who is here now?", ("Both", "One"))]


@pytest.mark.parametrize(
    ("numbers", "told", "total"),
    [
        ([9, 8, 7], [9, 8, 7], 24),
        ([9, 4, 7], [9, None, None], None),
        ([9, 0, 5], [9, None, None], None),
        ([4, 4, 7], [None, None, 7], None),
        ([4, 4, 4], [None, None, None], None),
    ],
)
def test_who_only_reads_figures_sees_no_small_number_nor_what_would_tell_it(
    numbers: list[int], told: list[int | None], total: int | None
) -> None:
    found = counted(OPTIONS, numbers, whole=False)
    assert found is not None
    assert ([each.hands for each in found.bars], found.total) == (told, total)
    assert found.hides == (total is None)


def test_who_leads_sees_every_number_and_its_share() -> None:
    found = counted(OPTIONS, [1, 3, 0], whole=True)
    assert found is not None
    assert [(each.hands, each.share) for each in found.bars] == [(1, 25), (3, 75), (0, 0)]
    assert found.total == 4
    assert counted(OPTIONS, [], whole=True) is None


def test_no_hands_at_all_are_no_hundred_percent() -> None:
    found = counted(OPTIONS, [0, 0, 0], whole=True)
    assert found is not None
    assert [each.share for each in found.bars] == [0, 0, 0]


def test_a_question_of_ones_own_is_counted_before_and_after(place: Place) -> None:
    address = asks(place)
    assert hands(place) == [("", "Who greets first?", ["Otieno", "Nobody"], [], [])]
    place.tendai.fills(address, before_0="12", before_1="9", after_0="20")
    assert hands(place) == [("", "Who greets first?", ["Otieno", "Nobody"], [12, 9], [20, 0])]
    shown = place.tendai.opens(f"{place.root}/hands").text
    assert re.findall(r"<td>(\d+)</td>", shown) == ["12", "9", "21", "20", "0", "20"]
    place.tendai.fills(address, before_0="", before_1="", after_0="20", after_1="1")
    assert hands(place) == [("", "Who greets first?", ["Otieno", "Nobody"], [], [20, 1])]


def test_a_question_is_taken_from_a_lesson_in_its_words(place: Place) -> None:
    page = place.tendai.opens(f"{place.root}/hands").text
    assert "Greeting: Where do they meet?" in page
    place.tendai.fills(f"{place.root}/hands", to=f"{place.root}/hands/lesson", taken="m1.1/4")
    (found,) = hands(place)
    assert found == ("m1.1", "Where do they meet?", ["At sea", "At the well"], [], [])


def test_a_question_without_answers_to_choose_from_is_refused(place: Place) -> None:
    wrong = {
        "Write two to eight answers": {"options": "One"},
        "each on a line of its own": {"options": "\n".join("abcdefghi")},
        "Two answers are the same.": {"options": "One\nOne"},
        "One answer is too long.": {"options": "One\n" + "x" * 201},
        "between 1 and 300": {"question": " "},
    }
    for said, changes in wrong.items():
        values = QUESTION | changes
        answer = place.tendai.fills(f"{place.root}/hands", follow=False, **values)
        assert (said, answer.status_code, said in answer.text) == (said, 422, True)
    assert hands(place) == []


def test_hands_are_whole_numbers_of_a_room(place: Place) -> None:
    address = asks(place)
    for wrong in ("-1", "501", "many"):
        assert place.tendai.fills(address, follow=False, before_0=wrong).status_code == 422
    assert hands(place)[0][3] == []


def test_small_numbers_are_not_on_the_page_of_who_reads_figures(place: Place) -> None:
    address = asks(place, options="Otieno\nNobody\nBoth")
    place.tendai.fills(address, before_0="31", before_1="33", before_2="4")
    page = place.evaluator().opens(f"{place.root}/hands").text
    assert re.findall(r"<td>([^<]+)</td>", page) == ["not shown", "33", "not shown"]
    assert "Count hands" not in page
    assert re.findall(r"<td>(\d+)</td>", place.tendai.opens(f"{place.root}/hands").text) == [
        *("31", "33", "4", "68")
    ]


def test_a_question_is_deleted_only_after_it_was_asked_for(place: Place) -> None:
    address = asks(place)
    assert "lost for good" in place.tendai.opens(f"{address}/delete").text
    assert len(hands(place)) == 1
    place.tendai.fills(f"{address}/delete")
    assert hands(place) == []


def test_another_house_counts_no_hands_here(place: Place) -> None:
    address = asks(place)
    lindiwe = place.people.lindiwe
    for each in (f"{place.root}/hands", address, f"{address}/delete"):
        assert lindiwe.opens(each).status_code == 404


def test_answers_and_hands_must_fit_together(place: Place) -> None:
    with place.house.extensions["database"].work() as session:
        day = date(2026, 11, 3)
        with pytest.raises(ValueError, match="two to eight"):
            ask(session, place.group, "?", ["one"], day)
        made = ask(session, place.group, "?", ["one", "two"], day)
        for wrong in ([1], [1, -1]):
            with pytest.raises(ValueError, match="each answer"):
                keep_hands(session, made, wrong, [])
