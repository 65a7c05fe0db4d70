import csv
import io
import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.quizzes.answers import Answer, State
from edu.quizzes.instrument import Item, Kind, Option, Scale
from edu.quizzes.score_table import score_table
from edu.quizzes.scoring import (
    UNITS,
    Knowledge,
    Score,
    Unscored,
    Why,
    knowledge,
    option_scores,
    percent,
    points,
    score,
    unscored,
)

from . import forms
from .forms import FORM_AND_ANSWERS, attitude, chosen, instrument


def test_a_score_is_the_mean_of_the_items():
    form = attitude(5)
    assert score(form, chosen(form, ["1", "2", "4", "5", "5"])) == {
        "contact": Score(units=17 * UNITS // 5, answered=5, of=5, minimum=1, maximum=5)
    }


def test_a_reversed_item_counts_from_the_other_end():
    form = attitude(3, reverse=[2, 3])
    assert score(form, chosen(form, ["5", "1", "2"]))["contact"].units == 14 * UNITS // 3


def test_a_scale_that_begins_at_zero_is_reversed_about_its_own_middle():
    options = tuple(Option(code, code, value) for code, value in zip("abcd", range(4), strict=True))
    form = attitude(2, reverse=[2], options=options)
    assert option_scores(form, form.items[0]) == {"a": 0, "b": 1, "c": 2, "d": 3}
    assert option_scores(form, form.items[1]) == {"a": 3, "b": 2, "c": 1, "d": 0}


@pytest.mark.parametrize(
    ("share", "items", "needed"),
    [(0.8, 5, 4), (0.8, 10, 8), (0.8, 4, 4), (0.7, 10, 7), (0.3, 10, 3), (0.6, 5, 3), (1.0, 9, 9)],
)
def test_the_share_needed_is_exact(share, items, needed):
    form = attitude(items, minimum_answered=share)
    enough = chosen(form, ["3"] * needed + [State.SKIPPED] * (items - needed))
    assert score(form, enough) == {"contact": Score(3 * UNITS, needed, items, 1, 5)}
    assert unscored(form, enough) == {}
    too_few = enough | {form.items[needed - 1].id: Answer(State.SKIPPED)}
    assert score(form, too_few) == {"contact": None}
    assert unscored(form, too_few) == {
        "contact": Unscored(Why.TOO_FEW_ANSWERED, needed - 1, items, needed)
    }


@pytest.mark.parametrize("state", [state for state in State if state is not State.ANSWERED])
def test_no_state_but_answered_counts(state):
    form = attitude(5)
    assert score(form, chosen(form, ["2", "2", "2", "2", state])) == {
        "contact": Score(2 * UNITS, 4, 5, 1, 5)
    }


def test_a_sitting_without_answers_has_no_score_and_says_why():
    form = attitude(5)
    assert score(form, {}) == {"contact": None}
    assert unscored(form, {}) == {"contact": Unscored(Why.NOTHING_ANSWERED, 0, 5, 4)}
    empty = replace(form, items=())
    assert unscored(empty, {}) == {"contact": Unscored(Why.NOTHING_ANSWERED, 0, 0, 1)}


def test_scales_are_scored_apart_and_free_items_not_at_all():
    form = attitude(1)
    form = replace(
        form,
        scales=(*form.scales, Scale("help", "Help", "more", "less")),
        items=(*form.items, Item("help-1", "T.", "help"), Item("free", "T.")),
    )
    answers = chosen(form, ["1", "5", "3"])
    assert {id: float(points(found)) for id, found in score(form, answers).items()} == {
        "contact": 1.0,
        "help": 5.0,
    }


def test_points_and_percent_are_exact():
    found = Score(units=7 * UNITS // 3, answered=3, of=3, minimum=1, maximum=5)
    assert points(found) == Fraction(7, 3)
    assert points(UNITS * 3) == 3
    assert percent(found) == Fraction(100, 3)
    assert percent(replace(found, units=UNITS)) == 0
    assert percent(replace(found, units=5 * UNITS)) == 100


def test_a_code_the_item_does_not_have_is_never_scored():
    with pytest.raises(ValueError, match=r"contact-1: no option \['9'\]"):
        score(attitude(1), {"contact-1": Answer.chosen("9")})


@given(FORM_AND_ANSWERS)
def test_a_score_is_the_exact_mean_within_its_range(form_and_answers):
    form, answers = form_and_answers
    given_scores = [
        option_scores(form, item)[answers[item.id].codes[0]]
        for item in form.items_of("contact")
        if answers[item.id].state is State.ANSWERED
    ]
    found = score(form, answers)["contact"]
    if found is None:
        assert len(given_scores) < unscored(form, answers)["contact"].needed
    else:
        assert points(found) == Fraction(sum(given_scores), len(given_scores))
        assert 0 <= percent(found) <= 100


@given(FORM_AND_ANSWERS)
def test_reversing_twice_is_as_good_as_never(form_and_answers):
    form, _ = form_and_answers
    for item in form.items_of("contact"):
        there = option_scores(form, item)
        turned = tuple(replace(o, score=there[o.code]) for o in form.options_of(item))
        again = replace(item, reverse=item.reverse, options=turned)
        straight = {option.code: option.score for option in form.options_of(item)}
        assert option_scores(form, again) == (straight if item.reverse else there)


@given(FORM_AND_ANSWERS, st.randoms())
def test_the_order_of_items_and_of_answers_changes_no_score(form_and_answers, random):
    form, answers = form_and_answers
    items, pairs = list(form.items), list(answers.items())
    random.shuffle(items)
    random.shuffle(pairs)
    assert score(replace(form, items=tuple(items)), dict(pairs)) == score(form, answers)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["a", "b", "a+c"], Knowledge(3, 3, 3)),
        (["b", "b", "a"], Knowledge(1, 3, 3)),
        (["a", "b", "a+b+c"], Knowledge(2, 3, 3)),
        (["a", State.DONT_KNOW, State.SKIPPED], Knowledge(1, 1, 3)),
        ([State.SKIPPED] * 3, Knowledge(0, 0, 3)),
    ],
)
def test_knowledge_counts_exactly_the_right_options(codes, expected):
    form = forms.knowledge()
    assert knowledge(form, chosen(form, codes)) == expected
    assert score(form, chosen(form, codes)) == {}


