"""Rules of scales as they stand in files: what is read, and every mistake with its line."""

import pytest

from edu.quizzes.instrument import HigherMeans, Scale
from edu.quizzes.load import load_instrument
from edu.quizzes.scale import Level, Method, Reliability

from .test_load import FORM, HEAD, ITEM, KNOWLEDGE, OPTIONS, SCALE, another_item

RULES = """\
higher_means = "worse"
method = "sum"
dont_know = 2
minimum = 2
maximum = 4
construct = "wellbeing"
level = "people"
[[scales.reliability]]
coefficient = 0.8
kind = "retest"
population = "Kisumu"
source = "A paper."
n = 40
"""  # 13 lines after the five of SCALE
# Where higher means worse, the reversed items are the gentle ones.
TURNED = ITEM.replace("reverse = false", "reverse = true") + another_item(2, reverse="true")
RULED = HEAD + SCALE + RULES + OPTIONS + TURNED


def read(tmp_path, text):
    path = tmp_path / "form.toml"
    path.write_text(text)
    instrument, found = load_instrument(path)
    return instrument, [(m.line, m.message if m.blocks else f"? {m.message}") for m in found]


def test_the_rules_of_a_scale_are_read(tmp_path):
    instrument, mistakes = read(tmp_path, RULED + another_item(3, scale='"place"') + PLACE)
    assert mistakes == []
    assert instrument.scales[0] == Scale(
        "contact",
        "Contact",
        "closer",
        "less close",
        higher_means=HigherMeans.WORSE,
        method=Method.SUM,
        dont_know=2,
        minimum=2,
        maximum=4,
        construct="wellbeing",
        level=Level.PEOPLE,
        reliability=(Reliability(0.8, "retest", "Kisumu", "A paper.", 40),),
    )


PLACE = """\
[[scales]]
id = "place"
title = "Place"
more = "more"
less = "less"
construct = "wellbeing"
level = "place"
"""


def test_the_rule_of_the_file_for_not_knowing_is_that_of_each_scale_without_its_own(tmp_path):
    other = SCALE.replace('"contact"', '"help"') + 'dont_know = "missing"\n'
    text = HEAD + "dont_know = 1\n" + SCALE + other + OPTIONS + ITEM + another_item(2)
    text += another_item(3, scale='"help"')
    instrument, mistakes = read(tmp_path, text)
    assert mistakes == []
    assert [scale.dont_know for scale in instrument.scales] == [1, None]


def test_positions_listed_as_reversed_are_reversed(tmp_path):
    text = HEAD + "reverse = [2]\n" + SCALE + OPTIONS + ITEM + another_item(2) + another_item(3)
    instrument, mistakes = read(tmp_path, text)
    assert mistakes == []
    assert [item.reverse for item in instrument.items] == [False, True, False]


