import io

import pytest

from edu.outcomes.change_csv import change

from .asking import analyse, refused


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


def test_cells_between_semicolons_may_have_decimal_commas():
    text = "\ufeffid; pre ;post\n1;1,5;2,25\n2;;3\n3;4;,5\n"
    found = change(io.StringIO(text), before="pre", after="post")
    assert (found["counts"]["rows"], found["missing"]["before"]) == (3, 1)
    commas = "pre;post\n" + "".join(f"{n},5;{n * n},25\n" for n in range(12))
    tabs = commas.replace(";", "\t")
    points = "pre,post\n" + "".join(f"{n}.5,{n * n}.25\n" for n in range(12))
    one, two, three = (
        change(io.StringIO(text), before="pre", after="post") for text in (commas, tabs, points)
    )
    assert one == two == three


def test_two_decimal_signs_in_one_file_are_refused():
    assert refused("pre;post\n1,5;2\n1.5;3\n1.234,5;4\n") == [
        "data.csv:3: pre: 1.5 has another decimal sign than the numbers above",
        "data.csv:4: pre: '1.234,5' is not a number",
    ]


def test_a_row_with_more_cells_than_columns_is_refused():
    assert refused("pre,post\n1,5,2,5\n1,2,,\n") == [
        "data.csv:2: there are more cells than columns"
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"later": ["post"]}, "the column 'post' is asked for twice"),
        ({"later": ["x"]}, "no column 'x'; the columns are 'pre', 'post', 'arm'"),
        ({"group": "team"}, "no column 'team'; the columns are 'pre', 'post', 'arm'"),
        ({"arm": "arm"}, "two arms are wanted; arm has 'a'"),
    ],
)
def test_columns_that_are_not_there_or_say_nothing_are_named(options, expected):
    assert refused("pre,post,arm\n1,2,a\n1,2,NA\n", **options) == [f"data.csv:1: {expected}"]
