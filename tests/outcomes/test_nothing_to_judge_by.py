"""Data in which nothing can be judged: words, and never an infinite figure or a made-up p."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from edu.outcomes.analysis.reliable import Reliability
from edu.outcomes.change_csv import change
from edu.outcomes.paired import Why

from .asking import everything, refused

Scores = tuple[object, object, object, object]

#: Scores before, after, later and looking back of the person with this number.
ODD: dict[str, Callable[[int], Scores]] = {
    "all at the ceiling": lambda _: (5, 5, 5, 5),
    "nobody moves": lambda n: (n % 4, n % 4, n % 4, n % 4),
    "all move alike": lambda n: (n % 3, n % 3 + 1, n % 3 + 2, n % 3),
    "all move by a third": lambda n: (n % 3 / 3, n % 3 / 3 + 1 / 3, n % 3 / 3 + 2 / 3, n % 3 / 3),
    "all began alike": lambda n: (3, n % 5, n % 4, 3),
    "all ended alike": lambda n: (n % 5, 3, 3, 3),
    "after follows from before": lambda n: (n % 5, n % 5 / 2 + 1, n % 5 / 4, n % 5),
    "one moves": lambda n: (2, 2 + (n == 0), 2, 2),
    "all missing": lambda _: ("", "", "", ""),
    "nobody came back": lambda n: (n % 4, "", "", ""),
    "nobody was there before": lambda n: ("", n % 4, n % 3, n % 2),
    "right or wrong, all right after": lambda n: (n % 2, 1, 1, n % 2),
}
ALL_ALIKE = ("all at the ceiling", "nobody moves", "all move alike", "all move by a third")


def rows(scores: Callable[[int], Scores], n: int, groups: int) -> list[list[object]]:
    """So many people in each of two arms, in so many groups."""
    return [
        [*scores(number), arm, f"{arm} {number % groups}"]
        for arm in ("course", "waiting")
        for number in range(n)
    ]


def asked(scores: Callable[[int], Scores], n: int, groups: int = 4) -> dict[str, Any]:
    """With all that can be asked for. `everything` makes sure of strict JSON."""
    return everything(rows(scores, n, groups), reliability=Reliability(0.8, "a test"))


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every figure with its name, as `not_given` names it."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from leaves(each, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each, path)
    else:
        yield path, value


#: Null for a reason that stands beside it, or that is what it says.
_BESIDE = (
    *("columns", "scale", "waves", "attrition", "comparison.arms", "pooled.groups"),
    *("comparison.adjusted_intercept", "comparison.adjusted_of_means"),
)


def without_reason(found: dict[str, Any]) -> set[str]:
    named = [each.strip() for names in found["not_given"] for each in names.split(",")]
    covered = (*named, *_BESIDE)
    return {
        name
        for name, value in leaves(found)
        if value is None
        and not any(name == each or name.startswith(f"{each}.") for each in covered)
    }


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("n", [1, 2, 5, 10, 30])
def test_every_figure_is_finite_or_has_a_reason(name: str, n: int) -> None:
    found = asked(ODD[name], n)
    assert without_reason(found) == set()
    for field, value in leaves(found):
        assert not isinstance(value, float) or math.isfinite(value), field
    assert [
        each for each in found["waves"] if (each["interval"] is None) != bool(each["why"])
    ] == []


@pytest.mark.parametrize("name", ALL_ALIKE)
@pytest.mark.parametrize("groups", [2, 5])
def test_where_all_move_alike_nothing_is_tested_and_nothing_is_precise(
    name: str, groups: int
) -> None:
    found = asked(ODD[name], 60, groups)
    assert found["verdict"] == "not_estimable"
    told = {field for field, value in leaves(found) if value is not None}
    ends = (".p", ".t", ".q_p", ".mid_p", ".standard_error", ".interval", ".prediction")
    assert {field for field in told if field.endswith(ends)} == set()
    assert found["wave_model"] == []


def test_nobody_at_all_gives_words() -> None:
    found = everything([], arm=None, reliability=Reliability(0.8, "a test"))
    assert (found["verdict"], found["counts"]["rows"]) == ("too_few", 0)
    assert without_reason(found) == set()
    assert refused("pre,post,arm\n", arm="arm") == ["data.csv:1: two arms are wanted; arm has none"]


def test_a_later_wave_of_a_constant_change_is_not_given_with_a_tiny_error() -> None:
    found = asked(ODD["all move alike"], 30)
    assert found["not_given"]["wave_model"] == Why.CONSTANT_CHANGE
    one_other = [[0, 1, 2 + (number == 0)] for number in range(30)]
    lines = ["pre,post,later", *(",".join(map(str, each)) for each in one_other)]
    model = change(lines, before="pre", after="post", later=["later"])["wave_model"]
    assert [each["wave"] for each in model] == ["post", "later"]


def test_why_one_effect_size_of_several_is_missing() -> None:
    began, ended = asked(ODD["all began alike"], 10), asked(ODD["all ended alike"], 10)
    assert began["effect"]["d_b"] is began["effect"]["g_b"] is None
    assert began["not_given"]["effect.d_b, effect.g_b"] == Why.CONSTANT_BEFORE
    assert ended["effect"]["d_rm"] is None
    assert ended["not_given"]["effect.d_rm"] == Why.CONSTANT_SCORES
    assert isinstance(ended["effect"]["d_b"], float)


def test_why_one_of_two_comparisons_is_missing() -> None:
    began = asked(ODD["all began alike"], 30, groups=5)
    assert began["comparison"]["adjusted"]["value"] is None
    assert began["comparison"]["difference_in_differences"]["value"] == 0
    assert {name for name in began["not_given"] if name.startswith("comparison")} == {
        "comparison.adjusted",
        "comparison.d_ppc2",
    }
