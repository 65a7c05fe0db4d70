import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.quizzes.answers import Answer, State
from edu.quizzes.instrument import HigherMeans, Instrument, Item, Option, Scale
from edu.quizzes.scale import Level, Method, Reliability
from edu.quizzes.scoring import (
    UNITS,
    Policy,
    Score,
    Unscored,
    Why,
    percent,
    points,
    score,
    unscored,
)

from .forms import AGREE, attitude, chosen


def ruled(items=5, reverse=(), options=AGREE, **rules):
    """One scale of so many items with these rules."""
    form = attitude(items, reverse, options)
    return replace(form, scales=(replace(form.scales[0], **rules),))


def value(form, codes, policy=Policy.RULE):
    """The points of the scale `contact`, or None."""
    found = score(form, chosen(form, codes), policy)["contact"]
    return None if found is None else points(found)


@pytest.mark.parametrize(
    ("method", "expected", "low", "high"),
    [
        (Method.MEAN_OF_ANSWERED, Fraction(3), 1, 5),
        (Method.MEAN, Fraction(3), 1, 5),
        (Method.SUM, Fraction(12), 4, 20),
        (Method.PERCENT, Fraction(50), 0, 100),
    ],
)
def test_each_method_makes_its_score_with_its_own_ends(method, expected, low, high):
    form = ruled(4, method=method)
    assert value(form, ["1", "2", "4", "5"]) == expected
    for codes, end in ((["1"] * 4, low), (["5"] * 4, high)):
        found = score(form, chosen(form, codes))["contact"]
        assert (points(found), found.minimum, found.maximum) == (end, low, high)
        assert percent(found) == (0 if end == low else 100)


def test_a_sum_and_a_mean_need_every_item_and_a_mean_of_the_answered_does_not():
    codes = ["2", "2", "2", "2", State.SKIPPED]
    assert value(ruled(5), codes) == 2
    assert value(ruled(5, method=Method.PERCENT), codes) == 25
    for method in (Method.SUM, Method.MEAN):
        form = ruled(5, method=method)
        assert value(form, codes) is None
        assert unscored(form, chosen(form, codes)) == {
            "contact": Unscored(Why.TOO_FEW_ANSWERED, 4, 5, 5)
        }


def test_a_prorated_sum_lets_the_answered_items_stand_for_the_missing_one():
    form = ruled(5, method=Method.SUM, prorate=True)
    assert value(form, ["2", "2", "2", "3", State.SKIPPED]) == Fraction(9, 4) * 5
    assert value(form, ["2", "2", "2", State.SKIPPED, State.SKIPPED]) is None


def test_a_scale_may_say_how_many_items_it_needs():
    form = ruled(5, minimum_answered=2)
    assert value(form, ["2", "4", *[State.SKIPPED] * 3]) == 3
    assert value(form, ["2", *[State.SKIPPED] * 4]) is None


def test_a_mean_of_more_than_ten_items_is_rounded_to_the_nearest_unit():
    form = ruled(11)
    found = score(form, chosen(form, ["1"] * 10 + ["2"]))["contact"]
    exact = Fraction(12, 11)
    assert found.units == 2749 == round(exact * UNITS)
    assert abs(points(found) - exact) <= Fraction(1, 2 * UNITS)


def test_half_a_unit_goes_to_the_even_one():
    options = tuple(Option(str(n), str(n), n) for n in range(3))
    form = ruled(16, options=options)
    # A sixteenth of a point is 157.5 units, three sixteenths are 472.5.
    assert score(form, chosen(form, ["1"] + ["0"] * 15))["contact"].units == 158
    assert score(form, chosen(form, ["1"] * 3 + ["0"] * 13))["contact"].units == 472


TABLE = ((2, "2"), (3, "2.51"), (4, "3.25"), (5, "4.4"), (6, "5.5"), (7, "6.7"), (8, "8"))
TABLE = (*TABLE, (9, "9.5"), (10, "10"))


def test_a_table_turns_each_sum_into_its_points():
    form = ruled(2, method=Method.LOOKUP, table=TABLE)
    found = score(form, chosen(form, ["1", "2"]))["contact"]
    assert found == Score(round(Fraction("2.51") * UNITS), 2, 2, 2, 10)
    assert value(form, ["2", "2"]) == Fraction("3.25")
    assert value(form, ["2", State.SKIPPED]) is None


def test_a_table_may_end_between_two_points():
    table = (*TABLE[:-1], (10, "10.5"))
    form = ruled(2, method=Method.LOOKUP, table=table)
    assert score(form, chosen(form, ["5", "5"]))["contact"].maximum == Fraction(21, 2)


def test_not_knowing_counts_by_the_rule_and_the_other_policy_tells_whether_it_matters():
    codes = ["5", "5", "5", "5", State.DONT_KNOW]
    fixed, missing = ruled(5, dont_know=3), ruled(5)
    assert (value(fixed, codes), value(fixed, codes, Policy.OTHER)) == (Fraction(23, 5), 5)
    assert (value(missing, codes), value(missing, codes, Policy.OTHER)) == (5, Fraction(23, 5))