def test_a_table_may_hold_numbers_or_texts(tmp_path):
    table = 'method = "lookup"\n[scales.table]\n2 = 2\n3 = 2.51\n4 = "4.00"\n'
    text = HEAD + SCALE + table + OPTIONS + ITEM + another_item(2)
    instrument, mistakes = read(tmp_path, text)
    assert mistakes == []
    assert instrument.scales[0].table == ((2, "2"), (3, "2.51"), (4, "4.00"))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'method = "sum"',
            'method = "median"',
            [
                (
                    20,
                    '"method" must be one of these: "mean of answered", "mean", "sum", '
                    '"percent of maximum", "lookup"',
                ),
                (23, "by the rules of the scale the maximum is 2"),
                (22, "by the rules of the scale the minimum is 1"),
            ],
        ),
        (
            "dont_know = 2",
            'dont_know = "two"',
            [(21, '"dont_know" must be "missing" or a whole number')],
        ),
        ("dont_know = 2", "dont_know = 3", [(21, '"I don\'t know" counts 3, outside 1 to 2')]),
        ("maximum = 4", "maximum = 5", [(23, "by the rules of the scale the maximum is 4")]),
        (
            "minimum = 2",
            "minimum_answered = 1",
            [
                (
                    22,
                    "a sum of fewer items is another score: ask for all 2, or set `prorate = true`",
                )
            ],
        ),
        ("minimum = 2", "minimum_answered = 3", [(22, "the scale has 2 items, not 3")]),
        (
            "minimum = 2",
            'of = ["help"]',
            [
                (14, 'the scale "contact" has no items'),
                (22, '"help" is no scale with items of its own'),
                (22, "a total has no items of its own beside those of its scales"),
            ],
        ),
        (
            "coefficient = 0.8",
            "coefficient = 1.8",
            [(27, '"coefficient" must be a number above -1 and up to 1')],
        ),
        ('source = "A paper."\n', "", [(26, 'missing key "source"')]),
        (
            'kind = "retest"',
            'kind = "good"',
            [(28, '"kind" must be one of these: "alpha", "omega", "retest", "icc"')],
        ),
        ('level = "people"', 'level = "world"', None),
    ],
)
def test_a_mistake_in_the_rules_is_found_at_its_line(tmp_path, old, new, expected):
    assert RULED.count(old) == 1
    found = read(tmp_path, RULED.replace(old, new))[1]
    blocking = [each for each in found if not each[1].startswith("?")]
    if expected is None:
        expected = [(25, '"level" must be one of these: "person", "people", "place"')]
    assert sorted(blocking) == sorted(expected)


LOOKUP = HEAD + SCALE + 'method = "lookup"\n[scales.table]\n{}' + OPTIONS + ITEM + another_item(2)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("2 = 2\n3 = 3\n", [(20, "the table has no points for the sum 4")]),
        ("2 = 2\n3 = 3\n4 = 4\n5 = 5\n", [(20, "no answers give the sum 5")]),
        ("2 = 2\n3 = 1\n4 = 4\n", [(20, "points must go up with the sum")]),
        (
            '2 = "two"\n3 = 3\n4 = 4\n',
            [
                (20, '"table" must be a table of points, one for each sum'),
                (20, "the table has no points for the sum 2"),
            ],
        ),
    ],
)
def test_a_table_that_does_not_fit_is_refused(tmp_path, table, expected):
    assert sorted(read(tmp_path, LOOKUP.format(table))[1]) == sorted(expected)


def test_only_a_scale_with_the_method_lookup_has_a_table_and_only_sums_are_prorated(tmp_path):
    text = FORM.replace(
        'less = "less close"\n', 'less = "x"\nprorate = true\n[scales.table]\n1=1\n'
    )
    assert read(tmp_path, text)[1] == [
        (19, "a mean of answered is not prorated"),
        (20, 'a table is for the method "lookup" only'),
    ]


def test_positions_that_are_not_there_cannot_be_reversed(tmp_path):
    text = HEAD + "reverse = [2, 9, 9]\n" + SCALE + OPTIONS + ITEM + another_item(2)
    found = read(tmp_path, text + another_item(3))[1]
    assert found == [
        (14, "a position stands twice in the list of reversed items"),
        (14, "there is no item 9 to reverse; there are 3"),
    ]


def test_knowledge_has_no_rule_for_not_knowing(tmp_path):
    assert read(tmp_path, KNOWLEDGE.replace("on = true", "dont_know = 2"))[1] == [
        (11, 'only an attitude instrument has a rule for "I don\'t know"')
    ]


def test_wellbeing_without_people_and_place_is_advised_but_not_refused(tmp_path):
    text = FORM.replace('less = "less close"\n', 'less = "x"\nconstruct = "resilience"\n')
    assert read(tmp_path, text)[1] == [
        (
            14,
            '? a form about resilience has no scale of the level "people" and no "place": '
            "how well people are also lies with their people and their place",
        )
    ]
    assert read(tmp_path, text.replace('ce"\n[', 'ce"\nlevel = "people"\n[') + PLACE_ITEM)[1] == []


PLACE_ITEM = PLACE + another_item(2, scale='"place"')
