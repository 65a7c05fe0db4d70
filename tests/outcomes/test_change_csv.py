import csv
import io
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.lessons.mistakes import Broken
from edu.outcomes.change_csv import FIELDS, IN_WORDS, change
from edu.outcomes.paired import Verdict
from edu.quizzes.instrument import HigherMeans

from .known import AFTER, BEFORE

TOO_FEW_TO_DESCRIBE = "fewer than 5 people could be matched"
TOO_FEW = "fewer than 10 people could be matched"
NO_LIMITS = "the lowest and highest possible values were not both given"
BASIC = "before, after, change.mean, change.sd"
INTERVAL = "change.standard_error, change.t, change.df, change.interval, effect"
CORRELATION = "change.correlation"


def analyse(pairs, **options):
    """The analysis of a file with these cells, which must be fit for strict JSON."""
    text = io.StringIO()
    csv.writer(text).writerows([("id", "pre", "post"), *((n, *p) for n, p in enumerate(pairs))])
    found = change(io.StringIO(text.getvalue()), before="pre", after="post", **options)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    return found


def refused(text, **options):
    with pytest.raises(Broken) as broken:
        change(io.StringIO(text), **{"before": "pre", "after": "post"} | options)
    return [str(mistake) for mistake in broken.value.mistakes]


def test_the_sleep_data_give_the_published_figures():
    found = analyse(zip(BEFORE, AFTER, strict=True), minimum="-2", maximum="5.5")
    assert found == {
        "columns": {"before": "pre", "after": "post"},
        "scale": {"minimum": -2.0, "maximum": 5.5, "higher_is": "better"},
        "counts": {"rows": 10, "matched": 10, "improved": 9, "same": 1, "worsened": 0},
        "missing": {"before": 0, "after": 0, "both": 0},
        "before": {"mean": 0.75, "sd": pytest.approx(1.789010, abs=1e-6)},
        "after": {"mean": 2.33, "sd": pytest.approx(2.002249, abs=1e-6)},
        "change": {
            "mean": 1.58,
            "sd": pytest.approx(1.229995, abs=1e-6),
            "standard_error": pytest.approx(0.388959, abs=1e-6),
            "t": pytest.approx(4.062128, abs=1e-6),
            "df": 9,
            "interval": pytest.approx([0.7001142, 2.4598858], abs=1e-7),
            "correlation": pytest.approx(0.795170, abs=1e-6),
        },
        "effect": {
            "g_av": pytest.approx(0.7605, abs=1e-4),
            "d_av": pytest.approx(0.8322, abs=1e-4),
            "d_z": pytest.approx(1.2846, abs=1e-4),
            "j": pytest.approx(0.9139, abs=1e-4),
        },
        "ends": {
            "before_at_minimum": 0.0,
            "before_at_maximum": 0.0,
            "after_at_minimum": 0.0,
            "after_at_maximum": 0.1,
            "no_room_to_improve": 0.0,
        },
        "verdict": "clear_improvement",
        "in_words": IN_WORDS[Verdict.CLEAR_IMPROVEMENT],
        "not_given": {},
    }


def test_every_field_is_documented_and_no_other():
    def names(value, path=""):
        if isinstance(value, dict) and path != "not_given":
            return {
                n for key, part in value.items() for n in names(part, f"{path}.{key}".strip("."))
            }
        return {path}

    assert names(analyse([])) == FIELDS.keys()
    assert IN_WORDS.keys() == set(Verdict)


def test_where_higher_is_worse_the_same_data_are_a_possible_backfire():
    found = analyse(zip(BEFORE, AFTER, strict=True), minimum="-1.6", higher_is=HigherMeans.WORSE)
    assert found["verdict"] == "possible_backfire"
    assert found["counts"] == {"rows": 10, "matched": 10, "improved": 0, "same": 1, "worsened": 9}
    assert found["change"]["mean"] == 1.58
    assert found["ends"]["no_room_to_improve"] == 0.1
    assert found["ends"]["before_at_maximum"] is None
    assert found["not_given"] == {"ends": NO_LIMITS}


def test_who_is_missing_is_counted_and_only_matched_rows_are_analysed():
    found = analyse(
        [("1", "2")] * 3 + [("", "2"), ("NA", "."), ("1", "n/a"), ("1", " "), (" NaN ", "9")]
    )
    assert found["counts"] == {"rows": 8, "matched": 3, "improved": 3, "same": 0, "worsened": 0}
    assert found["missing"] == {"before": 2, "after": 2, "both": 1}


@pytest.mark.parametrize("pairs", [[], [("1", "2")], [("1", "2"), ("2", "1")], [("", "")] * 30])
def test_almost_nobody_gives_counts_and_words(pairs):
    found = analyse(pairs, minimum="1", maximum="5")
    assert {found["change"][name] for name in found["change"]} == {None}
    assert {*found["before"].values(), *found["effect"].values(), *found["ends"].values()} == {None}
    assert found["verdict"] == "too_few"
    assert found["not_given"] == {
        BASIC: TOO_FEW_TO_DESCRIBE,
        CORRELATION: TOO_FEW_TO_DESCRIBE,
        INTERVAL: TOO_FEW,
        "ends": TOO_FEW_TO_DESCRIBE,
    }


