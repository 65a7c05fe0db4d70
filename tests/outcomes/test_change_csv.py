import csv
import io
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.outcomes.analysis.reliable import Reliability
from edu.outcomes.change_csv import IN_WORDS, change
from edu.outcomes.change_fields import FIELDS
from edu.outcomes.paired import Verdict
from edu.quizzes.instrument import HigherMeans

from .asking import analyse, everything
from .known import AFTER, BEFORE

TOO_FEW_TO_DESCRIBE = "fewer than 5 people could be matched"
TOO_FEW = "fewer than 10 people could be matched"
CONSTANT = "everybody changed by the same amount, so there is no spread to judge by"
NO_LIMITS = "the lowest and highest possible values were not both given"
BASIC = "before, after, change.mean, change.sd"
INTERVAL = "change.standard_error, change.t, change.df, change.p, change.interval, effect"
CORRELATION = "change.correlation"


def test_the_sleep_data_give_the_published_figures():
    found = analyse(zip(BEFORE, AFTER, strict=True), minimum="-2", maximum="5.5")
    nobody = {"n": 0, "mean": None, "sd": None}
    assert found == {
        "columns": {
            "before": "pre",
            "after": "post",
            "later": [],
            "looking_back": None,
            "arm": None,
            "group": None,
        },
        "scale": {"minimum": -2.0, "maximum": 5.5, "higher_is": "better"},
        "counts": {"rows": 10, "matched": 10, "improved": 9, "same": 1, "worsened": 0},
        "rows": {"used": 10, "left_out": 0, "set_apart": 0},
        "left_out": [],
        "missing": {"before": 0, "after": 0, "both": 0},
        "flow": [{"column": "pre", "answered": 10}, {"column": "post", "answered": 10}],
        "ladder": {
            "step": "estimated",
            "allows": "the mean change with its interval, the signed-rank test, effect sizes",
        },
        "before": {"mean": 0.75, "sd": pytest.approx(1.789010, abs=1e-6)},
        "after": {"mean": 2.33, "sd": pytest.approx(2.002249, abs=1e-6)},
        "change": {
            "mean": 1.58,
            "sd": pytest.approx(1.229995, abs=1e-6),
            "standard_error": pytest.approx(0.388959, abs=1e-6),
            "t": pytest.approx(4.062128, abs=1e-6),
            "df": 9,
            "p": pytest.approx(0.00283289, abs=1e-8),
            "interval": pytest.approx([0.7001142, 2.4598858], abs=1e-7),
            "correlation": pytest.approx(0.795170, abs=1e-6),
        },
        "effect": {
            "g_av": pytest.approx(0.7605, abs=1e-4),
            "g_av_interval": pytest.approx([0.245476, 1.253950], abs=1e-6),
            "d_av": pytest.approx(0.8322, abs=1e-4),
            "d_z": pytest.approx(1.2846, abs=1e-4),
            "d_b": pytest.approx(0.8832, abs=1e-4),
            "g_b": pytest.approx(0.8071, abs=1e-4),
            "d_rm": pytest.approx(0.8222, abs=1e-4),
            "j": pytest.approx(0.9139, abs=1e-4),
        },
        "signed_rank": {
            "n": 9,
            "zeros": 1,
            "w_plus": 45.0,
            "w_minus": 0.0,
            "p": 2 / 512,
            "exact": True,
            "rank_biserial": 1.0,
            "pseudomedian": 1.3,
        },
        "ends": {
            "before_at_minimum": 0.0,
            "before_at_maximum": 0.0,
            "after_at_minimum": 0.0,
            "after_at_maximum": 0.1,
            "no_room_to_improve": 0.0,
            "flagged": [],
        },
        "attrition": {
            "stayed": {"n": 10, "mean": pytest.approx(0.75), "sd": pytest.approx(1.789010)},
            "lost": nobody,
            "difference": None,
            "interval": None,
            "g": None,
        },
        "detectable": {
            "d_z": pytest.approx(0.996001, abs=1e-6),
            "points": pytest.approx(1.225077, abs=1e-6),
        },
        "verdict": "clear_improvement",
        "in_words": IN_WORDS[Verdict.CLEAR_IMPROVEMENT],
        "not_given": {},
    }


