from fractions import Fraction

import pytest

from edu.quizzes.instrument import HigherMeans, Instrument, Item, Kind, Option, Scale
from edu.quizzes.load import load_folder, load_instrument
from edu.quizzes.positions import Positions
from tests.quizzes.files import (
    FORM,
    HEAD,
    ITEM,
    KNOWLEDGE,
    OPTIONS,
    SCALE,
    another_item,
)


def test_an_attitude_form_is_read_whole(tmp_path):
    path = tmp_path / "form.toml"
    path.write_text(FORM)
    assert load_instrument(path) == (
        Instrument(
            id="form",
            version=1,
            kind=Kind.ATTITUDE,
            title="What people think",
            introduction="Some people say these things.",
            closing="Thank you.",
            validated=False,
            licence="CC BY 4.0",
            source="Made for a test.",
            modules=(),
            on=True,
            higher_means=HigherMeans.BETTER,
            minimum_answered=0.8,
            scales=(Scale("contact", "Contact", "closer", "less close"),),
            options=(Option("1", "No", 1), Option("2", "Yes", 2)),
            items=(Item("contact-1", "I would sit beside her.", "contact"),),
        ),
        [],
    )


def test_a_knowledge_form_is_read_whole(tmp_path):
    path = tmp_path / "form.toml"
    path.write_text(KNOWLEDGE)
    instrument, mistakes = load_instrument(path)
    assert mistakes == []
    assert instrument.items == (
        Item(
            "k1",
            "Which?",
            lesson="m1.1",
            options=(Option("a", "This", correct=True), Option("b", "That", correct=False)),
        ),
    )


def test_an_open_form_is_read_with_nothing_but_its_question(tmp_path):
    path = tmp_path / "form.toml"
    path.write_text(HEAD.replace("attitude", "open") + '[[items]]\nid = "o"\ntext = "Tell us."\n')
    instrument, mistakes = load_instrument(path)
    assert mistakes == []
    assert instrument.items == (Item("o", "Tell us."),)


def test_a_file_from_windows_is_read_like_any_other(mistakes):
    assert mistakes(b"\xef\xbb\xbf" + FORM.replace("\n", "\r\n").encode()) == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("id = 'a'\nversion =\n", 2, "not valid TOML: Invalid value"),
        ("id = 'a'\ntitle = '''never ends\n\n", 3, "not valid TOML: Expected \"'''\""),
        (b"id = 'a'\n# \xff\n", 2, "the file is not UTF-8 text"),
    ],
)
def test_a_file_that_cannot_be_read_names_its_line(mistakes, text, line, message):
    assert mistakes(text) == [(line, message)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # keys
        (
            'more = "closer"',
            'moore = "closer"',
            [(14, 'missing key "more"'), (17, 'unknown key "moore"')],
        ),
        (
            'title = "What',
            'titel = "What',
            [(1, 'missing key "title"'), (4, 'unknown key "titel"')],
        ),
        ('id = "form"\n', "", [(1, 'missing key "id"')]),
        ('higher_means = "better"\n', "", [(1, 'missing key "higher_means"')]),
        ("version = 1", "version = 0", [(2, '"version" must be a positive whole number')]),
        ("version = 1", "version = true", [(2, '"version" must be a positive whole number')]),
        ("version = 1", "version = 1.0", [(2, '"version" must be a positive whole number')]),
        (
            '"attitude"',
            '"feeling"',
            [(3, '"kind" must be one of these: "attitude", "knowledge", "open"')],
        ),
        ('"attitude"', "[]", [(3, '"kind" must be one of these: "attitude", "knowledge", "open"')]),
        ('"better"', '"good"', [(12, '"higher_means" must be one of these: "better", "worse"')]),
        ("= 0.8", "= 1.5", [(13, '"minimum_answered" must be a number above 0 and up to 1')]),
        ("= 0.8", "= nan", [(13, '"minimum_answered" must be a number above 0 and up to 1')]),
        ("validated = false", 'validated = "no"', [(7, '"validated" must be true or false')]),
        ('closing = "Thank you."', 'closing = " "', [(6, '"closing" must be text')]),
        ("modules = []", "modules = [1]", [(10, '"modules" must be a list of module ids')]),
        ('code = "2"', 'code = "2,5"', [(24, '"code" must be letters and digits')]),
        (
            "score = 2",
            "score = 2.5",
            [
                (26, '"score" must be a whole number'),
                (27, "every option of an item that is scored needs a `score`"),
            ],
        ),
        (
            'id = "contact-1"',
            'id = "Contact 1"',
            [(28, '"id" must be small letters, digits and hyphens')],
        ),
        # meaning
        ('code = "2"', 'code = "1"', [(24, 'the option code "1" is used twice')]),
        (
            'code = "2"',
            'code = "DK"',
            [(24, 'an option cannot have the code "DK": in a table it means no option')],
        ),
        (
            "score = 2",
            "score = 1",
            [(27, "the options of an item that is scored all have the same `score`")],
        ),
        (
            "score = 2",
            "correct = true",
            [
                (27, "an attitude is never right or wrong: remove `correct`"),
                (27, "every option of an item that is scored needs a `score`"),
            ],
        ),
        (ITEM, ITEM + ITEM, [(33, 'the item id "contact-1" is used twice')]),
        (SCALE, SCALE + SCALE, [(20, 'the scale id "contact" is used twice')]),
        (
            'scale = "contact"\nreverse = false',
            "reverse = true",
            [
                (14, 'the scale "contact" has no items'),
                (29, "an item without a scale cannot be reversed"),
            ],
        ),
        (OPTIONS, "", [(19, "the item has fewer than two options to choose from")]),
        (
            "reverse = false",
            "several = true",
            [(30, "an item of a scale takes one answer, not several")],
        ),
        (
            ITEM,
            "",
            [
                (1, 'missing key "items"'),
                (14, 'the scale "contact" has no items'),
            ],
        ),
    ],
)
def test_a_mistake_in_an_attitude_form_is_found_at_its_line(mistakes, old, new, expected):
    assert FORM.count(old) >= 1
    assert mistakes(FORM.replace(old, new, 1)) == expected