def test_an_attitude_is_never_right_or_wrong():
    assert knowledge(attitude(2), chosen(attitude(2), ["1", "1"])) == Knowledge(0, 0, 0)


def table(form, text):
    """Rows and mistakes of a table, as plain text where there are mistakes."""
    rows, mistakes = score_table(form, csv.DictReader(io.StringIO(text)), "a.csv")
    json.dumps(rows, allow_nan=False)
    return rows, [str(mistake) for mistake in mistakes]


def test_a_table_gives_one_row_of_scores_a_sitting():
    form = attitude(5, reverse=[5])
    text = (
        "who,contact-5,contact-4,contact-3,contact-2,contact-1\n"
        "a,1,5,5,5, 4 \nb,DK,na,pnts,,3\nc,,2,2,2,3\n"
    )
    rows, mistakes = table(form, text)
    assert mistakes == []
    assert rows == [
        {
            "who": "a",
            "contact": 4.8,
            "contact.units": 12096,
            "contact.percent": 95.0,
            "contact.answered": 5,
            "contact.why": "",
        },
        {
            "who": "b",
            "contact": None,
            "contact.units": None,
            "contact.percent": None,
            "contact.answered": 1,
            "contact.why": "too few items answered",
        },
        {
            "who": "c",
            "contact": 2.25,
            "contact.units": 5670,
            "contact.percent": 31.25,
            "contact.answered": 4,
            "contact.why": "",
        },
    ]


def test_a_table_of_knowledge_counts_right_answers():
    rows, mistakes = table(forms.knowledge(), "k1,k2,k3\na,a,c+a\n,dk,\n")
    assert mistakes == []
    assert rows == [{"right": 2, "answered": 3, "of": 3}, {"right": 0, "answered": 0, "of": 3}]


def test_every_cell_that_cannot_be_read_is_named_and_counts_as_illegible():
    rows, mistakes = table(attitude(2, minimum_answered=0.5), "contact-1,contact-2\n7,4\n1+2,x\n")
    assert mistakes == [
        "a.csv:2: contact-1: no option ['7']: '7'",
        "a.csv:3: contact-1: 2 options chosen instead of one: '1+2'",
        "a.csv:3: contact-2: no option ['x']: 'x'",
    ]
    assert [row["contact"] for row in rows] == [4.0, None]


def test_columns_that_are_missing_or_taken_are_named_before_anything_is_scored():
    assert table(attitude(2), "contact-1,contact,contact.why\n1,2,3\n") == (
        [],
        [
            "a.csv:1: no column 'contact-2'",
            "a.csv:1: the column 'contact' is kept for the result",
            "a.csv:1: the column 'contact.why' is kept for the result",
        ],
    )


def test_a_row_that_is_too_long_is_named_and_one_that_is_too_short_is_skipped_items():
    rows, mistakes = table(attitude(2, minimum_answered=0.5), "contact-1,contact-2\n3\n1,1,9\n")
    assert mistakes == ["a.csv:3: more cells than columns"]
    assert [(row["contact"], row["contact.answered"]) for row in rows] == [(3.0, 1), (1.0, 2)]


def test_an_open_form_has_no_scores():
    form = instrument(Kind.OPEN, items=(Item("o", "Tell us."),))
    assert table(form, "o\nhello\n") == ([], ["a.csv:1: an open instrument has no scores"])


def test_a_table_without_rows_has_no_scores():
    assert table(attitude(2), "contact-1,contact-2\n") == ([], [])


@given(st.lists(st.sampled_from(["1", "5", "", "dk", "9"]), min_size=1, max_size=8), st.randoms())
def test_the_order_of_rows_changes_no_score(cells, random):
    form = attitude(1)
    rows = [{"who": str(n), "contact-1": cell} for n, cell in enumerate(cells)]
    shuffled = random.sample(rows, len(rows))
    by_who = {row["who"]: row for row in score_table(form, rows)[0]}
    assert {row["who"]: row for row in score_table(form, shuffled)[0]} == by_who
