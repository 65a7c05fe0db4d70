"""Referrals between clinic and community are counted, and no small number leaves the form."""

import csv
import io

import pytest

from tests.people import People
from tests.planner.allied import Allies, allies, column


@pytest.fixture
def ours(people: People) -> Allies:
    return allies(people)


def types(ours: Allies, month: str, numbers: tuple[int, int, int], way: str = "to_clinic") -> str:
    sent, arrived, heard = numbers
    return ours.ruth.fills(
        f"{ours.root}/referrals", month=month, way=way, sent=sent, arrived=arrived, heard=heard
    ).text


def test_a_month_is_shown_as_a_loop_and_as_a_table_without_small_numbers(ours: Allies) -> None:
    types(ours, "2026-08", (20, 13, 3))
    page = types(ours, "2026-09", (40, 38, 30))
    rows = column(page, "<h2>From the community to the clinic</h2>")
    assert [row[:4] for row in rows[1:]] == [
        ["September 2026", "40", "all but fewer than 5", "30"],
        ["August 2026", "20", "13", "fewer than 5"],
        ["All months", "60", "18 or more", "30 or more"],
    ]
    picture = page.partition('<svg class="loop"')[2].partition("</svg>")[0]
    assert [each in picture for each in (">60<", ">18 or more<", ">30 or more<")] == [True] * 3
    assert picture.count('class="head"') == 3


def test_numbers_typed_again_replace_the_old_ones(ours: Allies) -> None:
    types(ours, "2026-08", (20, 12, 6))
    page = types(ours, "2026-08", (30, 20, 10))
    rows = column(page, "<h2>From the community to the clinic</h2>")
    assert [row[:4] for row in rows[1:-1]] == [["August 2026", "30", "20", "10"]]


def test_both_ways_stand_apart(ours: Allies) -> None:
    types(ours, "2026-08", (20, 12, 6))
    page = types(ours, "2026-08", (18, 18, 18), way="to_community")
    rows = column(page, "<h2>From the clinic to the community</h2>")
    assert rows[1][:4] == ["August 2026", "18", "18", "18"]


def test_the_table_to_take_away_holds_no_small_number_either(ours: Allies) -> None:
    types(ours, "2026-08", (20, 13, 3))
    text = ours.ruth.opens(f"{ours.root}/referrals.csv").text.removeprefix("\ufeff")
    assert list(csv.DictReader(io.StringIO(text))) == [
        {
            "month": "2026-08",
            "way": "to_clinic",
            "sent": "20",
            "arrived": "13",
            "word_came_back": "fewer than 5",
        }
    ]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((3, 4, 0), "No more can arrive than were sent."),
        ((9, 4, 5), "Count only those who arrived."),
    ],
)
def test_nobody_arrives_who_was_not_sent(
    ours: Allies, numbers: tuple[int, int, int], told: str
) -> None:
    assert told in types(ours, "2026-08", numbers)
    assert "No numbers yet." in ours.ruth.opens(f"{ours.root}/referrals").text


def test_a_month_to_come_has_no_numbers(ours: Allies) -> None:
    assert "This day has not come yet." in types(ours, "2999-01", (9, 9, 9))


def test_a_month_is_taken_out_after_a_second_look(ours: Allies) -> None:
    types(ours, "2026-08", (20, 13, 3))
    address = f"{ours.root}/referrals/1/out"
    assert "August 2026" in ours.ruth.opens(address).text
    assert "No numbers yet." in ours.ruth.fills(address).text
    assert ours.ruth.opens(address).status_code == 404