def test_an_unknown_scale_is_found_and_the_known_one_left_empty(mistakes):
    text = FORM + another_item(2, scale='"kontakt"')
    assert mistakes(text) == [(34, 'there is no scale "kontakt"')]


def test_all_mistakes_are_listed_together_in_the_order_of_the_file(mistakes):
    text = FORM.replace("version = 1", 'version = "1"').replace("label", "lable")
    text = text.replace('"contact"\nreverse', '"contct"\nrevers')
    assert mistakes(text) == [
        (2, '"version" must be a positive whole number'),
        (14, 'the scale "contact" has no items'),
        (19, 'missing key "label"'),
        (21, 'unknown key "lable"'),
        (23, 'missing key "label"'),
        (25, 'unknown key "lable"'),
        (29, 'there is no scale "contct"'),
        (30, 'unknown key "revers"'),
    ]


def test_two_of_five_negative_items_pass_and_two_of_four_do_not(mistakes):
    reverse = another_item(2, reverse="true") + another_item(3, reverse="true")
    assert mistakes(FORM + reverse + another_item(4) + another_item(5)) == []
    assert mistakes(FORM + reverse + another_item(4)) == [
        (
            37,
            "2 of 4 items are negatively worded; at most 40 % may be, because a questionnaire "
            "also teaches",
        ),
    ]


def test_a_form_does_not_begin_with_a_harsh_item(mistakes):
    text = FORM.replace("reverse = false", "reverse = true") + another_item(2) + another_item(3)
    assert mistakes(text) == [(27, "the first item is negatively worded: begin with a gentle one")]


def test_a_form_about_thoughts_alone_is_advised_but_not_refused(mistakes):
    assert mistakes(FORM.replace('"contact"', '"beliefs"')) == [
        (
            14,
            "? no scale seems to be about life with other people (contact, help, families, "
            "community ...): thoughts alone give half the picture",
        ),
    ]


def test_options_with_uneven_scores_cannot_be_reversed(mistakes):
    third = '[[options]]\ncode = "3"\nlabel = "Very"\nscore = 4\n'
    text = HEAD + SCALE + OPTIONS + third + ITEM + another_item(2) + another_item(3, reverse="true")
    assert mistakes(text) == [(44, "options with uneven scores cannot be reversed")]
    assert mistakes(text.replace("score = 4", "score = 3")) == []


