"""Scoring shells: everything of a licensed scale but its wording."""

from fractions import Fraction
from pathlib import Path

import pytest

from edu.quizzes.answers import Answer, State
from edu.quizzes.load_shells import load_shell, load_shells
from edu.quizzes.methods import ends
from edu.quizzes.scoring import Policy, points, score
from edu.quizzes.shell import KeyMistake, OwnersKey, key_mistakes

from .forms import chosen

QUIZZES = Path(__file__).resolve().parents[2] / "quizzes"
SHELLS, MISTAKES = load_shells(QUIZZES)
KEYS = {
    "maks": OwnersKey((6, 8), {"knowing": (1, 2, 3, 4, 5, 6), "recognising": range(7, 13)}),
    "oms-hc-15": OwnersKey(
        (2,), {"attitudes": range(1, 7), "disclosure": range(7, 11), "distance": range(11, 16)}
    ),
    "mica-4": OwnersKey((1, 2)),
    "social-distance": OwnersKey(()),
    "aq-9": OwnersKey(
        (),
        {scale.id: (n,) for n, scale in enumerate(SHELLS["aq-9"].instrument.scales, start=1)},
    ),
}


def test_every_shell_is_sound():
    assert MISTAKES == []
    assert list(SHELLS) == [
        *("aq-9", "brs", "cami-12", "maks", "mhc-sf", "mica-4", "oms-hc-15", "ribs"),
        *("social-distance", "swemwbs"),
    ]


def test_no_shell_holds_a_word_of_an_item_or_an_answer():
    texts = {
        text
        for shell in SHELLS.values()
        for item in shell.instrument.items
        for text in (item.text, *(each.label for each in shell.instrument.options_of(item)))
    }
    assert texts == {""}


def test_where_something_is_not_certain_the_key_is_asked_for():
    assert {id: shell.asks for id, shell in SHELLS.items() if shell.asks} == {
        "aq-9": ("reverse", "scales"),
        "maks": ("reverse", "scales"),
        "mica-4": ("reverse",),
        "oms-hc-15": ("reverse", "scales"),
        "social-distance": ("reverse",),
    }
    assert KEYS.keys() == {id for id, shell in SHELLS.items() if shell.asks}
    with pytest.raises(ValueError, match="mica-4 needs its owner's key"):
        SHELLS["mica-4"].keyed(None)


@pytest.mark.parametrize(
    ("shell", "scale", "low", "high"),
    [
        ("ribs", "intended", 4, 20),
        ("maks", "knowing", 6, 30),
        ("cami-12", "openness", 0, 100),
        ("cami-12", "total", 0, 100),
        ("oms-hc-15", "total", 15, 75),
        ("mica-4", "attitude", 16, 96),
        ("social-distance", "distance", 0, 3),
        ("aq-9", "fear", 1, 9),
        ("swemwbs", "wellbeing", 7, 35),
        ("mhc-sf", "total", 0, 70),
        ("brs", "bouncing-back", 1, 5),
    ],
)
def test_the_lowest_and_highest_score_of_each_scale(shell, scale, low, high):
    form = SHELLS[shell].keyed(KEYS.get(shell))
    found = ends(form, form.scale(scale))
    assert (found.minimum, found.maximum) == (low, high)


def sat(id, codes):
    """The scores of one sitting, in points, by the rule and by the other policy."""
    form = SHELLS[id].keyed(KEYS.get(id))
    answers = chosen(form, codes)
    return [
        {scale: each and points(each) for scale, each in score(form, answers, policy).items()}
        for policy in Policy
    ]


def test_reported_behaviour_is_asked_and_not_scored():
    given = ["yes", "no", State.DONT_KNOW, "yes", "5", "4", "3", "2"]
    assert sat("ribs", given) == [{"intended": 14}, {"intended": 14}]


def test_not_knowing_counts_three_as_published_and_the_other_figure_is_there_too():
    given = ["yes", "no", "no", "yes", "5", "5", "5", State.DONT_KNOW]
    assert sat("ribs", given) == [{"intended": 18}, {"intended": None}]


def test_attitudes_are_the_mean_of_five_steps_with_six_items_turned():
    # Agreeing with everything is as far from the six items of exclusion as near to the others.
    assert sat("cami-12", ["5"] * 12)[0] == {"openness": 0, "support": 100, "total": 50}
    kind = ["1" if n in (1, 2, 4, 5, 6, 11) else "5" for n in range(1, 13)]
    assert sat("cami-12", kind)[0] == {"openness": 100, "support": 100, "total": 100}


def test_resilience_turns_every_second_item():
    assert sat("brs", ["5", "1"] * 3)[0] == {"bouncing-back": 5}
    assert sat("brs", ["4", "4", "4", "4", "4", State.SKIPPED])[0] == {
        "bouncing-back": Fraction(16, 5)
    }


def test_wellbeing_is_looked_up_in_the_owners_table():
    table = [
        *("7.00", "9.51", "11.25", "12.40", "13.33", "14.08", "14.75", "15.32", "15.84", "16.36"),
        *("16.88", "17.43", "17.98", "18.59", "19.25", "19.98", "20.73", "21.54", "22.35", "23.21"),
        *("24.11", "25.03", "26.02", "27.03", "28.13", "29.31", "30.70", "32.55", "35.00"),
    ]
    for total, metric in zip(range(7, 36), table, strict=True):
        high, rest = divmod(total - 7, 4)
        codes = ["5"] * high + ([str(1 + rest)] if high < 7 else [])
        codes += ["1"] * (7 - len(codes))
        found = sat("swemwbs", codes)[0]["wellbeing"]
        assert round(float(found), 2) == float(metric), total
        assert abs(found - Fraction(metric)) <= Fraction(1, 5040)