def test_five_to_nine_people_are_described_without_an_interval():
    found = analyse([(n, n * n) for n in range(5)])
    assert (found["change"]["mean"], found["change"]["interval"]) == (4.0, None)
    assert found["not_given"] == {INTERVAL: TOO_FEW, "ends": NO_LIMITS}


def test_everybody_at_the_ceiling_gives_words():
    found = analyse([("5", "5")] * 12, minimum="1", maximum="5")
    assert found["verdict"] == "not_estimable"
    assert found["ends"] == {
        "before_at_minimum": 0.0,
        "before_at_maximum": 1.0,
        "after_at_minimum": 0.0,
        "after_at_maximum": 1.0,
        "no_room_to_improve": 1.0,
    }
    assert found["not_given"] == {
        CORRELATION: "everybody had the same score, so there is no spread to judge by",
        INTERVAL: "everybody changed by the same amount, so there is no spread to judge by",
    }


@pytest.mark.parametrize(("step", "by"), [(0.1, 0.2), (1 / 3, 1 / 7), (1e-9, 3e-9), (1e6, 0.7)])
def test_noise_in_the_sixteenth_digit_does_not_make_a_constant_change_vary(step, by):
    pairs = [(n * step, n * step + by) for n in range(12)]
    found = analyse([(repr(x), repr(y)) for x, y in pairs])
    assert (found["change"]["sd"], found["verdict"]) == (0, "not_estimable")
    assert found["change"]["mean"] == pytest.approx(by, rel=1e-5)


def test_noise_in_the_sixteenth_digit_moves_nobody():
    found = analyse([("0.30000000000000004", "0.3"), ("0.1", "0.10000000000000001"), ("1", "2")])
    assert found["counts"] == {"rows": 3, "matched": 3, "improved": 1, "same": 2, "worsened": 0}


def test_large_and_small_numbers_keep_their_digits():
    for factor in ("e-9", "e9", "e14"):
        pairs = [(x + factor, y + factor) for x, y in zip(BEFORE, AFTER, strict=True)]
        found = analyse(pairs)
        assert found["change"]["t"] == pytest.approx(4.062127683382037, rel=1e-12)
        assert found["counts"]["improved"] == 9


def test_digits_of_any_script_are_numbers():
    found = analyse([("٣", "४.५")] * 5)
    assert (found["before"]["mean"], found["after"]["mean"]) == (3.0, 4.5)


def test_every_bad_cell_is_named_with_its_line():
    text = 'pre,post,note\n1,x,"two\nlines"\n"1,5",2,\n6,0,\n1e99,1_0,\n3,inf\n'
    assert refused(text, minimum="1", maximum="5") == [
        "data.csv:3: post: 'x' is not a number",
        "data.csv:4: pre: '1,5' is not a number",
        "data.csv:5: post: 0 is below the minimum 1",
        "data.csv:5: pre: 6 is above the maximum 5",
        "data.csv:6: post: '1_0' is not a number",
        "data.csv:6: pre: 1e99 is too large",
        "data.csv:7: post: 'inf' is not a number",
    ]


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        (
            "",
            {},
            ["no column 'post'; the columns are none", "no column 'pre'; the columns are none"],
        ),
        ("pre,past\n1,2\n", {}, ["no column 'post'; the columns are 'pre', 'past'"]),
        ("pre,post,pre\n1,2,3\n", {}, ["there are 2 columns 'pre'"]),
        ("pre,post\n", {"after": "pre"}, ["before and after are the same column"]),
        ("pre,post\n", {"minimum": "low"}, ["minimum: 'low' is not a number"]),
        ("pre,post\n", {"minimum": "5", "maximum": "5"}, ["the minimum must be below the maximum"]),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(text, options, expected):
    assert refused(text, **options) == [f"data.csv:1: {message}" for message in expected]


def test_a_byte_order_mark_is_no_part_of_the_first_name():
    assert change(["\ufeffpre,post\n", "1,2\n"], before="pre", after="post")["counts"]["rows"] == 1


CELL = st.sampled_from(["", "NA", "1", "2.5", "3", "4", "5"])


@given(st.lists(st.tuples(CELL, CELL), max_size=30), st.randoms())
def test_the_order_of_rows_changes_nothing(pairs, random):
    shuffled = random.sample(pairs, len(pairs))
    assert analyse(shuffled, minimum="1", maximum="5") == analyse(pairs, minimum="1", maximum="5")


def test_no_statistics_library_is_loaded():
    modules = "paired, disclosure, distributions, change_csv"
    code = (
        f"import sys; from edu.outcomes import {modules}; from edu.quizzes import scoring, load; "
        "print(sorted({'scipy', 'numpy'} & sys.modules.keys()))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
