"""The rows of a forest plot, and how they are drawn."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from edu.outcomes.forest import Forest, forest_of
from edu.outcomes.paired import Interval
from edu.outcomes.pictures import forest_group, forest_next, forest_together

from .asking import everything


def people(*sizes: int) -> list[list[object]]:
    """Groups of so many people, each of which moves otherwise."""
    return [
        [n % 5, n % 5 + (n * 7) % 3 + place % 3 / 2, "", "", "", f"group {place}"]
        for place, size in enumerate(sizes)
        for n in range(size)
    ]


def pooled(rows: list[list[object]]) -> dict[str, Any]:
    return everything(rows, arm=None)["pooled"]


def drawn(rows: list[list[object]]) -> Forest:
    found = forest_of(pooled(rows))
    assert found is not None
    return found


def test_each_group_has_the_likely_range_that_it_has_alone():
    rows = people(10, 14, 12)
    for each in drawn(rows).groups:
        alone = everything([row for row in rows if row[5] == each.group], arm=None, group=None)
        assert each.n == alone["counts"]["matched"]
        assert each.mean == pytest.approx(alone["change"]["mean"])
        assert (each.interval.low, each.interval.high) == pytest.approx(alone["change"]["interval"])


def test_all_groups_stand_below_as_they_were_put_together():
    section = pooled(people(10, 14, 12))
    found = forest_of(section)
    assert found.estimate == section["estimate"]
    assert found.interval == Interval(*section["interval"])
    assert found.prediction == Interval(*section["prediction"])
    assert found.few
    assert not drawn(people(10, 14, 12, 10, 11)).few


def test_a_group_weighs_as_much_as_it_counts():
    section = pooled(people(10, 30, 12))
    weights = [each.weight for each in forest_of(section).groups]
    assert sum(weights) == pytest.approx(1)
    mean = sum(
        weight * each["mean"] for weight, each in zip(weights, section["groups"], strict=True)
    )
    assert mean == pytest.approx(section["estimate"])


def test_a_group_that_was_not_put_together_has_no_range_and_no_weight():
    alike = [[1, 2, "", "", "", "group 9"]] * 10
    found = drawn(people(10, 14, 12) + alike)
    assert [each.interval is None for each in found.groups] == [False, False, False, True]
    assert (found.groups[3].mean, found.groups[3].weight) == (1, 0)
    assert sum(each.weight for each in found.groups) == pytest.approx(1)


def test_two_groups_are_listed_and_one_is_not():
    two = drawn(people(10, 14))
    assert (two.estimate, two.interval, two.prediction) == (None, None, None)
    assert [each.n for each in two.groups] == [10, 14]
    assert forest_of(pooled(people(10))) is None
    assert forest_of(None) is None


def test_all_rows_are_drawn_to_one_scale():
    found = drawn(people(10, 14, 12))
    ranges = [each.interval for each in found.groups] + [found.interval, found.prediction]
    assert found.reach == max(max(abs(each.low), abs(each.high)) for each in ranges)
    alike = [[1, 2, "", "", "", f"group {place}"] for place in (1, 2) for _ in range(10)]
    assert drawn(alike).reach == 0


def svg(picture: str) -> ElementTree.Element:
    found = ElementTree.fromstring(picture)
    assert found.attrib == {"viewBox": "0 0 320 28", "aria-hidden": "true", "focusable": "false"}
    assert found[0].attrib == {"d": "M160 0V28", "class": "zero"}
    return found


def middle(mark: ElementTree.Element) -> float:
    return float(mark.attrib["x"]) + float(mark.attrib["width"]) / 2


def test_a_group_is_a_square_on_a_line():
    _zero, line, square = svg(forest_group(-1, 0.5, 2, reach=2, weight=0.25))
    assert line.attrib["d"] == "M88.0 14H304.0"
    assert (middle(square), square.attrib["width"], square.attrib["height"]) == (
        196,
        "13.0",
        "13.0",
    )
    _zero, line, square = svg(forest_group(-1, 0.5, 2, reach=2, weight=0.25, mirrored=True))
    assert line.attrib["d"] == "M232.0 14H16.0"
    assert middle(square) == 124


def test_all_together_are_a_diamond_and_the_next_group_a_broken_line():
    _zero, diamond = svg(forest_together(0, 0.5, 1, reach=2))
    assert diamond.attrib == {"class": "whole", "d": "M160.0 14L196.0 4L232.0 14L196.0 24Z"}
    _zero, broken, ends = svg(forest_next(-2, 2, reach=2))
    assert broken.attrib == {"class": "next", "d": "M16.0 14H304.0"}
    assert ends.attrib["d"] == "M16.0 8V20M304.0 8V20"


def test_where_nothing_reaches_anywhere_all_stands_in_the_middle():
    _zero, line, square = svg(forest_group(0, 0, 0, reach=0, weight=1))
    assert re.findall(r"[\d.]+", line.attrib["d"]) == ["160.0", "14", "160.0"]
    assert middle(square) == 160