def names(value, path=""):
    """The fields of a result, `[]` standing for each entry of a list."""
    if isinstance(value, dict) and path != "not_given":
        return {n for key, part in value.items() for n in names(part, f"{path}.{key}".strip("."))}
    if isinstance(value, list) and value and path.rpartition(".")[2] not in PAIRS:
        return {name for part in value for name in names(part, f"{path}[]")}
    return {path}


#: Lists that are two ends of one thing.
PAIRS = ("interval", "g_av_interval", "shift_interval", "prediction")


def test_every_field_is_documented_and_no_other():
    asked = everything(
        [
            [1, 1, 1, 0, arm, f"{arm}{n % 6}"] if n % 7 else [0, 1, 1, 0, arm, f"{arm}{n % 6}"]
            for n in range(70)
            for arm in ("course", "waiting")
        ]
        + [["", 1, 0, 1, "course", "course1"]],
        minimum="0",
        maximum="1",
        reliability=Reliability(0.8, "a test"),
    )
    assert names(asked) == FIELDS.keys()
    assert names(analyse([])) <= {name.partition("[]")[0] for name in FIELDS} | FIELDS.keys()
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
    assert found["rows"] == {"used": 3, "left_out": 5, "set_apart": 0}
    assert found["missing"] == {"before": 2, "after": 2, "both": 1}
    assert found["left_out"] == [
        {"line": 5, "why": "no value in pre"},
        {"line": 6, "why": "no value in pre and post"},
        {"line": 7, "why": "no value in post"},
        {"line": 8, "why": "no value in post"},
        {"line": 9, "why": "no value in pre"},
    ]


@pytest.mark.parametrize("pairs", [[], [("1", "2")], [("1", "2"), ("2", "1")], [("", "")] * 30])
def test_almost_nobody_gives_counts_and_words(pairs):
    found = analyse(pairs, minimum="1", maximum="5")
    assert {found["change"][name] for name in found["change"]} == {None}
    ends = {name: share for name, share in found["ends"].items() if name != "flagged"}
    assert {*found["before"].values(), *found["effect"].values(), *ends.values()} == {None}
    assert set(found["signed_rank"].values()) == set(found["detectable"].values()) == {None}
    assert found["verdict"] == "too_few"
    assert found["not_given"] == {
        BASIC: TOO_FEW_TO_DESCRIBE,
        CORRELATION: TOO_FEW_TO_DESCRIBE,
        INTERVAL: TOO_FEW,
        "signed_rank": TOO_FEW,
        "detectable": TOO_FEW_TO_DESCRIBE,
        "ends": TOO_FEW_TO_DESCRIBE,
    }


def test_five_to_nine_people_are_described_without_an_interval():
    found = analyse([(n, n * n) for n in range(5)])
    assert (found["change"]["mean"], found["change"]["interval"]) == (4.0, None)
    assert found["not_given"] == {INTERVAL: TOO_FEW, "signed_rank": TOO_FEW, "ends": NO_LIMITS}


def test_everybody_at_the_ceiling_gives_words():
    found = analyse([("5", "5")] * 12, minimum="1", maximum="5")
    assert found["verdict"] == "not_estimable"
    assert found["ends"] == {
        "before_at_minimum": 0.0,
        "before_at_maximum": 1.0,
        "after_at_minimum": 0.0,
        "after_at_maximum": 1.0,
        "no_room_to_improve": 1.0,
        "flagged": ["before_at_maximum", "after_at_maximum", "no_room_to_improve"],
    }
    assert found["detectable"]["points"] is None
    assert found["not_given"] == {
        "signed_rank": CONSTANT,
        "detectable.points": CONSTANT,
        CORRELATION: "everybody had the same score, so there is no spread to judge by",
        INTERVAL: CONSTANT,
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


CELL = st.sampled_from(["", "NA", "1", "2.5", "3", "4", "5"])


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL), max_size=30), st.randoms())
def test_the_order_of_rows_changes_nothing(pairs, random):
    shuffled = random.sample(pairs, len(pairs))
    found = [analyse(rows, minimum="1", maximum="5") for rows in (pairs, shuffled)]
    lines = [result.pop("left_out") for result in found]
    assert found[0] == found[1]
    assert len(lines[0]) == len(lines[1])