def test_the_parts_and_the_whole_of_the_continuum_are_sums():
    assert sat("mhc-sf", ["5"] * 3 + ["1"] * 5 + ["0"] * 6)[0] == {
        "feeling": 15,
        "social": 5,
        "living": 0,
        "total": 20,
    }


def test_the_owners_key_says_what_is_reversed():
    form = SHELLS["mica-4"].keyed(OwnersKey((1, 16)))
    assert [item.id for item in form.items if item.reverse] == ["mica-4-1", "mica-4-16"]
    assert form.digest != SHELLS["mica-4"].keyed(OwnersKey((1,))).digest


def test_a_key_that_cannot_be_right_names_the_positions():
    shell = SHELLS["maks"]
    key = OwnersKey((6, 99), {"knowing": (1, 2, 2), "recognising": ()})
    assert key_mistakes(shell, key) == [
        KeyMistake("no such item", 99),
        KeyMistake("nothing", 0, "recognising"),
        KeyMistake("twice", 2),
        KeyMistake("no scale", 6),
    ]
    with pytest.raises(ValueError, match="maks: 99 cannot be"):
        shell.keyed(key)
    assert key_mistakes(shell, KEYS["maks"]) == []


def test_every_text_to_enter_has_its_place_in_the_order_of_the_form():
    places = list(SHELLS["ribs"].places())
    assert [place.context for place in places[:6]] == [
        "ribs|title",
        "ribs|introduction",
        "ribs|closing",
        "ribs|scale|intended|title",
        "ribs|scale|intended|more",
        "ribs|scale|intended|less",
    ]
    assert [place.context for place in places[6:14]] == [
        *(f"ribs|option|{n}" for n in range(1, 6)),
        "ribs|ribs-1",
        "ribs|ribs-1|yes",
        "ribs|ribs-1|no",
    ]
    assert places[6].hint == "agrees least"
    assert places[11].position == 1
    assert len(places) == 3 + 3 + 5 + 8 + 4 * 2


SHELL = """\
id = "short"
version = 1
variant = "2 items"
kind = "attitude"
name = "A short scale"
title = "What people think"
introduction = "Hello."
closing = "Thank you."
validated = true
licence = "Ask"
owner = "Somebody"
licence_note = "Ask first."
link = "https://example.org/"
source = "A paper."
higher_means = "better"
count = 2
reverse = [2]
certain = ["Two items."]
not_certain = []
[[scales]]
id = "contact"
title = "Contact"
more = "more"
less = "less"
items = [1, 2]
[[options]]
code = "1"
score = 1
[[options]]
code = "2"
score = 2
means = "agrees"
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "items = [1, 2]",
            "items = [1, 3]",
            [(25, "there is no item 3; there are 2"), (1, "an item without a")],
        ),
        (
            "items = [1, 2]",
            "items = [0]",
            [(25, '"items" must be a list of'), (20, "the scale"), (1, "an item without a")],
        ),
        ("items = [1, 2]", "items = [1, 1, 2]", [(25, "the item 1 is in two scales")]),
        (
            "items = [1, 2]\n",
            "",
            [(20, 'the scale "contact" has no items'), (1, "an item without a")],
        ),
        ("reverse = [2]\n", "", [(1, 'missing key "reverse"')]),
        ("reverse = [2]", "reverse = [3]", [(17, "there is no item 3 to reverse; there are 2")]),
        (
            "reverse = [2]",
            'reverse = [2]\nasks = ["reverse"]',
            [(20, "say what is not certain"), (17, "the owner's key says which items are rev")],
        ),
        ('name = "A short scale"\n', "", [(1, 'missing key "name"')]),
        ('means = "agrees"', 'label = "I agree"', [(32, 'unknown key "label"')]),
        ("score = 2\n", "", [(1, "every option of an item that is scored")] * 2),
        (
            "[[options]]",
            "[[parts]]\npositions = [3]\n[[options]]",
            [(27, "there is no item 3 left")],
        ),
    ],
)
def test_a_mistake_in_a_shell_is_found_at_its_line(tmp_path, old, new, expected):
    path = tmp_path / "short.toml"
    path.write_text(SHELL.replace(old, new, 1))
    shell, found = load_shell(path)
    assert shell is None
    told = sorted((each.line, each.message) for each in found)
    for (line, message), (wanted, begins) in zip(told, sorted(expected), strict=True):
        assert (line, message[: len(begins)]) == (wanted, begins)


def test_a_sound_shell_is_read_and_scored(tmp_path):
    path = tmp_path / "short.toml"
    path.write_text(SHELL)
    shell, mistakes = load_shell(path)
    assert mistakes == []
    form = shell.keyed(None)
    answers = {"short-1": Answer.chosen("2"), "short-2": Answer.chosen("1")}
    assert points(score(form, answers)["contact"]) == 2
    assert shell.means == {"option|2": "agrees"}
