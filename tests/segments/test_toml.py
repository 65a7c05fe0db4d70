import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.lessons.mistakes import Broken
from edu.segments import toml
from edu.segments.segment import clean, fold

MODULE = """\
# A module
title   = 'What stigma is'   # short
summary = \"\"\"
Two
sentences.\"\"\"
content_note = ""
order = 1
tracks = [ "T1",  "T2" ]
licence = "CC BY 4.0"
"""

INSTRUMENT = """\
id = "attitudes"
kind = "attitude"
title = "What people think"
introduction = "Some people say these things."
closing = "Thank you."
[[scales]]
id = "contact"
title = "Being close"
more = "more ready"
less = "less ready"
[[options]]
code = "1"
label = "Yes"
score = 1
[[items]]
id = "k1"
text = "Is it a choice?"
options = [ {code="a", label="Yes",correct=false}, { code = "b", label = "No" } ]
  [[items]]
  id = "k2"
  text = "Can it pass on?"   # neutral
  [[items.options]]
  code = "a"
  label = "Yes"
"""


def _rows(source):
    return [(each.line, each.kind, each.context, each.text) for each in toml.extract(source)]


def test_a_module_gives_the_values_for_readers_only():
    assert _rows(MODULE) == [
        (2, "module", "title", "What stigma is"),
        (3, "module", "summary", "Two sentences."),
    ]


def test_an_instrument_gives_every_text_its_own_context_and_line():
    assert _rows(INSTRUMENT) == [
        (3, "instrument", "attitudes|title", "What people think"),
        (4, "instrument", "attitudes|introduction", "Some people say these things."),
        (5, "instrument", "attitudes|closing", "Thank you."),
        (8, "scale", "attitudes|scale|contact|title", "Being close"),
        (9, "scale", "attitudes|scale|contact|more", "more ready"),
        (10, "scale", "attitudes|scale|contact|less", "less ready"),
        (13, "option-label", "attitudes|option|1", "Yes"),
        (17, "item", "attitudes|k1", "Is it a choice?"),
        (18, "option-label", "attitudes|k1|a", "Yes"),
        (18, "option-label", "attitudes|k1|b", "No"),
        (21, "item", "attitudes|k2", "Can it pass on?"),
        (24, "option-label", "attitudes|k2|a", "Yes"),
    ]


def test_an_answer_is_shown_with_its_question():
    notes = {each.context: each.note for each in toml.extract(INSTRUMENT)}
    assert notes["attitudes|k2|a"] == "an answer to: Can it pass on?"


@pytest.mark.parametrize("source", [MODULE, INSTRUMENT, INSTRUMENT.replace("\n", "\r\n")])
def test_nothing_translated_or_the_same_words_leave_every_byte(source):
    assert toml.weave(source, lambda segment: None) == source
    assert toml.weave(source, lambda segment: segment.text) == source
    assert toml.weave(source, lambda segment: " ") == source
    assert toml.weave("\ufeff" + source, lambda segment: None) == "\ufeff" + source


def test_one_translated_value_leaves_every_other_byte():
    words = {"attitudes|k1|b": "Hapana", "attitudes|k2": "Je?", "attitudes|title": "Maoni"}
    woven = toml.weave(INSTRUMENT, lambda segment: words.get(segment.context))
    expected = INSTRUMENT.replace('"No"', '"Hapana"').replace('"Can it pass on?"', '"Je?"')
    assert woven == expected.replace('"What people think"', '"Maoni"')


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@settings(max_examples=60, deadline=None)
@given(words=st.text(max_size=30))
def test_any_words_are_read_back_and_nothing_else_changes(newline, words):
    source = INSTRUMENT.replace("\n", newline)
    woven = toml.weave(source, lambda segment: words)
    wanted = fold(clean(words)).replace("\\\n", " ")
    assert [each.context for each in toml.extract(woven)] == [
        each.context for each in toml.extract(source)
    ]
    if wanted:
        read = tomllib.loads(woven)
        assert read["items"][0]["options"][1] == {"code": "b", "label": wanted}
        assert read["scales"][0] == {
            "id": "contact",
            **dict.fromkeys(("title", "more", "less"), wanted),
        }


def test_a_file_that_is_not_toml_is_refused_with_its_line():
    with pytest.raises(Broken) as broken:
        toml.extract('title = "One"\nsummary = \n')
    assert [mistake.line for mistake in broken.value.mistakes] == [2]


def test_a_value_of_another_type_is_not_a_segment():
    assert toml.extract('title = 12\nitems = 3\nscales = ["x"]\n') == []