def test_no_statistics_library_is_loaded():
    modules = "paired, disclosure, distributions, change_csv, analysis"
    code = (
        f"import sys; from edu.outcomes import {modules}; from edu.quizzes import scoring, load; "
        "print(sorted({'scipy', 'numpy'} & sys.modules.keys()))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=30))
def test_a_scale_turned_round_with_its_direction_says_the_same(pairs):
    found = analyse(pairs, minimum="1", maximum="5")
    turned_pairs = [(6 - x, 6 - y) for x, y in pairs]
    turned = analyse(turned_pairs, minimum="1", maximum="5", higher_is=HigherMeans.WORSE)
    same = ("counts", "verdict", "in_words", "ladder", "detectable", "not_given")
    assert [turned[name] for name in same] == [found[name] for name in same]
    assert turned["ends"]["no_room_to_improve"] == found["ends"]["no_room_to_improve"]
    assert turned["signed_rank"]["p"] == found["signed_rank"]["p"]
    if found["change"]["mean"] is not None:
        assert turned["change"]["mean"] == -found["change"]["mean"]
        assert turned["change"]["sd"] == found["change"]["sd"]


@settings(deadline=None)
@given(
    st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=30),
    st.lists(st.booleans(), min_size=30, max_size=30),
)
def test_a_missing_later_wave_never_changes_before_and_after(rows, gone):
    def analysed(rows):
        text = io.StringIO()
        csv.writer(text).writerows([("pre", "post", "later"), *rows])
        return change(
            io.StringIO(text.getvalue()),
            before="pre",
            after="post",
            later=["later"],
            minimum="1",
            maximum="5",
        )

    full = analysed(rows)
    less = analysed([(x, y, "" if off else z) for (x, y, z), off in zip(rows, gone, strict=False)])
    same = ("counts", "change", "before", "after", "effect", "signed_rank", "ends", "verdict")
    assert [less[name] for name in same] == [full[name] for name in same]
    assert less["waves"][0] == full["waves"][0]


def test_questions_of_right_and_wrong_are_tested_as_such():
    found = analyse([(0, 1)] * 15 + [(1, 0)] * 5 + [(1, 1)] * 20)
    assert (found["knowledge"]["learned"], found["knowledge"]["forgot"]) == (15, 5)
    assert found["knowledge"]["p"] == pytest.approx(0.04138947)
    for other in ([(0, 1), (1, 2)], [(1, 1)], [(0, 0)]):
        assert "knowledge" not in analyse(other * 20)
    assert "knowledge" not in analyse([(0, 1), (1, 1)] * 20, minimum="0", maximum="4")
    alike = analyse([(1, 1)] * 20, minimum="0", maximum="1")
    assert alike["not_given"]["knowledge"] == (
        "everybody answered as before, so there is nothing to test"
    )


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        ([("3", "4")] * 40, "everybody had the same score before"),
        ([(n, n) for n in range(29)], "fewer than 30 people could be matched"),
    ],
)
def test_reliable_change_that_cannot_be_told_is_said_in_words(pairs, why):
    found = analyse(pairs, reliability=Reliability(0.8, "a test"))
    assert found["reliable"]["mdc95"] is None
    assert found["not_given"]["reliable"].startswith(why)


def test_looking_back_is_told_beside_the_change_and_not_instead():
    rows = [[n % 3 + 2, n % 4 + 3, "", n % 3 + n % 2, "a", "g"] for n in range(24)]
    found = everything(rows, arm=None, group=None)
    assert found["columns"]["looking_back"] == "then"
    assert (found["change"]["mean"], found["looking_back"]["matched"]) == (1.5, 24)
    assert (found["looking_back"]["mean"], found["looking_back"]["shift"]) == (3.0, -1.5)
    low, high = found["looking_back"]["shift_interval"]
    assert low < -1.5 < high


def test_those_who_were_lost_are_compared_as_they_began():
    found = analyse([(n % 5, 3) for n in range(20)] + [(n % 5, "") for n in range(10)])
    assert (found["attrition"]["lost"]["n"], found["attrition"]["stayed"]["n"]) == (10, 20)
    assert (found["attrition"]["difference"], found["attrition"]["g"]) == (0, 0)
    few = analyse([(n % 5, 3) for n in range(20)] + [(n % 5, "") for n in range(4)])
    assert few["attrition"]["lost"] == {"n": 4, "mean": None, "sd": None}
    assert few["not_given"]["attrition"] == "fewer than 5 people were lost"