def test_a_sum_with_a_fixed_score_for_not_knowing_is_whole_without_any_other_answer():
    form = ruled(4, method=Method.SUM, dont_know=3)
    assert value(form, [State.DONT_KNOW] * 4) == 12
    assert value(form, [State.DONT_KNOW] * 4, Policy.OTHER) is None
    assert value(form, ["5", "5", "5", State.SKIPPED]) is None


def test_a_fixed_score_for_not_knowing_is_turned_with_its_item():
    form = ruled(2, reverse=[2], dont_know=2)
    assert value(form, [State.DONT_KNOW, State.DONT_KNOW]) == 3


def test_the_middle_of_an_even_number_of_answers_lies_between_two_and_no_table_has_it():
    four = AGREE[:4]
    codes = ["4", State.DONT_KNOW]
    assert value(ruled(2, options=four, minimum_answered=2), codes, Policy.OTHER) == Fraction(13, 4)
    table = tuple((total, str(total)) for total in range(2, 9))
    form = ruled(2, options=four, method=Method.LOOKUP, table=table)
    assert value(form, codes, Policy.OTHER) is None


def test_a_total_is_made_of_the_items_of_its_scales():
    form = attitude(2)
    form = replace(
        form,
        scales=(
            *form.scales,
            Scale("help", "Help", "more", "less"),
            Scale("all", "All", "more", "less", method=Method.SUM, of=("contact", "help")),
        ),
        items=(*form.items, Item("help-1", "T.", "help"), Item("free", "T.")),
    )
    found = score(form, chosen(form, ["1", "2", "5", "3"]))
    assert {id: float(points(each)) for id, each in found.items()} == {
        "contact": 1.5,
        "help": 5.0,
        "all": 8.0,
    }


def test_each_scale_has_its_own_direction():
    form = ruled(3, reverse=[1], higher_means=HigherMeans.WORSE)
    assert form.higher_is("contact") is HigherMeans.WORSE
    assert form.negative_share == Fraction(2, 3)
    assert replace(form, scales=attitude(3).scales).negative_share == Fraction(1, 3)


FULL = Scale(
    "contact",
    "Contact",
    "closer",
    "less close",
    higher_means=HigherMeans.WORSE,
    method=Method.LOOKUP,
    minimum_answered=2,
    prorate=True,
    dont_know=3,
    table=TABLE,
    of=("help",),
    minimum=2,
    maximum=10,
    construct="wellbeing",
    level=Level.PLACE,
    reliability=(Reliability(0.8, "alpha", "Kisumu", "A paper.", 40),),
)


def test_every_rule_of_a_frozen_definition_comes_back_whole():
    form = replace(attitude(2), scales=(FULL,), variant="short")
    form = replace(form, items=(replace(form.items[0], not_applicable=True), form.items[1]))
    back = Instrument.from_json(form.to_json())
    assert back == form
    assert back.digest == form.digest


NEWER = ("variant", "not_applicable", "rules")
NEW_OF_A_SCALE = (
    *("higher_means", "method", "minimum_answered", "prorate", "dont_know", "table", "of"),
    *("minimum", "maximum", "construct", "level", "reliability"),
)


def test_a_definition_that_an_older_program_froze_loads_and_keeps_its_digest():
    form = attitude(3, reverse=[2])
    # The digest of this form as the program made it before there was any choice of rules.
    assert form.digest == "b25afab87b276f01f002aa312eb0da18662f3f71ccefe0d78e547e2bc68156f4"
    stored = json.loads(form.to_json())
    del stored["variant"]
    for item in stored["items"]:
        del item["not_applicable"]
    for scale in stored["scales"]:
        for name in NEW_OF_A_SCALE:
            del scale[name]
    assert Instrument.from_json(json.dumps(stored)) == form


@pytest.mark.parametrize(
    "name",
    ["higher_means", "method", "minimum_answered", "prorate", "dont_know", "table", "of"],
)
def test_a_rule_that_bears_on_the_score_changes_the_digest(name):
    assert ruled(3, **{name: getattr(FULL, name)}).digest != ruled(3).digest


@pytest.mark.parametrize("name", ["minimum", "maximum", "construct", "level", "reliability"])
def test_what_is_only_said_about_a_scale_leaves_the_digest(name):
    assert ruled(3, **{name: getattr(FULL, name)}).digest == ruled(3).digest


def test_an_item_that_may_not_apply_is_another_question():
    form = attitude(2)
    other = replace(form, items=(form.items[0], replace(form.items[1], not_applicable=True)))
    assert other.digest != form.digest
    answers = {"contact-1": Answer.chosen("2"), "contact-2": Answer(State.NOT_APPLICABLE)}
    assert score(replace(other, minimum_answered=0.5), answers)["contact"].units == 2 * UNITS


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["1", "2", "3", "4", "5"]), min_size=3, max_size=14),
    st.sets(st.integers(1, 3)),
)
def test_every_method_goes_the_same_way_as_the_sum(codes, reverse):
    """Sum, mean and percent are one figure on three rulers."""
    found = {}
    for method in (Method.SUM, Method.MEAN, Method.PERCENT):
        form = ruled(len(codes), reverse, method=method)
        found[method] = score(form, chosen(form, codes))["contact"]
    shares = [percent(each) for each in found.values()]
    # A mean of more than ten is half a unit off at most; a sum never is.
    assert max(shares) - min(shares) <= Fraction(100, 4 * UNITS)
