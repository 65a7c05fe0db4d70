"""The attack on exported rows: whoever knows everybody's arm, group, language, month and in which
waves she came looks for her row, and counts what the reports withhold."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from edu.outcomes import disclosure_rows
from edu.outcomes.disclosure_rows import KNOWABLE, Compared, Exported, exported

AFTER = Compared("after", "x_before", "x_after", "x_after")
LATER = Compared("later-1", "x_before", "x_later_1", "x_later_1")
OTHER = Compared("after", "y_before", "y_after", "y_after")
COMPARED = (AFTER, LATER, OTHER)
Row = dict[str, Any]


def people(seed: int) -> list[Row]:
    """Rows of a programme; few of them in some groups, languages and waves."""
    chance = Random(seed)
    found = []
    gain = chance.choice((0, 0, 0.4, 1))
    for place in range(chance.choice((12, 40, 90, 160))):
        row: Row = {
            "arm": "course" if place % 4 else "comparison",
            "group": "ABCD"[place % chance.choice((1, 2, 4))],
            "language": chance.choice(("en", "en", "sw")),
            "month": f"2026-0{chance.randint(1, chance.choice((1, 2, 6)))}",
        }
        for scale in ("x", "y"):
            if chance.random() < 0.9:
                row[f"{scale}_before"] = chance.randint(1, 5)
                row[f"{scale}_after"] = min(
                    5, row[f"{scale}_before"] + round(chance.gauss(gain, 1))
                )
        if "x_before" in row and chance.random() < 0.8:
            row["x_later_1"] = chance.randint(1, 5)
        found.append(row)
    return found


def attacks(true: list[Row], found: Exported) -> Iterator[str]:
    """Everything that can be found out about few people."""
    columns = {name for row in found.rows for name in row}
    kept = [each for each in COMPARED if {each.earlier, each.later} <= columns]
    for person in true:
        mine = [row for row in found.rows if could_be(person, row, kept, columns)]
        if mine and len(mine) < 5:
            yield f"{len(mine)} rows could be hers"
        for each in kept:
            whole = mine and all({each.earlier, each.later} <= row.keys() for row in mine)
            if whole and len({row[each.later] for row in mine}) == 1:
                yield "all who could be her have one score"
    for names in ((), ("group",), ("arm",), ("arm", "group")):
        for part in {tuple(row.get(name) for name in names) for row in found.rows}:
            mine = [r for r in found.rows if tuple(r.get(name) for name in names) == part]
            for each in kept:
                yield from counted(mine, each, bool(set(names) & columns) or not names)


def could_be(person: Row, row: Row, kept: list[Compared], columns: set[str]) -> bool:
    """Whether nothing that is known of her speaks against this row."""
    if any(person[name] != row[name] for name in KNOWABLE if name in columns):
        return False
    return waves(person, kept) == waves(row, kept)


def waves(row: Row, kept: list[Compared]) -> set[str]:
    return {each.wave for each in kept if {each.earlier, each.later} <= row.keys()}


def counted(rows: list[Row], each: Compared, known: bool) -> Iterator[str]:
    both = [row for row in rows if {each.earlier, each.later} <= row.keys()]
    up = sum(row[each.later] > row[each.earlier] for row in both)
    down = sum(row[each.later] < row[each.earlier] for row in both)
    if known and both and min(up, down, len(both) - up - down) < 5:
        yield f"so few moved: {up}, {down} of {len(both)}"


@pytest.mark.parametrize(
    "seeds", [range(20), pytest.param(range(20, 400), marks=pytest.mark.thorough)]
)
def test_nobody_is_found_and_nothing_withheld_is_counted_in_rows(seeds: range) -> None:
    left = 0
    for seed in seeds:
        true = people(seed)
        found = exported(true, COMPARED)
        if found is not None:
            left += 1
            assert list(attacks(true, found)) == []
            assert found.k >= 5
    assert left > len(seeds) / 8


def test_what_is_told_of_a_scale_is_the_same_as_in_the_reports() -> None:
    """No row is left out that would be missed in a sum."""
    for seed in range(20):
        true = people(seed)
        found = exported(true, COMPARED)
        for each in COMPARED if found is not None else ():
            assert found is not None
            rows = [row for row in found.rows if {each.earlier, each.later} <= row.keys()]
            whole = [row for row in true if {each.earlier, each.later} <= row.keys()]
            assert len(rows) in (0, len(whole))


def one_class_alike() -> list[Row]:
    """People of many minds, and six readers of another language who all ended in one place."""
    known = {"arm": "course", "group": "A", "month": "2026-09"}
    many = [
        known | {"language": "en", "x_before": 1 + place % 5, "x_after": 1 + place * 3 % 5}
        for place in range(60)
    ]
    return many + [
        known | {"language": "sw", "x_before": 1 + place % 3, "x_after": 5} for place in range(6)
    ]


@pytest.mark.parametrize("broken", ["_countable", "_alike", "_has_few", "_pattern"])
def test_the_attacker_finds_what_each_rule_keeps(
    broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without one of the rules, some export tells."""
    nothing = frozenset(["after"]) if broken == "_pattern" else False
    monkeypatch.setattr(disclosure_rows, broken, lambda *_: nothing)
    worlds = (one_class_alike(), *map(people, range(60)))
    assert any(_leaks(true) for true in worlds)


def test_people_of_one_language_who_are_all_alike_are_not_named_by_it() -> None:
    found = exported(one_class_alike(), COMPARED[:1])
    assert found is not None
    assert found.left_out == ("month", "language")


def _leaks(true: list[Row]) -> bool:
    found = exported(true, COMPARED)
    return found is not None and any(attacks(true, found))
