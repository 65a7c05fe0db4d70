"""Waves: their order, their windows, and which one waits for a learner."""

from datetime import date, timedelta

import pytest

from edu.groups.models import Arm
from edu.learning.waves import (
    USUAL,
    Opening,
    Schedule,
    Stand,
    accepts,
    due,
    in_order,
    is_late,
    is_wave,
    lessons_open,
    opening,
    place,
    window_of,
)

MONDAY = date(2026, 3, 2)
WAITING = Schedule(Arm.WAITING, from_day=MONDAY + timedelta(weeks=6))
COMPARED = Schedule(Arm.COMPARISON, from_day=MONDAY + timedelta(weeks=6))
LONG = Schedule(looking_back=True, later=(12, 52))


def weeks(number: float) -> date:
    return MONDAY + timedelta(days=round(number * 7))


def test_waves_stand_in_the_order_in_which_they_come() -> None:
    assert USUAL.waves == ("before", "after", "later-1")
    assert LONG.waves == ("before", "after", "looking-back", "later-1", "later-2")
    assert WAITING.waves == ("before", "before-2", "after", "later-1")
    assert in_order(["later-10", "looking-back", "later-2", "after", "before-2", "before"]) == [
        "before",
        "before-2",
        "after",
        "looking-back",
        "later-2",
        "later-10",
    ]


@pytest.mark.parametrize(
    "name", ["", "later", "later-0", "later-01", "later-x", "before-3", "Later-1"]
)
def test_what_is_no_wave_is_none(name: str) -> None:
    assert not is_wave(name)
    with pytest.raises(ValueError, match="no wave"):
        place(name)


def test_a_window_lies_around_the_day_that_is_meant() -> None:
    window = window_of(USUAL, "later-1", MONDAY)
    assert window is not None
    assert (window.opens, window.meant, window.closes) == (weeks(8), weeks(12), weeks(16))
    assert window_of(USUAL, "later-2", MONDAY) is None
    assert window_of(USUAL, "later-1", None) is None
    assert window_of(USUAL, "after", MONDAY) is None


def test_an_answer_is_late_from_the_day_after_its_window() -> None:
    assert not is_late(USUAL, "later-1", weeks(16), MONDAY)
    assert is_late(USUAL, "later-1", weeks(16) + timedelta(days=1), MONDAY)
    assert not is_late(USUAL, "after", weeks(40), MONDAY)


def test_a_usual_way_asks_before_after_and_later() -> None:
    assert due(USUAL, Stand(MONDAY)) == "before"
    begun = {"before": MONDAY}
    assert due(USUAL, Stand(MONDAY, answered=begun)) is None
    assert due(USUAL, Stand(MONDAY, begun=True)) is None
    assert due(USUAL, Stand(MONDAY, True, True, begun)) == "after"
    both = begun | {"after": MONDAY}
    assert due(USUAL, Stand(weeks(7.9), True, True, both)) is None
    assert due(USUAL, Stand(weeks(8), True, True, both)) == "later-1"
    assert due(USUAL, Stand(weeks(60), True, True, both)) == "later-1"


def test_before_is_over_with_the_first_lesson() -> None:
    stand = Stand(MONDAY, begun=True)
    assert opening(USUAL, "before", stand) is Opening.MISSED
    assert not accepts(USUAL, "before", stand)
    assert not accepts(WAITING, "before-2", stand)


def test_the_newer_of_two_later_waves_is_asked_and_the_older_still_kept() -> None:
    answered = {"before": MONDAY, "after": MONDAY, "looking-back": MONDAY}
    early = Stand(weeks(20), True, True, answered)
    assert due(LONG, early) == "later-1"
    late = Stand(weeks(50), True, True, answered)
    assert due(LONG, late) == "later-2"
    assert opening(LONG, "later-1", late) is Opening.MISSED
    assert accepts(LONG, "later-1", late)
    assert not accepts(USUAL, "later-2", late)


def test_looking_back_follows_after() -> None:
    before = {"before": MONDAY}
    assert opening(LONG, "looking-back", Stand(MONDAY, True, True, before)) is Opening.NOT_YET
    stand = Stand(MONDAY, True, True, before | {"after": MONDAY})
    assert due(LONG, stand) == "looking-back"


def test_who_waits_is_asked_twice_before_the_lessons() -> None:
    stand = Stand(MONDAY, answered={"before": MONDAY})
    assert due(WAITING, stand) is None
    assert not lessons_open(WAITING, stand)
    near = Stand(weeks(4), answered={"before": MONDAY})
    assert due(WAITING, near) == "before-2"
    assert not lessons_open(WAITING, near)
    assert lessons_open(WAITING, Stand(weeks(6)))


def test_who_came_late_to_a_waiting_list_is_not_asked_twice_within_two_weeks() -> None:
    answered = {"before": weeks(5)}
    assert due(WAITING, Stand(weeks(6), answered=answered)) is None
    assert due(WAITING, Stand(weeks(7), answered=answered)) == "before-2"


def test_who_is_compared_answers_twice_and_then_gets_the_lessons() -> None:
    answered = {"before": MONDAY}
    assert due(COMPARED, Stand(weeks(5), answered=answered)) is None
    stand = Stand(weeks(6), answered=answered)
    assert (due(COMPARED, stand), lessons_open(COMPARED, stand)) == ("after", False)
    assert lessons_open(COMPARED, Stand(weeks(6), answered=answered | {"after": weeks(6)}))
