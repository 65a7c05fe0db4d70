import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.segments.segment import Segment, clean, fold


def test_white_space_is_folded_and_a_hard_break_is_kept():
    assert fold("  one\n two\t\tthree\\\n   four  ") == "one two three\\\nfour"


def test_an_escaped_backslash_at_the_end_of_a_line_is_no_hard_break():
    assert fold("one\\\\\ntwo") == "one\\\\ two"


def test_a_no_break_space_inside_a_text_is_the_translators_choice():
    assert fold("Pourquoi\u00a0?") == "Pourquoi\u00a0?"


def test_a_hard_break_before_nothing_is_dropped():
    assert fold("one\\\n\n") == "one"


@given(st.text(alphabet=" \t\n\r\\ab\u00a0\u2028\x85"))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_the_key_follows_text_and_context_and_nothing_else():
    here = Segment("m1.1", "Yes", "paragraph", 3)
    moved = Segment("m1.1", " Yes\n", "option", 90, "a note", "check", "law")
    elsewhere = Segment("m1.2", "Yes", "paragraph", 3)
    assert here.key == moved.key
    assert here.key != elsewhere.key


def test_the_key_does_not_confuse_where_the_context_ends():
    assert Segment("ab", "c", "", 1).key != Segment("a", "bc", "", 1).key


@pytest.mark.parametrize("unsafe", ["\x00", "\ud800", "\x07", "\uffff"])
def test_what_no_file_may_hold_is_replaced_without_moving_the_rest(unsafe):
    assert clean(f"a{unsafe}b") == "a\ufffdb"