def test_the_items_of_a_scale_share_one_range_of_scores(mistakes):
    own = '[[items.options]]\ncode = "{}"\nlabel = "L"\nscore = {}\n'
    text = FORM + another_item(2) + own.format("a", 1) + own.format("b", 7)
    assert mistakes(text) == [
        (14, 'the items of the scale "contact" differ in lowest or highest score')
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "correct = true",
            "correct = false",
            [(14, "exactly one option must be correct, here 0 are")],
        ),
        (
            "correct = false",
            "correct = true",
            [(14, "exactly one option must be correct, here 2 are")],
        ),
        ("correct = false\n", "", [(14, "every option of a knowledge item needs `correct`")]),
        (
            "correct = false",
            "correct = false\nscore = 1",
            [(14, "a knowledge option has `correct`, not `score`")],
        ),
        ('code = "b"', 'code = "a"', [(23, 'the option code "a" is used twice')]),
        ("lesson =", "scale =", [(17, "only the items of an attitude instrument have a scale")]),
        ('lesson = "m1.1"', "reverse = true", [(17, "an item without a scale cannot be reversed")]),
        ("[[items]]", SCALE + "[[items]]", [(14, "a knowledge instrument has no scales")]),
        (
            "[[items]]",
            OPTIONS + "[[items]]",
            [(14, "a knowledge instrument (shared) has no options")],
        ),
        (
            KNOWLEDGE[KNOWLEDGE.index('[[items.options]]\ncode = "b"') :],
            "",
            [(14, "a knowledge item needs at least two options of its own")],
        ),
    ],
)
def test_a_mistake_in_a_knowledge_form_is_found_at_its_line(mistakes, old, new, expected):
    assert KNOWLEDGE.count(old) >= 1
    assert mistakes(KNOWLEDGE.replace(old, new, 1)) == expected


def test_a_knowledge_item_with_several_right_options_says_so(mistakes):
    several = KNOWLEDGE.replace('lesson = "m1.1"', "several = true")
    assert mistakes(several) == []
    assert mistakes(several.replace("correct = false", "correct = true")) == []
    assert mistakes(several.replace("correct = true", "correct = false")) == [
        (14, "at least one option must be correct, here 0 are")
    ]


def test_an_open_question_has_no_options(mistakes):
    text = HEAD.replace("attitude", "open") + OPTIONS + '[[items]]\nid = "o"\ntext = "Tell us."\n'
    text += '[[items.options]]\ncode = "a"\nlabel = "A"\n'
    assert mistakes(text) == [
        (14, "an open instrument has no options"),
        (25, "an open question has no options"),
    ]


def test_a_folder_gives_the_sound_instruments_and_all_mistakes(tmp_path):
    (tmp_path / "form.toml").write_text(FORM)
    (tmp_path / "broken.toml").write_text(FORM.replace("version = 1", "version = 0"))
    (tmp_path / "named.toml").write_text("\n" + FORM.replace('"form"', '"other"'))
    (tmp_path / "notes.txt").write_text("not an instrument")
    instruments, mistakes = load_folder(tmp_path)
    assert list(instruments) == ["form"]
    assert instruments["form"].negative_share == Fraction(0)
    assert [str(mistake).removeprefix(f"{tmp_path}/") for mistake in mistakes] == [
        'broken.toml:2: "version" must be a positive whole number',
        'named.toml:2: the id "other" must be the name of the file, "named"',
    ]


def test_a_folder_that_is_not_there_is_a_mistake(tmp_path):
    instruments, mistakes = load_folder(tmp_path / "nowhere")
    assert instruments == {}
    assert [str(mistake) for mistake in mistakes] == [
        f"{tmp_path}/nowhere:1: there is no such folder"
    ]


def test_strings_and_comments_that_look_like_keys_do_not_shift_the_lines():
    positions = Positions(
        '''\
title = """
[[items]]
closing = "x" """ # [[items]]
words = [  # on = 1
  "on = 2",
  [[1], [2]],
]
on = 4
[[items]]
text = \'\'\'
id = "no"\'\'\'
id = "yes"
[[items.options]]
code = "a"
[[items]]
  [[items.options]]
  code = "b"
  [[items.options]]
  code = "c # [["
  label = "l"
'''
    )
    assert positions.line(("title",)) == 1
    assert positions.line(("closing",)) == 1
    assert positions.line(("words", 1)) == 4
    assert positions.line(("on",)) == 8
    assert positions.line(("items", 0)) == 9
    assert positions.line(("items", 0, "id")) == 12
    assert positions.line(("items", 0, "options", 0, "code")) == 14
    assert positions.line(("items", 1, "options", 1, "label")) == 20
    assert positions.line(("items", 1, "options", 1, "score")) == 18
    assert positions.line(("nowhere",)) == 1
