"""Tracks say honestly what is here; lots can be drawn again by anybody."""

import hashlib
from collections import defaultdict
from itertools import product

import pytest

from edu.programmes.lots import drawn_first
from edu.programmes.reach_cells import hidden_cells, may_say_sum
from edu.programmes.tracks import (
    AROUND,
    COMMUNITY,
    EMERGENCY,
    HEALTH,
    SHORT,
    TRACKS,
    TRAINERS,
    Track,
    modules_taken,
    offer,
    offers,
    track_named,
)

HERE = ["m0", "m1", "m2"]


@pytest.mark.parametrize(
    ("track", "modules"),
    [
        (COMMUNITY, "m0 m1 m2 m3 m4 m5 m6 m7 m10"),
        (SHORT, "m0 m1 m2 m4 m5 m10"),
        (TRAINERS, "m0 m1 m2 m3 m4 m5 m6 m7 m9 m10"),
        (HEALTH, "m0 m1 m2 m4 m5 m6 m8 m10"),
        (AROUND, "m0 m1 m2 m4 m5 m6 m10"),
        (EMERGENCY, "m0 m7 m5"),
    ],
)
def test_a_track_has_the_modules_of_the_curriculum(track: Track, modules: str) -> None:
    assert track.modules == tuple(modules.split())


def test_what_a_server_does_not_have_of_a_track_is_named() -> None:
    found = offer(COMMUNITY, HERE)
    assert found.modules == ("m0", "m1", "m2")
    assert found.missing == ("m3", "m4", "m5", "m6", "m7", "m10")
    assert found.is_whole is False


def test_of_modules_to_choose_from_one_is_enough() -> None:
    everything = set(COMMUNITY.modules)
    assert offer(COMMUNITY, everything - {"m7"}).missing == ()
    assert offer(COMMUNITY, everything - {"m6", "m7"}).missing == ("m6", "m7")


def test_a_track_says_which_lessons_it_needs_of_what_is_here() -> None:
    assert offer(SHORT, HERE).only == (("m1", 3), ("m2", 1))
    assert offer(COMMUNITY, HERE).only == ()


def test_a_track_of_which_nothing_is_here_is_not_offered_and_one_may_come_first() -> None:
    assert offers(["m9x"]) == []
    assert [each.track.id for each in offers(HERE)] == [each.id for each in TRACKS]
    assert offers(HERE, first=EMERGENCY)[0].track is EMERGENCY
    assert len(offers(HERE, first=EMERGENCY)) == len(TRACKS)


def test_a_track_is_found_by_what_people_type() -> None:
    assert track_named(" T1 Short ") is SHORT
    assert track_named("t5") is None


@pytest.mark.parametrize(
    ("track", "ticked", "taken"),
    [
        (None, ["m2", "m1"], ["m1", "m2"]),
        (EMERGENCY, [], ["m0"]),
        (EMERGENCY, HERE, ["m0"]),
        (EMERGENCY, ["m1"], ["m1"]),
    ],
)
def test_a_track_fills_the_modules_unless_some_were_chosen(
    track: Track | None, ticked: list[str], taken: list[str]
) -> None:
    assert modules_taken(track, ticked, HERE) == taken


def test_a_lot_is_the_order_of_digests_and_anybody_can_draw_it_again() -> None:
    names = ["Tuesday", "Baraza", "市場", "Friday", "Harbour"]
    by_hand = sorted(names, key=lambda name: hashlib.sha256(f"s33d\n{name}".encode()).hexdigest())
    assert drawn_first("s33d", names) == by_hand[:3]
    assert drawn_first("s33d", reversed(names)) == by_hand[:3]
    assert drawn_first("another", names) != by_hand[:3]


def test_a_lot_favours_no_place_in_the_sheet() -> None:
    names = [f"Group {number}" for number in range(4)]
    first = [name for seed in range(400) for name in drawn_first(str(seed), names)]
    counts = [first.count(name) for name in names]
    assert sum(counts) == 800
    # Of 400 draws each is first in about 200; four standard deviations are 40.
    assert [count for count in counts if abs(count - 200) > 40] == []


def test_no_number_below_five_can_be_worked_out_from_the_others_and_their_sum() -> None:
    """All tables of up to three cells are gone through, as somebody would who knows the rule."""
    top = 14
    for size in (1, 2, 3):
        names = "abc"[:size]
        possible = defaultdict(list)
        for numbers in product(range(top), repeat=size):
            counts = dict(zip(names, numbers, strict=True))
            hidden = hidden_cells(counts)
            assert [name for name in names if 0 < counts[name] < 5 and name not in hidden] == []
            told = tuple(None if name in hidden else counts[name] for name in names)
            total = sum(numbers) if may_say_sum(counts) else None
            possible[total, told].append(numbers)
        for (total, told), found in possible.items():
            rest = (total or 0) - sum(each or 0 for each in told)
            if total is None or rest >= top:
                continue  # of more than that not every table was made here
            for place, each in enumerate(told):
                if each is None:
                    assert len({numbers[place] for numbers in found}) > 1, (total, told)


def test_an_empty_table_may_say_so_and_a_sum_of_few_is_not_said() -> None:
    assert may_say_sum({"a": 0, "b": 0}) is True
    assert may_say_sum({"a": 3, "b": 1}) is False
    assert hidden_cells({"a": 9, "b": 0}) == frozenset()
